"""What makes a plan late, and what time held back would buy."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from crm_core.domain.planning.draws import Draws, is_open
from crm_core.domain.planning.odds import chance, quantile
from crm_core.domain.planning.simulation import Network, Run, critical, run

Numbers = npt.NDArray[np.float64]
MOST = 8
"""So many are looked at closely."""
_STEPS = 6
"""Of buffers that are tried."""
_ENOUGH = 0.999


@dataclass(frozen=True)
class Driver:
    """An initiative whose duration is open, or an event."""

    id: str
    is_event: bool
    gain: float
    """So many periods earlier four of five samples are over, if it went as planned."""
    correlation: float
    """How closely the finish follows it (Spearman's, -1 … 1)."""
    critical: float | None
    """In which share of the samples it holds the finish up; None for an event."""


@dataclass(frozen=True)
class Buffer:
    """What so many periods that are held back would buy."""

    periods: int
    at_end: float
    """The chance of being over by the date, were it told so much later."""
    before: float | None
    """The chance that the first driver begins when it was told, were that so much later."""


def drivers(net: Network, drawn: Draws, done: Run, most: int = MOST) -> list[Driver]:
    """What drives the finish, the strongest first.

    All are sieved by how closely the finish follows them; of the closest `most` the plan is carried
    out anew in the same samples, with that one as planned, and the difference is what it costs.
    """
    followed = _correlations(net, drawn, done.finish)
    shares = critical(net, done)
    late = quantile(done.finish, 80)
    found = []
    for key in sorted(followed, key=lambda one: -abs(followed[one]))[:most]:
        without = run(net, drawn.without(net.programme, key))
        gain = late - quantile(without.finish, 80)
        share = shares.get(key)
        found.append(Driver(key, key in drawn.happens, gain, followed[key], share))
    return sorted(found, key=lambda one: (-one.gain, -abs(one.correlation)))


def _correlations(net: Network, drawn: Draws, finish: Numbers) -> dict[str, float]:
    """Spearman's rank correlation of the finish with each that is open."""
    values: dict[str, Numbers] = {
        key: drawn.work[key] for key in net.spans if is_open(net.programme.initiative(key))
    }
    for one in net.programme.events:
        if one.delay and any(key in net.spans for key in one.initiatives):
            values[one.id] = drawn.happens[one.id].astype(np.float64)
    varying = {key: value for key, value in values.items() if np.ptp(value) > 0}
    if not varying or np.ptp(finish) == 0:
        return dict.fromkeys(varying, 0.0)
    ranks = pd.DataFrame(varying).rank()
    found = ranks.corrwith(pd.Series(finish).rank())
    return {str(key): float(one) for key, one in found.items()}


def buffers(net: Network, done: Run, first: str | None) -> Sequence[Buffer]:
    """Buffers of 0, 1, 2 … periods, until the date is as good as certain; `first`: the initiative
    that drives the finish most."""
    planned = max((end for _, end in net.spans.values()), default=0)
    needed = int(np.ceil(quantile(done.finish, 100) - planned))
    step = max(1, -(-needed // _STEPS))
    found = []
    for periods in range(0, step * _STEPS + 1, step):
        at_end = chance(done.finish, planned + periods)
        before = None if first is None else chance(done.ready[first], net.spans[first][0] + periods)
        found.append(Buffer(periods, at_end, before))
        if at_end >= _ENOUGH:
            break
    return found
