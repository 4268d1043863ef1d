"""When an initiative starts, as literals that say whether it has started by each period.

The step formulation of scheduling (Christofides, Alvarez-Valdés & Tamarit, EJOR 29, 1987; Artigues,
Koné, Lopez & Mongeau 2015): starting, working and ending in a span are differences of two literals,
and a dependency is an implication between two, which makes the linear relaxation small and strong.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import pairwise

from ortools.sat.python import cp_model

Literal = cp_model.IntVar


class Steps:
    """The literals of one initiative. A later start never has an earlier end."""

    def __init__(
        self, model: cp_model.CpModel, key: str, spans: Mapping[int, int], *, is_sure: bool
    ) -> None:
        self.starts = sorted(spans)
        self.ends = [spans[start] for start in self.starts]
        self.by = [model.new_bool_var(f"{key} by {start}") for start in self.starts]
        for earlier, later in pairwise(self.by):
            model.add_implication(earlier, later)
        if is_sure:
            model.add_bool_and(self.by[-1])

    @property
    def chosen(self) -> Literal:
        """Whether it is done at all."""
        return self.by[-1]

    def started(self, period: int) -> Literal | None:
        """Whether it has started in that period or before; None: it cannot have."""
        return self._literal(bisect_right(self.starts, period))

    def ended(self, period: int) -> Literal | None:
        """Whether it is over by the beginning of that period; None: it cannot be."""
        return self._literal(bisect_right(self.ends, period))

    def starting(self, first: int, last: int) -> cp_model.LinearExprT:
        """1 where it starts from the first period to the one before the last."""
        return self._between(bisect_left(self.starts, first), bisect_left(self.starts, last))

    def ending(self, first: int, last: int) -> cp_model.LinearExprT:
        """1 where its last period lies from the first period to the one before the last."""
        return self._between(bisect_right(self.ends, first), bisect_right(self.ends, last))

    def working(self, period: int) -> cp_model.LinearExprT:
        """1 where it is worked on in that period."""
        return self._between(bisect_right(self.ends, period), bisect_right(self.starts, period))

    def start(self, solver: cp_model.CpSolver) -> int | None:
        """The start in what the solver found; None: it is left out."""
        values = (solver.boolean_value(literal) for literal in self.by)
        found = zip(self.starts, values, strict=True)
        return next((start for start, is_by in found if is_by), None)

    def _literal(self, count: int) -> Literal | None:
        return self.by[count - 1] if count else None

    def _between(self, first: int, last: int) -> cp_model.LinearExprT:
        if last <= first:
            return 0
        return self.by[last - 1] - self.by[first - 1] if first else self.by[last - 1]
