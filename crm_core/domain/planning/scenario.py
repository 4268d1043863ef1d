"""A scenario: the programme with other money, staff, dates, weights or contents."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from crm_core.domain.planning.model import Initiative, Programme


@dataclass(frozen=True)
class Scenario:
    """What is different; everything else is as the registers say."""

    budgets: Mapping[str, float] = field(default_factory=dict)
    """Phase -> how many times its money."""
    staff: Mapping[str, float] = field(default_factory=dict)
    """Skill -> how many times as much of it."""
    starts: Mapping[str, int] = field(default_factory=dict)
    """Initiative -> the period, from 0, in which it starts for certain."""
    taken_in: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    goal_weights: Mapping[str, float] = field(default_factory=dict)
    """Goal -> how many times the value of what serves it counts; of several goals their mean."""
    risk_weight: float | None = None
    horizon: int | None = None
    discount: float | None = None


def under(programme: Programme, scenario: Scenario) -> Programme:
    """The programme as it would be in the scenario."""
    changed: dict[str, float] = {
        name: value
        for name in ("risk_weight", "discount")
        if (value := getattr(scenario, name)) is not None
    }
    return replace(
        programme,
        horizon=scenario.horizon or programme.horizon,
        initiatives=tuple(_changed(one, scenario) for one in programme.initiatives),
        capacities=tuple(
            replace(one, amount=one.amount * scenario.staff.get(one.skill, 1.0))
            for one in programme.capacities
        ),
        phases=tuple(
            one
            if one.budget is None
            else replace(one, budget=one.budget * scenario.budgets.get(one.id, 1.0))
            for one in programme.phases
        ),
        **changed,  # type: ignore[arg-type]
    )


def _changed(one: Initiative, scenario: Scenario) -> Initiative:
    wanted = one.is_wanted
    if one.id in scenario.taken_in:
        wanted = True
    if one.id in scenario.left_out:
        wanted = False
    weights = [scenario.goal_weights.get(goal, 1.0) for goal in sorted(one.goals)]
    return replace(
        one,
        is_wanted=wanted,
        pinned=scenario.starts.get(one.id, one.pinned),
        value=one.value * (sum(weights) / len(weights) if weights else 1.0),
    )
