"""Why each initiative lies where it lies, or is left out; plans are drawn up to make it true."""

from collections.abc import Mapping

from crm_core.domain.planning.allowed import allowed_spans
from crm_core.domain.planning.model import Programme
from crm_core.domain.planning.obstacles import Obstacle, Spans, obstacles, slowed_by, unserved
from crm_core.domain.planning.worth import plan_value
from crm_core.planning.build import Objective

_CLOSE = 1e-6
Reasons = Mapping[str, Obstacle]


def tightened(
    programme: Programme, spans: Spans, objective: Objective
) -> dict[str, tuple[int, int]]:
    """The plan with every initiative as early as the others let it, where that is no worse; and
    with what still fits and pays. A search that was ended early leaves such slack."""
    found = dict(spans)
    allowed = {one.id: allowed_spans(programme, one) for one in programme.initiatives}
    moved = True
    while moved:
        moved = False
        for key in sorted(found, key=lambda one: found[one]):
            for start, end in allowed[key].items():
                if start >= found[key][0]:
                    break
                other = found | {key: (start, end)}
                if _fits(programme, found, other, key, start) and not _is_worse(
                    programme, other, found, objective
                ):
                    found, moved = other, True
                    break
        if objective == "value":
            moved |= _added(programme, found, allowed)
    return found


def _added(
    programme: Programme,
    found: dict[str, tuple[int, int]],
    allowed: Mapping[str, Mapping[int, int]],
) -> bool:
    """Take in the first initiative that fits and makes the plan worth more."""
    for one in programme.initiatives:
        if one.id in found or one.is_wanted is False:
            continue
        before = plan_value(programme, found)
        for start, end in allowed[one.id].items():
            other = found | {one.id: (start, end)}
            if plan_value(programme, other) > before + _CLOSE and _fits(
                programme, found, other, one.id, start
            ):
                found[one.id] = (start, end)
                return True
    return False


def reasons(programme: Programme, spans: Spans, objective: Objective) -> dict[str, Obstacle]:
    """A reason for each initiative: what forbids it to start one period earlier, or why that would
    be worse; of one that is left out, why."""
    return {
        one.id: _why(programme, spans, one.id, objective)
        if one.id in spans
        else _why_not(programme, spans, one.id)
        for one in programme.initiatives
    }


def _why(programme: Programme, spans: Spans, key: str, objective: Objective) -> Obstacle:
    start = spans[key][0]
    if programme.initiative(key).is_begun:
        return Obstacle("begun")
    if start <= programme.now:
        return Obstacle("first")
    if programme.initiative(key).pinned is not None:
        return Obstacle("pinned", {"period": start})
    for found in obstacles(programme, spans, key, start - 1):
        return found
    end = allowed_spans(programme, programme.initiative(key))[start - 1]
    other = {**spans, key: (start - 1, end)}
    for phase, group in sorted(unserved(programme, other) - unserved(programme, spans)):
        return Obstacle("group", {"phase": phase, "group": group})
    if end == spans[key][1] and (window := slowed_by(programme, key, start - 1, end)):
        return Obstacle("no_sooner", {"window": window})
    less = _measure(programme, spans, objective) - _measure(programme, other, objective)
    return Obstacle("worse", {"less": round(less, 2)})


def _why_not(programme: Programme, spans: Spans, key: str) -> Obstacle:
    one = programme.initiative(key)
    if one.is_wanted is False:
        return Obstacle("left_out")
    allowed = allowed_spans(programme, one)
    if not allowed:
        return next(
            iter(obstacles(programme, spans, key, max(one.earliest, programme.now))),
            Obstacle("no_place"),
        )
    before = plan_value(programme, spans)
    gains = {
        start: plan_value(programme, {**spans, key: (start, end)}) - before
        for start, end in allowed.items()
    }
    best = max(gains, key=lambda start: gains[start])
    if gains[best] <= _CLOSE:
        return Obstacle("does_not_pay", {"less": round(-gains[best], 2)})
    paying = sorted((start for start in gains if gains[start] > _CLOSE), key=lambda s: -gains[s])
    for start in paying:
        for found in obstacles(programme, spans, key, start):
            return found
    return Obstacle("no_place")


def _fits(programme: Programme, before: Spans, after: Spans, key: str, start: int) -> bool:
    """Whether nothing forbids it, and no group loses what it was given in a phase."""
    if next(obstacles(programme, before, key, start), None):
        return False
    return unserved(programme, after) <= unserved(programme, before)


def _is_worse(programme: Programme, after: Spans, before: Spans, objective: Objective) -> bool:
    now = _measure(programme, after, objective)
    return now < _measure(programme, before, objective) - _CLOSE


def _measure(programme: Programme, spans: Spans, objective: Objective) -> float:
    """The higher the better."""
    if objective == "finish":
        return -float(max((end for _, end in spans.values()), default=0))
    return plan_value(programme, spans)
