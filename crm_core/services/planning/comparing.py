"""Plans against each other: value over time, finish, risk, load, what moved and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.domain.planning import usage
from crm_core.domain.planning.comparison import Days, Moved, moved
from crm_core.domain.planning.worth import plan_value
from crm_core.services.planning.plans import Plan, whole
from crm_core.services.planning.roadmap import days
from crm_core.store import Store

MOST = 4
"""Plans that are compared at once."""


@dataclass(frozen=True)
class Side:
    """A plan as it stands beside others."""

    plan: Plan
    value: float
    """Discounted money by the end of what is planned."""
    cost: float
    """Once, of all that is in it."""
    at_risk: float
    """Money a year that does not come where every risk strikes, weighed with its chance."""
    finish: date | None
    """The last day of the last initiative."""
    peak: tuple[str, float] | None
    """The skill or department that is used most, and the share of it in its fullest period."""
    course: Sequence[tuple[date, float]]
    """Value by the end of each period."""


@dataclass(frozen=True)
class Difference:
    """What a plan does otherwise than the first one, and why it lies where it lies in it."""

    moved: Moved
    title: str
    reason: Mapping[str, Any]


def sides(store: Store, actor: Actor, plan_ids: tuple[int, ...]) -> list[Side]:
    """At most MOST plans. Refused("plan_unknown_plan")."""
    return [side(whole(store, actor, one)) for one in plan_ids[:MOST]]


def side(plan: Plan) -> Side:
    """What is held against other plans."""
    programme, spans, calendar = plan.programme, plan.spans, plan.calendar
    kept = [programme.initiative(key) for key in spans]
    uses = [*usage.skills(programme, spans), *usage.loads(programme, spans)]
    peaks = [(one.name, one.peak) for one in uses if one.peak is not None]
    end = max((end for _, end in spans.values()), default=None)
    return Side(
        plan,
        plan_value(programme, spans),
        sum(one.cost for one in kept),
        sum(one.value * min(1.0, one.risk * programme.risk_weight) for one in kept),
        None if end is None else days(calendar, 0, end)[1],
        max(peaks, key=lambda pair: pair[1], default=None),
        [
            (days(calendar, 0, period + 1)[1], value)
            for period, value in enumerate(usage.value_over_time(programme, spans))
        ],
    )


def differences(before: Plan, after: Plan) -> list[Difference]:
    """What the second plan does otherwise than the first."""
    reasons = {one["id"]: one["reason"] for one in after.answer["items"]}
    gone = {"code": "gone", "params": {}}
    titles = {**before.titles, **after.titles}
    return [
        Difference(one, titles.get(one.id, one.id), reasons.get(one.id, gone))
        for one in moved(placed(before), placed(after))
    ]


def placed(plan: Plan) -> Days:
    """Where a plan puts each initiative, in days."""
    return {key: days(plan.calendar, *span) for key, span in plan.spans.items()}
