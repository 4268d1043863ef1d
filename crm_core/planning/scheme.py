"""Initiatives put in one after the other, or shifted within a plan.

The serial schedule generation scheme with latest finish times as priorities, and shifts to the
right and to the left (justification): Kolisch & Hartmann, EJOR 174, 2006; Valls, Ballestín &
Quintanilla, EJOR 165, 2005.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from crm_core.domain.planning.model import Bond, Programme
from crm_core.planning.arrays import Arrays, Ints, Spans


class Scheme(Arrays):
    """A programme, all of whose initiatives are put in."""

    def __init__(self, programme: Programme, spans: Spans) -> None:
        super().__init__(programme, spans)
        both = zip(self.starts, self.ends, strict=True)
        self._sizes = np.array([int((ends - starts).min()) for starts, ends in both])
        self.latest_finish = self._latest_finish()
        """By sizes and dependencies alone, counted back from the end of the longest way."""

    def schedule(self, priority: npt.NDArray[np.float64]) -> Ints | None:
        """Starts, each as early as it fits, of those that could be next the one with the lowest
        priority first; None where one fits nowhere."""
        waiting = [len(bonds) for bonds in self.before]
        ready = [at for at in range(self.count) if not waiting[at]]
        starts, ends = np.zeros(self.count, np.int64), np.zeros(self.count, np.int64)
        free = self.amounts.copy()
        for _ in range(self.count):
            if not ready:
                return None
            at = min(ready, key=lambda one: (priority[one], one))
            ready.remove(at)
            first = self.after_others(at, starts, ends)
            fits = self.fits(at, free) & first
            if not fits.any():
                return None
            choice = int(fits.argmax())
            self._put(at, choice, starts, ends)
            free[self.uses[at], starts[at] : ends[at]] -= self.demand[at][:, None]
            for bond in self.after[at]:
                waiting[bond[1]] -= 1
                if not waiting[bond[1]]:
                    ready.append(bond[1])
        return starts

    def justified(self, starts: Ints) -> Ints:
        """The same shifted to the right within its length, then to the left: often shorter."""
        return self._shifted(self.latest(starts), is_right=False)

    def latest(self, starts: Ints) -> Ints:
        """Each as late as the others, which are shifted too, and the plan's length let it."""
        return self._shifted(starts, is_right=True)

    def _shifted(self, starts: Ints, *, is_right: bool) -> Ints:
        ends = np.array([self._end(at, int(start)) for at, start in enumerate(starts)])
        length, starts = int(ends.max()), starts.copy()
        free = self.amounts.copy()
        for at in range(self.count):
            free[self.uses[at], starts[at] : ends[at]] -= self.demand[at][:, None]
        order = np.argsort(-ends if is_right else starts, kind="stable")
        for at in map(int, order):
            free[self.uses[at], starts[at] : ends[at]] += self.demand[at][:, None]
            fits = self.fits(at, free) & self.after_others(at, starts, ends)
            fits &= self.ends[at] <= length
            fits &= self.before_others(at, self.after[at], starts, ends)
            places = np.flatnonzero(fits)
            if len(places):
                self._put(at, int(places[-1 if is_right else 0]), starts, ends)
            free[self.uses[at], starts[at] : ends[at]] -= self.demand[at][:, None]
        return starts

    def length(self, starts: Ints) -> int:
        """The period by whose end all is done."""
        return max(int(self._end(at, int(start))) for at, start in enumerate(starts))

    @property
    def shortest(self) -> int:
        """No plan is shorter: the longest way through the dependencies."""
        return int(self.latest_finish.max())

    def _latest_finish(self) -> Ints:
        order = self.in_order()
        first = np.zeros(self.count, np.int64)
        for at in order:
            for on, _, bond, lag in self.before[at]:
                first[at] = max(first[at], first[on] + lag + self._bound(bond, on, at))
        last = np.full(self.count, int((first + self._sizes).max()))
        for at in reversed(order):
            for _, to, bond, lag in self.after[at]:
                start = last[to] - self._sizes[to] - lag - self._bound(bond, at, to)
                last[at] = min(last[at], start + self._sizes[at])
        return last

    def _bound(self, bond: Bond, on: int, to: int) -> int:
        """How much later the second starts than the first, at least, without the lag."""
        match bond:
            case Bond.START_START:
                return 0
            case Bond.FINISH_FINISH:
                return int(self._sizes[on] - self._sizes[to])
            case _:
                return int(self._sizes[on])

    def _put(self, at: int, choice: int, starts: Ints, ends: Ints) -> None:
        starts[at], ends[at] = self.starts[at][choice], self.ends[at][choice]

    def _end(self, at: int, start: int) -> Any:
        return self.ends[at][int(np.searchsorted(self.starts[at], start))]
