"""Moving an initiative by hand: what that does to the plan, before anybody agrees to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.domain.planning import entry
from crm_core.domain.planning.allowed import allowed_spans
from crm_core.domain.planning.obstacles import Obstacle, obstacles
from crm_core.domain.problems import Refused
from crm_core.planning.wire import Request
from crm_core.services import registers
from crm_core.services.planning.plans import Plan
from crm_core.services.planning.running import answer
from crm_core.services.planning.typed import listed
from crm_core.services.registers.values import Values
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


def pinned(store: Store, actor: Actor, plan: Plan, key: str) -> int | None:
    """The period in which an initiative has to start by now, whatever the plan was made from."""
    scenario = plan.header.scenario
    if scenario:
        row = registers.row(store, actor, "scenario", scenario)
        if key in (said := _starts(row.values)):
            return plan.calendar.read(said[key])
    return _period(plan, registers.row(store, actor, "initiative", key).values.get("pinned"))


def pin(
    store: Store, actor: Actor, plan: Plan, key: str, start: int | None, *, seen: int | None
) -> None:
    """Keep that an initiative starts in a period for certain, in the plan's scenario where it is of
    one, else in the register; None: the planner is free again. `seen`: what `pinned` said when
    that was decided.

    Refused("plan_moved") where somebody moved it meanwhile; as registers.change.
    """
    register, item = ("scenario", plan.header.scenario) if plan.header.scenario else (
        "initiative", key,
    )  # fmt: skip
    row = registers.row(store, actor, register, item)
    if pinned(store, actor, plan, key) != seen:
        raise Refused("plan_moved", title=plan.titles.get(key, key))
    day = None if start is None else plan.calendar.day(start).isoformat()
    said: dict[str, Any] = {"pinned": day}
    if register == "scenario":
        starts = _starts(row.values)
        starts.pop(key, None)
        starts |= {} if day is None else {key: day}
        said = {"starts": tuple(f"{one}: {when}" for one, when in starts.items())}
    registers.change(store, actor, register, item, {**row.values, **said}, row.version)


def _starts(row: Values) -> dict[str, str]:
    """Initiative -> the text of its start, of a scenario."""
    return dict(filter(None, map(entry.start, listed(row, "starts"))))


def _period(plan: Plan, said: object) -> int | None:
    return plan.calendar.read(said) if isinstance(said, str) else None
