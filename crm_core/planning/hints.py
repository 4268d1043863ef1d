"""A plan to begin with: initiatives put in one after the other, each as early as it fits, many
times with a little chance in the order."""

import numpy as np

from crm_core.domain.planning.model import Programme
from crm_core.planning.arrays import Ints, Spans
from crm_core.planning.scheme import Scheme

_SEED = 20_250_101
_WORK = 600
"""Initiatives that are put in, all tries together: a small part of a second."""
_MOST_TRIES = 5
_CHANCE = 0.25
"""Of the shortest possible length, how far chance moves a priority."""


def finish_hint(programme: Programme, spans: Spans) -> dict[str, int]:
    """Id -> start of the shortest plan found in this way; {} where there was none."""
    if not spans:
        return {}
    scheme = Scheme(programme, spans)
    best: Ints | None = None
    dice = np.random.default_rng(_SEED)
    for number in range(min(_MOST_TRIES, max(1, _WORK // len(spans)))):
        noise = dice.normal(size=len(spans)) * (_CHANCE if number else 0.0)
        found = scheme.schedule(noise)
        if found is None:
            continue
        found = scheme.justified(found)
        if best is None or scheme.length(found) < scheme.length(best):
            best = found
        if scheme.length(best) == scheme.shortest:
            break
    if best is None:
        return {}
    return {key: int(start) for key, start in zip(spans, best, strict=True)}
