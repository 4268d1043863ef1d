"""What binds a programme, one constraint at a time, and the programme without some of them."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import NamedTuple

from crm_core.domain.planning.model import Initiative, Programme


class Constraint(NamedTuple):
    """Something that could be relaxed: its kind and what it is about."""

    kind: str
    """earliest, deadline, pinned, phase, wanted, left_out, dependency, capacity, load, budget,
    group, window, exclusive."""
    of: str
    """The initiative, skill, department, phase, group or window."""
    other: str = ""
    """Of a dependency or an exclusion the second initiative, of a group the phase."""


def constraints(programme: Programme) -> list[Constraint]:
    """Everything that binds, what is easiest to talk about last."""
    found = [
        Constraint("dependency", one.id, each.on)
        for one in programme.initiatives
        for each in one.waits_for
    ]
    found += [Constraint("exclusive", *pair) for pair in programme.exclusive]
    found += [Constraint("capacity", one) for one in programme.skills if programme.available(one)]
    found += [Constraint("load", one) for one in programme.loads]
    found += [Constraint("window", one.id) for one in programme.windows]
    found += [Constraint("budget", one.id) for one in programme.phases if one.budget is not None]
    found += [Constraint("group", group, phase.id) for group, phase in programme.to_serve]
    for one in programme.initiatives:
        found += [Constraint(kind, one.id) for kind in _OWN if _OWN[kind](one)]
    return found


_OWN: dict[str, Callable[[Initiative], bool]] = {
    "phase": lambda one: one.phase is not None,
    "wanted": lambda one: bool(one.is_wanted),
    "earliest": lambda one: one.earliest > 0,
    "deadline": lambda one: one.deadline is not None,
    "pinned": lambda one: one.pinned is not None,
    "left_out": lambda one: one.is_wanted is False,
}


def keeping(programme: Programme, kept: Collection[Constraint]) -> Programme:
    """The programme bound by these constraints alone; something for every group in a phase is
    asked for where any of its groups is among them."""
    held = frozenset(kept)
    return replace(
        programme,
        initiatives=tuple(_keeping(one, held) for one in programme.initiatives),
        capacities=tuple(
            one for one in programme.capacities if Constraint("capacity", one.skill) in held
        ),
        loads={
            name: most for name, most in programme.loads.items() if Constraint("load", name) in held
        },
        windows=tuple(one for one in programme.windows if Constraint("window", one.id) in held),
        phases=tuple(
            one if Constraint("budget", one.id) in held else replace(one, budget=None)
            for one in programme.phases
        ),
        exclusive=tuple(
            pair for pair in programme.exclusive if Constraint("exclusive", *pair) in held
        ),
        served=frozenset((one.of, one.other) for one in held if one.kind == "group"),
    )


def _keeping(one: Initiative, held: Collection[Constraint]) -> Initiative:
    def is_held(kind: str) -> bool:
        return Constraint(kind, one.id) in held

    return replace(
        one,
        waits_for=tuple(
            each for each in one.waits_for if Constraint("dependency", one.id, each.on) in held
        ),
        phase=one.phase if is_held("phase") else None,
        is_wanted=one.is_wanted if is_held("wanted") or is_held("left_out") else None,
        earliest=one.earliest if is_held("earliest") else 0,
        deadline=one.deadline if is_held("deadline") else None,
        pinned=one.pinned if is_held("pinned") else None,
    )
