"""How much later each initiative of a plan could start without the plan ending later."""

from dataclasses import replace

import numpy as np

from crm_core.domain.planning.allowed import allowed_spans
from crm_core.domain.planning.model import Programme
from crm_core.domain.planning.obstacles import Spans
from crm_core.planning.scheme import Scheme


def slack(programme: Programme, spans: Spans) -> dict[str, int]:
    """Periods, by id. All is shifted as late as dependencies, skills, loads, windows and own limits
    let it within the plan's length, the last first. Money and groups are left alone: an initiative
    stays in the phase in which it starts and ends. A pin is no limit: it can be taken out.
    """
    return _shifted(programme, spans, has_limits=True)


def critical(programme: Programme, spans: Spans) -> set[str]:
    """What makes the plan end later as soon as it does: nothing but dependencies, people, change
    and windows holds it where it is, no deadline and no phase of its own."""
    return {key for key, later in _shifted(programme, spans, has_limits=False).items() if not later}


def _shifted(programme: Programme, spans: Spans, *, has_limits: bool) -> dict[str, int]:
    if not spans:
        return {}
    placed = [one for one in programme.initiatives if one.id in spans]
    freed = [
        replace(one, pinned=None)
        if has_limits
        else replace(one, pinned=None, deadline=None, phase=None)
        for one in placed
    ]
    kept = replace(programme, initiatives=tuple(freed))
    starting, ending = _phases(kept)
    allowed = {}
    for one in kept.initiatives:
        start, end = spans[one.id]
        places = allowed_spans(kept, one)
        allowed[one.id] = {
            begin: stop
            for begin, stop in places.items()
            if begin >= start
            and (
                not has_limits
                or (starting[begin] == starting[start] and ending[stop] == ending[end])
            )
        }
    starts = np.array([spans[key][0] for key in allowed])
    latest = Scheme(kept, allowed).latest(starts)
    return {key: int(latest[at] - starts[at]) for at, key in enumerate(allowed)}


def _phases(programme: Programme) -> tuple[list[set[str]], list[set[str]]]:
    """By period, the phases of what starts in it, and of what is over by its beginning."""
    periods = range(programme.horizon + 1)
    return (
        [{one.id for one in programme.phases if one.start <= at < one.end} for at in periods],
        [{one.id for one in programme.phases if one.start < at <= one.end} for at in periods],
    )
