"""Where an initiative can lie by itself: its own limits, its phase, and the windows."""

from crm_core.domain.planning.model import Initiative, Programme, end_from, ends


def allowed_spans(programme: Programme, one: Initiative) -> dict[int, int]:
    """Start -> end, for every start that nothing but other initiatives could forbid."""
    return {
        start: end
        for start, end in ends(programme, one).items()
        if _is_allowed(programme, one, start, end)
    }


def allowed_end(programme: Programme, one: Initiative, start: int) -> int | None:
    """The end of that start, where it is one of them."""
    end = end_from(programme, one, start)
    return end if end is not None and _is_allowed(programme, one, start, end) else None


def _is_allowed(programme: Programme, one: Initiative, start: int, end: int) -> bool:
    if one.pinned is not None and start != one.pinned:
        return False
    if start < programme.now and not one.is_begun:
        return False
    if start < one.earliest or (one.deadline is not None and end > one.deadline):
        return False
    phase = next((each for each in programme.phases if each.id == one.phase), None)
    return phase is None or (phase.start <= start and end <= phase.end)
