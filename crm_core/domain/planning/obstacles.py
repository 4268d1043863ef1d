"""What keeps an initiative from lying at a place, given where the others lie."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from crm_core.domain.planning.allowed import allowed_end
from crm_core.domain.planning.model import Bond, Dependency, Initiative, Programme, end_from

Spans = Mapping[str, tuple[int, int]]
"""Id -> start and end of what is in a plan."""
_CLOSE = 1e-6


@dataclass(frozen=True)
class Obstacle:
    """A code and what its sentence names; periods from 0."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def obstacles(programme: Programme, spans: Spans, key: str, start: int) -> Iterator[Obstacle]:
    """Everything that forbids an initiative to start in a period while all others stay where they
    are in `spans`; nothing: it could. Those that are the initiative's own come first."""
    one = programme.initiative(key)
    end = allowed_end(programme, one, start)
    if end is None:
        yield _own(programme, one, start)
        return
    yield from _dependencies(programme, spans, one, (start, end))
    yield from _exclusions(programme, spans, key)
    others = {name: span for name, span in spans.items() if name != key}
    yield from _amounts(programme, others, one, (start, end))
    yield from _money(programme, others, one, start)


def _own(programme: Programme, one: Initiative, start: int) -> Obstacle:
    """Why its own limits, its phase or a window do not let it start there."""
    end = end_from(programme, one, start)
    if one.pinned is not None and one.pinned < programme.now and not one.is_begun:
        return Obstacle("past", {"period": programme.now})
    if one.pinned is not None and start != one.pinned:
        return Obstacle("pinned", {"period": one.pinned})
    if start < programme.now:
        return Obstacle("past", {"period": programme.now})
    if start < one.earliest:
        return Obstacle("earliest", {"period": one.earliest})
    if end is None:
        window = _window(programme, one, start)
        if window:
            return Obstacle("window", {"window": window})
        return Obstacle("horizon", {"period": programme.horizon})
    phase = next((each for each in programme.phases if each.id == one.phase), None)
    if phase and not (phase.start <= start and end <= phase.end):
        return Obstacle("phase", {"phase": phase.id})
    return Obstacle("deadline", {"period": one.deadline})


def _window(programme: Programme, one: Initiative, start: int) -> str | None:
    """The first window that forbids work on it from `start` on."""
    found = [
        each
        for each in programme.windows
        if each.effect == "forbid" and each.concerns(one) and each.end > start
    ]
    found = [each for each in found if each.start < programme.horizon]
    return min(found, key=lambda each: each.start).id if found else None


def _dependencies(
    programme: Programme, spans: Spans, one: Initiative, span: tuple[int, int]
) -> Iterator[Obstacle]:
    for each in one.waits_for:
        if each.on not in spans:
            yield Obstacle("needs", {"on": each.on})
        elif not _kept(each, spans[each.on], span):
            yield Obstacle("waits", {"on": each.on, "bond": each.bond.value, "lag": each.lag})
    for other in programme.initiatives:
        for each in other.waits_for:
            is_bound = each.on == one.id and other.id in spans
            if is_bound and not _kept(each, span, spans[other.id]):
                yield Obstacle("before", {"other": other.id})


def _kept(each: Dependency, first: tuple[int, int], second: tuple[int, int]) -> bool:
    before = first[0] if each.bond is Bond.START_START else first[1]
    after = second[1] if each.bond is Bond.FINISH_FINISH else second[0]
    return after >= before + each.lag


def _exclusions(programme: Programme, spans: Spans, key: str) -> Iterator[Obstacle]:
    for pair in programme.exclusive:
        if key in pair:
            other = pair[0] if pair[1] == key else pair[1]
            if other in spans:
                yield Obstacle("excluded_by", {"other": other})


def _amounts(
    programme: Programme, others: Spans, one: Initiative, span: tuple[int, int]
) -> Iterator[Obstacle]:
    for skill, amount in one.effort.items():
        available = programme.available(skill)
        if amount and available is not None:
            used = {key: programme.initiative(key).effort.get(skill, 0.0) for key in others}
            yield from _over("skill", skill, amount, available, used, others, span)
    for department, amount in one.load.items():
        if amount and department in programme.loads:
            most = [programme.loads[department]] * programme.horizon
            used = {key: programme.initiative(key).load.get(department, 0.0) for key in others}
            yield from _over("load", department, amount, most, used, others, span)


def _over(
    code: str,
    name: str,
    amount: float,
    available: list[float],
    used: Mapping[str, float],
    others: Spans,
    span: tuple[int, int],
) -> Iterator[Obstacle]:
    """The first period with too little of something."""
    near = {
        key: value
        for key, value in used.items()
        if value and others[key][0] < span[1] and span[0] < others[key][1]
    }
    for period in range(*span):
        taken = sum(
            value for key, value in near.items() if others[key][0] <= period < others[key][1]
        )
        over = taken + amount - available[period]
        if over > _CLOSE:
            yield Obstacle(code, {"name": name, "period": period, "over": round(over, 6)})
            return


def _money(programme: Programme, others: Spans, one: Initiative, start: int) -> Iterator[Obstacle]:
    for phase in programme.phases:
        if one.cost and phase.budget is not None and phase.start <= start < phase.end:
            booked = sum(
                programme.initiative(key).cost
                for key, (begin, _) in others.items()
                if phase.start <= begin < phase.end
            )
            over = booked + one.cost - phase.budget
            if over > _CLOSE:
                yield Obstacle("budget", {"phase": phase.id, "money": round(over, 2)})


def slowed_by(programme: Programme, key: str, start: int, end: int) -> str | None:
    """The first window that delays an initiative within a span."""
    one = programme.initiative(key)
    found = [
        each
        for each in programme.windows
        if each.effect == "delay" and each.concerns(one) and each.start < end and each.end > start
    ]
    return min(found, key=lambda each: each.start).id if found else None


def unserved(programme: Programme, spans: Spans) -> set[tuple[str, str]]:
    """Phases and groups to which nothing is given in them."""
    return {
        (phase.id, group)
        for group, phase in programme.to_serve
        if not any(
            group in programme.initiative(key).serves and phase.start < end <= phase.end
            for key, (_, end) in spans.items()
        )
    }
