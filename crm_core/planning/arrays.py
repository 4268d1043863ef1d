"""A programme in arrays; an initiative is its place among its spans."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from crm_core.domain.planning.model import Bond, Programme

Spans = Mapping[str, Mapping[int, int]]
"""Id -> start -> end, for every start that nothing but other initiatives could forbid."""
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Edge = tuple[int, int, Bond, int]
"""What comes first, what waits for it, how they are bound, and the lag."""


class Arrays:
    """Where each initiative can lie, what it waits for and what it uses of how much."""

    def __init__(self, programme: Programme, spans: Spans) -> None:
        self.count = len(spans)
        place = {key: at for at, key in enumerate(spans)}
        self.starts: list[Ints] = [np.array(list(each), dtype=np.int64) for each in spans.values()]
        self.ends: list[Ints] = [
            np.array(list(each.values()), dtype=np.int64) for each in spans.values()
        ]
        edges: list[Edge] = [
            (place[each.on], place[one.id], each.bond, each.lag)
            for one in programme.initiatives
            if one.id in place
            for each in one.waits_for
            if each.on in place
        ]
        self.before: list[list[Edge]] = [[] for _ in spans]
        self.after: list[list[Edge]] = [[] for _ in spans]
        for edge in edges:
            self.after[edge[0]].append(edge)
            self.before[edge[1]].append(edge)
        self._limits(programme, list(spans))

    def fits(self, at: int, free: npt.NDArray[np.float64]) -> Mask:
        """For each of its starts, whether enough is free in all its periods."""
        if not len(self.uses[at]):
            return np.ones(len(self.starts[at]), bool)
        short = (free[self.uses[at]] < self.demand[at][:, None]).any(axis=0)
        counted = np.concatenate(([0], np.cumsum(short)))
        fits: Mask = counted[self.ends[at]] == counted[self.starts[at]]
        return fits

    def after_others(self, at: int, starts: Ints, ends: Ints) -> Mask:
        """For each of its starts, whether it is late enough for all that it waits for."""
        fits = np.ones(len(self.starts[at]), bool)
        for on, _, bond, lag in self.before[at]:
            mine = self.ends[at] if bond is Bond.FINISH_FINISH else self.starts[at]
            fits &= mine >= (starts if bond is Bond.START_START else ends)[on] + lag
        return fits

    def before_others(self, at: int, waiting: Sequence[Edge], starts: Ints, ends: Ints) -> Mask:
        """For each of its starts, whether it is early enough for these that wait for it."""
        fits = np.ones(len(self.starts[at]), bool)
        for _, to, bond, lag in waiting:
            mine = self.starts[at] if bond is Bond.START_START else self.ends[at]
            fits &= mine + lag <= (ends if bond is Bond.FINISH_FINISH else starts)[to]
        return fits

    def in_order(self) -> list[int]:
        """All places, each after those that it waits for."""
        waiting = [len(bonds) for bonds in self.before]
        order = [at for at in range(self.count) if not waiting[at]]
        for at in order:
            for bond in self.after[at]:
                waiting[bond[1]] -= 1
                if not waiting[bond[1]]:
                    order.append(bond[1])
        return order

    def _limits(self, programme: Programme, keys: Sequence[str]) -> None:
        """What each uses of what binds, and how much of that there is."""
        horizon = programme.horizon
        limits = {("skill", one): programme.available(one) for one in programme.skills}
        limits |= {("load", one): [most] * horizon for one, most in programme.loads.items()}
        bound = [name for name, amounts in limits.items() if amounts is not None]
        self.amounts = np.array([limits[name] for name in bound] or np.zeros((0, horizon)), float)
        self.amounts += 1e-9
        self.uses: list[Ints] = []
        self.demand: list[npt.NDArray[np.float64]] = []
        for key in keys:
            one = programme.initiative(key)
            used = [
                (row, (one.effort if kind == "skill" else one.load).get(name, 0.0))
                for row, (kind, name) in enumerate(bound)
            ]
            self.uses.append(np.array([row for row, amount in used if amount], dtype=np.int64))
            self.demand.append(np.array([amount for _, amount in used if amount], dtype=float))
