"""Plans that were made: kept whole, listed, agreed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.planning.calendar import Calendar
from crm_core.domain.planning.model import Programme
from crm_core.domain.problems import Refused
from crm_core.planning.wire import requested
from crm_core.services.clock import Clock, utc_now
from crm_core.services.planning.reading import Read
from crm_core.store import Change, Store

AREA = "plan"


@dataclass(frozen=True)
class Header:
    """A plan in a list; times in UTC."""

    plan_id: int
    scenario: str
    """The scenario's id, or the name that it was kept as; "": the registers as they stood."""
    made_at: datetime
    made_by: str
    goal: Literal["value", "finish"]
    status: str
    objective: float | None
    """Money for value, periods for finish."""
    finish: int | None
    """The period after the last one."""
    accepted_at: datetime | None
    accepted_by: str | None
    reason: str | None
    """Why it was agreed."""


@dataclass(frozen=True)
class Plan:
    """A plan whole: what it was made from and what came out."""

    header: Header
    programme: Programme
    calendar: Calendar
    titles: Mapping[str, str]
    """Id -> title, of initiatives, phases, windows, groups and events, and of the scenario, as they
    were called then."""
    answer: Mapping[str, Any]

    @property
    def spans(self) -> dict[str, tuple[int, int]]:
        """Id -> first period and the one after the last, of what is in the plan."""
        return {
            one["id"]: (one["start"], one["end"])
            for one in self.answer["items"]
            if one["start"] is not None
        }


_HEADERS = """
WITH agreed AS (
    FROM programme.plan_acceptance
    QUALIFY row_number() OVER (PARTITION BY plan_id ORDER BY accepted_at DESC, change_id DESC) = 1
)
SELECT
    plan.plan_id, scenario, made_at, change.actor_name, request ->> 'objective',
    answer ->> 'status', (answer ->> 'objective')::DOUBLE, (answer ->> 'finish')::INTEGER,
    agreed.accepted_at, agree.actor_name, agreed.reason
FROM programme.plan AS plan
LEFT JOIN app.change AS change ON change.change_id = plan.change_id
LEFT JOIN agreed ON agreed.plan_id = plan.plan_id
LEFT JOIN app.change AS agree ON agree.change_id = agreed.change_id
"""


def listed(store: Store, _actor: Actor, most: int = 200) -> list[Header]:
    """The plans that were made, the latest first."""
    with store.snapshot() as cursor:
        rows = cursor.execute(f"{_HEADERS} ORDER BY plan_id DESC LIMIT ?", [most]).fetchall()
    return [Header(*row) for row in rows]


def whole(store: Store, _actor: Actor, plan_id: int) -> Plan:
    """A plan with all that it was made from. Refused("plan_unknown_plan")."""
    with store.snapshot() as cursor:
        return _whole(cursor, plan_id)


def standing(store: Store, _actor: Actor) -> Plan | None:
    """The plan that was agreed last, which progress is held against; None: none yet."""
    with store.snapshot() as cursor:
        [(plan_id,)] = cursor.execute(
            "SELECT arg_max(plan_id, (accepted_at, change_id)) FROM programme.plan_acceptance"
        ).fetchall()
        return None if plan_id is None else _whole(cursor, plan_id)


def agreements(store: Store, _actor: Actor) -> int:
    """How often a plan was agreed so far."""
    with store.snapshot() as cursor:
        return _agreements(cursor)


def _agreements(cursor: duckdb.DuckDBPyConnection) -> int:
    [(count,)] = cursor.execute("SELECT count(*) FROM programme.plan_acceptance").fetchall()
    return int(count)


def once_agreed(store: Store, _actor: Actor, plan_id: int) -> list[Plan]:
    """The earlier plans that were agreed at some time, the one agreed last comes last."""
    with store.snapshot() as cursor:
        found = cursor.execute(
            "SELECT plan_id FROM programme.plan_acceptance WHERE plan_id < ?"
            " GROUP BY plan_id ORDER BY max((accepted_at, change_id))",
            [plan_id],
        ).fetchall()
        return [_whole(cursor, one) for (one,) in found]


def latest(store: Store, _actor: Actor, scenario: str = "") -> Plan | None:
    """The newest plan of a scenario in which something lies; None: none yet."""
    with store.snapshot() as cursor:
        [(plan_id,)] = cursor.execute(
            "SELECT max(plan_id) FROM programme.plan"
            " WHERE scenario = ? AND (answer ->> 'status') IN ('optimal', 'feasible')",
            [scenario],
        ).fetchall()
        return None if plan_id is None else _whole(cursor, plan_id)


def accept(
    store: Store,
    actor: Actor,
    plan_id: int,
    reason: str,
    clock: Clock = utc_now,
    *,
    acts_seen: int | None = None,
) -> None:
    """Agree a plan: it stands from now on, and progress is held against it. `acts_seen`: how often
    a plan had been agreed when that was decided; None: whatever was agreed meanwhile.

    Refused: plan_reason without one; plan_unknown_plan; plan_not_one where nothing fits in it;
    plan_agreed where somebody else agreed one meanwhile.
    """
    if not reason.strip():
        raise Refused("plan_reason")
    with store.change(actor, "plan.accept", area=AREA, subject=str(plan_id)) as change:
        if acts_seen is not None and acts_seen != _agreements(change.cursor):
            raise Refused("plan_agreed")
        if _whole(change.cursor, plan_id).header.status not in ("optimal", "feasible"):
            raise Refused("plan_not_one", id=plan_id)
        change.cursor.execute(
            "INSERT INTO programme.plan_acceptance VALUES (?, ?, ?, ?)",
            [plan_id, clock(), reason.strip(), change.change_id],
        )


def put(
    change: Change, found: Read, scenario: str, made_at: datetime, request: str, answer: Any
) -> int:
    """Keep a plan inside a change; its number."""
    [(last,)] = change.cursor.execute(
        "SELECT coalesce(max(plan_id), 0) FROM programme.plan"
    ).fetchall()
    calendar = {"start": found.calendar.start.isoformat(), "unit": found.calendar.unit}
    change.cursor.execute(
        "INSERT INTO programme.plan VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(last + 1, scenario, made_at, request, json.dumps(calendar)),
            *(json.dumps(_named(found)), simplejson.dumps(answer), change.change_id),
        ],
    )
    return int(last) + 1


def _named(found: Read) -> dict[str, str]:
    programme = found.programme
    parts: Iterable[str] = [
        *(one.id for one in programme.initiatives),
        *(one.id for one in programme.phases),
        *(one.id for one in programme.windows),
        *(one.id for one in programme.events),
        found.scenario,
        *programme.groups,
        *(name for one in programme.initiatives for name in one.load),
    ]
    return {key: found.titles[key] for key in parts if key in found.titles}


def _whole(cursor: duckdb.DuckDBPyConnection, plan_id: int) -> Plan:
    row = cursor.execute(f"{_HEADERS} WHERE plan.plan_id = ?", [plan_id]).fetchone()
    if row is None:
        raise Refused("plan_unknown_plan", id=plan_id)
    [(request, calendar, titles, answer)] = cursor.execute(
        "SELECT request, calendar, titles, answer FROM programme.plan WHERE plan_id = ?", [plan_id]
    ).fetchall()
    days = json.loads(calendar)
    return Plan(
        Header(*row),
        requested(request).programme,
        Calendar(date.fromisoformat(days["start"]), days["unit"]),
        json.loads(titles),
        json.loads(answer),
    )
