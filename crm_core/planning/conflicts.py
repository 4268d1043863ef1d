"""Why nothing fits: constraints of which each one is needed for the conflict.

QuickXplain (Junker, "Preferred Explanations and Relaxations for Over-Constrained Problems", AAAI
2004): halves are taken away as long as the rest conflicts without them.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from crm_core.domain.planning.constraints import Constraint, constraints, keeping
from crm_core.domain.planning.model import Programme
from crm_core.planning.build import Objective
from crm_core.planning.solve import Solved, model, solve

_EACH = 5.0
"""Units of work (of deterministic time) that one test may take."""
_STEADY = 0.75
"""Units to a second that a plain machine gets through: work, not the clock, ends a test, so that
the same programme has the same conflict."""
_WORKERS = 2
_LEAST_CLOCK = 10.0
"""Seconds: a busy machine takes as long for what a plain one does in a moment."""


@dataclass(frozen=True)
class Relaxed:
    """A constraint in conflict, and what the plan would be without it."""

    constraint: Constraint
    plan: Solved
    """Infeasible: there is another conflict besides."""


def conflict(
    programme: Programme,
    objective: Objective,
    seconds: float,
    stopping: threading.Event | None = None,
) -> list[Relaxed]:
    """Constraints that cannot all hold, none of which can be spared, each with what relaxing it
    would bring; what helps by itself comes first.

    A test that took too long counts as fitting, so that one too many may be named; beyond the
    work of `seconds`, or once `stopping` is set, nothing more is spared. [] where it fits.

    In the finish objective everything has to be done, which is no constraint of these.
    """
    search = _Search(programme, objective, seconds, stopping or threading.Event())
    every = constraints(programme)
    if search.fits(every):
        return []
    found = search.explain([], every, has_more=False) if not search.is_hopeless() else []
    each = max(0.5, min(_EACH, search.left / _STEADY / max(1, len(found))))
    relaxed = [Relaxed(one, _without(programme, objective, every, one, each)) for one in found]
    return sorted(relaxed, key=lambda one: one.plan.status == "infeasible")


def _without(
    programme: Programme,
    objective: Objective,
    every: Sequence[Constraint],
    one: Constraint,
    seconds: float,
) -> Solved:
    return solve(keeping(programme, [each for each in every if each != one]), objective, seconds)


class _Search:
    def __init__(
        self,
        programme: Programme,
        objective: Objective,
        seconds: float,
        stopping: threading.Event,
    ) -> None:
        self._programme, self._objective, self._stopping = programme, objective, stopping
        self.left = seconds * _STEADY
        """Units of work that may still be done."""
        self._end = time.monotonic() + max(2 * seconds, _LEAST_CLOCK)
        """The clock is only the last resort."""

    def is_hopeless(self) -> bool:
        """Whether even without any constraint nothing fits: the horizon is too short."""
        return not self.fits([])

    def explain(
        self, ground: list[Constraint], parts: Sequence[Constraint], *, has_more: bool
    ) -> list[Constraint]:
        """Those of `parts` that conflict with `ground` and each other and cannot be spared."""
        if (has_more and not self.fits(ground)) or not parts:
            return []
        if len(parts) == 1:
            return list(parts)
        half = len(parts) // 2
        first, second = parts[:half], parts[half:]
        right = self.explain([*ground, *first], second, has_more=bool(first))
        left = self.explain([*ground, *right], first, has_more=bool(right))
        return [*left, *right]

    def fits(self, kept: Sequence[Constraint]) -> bool:
        """Whether there is a plan with these constraints alone, as far as can be told in time."""
        clock = self._end - time.monotonic()
        if self.left <= 0 or clock <= 0 or self._stopping.is_set():
            return True
        asked = model(keeping(self._programme, kept), self._objective).model
        asked.clear_objective()  # type: ignore[no-untyped-call]
        solver = cp_model.CpSolver()
        given = solver.parameters
        given.num_workers, given.interleave_search = _WORKERS, True
        given.max_deterministic_time, given.max_time_in_seconds = min(_EACH, self.left), clock
        status = solver.solve(asked)
        self.left -= solver.deterministic_time
        return status != cp_model.INFEASIBLE
