"""Who hands staff over to whom: the order that a plan keeps where several need the same people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from crm_core.domain.planning.model import Bond, Programme
from crm_core.domain.planning.obstacles import Spans

_NOTHING = 1e-9


@dataclass(frozen=True)
class Chains:
    """The order, so that no sample needs more of anything than there is."""

    links: frozenset[tuple[str, str]]
    """An initiative, and one that begins when it is over and its staff are free."""
    rests: Mapping[str, frozenset[int]]
    """Initiative -> periods in which its staff are not there; what has begun has its own."""


class _Use(NamedTuple):
    """So much of one resource, from a period to another; of nobody: it is not there."""

    start: int
    end: int
    key: str
    amount: float


@dataclass(frozen=True)
class _Unit:
    """A part of a resource that is always used as a whole, with its users so far."""

    amount: float
    free: int = 0
    """The period from which on it is."""
    users: tuple[str, ...] = ()


@dataclass
class _Chaining:
    """The links found so far, and what each initiative comes after."""

    links: set[tuple[str, str]] = field(default_factory=set)
    rests: dict[str, set[int]] = field(default_factory=dict)
    after: dict[str, set[str]] = field(default_factory=dict)

    def give(self, units: list[_Unit], use: _Use) -> list[_Unit]:
        """The units after the use has taken what it needs of those that are free: first of whom it
        follows anyway, then what has been free for longest, which leaves the plan most slack."""
        known = self.after.setdefault(use.key, set())
        wanted, left = use.amount, list[_Unit]()
        for unit in sorted(units, key=lambda one: (known.isdisjoint(one.users[-1:]), one.free)):
            taken = min(unit.amount, wanted) if unit.free <= use.start else 0.0
            if unit.amount - taken > _NOTHING:
                left.append(_Unit(unit.amount - taken, unit.free, unit.users))
            if taken > _NOTHING:
                wanted -= taken
                left.append(self._taken(unit, use, taken))
        return left

    def _taken(self, unit: _Unit, use: _Use, amount: float) -> _Unit:
        if not use.key:
            for user in unit.users:
                self.rests.setdefault(user, set()).update(range(use.start, use.end))
            return _Unit(amount, use.end, unit.users)
        if unit.users:
            self.links.add((unit.users[-1], use.key))
            self.after[use.key] |= {unit.users[-1], *self.after.get(unit.users[-1], ())}
        return _Unit(amount, use.end, (*unit.users, use.key))


def chains(programme: Programme, spans: Spans) -> Chains:
    """The order that the plan implies, each unit of a resource handed from user to user.

    A partial-order schedule by chaining: Policella, Smith, Cesta, Oddi, "Generating Robust
    Schedules through Temporal Flexibility", ICAPS 2004; here a unit can be split, and time in which
    it is not there is a user too. As long as everybody waits for whom they have their units from,
    and rests while these are not there, no sample uses more than there is. What takes no time in
    the plan needs nobody.
    """
    found = _Chaining(after=_before(programme, spans))
    for most, uses in _resources(programme, spans):
        units = [_Unit(max(most, default=0.0))]
        for use in sorted([*uses, *_absences(most)]):
            if use.start < use.end and use.amount > _NOTHING:
                units = found.give(units, use)
    rests = {
        key: frozenset(periods)
        for key, periods in found.rests.items()
        if not programme.initiative(key).is_begun
    }
    return Chains(frozenset(found.links), rests)


def _before(programme: Programme, spans: Spans) -> dict[str, set[str]]:
    """What each waits for to the end, and what that waits for."""
    found: dict[str, set[str]] = {}
    for key in sorted(spans, key=lambda one: spans[one]):
        found[key] = set()
        for each in programme.initiative(key).waits_for:
            if each.bond is Bond.FINISH_START and each.lag >= 0 and each.on in spans:
                found[key] |= {each.on, *found.get(each.on, ())}
    return found


def _resources(
    programme: Programme, spans: Spans
) -> Iterator[tuple[Sequence[float], Sequence[_Use]]]:
    """How much there is of each resource in each period, and who uses how much of it."""
    known = {key: programme.initiative(key) for key in spans}
    for skill in programme.skills:
        most = programme.available(skill)
        if most is not None:
            yield most, [_Use(*spans[k], k, one.effort.get(skill, 0.0)) for k, one in known.items()]
    for name, amount in programme.loads.items():
        uses = [_Use(*spans[key], key, one.load.get(name, 0.0)) for key, one in known.items()]
        yield [amount] * programme.horizon, uses


def _absences(most: Sequence[float]) -> Iterator[_Use]:
    """What is missing of the greatest amount, as spans that lie within each other."""
    missing = [max(most, default=0.0) - one for one in most]
    levels = sorted({0.0, *missing})
    for lower, level in pairwise(levels):
        start = None
        for period, one in enumerate([*missing, 0.0]):
            if one >= level and start is None:
                start = period
            elif one < level and start is not None:
                yield _Use(start, period, "", level - lower)
                start = None
