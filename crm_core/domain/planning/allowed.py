"""Where an initiative can lie by itself: its own limits, its phase, and the windows."""

import math

from crm_core.domain.planning.model import Initiative, Programme, end_from, ends


def allowed_spans(programme: Programme, one: Initiative) -> dict[int, int]:
    """Start -> end, for every start that nothing but other initiatives could forbid."""
    first, last = _limits(programme, one)
    return {
        start: end
        for start, end in ends(programme, one).items()
        if first <= start and end <= last and one.pinned in (None, start)
    }


def allowed_end(programme: Programme, one: Initiative, start: int) -> int | None:
    """The end of that start, where it is one of them."""
    end = end_from(programme, one, start)
    if end is None or one.pinned not in (None, start):
        return None
    first, last = _limits(programme, one)
    return end if first <= start and end <= last else None


def _limits(programme: Programme, one: Initiative) -> tuple[int, float]:
    """Its first possible start and its last possible end, without pin and windows."""
    first = max(one.earliest, 0 if one.is_begun else programme.now)
    last = math.inf if one.deadline is None else one.deadline
    phase = next((each for each in programme.phases if each.id == one.phase), None)
    return (first, last) if phase is None else (max(first, phase.start), min(last, phase.end))
