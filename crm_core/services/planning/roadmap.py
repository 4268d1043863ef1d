"""A plan as a roadmap: what lies when, under which windows, for whom, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.domain.planning.calendar import Calendar
from crm_core.services import registers
from crm_core.services.planning.plans import Plan, whole
from crm_core.services.planning.typed import listed
from crm_core.services.registers.values import Values
from crm_core.store import Store

GROUPS = ("phase", "goal", "department", "owner")
"""By what initiatives are grouped; one can stand under several goals and departments."""


@dataclass(frozen=True)
class Bar:
    """An initiative in the plan; days included."""

    id: str
    title: str
    first: date
    last: date
    start: int
    end: int
    """Periods: the first, and the one after the last."""
    slack: int | None
    """Periods that it could start later without the plan ending later; None: not known."""
    reason: Mapping[str, Any]
    groups: Mapping[str, tuple[str, ...]]
    """What it stands under, by each of GROUPS; () where nothing is said."""
    is_critical: bool
    """Whether the plan ends later as soon as it does."""
    is_begun: bool


@dataclass(frozen=True)
class LeftOut:
    """An initiative that is not in the plan."""

    id: str
    title: str
    reason: Mapping[str, Any]


@dataclass(frozen=True)
class Frozen:
    """A window of IT that touches something the plan does; days included."""

    id: str
    title: str
    first: date
    last: date
    effect: str


@dataclass(frozen=True)
class Stretch:
    """A phase; days included."""

    id: str
    title: str
    first: date
    last: date


@dataclass(frozen=True)
class Roadmap:
    """A plan with what is drawn of it."""

    plan: Plan
    bars: tuple[Bar, ...]
    """By their first day."""
    left_out: tuple[LeftOut, ...]
    windows: tuple[Frozen, ...]
    phases: tuple[Stretch, ...]


def roadmap(store: Store, actor: Actor, plan_id: int) -> Roadmap:
    """The plan of that number. Refused("plan_unknown_plan")."""
    plan = whole(store, actor, plan_id)
    rows, _ = registers.listed(store, actor, "initiative")
    said = {row.id: row.values for row in rows}
    goals = {row.id: str(row.values["title"]) for row in registers.listed(store, actor, "goal")[0]}
    bars, left_out = [], []
    for item in plan.answer["items"]:
        title = plan.titles.get(item["id"], item["id"])
        if item["start"] is None:
            left_out.append(LeftOut(item["id"], title, item["reason"]))
        else:
            bars.append(_bar(plan, item, title, said.get(item["id"], {}), goals))
    return Roadmap(
        plan,
        tuple(sorted(bars, key=lambda one: (one.first, one.last, one.id))),
        tuple(left_out),
        _windows(plan),
        _phases(plan),
    )


def _windows(plan: Plan) -> tuple[Frozen, ...]:
    programme = plan.programme
    touching = sorted(
        (one for one in programme.windows if any(map(one.concerns, programme.initiatives))),
        key=lambda one: (one.start, one.id),
    )
    return tuple(
        Frozen(one.id, _named(plan, one.id), *days(plan.calendar, one.start, one.end), one.effect)
        for one in touching
    )


def _phases(plan: Plan) -> tuple[Stretch, ...]:
    ordered = sorted(plan.programme.phases, key=lambda one: (one.start, one.id))
    return tuple(
        Stretch(one.id, _named(plan, one.id), *days(plan.calendar, one.start, one.end))
        for one in ordered
    )


def _named(plan: Plan, key: str) -> str:
    return plan.titles.get(key, key)


def days(calendar: Calendar, start: int, end: int) -> tuple[date, date]:
    """The first day of a span of periods, and the last one; of none its first day alone."""
    first = calendar.day(start)
    return first, max(first, calendar.day(end) - timedelta(days=1))


def _bar(
    plan: Plan, item: Mapping[str, Any], title: str, row: Values, goals: Mapping[str, str]
) -> Bar:
    start, end = item["start"], item["end"]
    phases = [one.id for one in plan.programme.phases if one.start <= start < one.end]
    owner = str(row.get("owner", ""))
    return Bar(
        item["id"],
        title,
        *days(plan.calendar, start, end),
        start,
        end,
        item.get("slack"),
        item["reason"],
        {
            "phase": tuple(plan.titles.get(one, one) for one in phases),
            "goal": tuple(goals.get(one, one) for one in listed(row, "goals")),
            "department": tuple(
                one.partition(":")[0].strip() for one in listed(row, "departments")
            ),
            "owner": (owner,) if owner else (),
        },
        bool(item.get("critical")),
        plan.programme.initiative(item["id"]).is_begun,
    )
