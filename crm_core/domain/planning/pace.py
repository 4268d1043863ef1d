"""How fast work goes on, and so when it is over: many samples at a time, in broken periods."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
_BEYOND = 1e7
"""Periods after the last one that is known: longer than all can take."""
_SLOWEST = 1e-9
"""Below every speed at which work goes on: nothing is divided by the speed of a rest."""


@dataclass(frozen=True)
class Pace:
    """How much work is done by which time.

    In each period work goes on at a speed of its own: 1 is a period's work, 0 is rest. Beyond the
    last one nothing is known to be in the way.
    """

    speeds: Numbers
    """A period each; the last one goes on for ever."""
    times: Numbers
    """Where the speed may change."""
    done: Numbers
    """The work that is done by each of these times."""
    following: Numbers
    """Of each period the first one, from it on, in which work goes on."""

    def opened(self, ready: Numbers) -> Numbers:
        """The first time, from `ready` on, at which work can begin."""
        period = np.minimum(ready.astype(np.int64), len(self.speeds) - 1)
        return np.maximum(ready, self.following[period])

    def ended(self, start: Numbers, work: Numbers) -> Numbers:
        """When so much work is done that began at `start`; it rests where the speed is 0."""
        until = np.interp(start, self.times, self.done) + work
        place = np.searchsorted(self.done, until)
        slower = np.maximum(self.speeds[np.maximum(place - 1, 0)], _SLOWEST)
        return np.where(work > 0, self.times[place] - (self.done[place] - until) / slower, start)


def pace(speeds: Sequence[float]) -> Pace:
    """The pace at these speeds."""
    known = np.append(np.asarray(speeds, dtype=np.float64), 1.0)
    periods = np.arange(len(known))
    at_work = np.where(known > 0, periods, len(known))
    return Pace(
        known,
        np.append(periods, len(speeds) + _BEYOND).astype(np.float64),
        np.append(0.0, np.cumsum(np.append(known[:-1], _BEYOND))),
        np.minimum.accumulate(at_work[::-1])[::-1].astype(np.float64),
    )
