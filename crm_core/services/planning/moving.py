"""Moving an initiative by hand: what that does to the plan, before anybody agrees to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.domain.planning import entry
from crm_core.domain.planning.allowed import allowed_spans
from crm_core.domain.planning.obstacles import Obstacle, obstacles
from crm_core.planning.wire import Request
from crm_core.services import registers
from crm_core.services.planning.plans import Plan
from crm_core.services.planning.running import answer
from crm_core.services.planning.typed import listed
from crm_core.store import Store

_SECONDS = 5.0


@dataclass(frozen=True)
class Effect:
    """What comes of it."""

    obstacles: tuple[Obstacle, ...]
    """What forbids it while all others stay where they are; (): nothing."""
    answer: Mapping[str, Any]
    """The best plan with it, others moved where that helps."""


def starts(plan: Plan, key: str) -> list[int]:
    """Periods in which an initiative could start if the others made room."""
    return sorted(
        allowed_spans(plan.programme, replace(plan.programme.initiative(key), pinned=None))
    )


def effect(plan: Plan, key: str, start: int) -> Effect:
    """What comes of starting an initiative in that period. Refused("planner_failed")."""
    one = replace(plan.programme.initiative(key), pinned=start, is_wanted=True)
    programme = replace(
        plan.programme,
        initiatives=tuple(one if each.id == key else each for each in plan.programme.initiatives),
    )
    return Effect(
        tuple(obstacles(programme, plan.spans, key, start)),
        answer(Request(programme, plan.header.goal, _SECONDS)),
    )


def pin(store: Store, actor: Actor, plan: Plan, key: str, start: int | None) -> None:
    """Keep that an initiative starts in a period for certain, in the plan's scenario where it is of
    one, else in the register; None: the planner is free again. Refused as registers.change."""
    scenario = plan.header.scenario
    if not scenario:
        row = registers.row(store, actor, "initiative", key)
        said = None if start is None else _day(plan, start)
        registers.change(
            store, actor, "initiative", key, {**row.values, "pinned": said}, row.version
        )
        return
    row = registers.row(store, actor, "scenario", scenario)
    others = [one for one in listed(row.values, "starts") if _start_of(one) != key]
    added = [] if start is None else [f"{key}: {_day(plan, start)}"]
    values = {**row.values, "starts": (*others, *added)}
    registers.change(store, actor, "scenario", scenario, values, row.version)


def _start_of(text: str) -> str:
    """The initiative of "IN-3: 2027-04-01"."""
    found = entry.start(text)
    return found[0] if found else ""


def _day(plan: Plan, period: int) -> str:
    return plan.calendar.day(period).isoformat()
