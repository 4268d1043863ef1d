"""Where an initiative can lie by itself: its own limits, its phase, and the windows."""

from crm_core.domain.planning.model import Initiative, Programme, ends


def allowed_spans(programme: Programme, one: Initiative) -> dict[int, int]:
    """Start -> end, for every start that nothing but other initiatives could forbid."""
    phase = next((each for each in programme.phases if each.id == one.phase), None)
    found = {}
    for start, end in ends(programme, one).items():
        if one.pinned is not None and start != one.pinned:
            continue
        if start < programme.now and not one.is_begun:
            continue
        if start < one.earliest or (one.deadline is not None and end > one.deadline):
            continue
        if phase and not (phase.start <= start and end <= phase.end):
            continue
        found[start] = end
    return found
