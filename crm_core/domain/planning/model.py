"""Initiatives, and everything that says when they can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

PROGRESS_DELAYED, PROGRESS_EASED = 0.5, 2.0
"""Of a period's work, how much is done in a period that a window delays or eases."""


class Bond(StrEnum):
    """How two initiatives are bound: which end of the first to which end of the second."""

    FINISH_START = "FS"
    START_START = "SS"
    FINISH_FINISH = "FF"


@dataclass(frozen=True)
class Dependency:
    """What an initiative waits for."""

    on: str
    bond: Bond = Bond.FINISH_START
    lag: int = 0
    """Periods between the two ends, at least; negative: so much earlier is allowed."""


@dataclass(frozen=True)
class Initiative:
    """Something that can be done."""

    id: str
    duration: int
    """Periods that it takes where no window touches it."""
    waits_for: tuple[Dependency, ...] = ()
    effort: Mapping[str, float] = field(default_factory=dict)
    """Skill -> how much of it is used in each period."""
    cost: float = 0.0
    """Once, booked in the phase in which it starts."""
    running_cost: float = 0.0
    """A year, from its end on."""
    value: float = 0.0
    """A year, from `value_after` periods after its end on."""
    value_after: int = 0
    risk: float = 0.0
    """How probable it is (0 … 1) that the value does not come."""
    load: Mapping[str, float] = field(default_factory=dict)
    """Department -> how much change it has to take in in each period."""
    touches: frozenset[str] = frozenset()
    """Applications and technologies, folded."""
    serves: frozenset[str] = frozenset()
    """Stakeholder groups that get something when it ends."""
    earliest: int = 0
    """The period before which it does not start."""
    deadline: int | None = None
    """The period by whose end it is done."""
    phase: str | None = None
    """The phase in which it starts and ends."""
    pinned: int | None = None
    """The period in which it starts, whatever would be better."""
    is_wanted: bool | None = None
    """True: it is done in any case; False: it is left out; None: if it pays."""
    goals: frozenset[str] = frozenset()
    """Goals that it serves."""
    is_begun: bool = False
    """Somebody works on it: no gate and no window holds up its start any more."""
    shortest: int | None = None
    """Periods that it takes where all goes well; None: nobody said."""
    longest: int | None = None
    """Periods that it takes where much goes wrong; None: nobody said."""


@dataclass(frozen=True)
class Capacity:
    """How much of a skill there is in each period of a span."""

    skill: str
    start: int
    end: int
    amount: float


@dataclass(frozen=True)
class Phase:
    """A stretch of the programme with its money."""

    id: str
    start: int
    end: int
    budget: float | None = None


@dataclass(frozen=True)
class Window:
    """A time in which IT forbids, delays or eases work on what it touches."""

    id: str
    start: int
    end: int
    touches: frozenset[str]
    """Folded; empty: everything."""
    effect: Literal["forbid", "delay", "ease"]

    def concerns(self, one: Initiative) -> bool:
        """Whether it touches what the initiative touches."""
        return not self.touches or not self.touches.isdisjoint(one.touches)


@dataclass(frozen=True)
class Synergy:
    """Two initiatives that are worth more together."""

    one: str
    other: str
    value: float
    """Once, where both are done."""


@dataclass(frozen=True)
class Event:
    """Something that may happen while the plan is carried out."""

    id: str
    chance: float
    """How probable it is, 0 … 1."""
    initiatives: tuple[str, ...]
    """What it delays."""
    delay: float = 0.0
    """Periods of work that each of them takes more."""
    cost: float = 0.0
    """Once, on top of all else."""


