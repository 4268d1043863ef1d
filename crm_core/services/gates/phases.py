"""The phases with what lies in each: days, money, initiatives, what every group gets, gates."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa

from crm_core.domain.actor import Actor
from crm_core.domain.gates import End
from crm_core.domain.planning.calendar import Calendar
from crm_core.domain.registers import OVER
from crm_core.services import plan_span
from crm_core.services.gates.judging import Gate, gates_of
from crm_core.services.gates.opening import REGISTER
from crm_core.services.registers.rows import Row, every_row
from crm_core.store import Store

_DAYS = "phase_days"
# What was done, else what the plan that stands says; what neither knows lies in the phase it names.
# As in the planner its money is booked where it starts, and a group has something when it ends.
_PLACED = f"""
WITH lies AS (
    SELECT
        one.id, title, status, cost::DOUBLE AS cost, phase,
        coalesce(started_on, ended_on, item.starts) AS starts,
        coalesce(ended_on, item.ends) AS ends
    FROM programme.initiative AS one
    LEFT JOIN programme.accepted_item AS item ON item.initiative = one.id
    WHERE coalesce(status, '') <> 'dropped'
)
SELECT
    day.phase AS phase_id, lies.id, title, status, starts, ends, cost,
    coalesce(starts BETWEEN first AND last, true) AS is_booked,
    coalesce(ends BETWEEN first AND last, list_contains(lies.phase, day.phase), false) AS gives
FROM lies JOIN {_DAYS} AS day
    ON starts <= last AND greatest(coalesce(ends, starts), starts) >= first
    OR starts IS NULL AND list_contains(lies.phase, day.phase)
"""
_INITIATIVES = "FROM placed ORDER BY starts NULLS LAST, length(id), id"
_GIVEN = f"""
SELECT
    day.phase, g.id, any_value(g.title),
    list(DISTINCT value.what ORDER BY value.what)
        FILTER (placed.id IS NOT NULL AND value.what IS NOT NULL)
FROM {_DAYS} AS day
CROSS JOIN programme.stakeholder_group AS g
LEFT JOIN programme.stakeholder_value AS value
    ON list_contains(value."group", g.id) AND coalesce(value.status, '') <> 'dropped'
LEFT JOIN placed ON gives AND phase_id = day.phase AND list_contains(value.initiative, placed.id)
WHERE coalesce(g.status, '') NOT IN {OVER}
GROUP BY day.phase, g.id ORDER BY length(g.id), g.id
"""


@dataclass(frozen=True)
class Placed:
    """An initiative that lies in a phase, at least with some of its days."""

    id: str
    title: str
    status: str | None
    starts: date | None
    ends: date | None
    """Its last day; None: nobody can say."""
    cost: float | None
    is_booked: bool
    """Whether this phase pays for it: it starts here."""


@dataclass(frozen=True)
class Given:
    """What a group of stakeholders gets in a phase."""

    group: str
    title: str
    what: tuple[str, ...]
    """() for nothing."""


@dataclass(frozen=True)
class Phase:
    """A phase and all that lies in it."""

    id: str
    title: str
    status: str | None
    owner: str | None
    kind: str | None
    first: date
    last: date
    budget: Decimal | None
    booked: float
    """What initiatives cost once that start in it."""
    initiatives: tuple[Placed, ...]
    given: tuple[Given, ...]
    """Each group that is touched by the programme."""
    entry: Gate
    exit: Gate

    @property
    def without(self) -> tuple[Given, ...]:
        """The groups that get nothing."""
        return tuple(one for one in self.given if not one.what)

    @property
    def gates(self) -> tuple[Gate, Gate]:
        """Both, in the order in which they are passed."""
        return self.entry, self.exit


def phases(store: Store, _actor: Actor, today: date) -> list[Phase]:
    """The phases that were not dropped, in the order of their days."""
    with store.snapshot() as cursor:
        rows = {
            key: row
            for key, row in every_row(cursor, REGISTER).items()
            if row.values.get("status") != "dropped"
        }
        days = _days(rows, plan_span.read_from(cursor, today).calendar)
        # Before the gates: no table can be registered while a row read alone holds the cursor.
        placed, given = _within(cursor, days)
        stand = gates_of(cursor, rows)
    return [
        _phase(rows[key], days[key], placed[key], given[key], stand)
        for key in sorted(days, key=lambda key: (days[key], len(key), key))
    ]


def _days(rows: dict[str, Row], calendar: Calendar) -> dict[str, tuple[date, date]]:
    found = {}
    for key, row in rows.items():
        first = calendar.from_day(str(row.values["starts"]))
        last = calendar.to_day(str(row.values["ends"]))
        if first and last:
            found[key] = first, last
    return found


def _within(
    cursor: duckdb.DuckDBPyConnection, days: dict[str, tuple[date, date]]
) -> tuple[dict[str, list[Placed]], dict[str, list[Given]]]:
    """By phase, what lies in it and what each group gets."""
    placed, given = defaultdict[str, list[Placed]](list), defaultdict[str, list[Given]](list)
    firsts, lasts = ([one[end] for one in days.values()] for end in (0, 1))
    named = {"phase": pa.array([*days], pa.string())}
    ends = {"first": pa.array(firsts, pa.date32()), "last": pa.array(lasts, pa.date32())}
    cursor.register(_DAYS, pa.table(named | ends))
    cursor.register("placed", cursor.sql(_PLACED).to_arrow_table())
    for phase, *told, _ in cursor.execute(_INITIATIVES).fetchall():
        placed[phase].append(Placed(*told))
    for phase, group, title, what in cursor.execute(_GIVEN).fetchall():
        given[phase].append(Given(group, title, tuple(what or ())))
    for name in (_DAYS, "placed"):
        cursor.unregister(name)
    return placed, given


def _phase(
    row: Row,
    days: tuple[date, date],
    placed: list[Placed],
    given: list[Given],
    stand: dict[tuple[str, End], Gate],
) -> Phase:
    said = row.values
    return Phase(
        row.id,
        str(said["title"]),
        said.get("status"),  # type: ignore[arg-type]
        said.get("owner"),  # type: ignore[arg-type]
        said.get("kind"),  # type: ignore[arg-type]
        *days,
        said.get("budget"),  # type: ignore[arg-type]
        sum(one.cost or 0.0 for one in placed if one.is_booked),
        tuple(placed),
        tuple(given),
        stand[row.id, End.ENTRY],
        stand[row.id, End.EXIT],
    )
