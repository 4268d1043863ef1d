"""A programme in arrays: initiatives put in one after the other, or shifted within a plan.

The serial schedule generation scheme with latest finish times as priorities, and shifts to the
right and to the left (justification): Kolisch & Hartmann, EJOR 174, 2006; Valls, Ballestín &
Quintanilla, EJOR 165, 2005.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from crm_core.domain.planning.model import Bond, Programme

Spans = Mapping[str, Mapping[int, int]]
"""Id -> start -> end, for every start that nothing but other initiatives could forbid."""
Ints = npt.NDArray[np.int64]


class Scheme:
    """The programme in arrays; an initiative is its place among `spans`."""

    def __init__(self, programme: Programme, spans: Spans) -> None:
        self._count = len(spans)
        place = {key: at for at, key in enumerate(spans)}
        self._starts: list[Ints] = [np.array(list(each), dtype=np.int64) for each in spans.values()]
        self._ends: list[Ints] = [
            np.array(list(each.values()), dtype=np.int64) for each in spans.values()
        ]
        both = zip(self._starts, self._ends, strict=True)
        self._sizes = np.array([int((ends - starts).min()) for starts, ends in both])
        bonds = [
            (place[each.on], place[one.id], each.bond, each.lag)
            for one in programme.initiatives
            if one.id in place
            for each in one.waits_for
            if each.on in place
        ]
        self._before = [[bond for bond in bonds if bond[1] == at] for at in range(self._count)]
        self._after = [[bond for bond in bonds if bond[0] == at] for at in range(self._count)]
        self._limits(programme, list(spans))
        self._latest = self._latest_finish()

    def schedule(self, noise: npt.NDArray[np.float64]) -> Ints | None:
        """Starts, each as early as it fits; None where one fits nowhere."""
        priority = self._latest + noise * max(1, int(self._latest.max()))
        waiting = [len(bonds) for bonds in self._before]
        ready = [at for at in range(self._count) if not waiting[at]]
        starts, ends = np.zeros(self._count, np.int64), np.zeros(self._count, np.int64)
        free = self._amounts.copy()
        for _ in range(self._count):
            if not ready:
                return None
            at = min(ready, key=lambda one: (priority[one], one))
            ready.remove(at)
            first = self._earliest(at, starts, ends)
            fits = self._fits(at, free) & first
            if not fits.any():
                return None
            choice = int(fits.argmax())
            self._put(at, choice, starts, ends)
            free[self._uses[at], starts[at] : ends[at]] -= self._demand[at][:, None]
            for bond in self._after[at]:
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
        free = self._amounts.copy()
        for at in range(self._count):
            free[self._uses[at], starts[at] : ends[at]] -= self._demand[at][:, None]
        order = np.argsort(-ends if is_right else starts, kind="stable")
        for at in map(int, order):
            free[self._uses[at], starts[at] : ends[at]] += self._demand[at][:, None]
            fits = self._fits(at, free) & self._earliest(at, starts, ends)
            fits &= self._latest_allowed(at, starts, ends, length)
            places = np.flatnonzero(fits)
            if len(places):
                self._put(at, int(places[-1 if is_right else 0]), starts, ends)
            free[self._uses[at], starts[at] : ends[at]] -= self._demand[at][:, None]
        return starts

    def length(self, starts: Ints) -> int:
        """The period by whose end all is done."""
        return max(int(self._end(at, int(start))) for at, start in enumerate(starts))

    def _limits(self, programme: Programme, keys: Sequence[str]) -> None:
        """What each uses of what binds, and how much of that there is."""
        horizon = programme.horizon
        limits = {("skill", one): programme.available(one) for one in programme.skills}
        limits |= {("load", one): [most] * horizon for one, most in programme.loads.items()}
        bound = [name for name, amounts in limits.items() if amounts is not None]
        self._amounts = np.array([limits[name] for name in bound] or np.zeros((0, horizon)), float)
        self._amounts += 1e-9
        self._uses: list[Ints] = []
        self._demand: list[npt.NDArray[np.float64]] = []
        for key in keys:
            one = programme.initiative(key)
            used = [
                (row, (one.effort if kind == "skill" else one.load).get(name, 0.0))
                for row, (kind, name) in enumerate(bound)
            ]
            self._uses.append(np.array([row for row, amount in used if amount], dtype=np.int64))
            self._demand.append(np.array([amount for _, amount in used if amount], dtype=float))

    def _latest_finish(self) -> Ints:
        """By sizes and dependencies alone, counted back from the end of the longest way."""
        order = self._topological()
        first = np.zeros(self._count, np.int64)
        for at in order:
            for on, _, bond, lag in self._before[at]:
                first[at] = max(first[at], first[on] + lag + self._bound(bond, on, at))
        last = np.full(self._count, int((first + self._sizes).max()))
        for at in reversed(order):
            for _, to, bond, lag in self._after[at]:
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

    def _topological(self) -> list[int]:
        waiting = [len(bonds) for bonds in self._before]
        order = [at for at in range(self._count) if not waiting[at]]
        for at in order:
            for bond in self._after[at]:
                waiting[bond[1]] -= 1
                if not waiting[bond[1]]:
                    order.append(bond[1])
        return order

    def _fits(self, at: int, free: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """For each of its starts, whether enough is free in all its periods."""
        if not len(self._uses[at]):
            return np.ones(len(self._starts[at]), bool)
        short = (free[self._uses[at]] < self._demand[at][:, None]).any(axis=0)
        counted = np.concatenate(([0], np.cumsum(short)))
        fits: npt.NDArray[np.bool_] = counted[self._ends[at]] == counted[self._starts[at]]
        return fits

    def _earliest(self, at: int, starts: Ints, ends: Ints) -> npt.NDArray[np.bool_]:
        fits = np.ones(len(self._starts[at]), bool)
        for on, _, bond, lag in self._before[at]:
            mine = self._ends[at] if bond is Bond.FINISH_FINISH else self._starts[at]
            fits &= mine >= (starts if bond is Bond.START_START else ends)[on] + lag
        return fits

    def _latest_allowed(
        self, at: int, starts: Ints, ends: Ints, length: int
    ) -> npt.NDArray[np.bool_]:
        fits = self._ends[at] <= length
        for _, to, bond, lag in self._after[at]:
            mine = self._starts[at] if bond is Bond.START_START else self._ends[at]
            fits &= mine + lag <= (ends if bond is Bond.FINISH_FINISH else starts)[to]
        return fits

    def _put(self, at: int, choice: int, starts: Ints, ends: Ints) -> None:
        starts[at], ends[at] = self._starts[at][choice], self._ends[at][choice]

    def _end(self, at: int, start: int) -> Any:
        return self._ends[at][int(np.searchsorted(self._starts[at], start))]