@dataclass(frozen=True)
class Programme:
    """All that a plan is made from."""

    horizon: int
    """Periods that the plan looks at."""
    initiatives: tuple[Initiative, ...]
    capacities: tuple[Capacity, ...] = ()
    phases: tuple[Phase, ...] = ()
    windows: tuple[Window, ...] = ()
    loads: Mapping[str, float] = field(default_factory=dict)
    """Department -> how much change it can take in in a period."""
    groups: frozenset[str] = frozenset()
    """Stakeholder groups that every phase has to give something."""
    exclusive: tuple[tuple[str, str], ...] = ()
    """Pairs of which at most one is done."""
    synergies: tuple[Synergy, ...] = ()
    periods_a_year: float = 4.0
    discount: float = 0.08
    """A year: what comes a year later is worth so much less."""
    now: int = 0
    """The period before which nothing starts any more that has not begun."""
    risk_weight: float = 1.0
    """How many times risk counts: 0 for not at all, 1 for the expected value."""
    served: frozenset[tuple[str, str]] | None = None
    """Groups and phases instead of every group in every phase."""
    events: tuple[Event, ...] = ()
    """What may happen; the planner does not look at it."""

    def __post_init__(self) -> None:
        """Initiatives are looked up by id again and again."""
        object.__setattr__(self, "_by_id", {one.id: one for one in self.initiatives})

    def initiative(self, key: str) -> Initiative:
        """The one of that id; KeyError."""
        found: Mapping[str, Initiative] = self._by_id  # type: ignore[attr-defined]
        return found[key]

    def available(self, skill: str) -> list[float] | None:
        """How much of a skill there is in each period; None: nobody said, so it does not bind."""
        rows = [one for one in self.capacities if one.skill == skill]
        if not rows:
            return None
        amounts = [0.0] * self.horizon
        for one in rows:
            for period in range(max(0, one.start), min(self.horizon, one.end)):
                amounts[period] += one.amount
        return amounts

    @property
    def to_serve(self) -> list[tuple[str, Phase]]:
        """Each group with each phase that has to give it something."""
        return [
            (group, phase)
            for phase in self.phases
            for group in sorted(self.groups)
            if phase.start < self.horizon
            and (self.served is None or (group, phase.id) in self.served)
        ]

    @property
    def skills(self) -> Sequence[str]:
        """Every skill that is used."""
        return list(dict.fromkeys(skill for one in self.initiatives for skill in one.effort))


def ends(programme: Programme, one: Initiative) -> dict[int, int]:
    """Start -> end of an initiative, for every start that windows and the horizon allow.

    A window that forbids work on it must not lie on it; in a period that one delays half a
    period's work is done, in one that one eases twice as much. Deadline, phase and pin are not
    looked at here.
    """
    if _is_undisturbed(programme, one):
        return {
            start: start + one.duration for start in range(programme.horizon - one.duration + 1)
        }
    speed = speeds(programme, one)
    starts = range(programme.horizon + 1)
    found = ((start, _end(speed, start, one)) for start in starts)
    return {start: end for start, end in found if end is not None}


def end_from(programme: Programme, one: Initiative, start: int) -> int | None:
    """The same for one start; None where it cannot be."""
    if not 0 <= start <= programme.horizon:
        return None
    if _is_undisturbed(programme, one):
        return start + one.duration if start + one.duration <= programme.horizon else None
    return _end(speeds(programme, one), start, one)


def _is_undisturbed(programme: Programme, one: Initiative) -> bool:
    """Whether it takes its duration wherever it lies."""
    return not one.is_begun and not any(window.concerns(one) for window in programme.windows)


def speeds(programme: Programme, one: Initiative) -> list[float]:
    """Of a period's work, how much is done in each period; 0 where it is forbidden. What has begun
    had a period's work in each period that is over: its progress knows of the windows in them."""
    speed = [1.0] * programme.horizon
    for window in programme.windows:
        if window.concerns(one):
            for period in range(max(0, window.start), min(programme.horizon, window.end)):
                speed[period] = _slower(speed[period], window.effect)
    if one.is_begun:
        speed[: programme.now] = [1.0] * min(programme.now, programme.horizon)
    return speed


def _slower(speed: float, effect: str) -> float:
    """Forbidding outdoes delaying, and that outdoes easing."""
    match effect:
        case "forbid":
            return 0.0
        case "delay":
            return min(speed, PROGRESS_DELAYED)
        case _:
            return PROGRESS_EASED if speed == 1.0 else speed


def _end(speed: Sequence[float], start: int, one: Initiative) -> int | None:
    """What has begun rests where a window forbids it, and lies in the plan to its end at least."""
    done, period = 0.0, start
    while done < one.duration:
        if period >= len(speed):
            return period if one.is_begun else None
        if speed[period] == 0.0 and not one.is_begun:
            return None
        done += speed[period]
        period += 1
    return period
