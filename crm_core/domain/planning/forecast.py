"""The programme as it stands on a day: what is done, under way, and still to come."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from crm_core.domain.planning.model import Capacity, Initiative, Programme, end_from


@dataclass(frozen=True)
class Begun:
    """How far an initiative is that somebody works on."""

    start: int
    """The period in which it began; below 0 before the first one."""
    progress: float | None = None
    """Of the work, how much is done (0 … 1); None: nobody said."""


@dataclass(frozen=True)
class Done:
    """An initiative that is over, and so no part of the programme any more."""

    start: int
    end: int
    """The period after its last one."""
    cost: float = 0.0
    serves: frozenset[str] = frozenset()


def forecast(
    programme: Programme, now: int, begun: Mapping[str, Begun], done: Iterable[Done] = ()
) -> Programme:
    """What can still be planned in period `now`.

    What has begun stays where it is and takes as long as its progress lets expect; no gate,
    deadline or lack of people undoes that it has begun. Nothing else starts before `now`. What is
    done has used its phase's money and given its groups something; phases that are over ask for
    nothing any more.
    """
    over = list(done)
    going = replace(
        programme,
        now=now,
        initiatives=tuple(
            _under_way(one, now, begun[one.id]) if one.id in begun else one
            for one in programme.initiatives
        ),
        phases=tuple(
            one
            if one.budget is None
            else replace(one, budget=max(0.0, one.budget - _spent(over, one.start, one.end)))
            for one in programme.phases
        ),
        served=frozenset(
            (group, phase.id)
            for group, phase in programme.to_serve
            if phase.end > now and not _is_given(over, group, phase.start, phase.end)
        ),
    )
    return _with_people_at_work(going)


def expected(duration: int, elapsed: int, progress: float | None) -> int:
    """Periods that are left: by its progress, else of its duration; never none."""
    if progress is None:
        return max(1, duration - elapsed)
    return max(1, math.ceil(duration * (1 - progress) - 1e-9))


def _under_way(one: Initiative, now: int, begun: Begun) -> Initiative:
    start = min(max(0, begun.start), now)
    left = expected(one.duration, now - begun.start, begun.progress)

    def likewise(bound: int | None) -> int | None:
        """What is left may take as many times longer or shorter as the whole."""
        times = 1.0 if bound is None else bound / max(1, one.duration)
        return None if bound is None else now - start + math.ceil(left * times - 1e-9)

    return replace(
        one,
        duration=now - start + left,
        shortest=likewise(one.shortest),
        longest=likewise(one.longest),
        waits_for=(),
        earliest=0,
        deadline=None,
        phase=None,
        pinned=start,
        is_wanted=True,
        is_begun=True,
    )


def _spent(done: Iterable[Done], start: int, end: int) -> float:
    return sum(one.cost for one in done if start <= one.start < end)


def _is_given(done: Iterable[Done], group: str, start: int, end: int) -> bool:
    return any(group in one.serves and start < one.end <= end for one in done)


def _end_of(programme: Programme, one: Initiative) -> int:
    found = end_from(programme, one, one.pinned or 0)
    return programme.horizon if found is None else found


def _with_people_at_work(programme: Programme) -> Programme:
    """Who works on what has begun is there, whatever was said of how many there are."""
    begun = [one for one in programme.initiatives if one.is_begun]
    spans = {one.id: (one.pinned or 0, _end_of(programme, one)) for one in begun}
    more: list[Capacity] = []
    for skill in programme.skills:
        amounts = programme.available(skill)
        for period in range(programme.horizon if amounts else 0):
            used = sum(
                one.effort.get(skill, 0.0)
                for one in begun
                if spans[one.id][0] <= period < spans[one.id][1]
            )
            if amounts and used > amounts[period]:
                more.append(Capacity(skill, period, period + 1, used - amounts[period]))
    loads = {
        name: max(most, sum(one.load.get(name, 0.0) for one in begun))
        for name, most in programme.loads.items()
    }
    return replace(programme, capacities=(*programme.capacities, *more), loads=loads)
