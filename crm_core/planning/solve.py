"""Solving: the best plan within a time, its bound, and word of every better one on the way."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ortools.sat.python import cp_model

from crm_core.domain.planning.model import Programme
from crm_core.domain.planning.worth import plan_value
from crm_core.planning.build import Built, Objective, build
from crm_core.planning.hints import finish_hint

Spans = Mapping[str, tuple[int, int]]
"""Id -> start and end of what is in the plan."""
WORKERS = 8
"""Fixed, whatever the machine: another number would find other plans."""
STEADY = 0.35
"""Units of deterministic time to a second: what a plain machine gets through."""


@dataclass(frozen=True)
class Progress:
    """How far the search is."""

    objective: float
    bound: float
    seconds: float


@dataclass(frozen=True)
class Solved:
    """What the search found."""

    status: "Status"
    spans: Spans
    objective: float | None
    """Money for value, periods for finish; of the plan itself, not of the model."""
    bound: float | None
    """No plan is better than this."""
    is_repeatable: bool
    """False where the clock ended it, so that another run may end elsewhere."""


Status = Literal["optimal", "feasible", "infeasible", "unknown"]
_STATUS: dict[Any, Status] = {
    cp_model.OPTIMAL: "optimal",
    cp_model.FEASIBLE: "feasible",
    cp_model.INFEASIBLE: "infeasible",
}


def solve(
    programme: Programme,
    objective: Objective,
    seconds: float,
    tell: Callable[[Progress], None] = lambda _: None,
    started: Callable[[cp_model.CpSolver], None] = lambda _: None,
) -> Solved:
    """The best plan that is found in so many seconds, or until the solver that `started` is given
    is told to stop.

    The search is the same for the same programme: its length is counted in work done, and the clock
    is only the last resort.
    """
    began = time.monotonic()
    built = build(programme, objective)
    if objective == "finish":
        for key, start in finish_hint(programme, built.spans).items():
            _hint(built, key, start)
    solver = cp_model.CpSolver()
    left = max(0.1, seconds - (time.monotonic() - began))
    solver.parameters.max_time_in_seconds = left
    solver.parameters.max_deterministic_time = seconds * STEADY
    solver.parameters.num_workers = WORKERS
    solver.parameters.interleave_search = True
    started(solver)
    status = _STATUS.get(solver.solve(built.model, _Teller(built, tell)), "unknown")
    if status not in ("optimal", "feasible"):
        return Solved(status, {}, None, None, status == "infeasible")
    spans = _spans(built, solver)
    return Solved(
        status,
        spans,
        objective_of(programme, objective, spans),
        solver.best_objective_bound * built.scale,
        status == "optimal" or solver.wall_time < left,
    )


def objective_of(programme: Programme, objective: Objective, spans: Spans) -> float:
    """What a plan is worth, or when it ends."""
    if objective == "finish":
        return float(max((end for _, end in spans.values()), default=0))
    return plan_value(programme, spans)


def _hint(built: Built, key: str, start: int | None) -> None:
    chosen = built.chosen[key]
    if chosen is not None:
        built.model.add_hint(chosen, start is not None)
    for begin, literal in built.at.get(key, {}).items():
        built.model.add_hint(literal, begin == start)
    if start is not None:
        built.model.add_hint(built.start[key], start)


def _spans(built: Built, solver: cp_model.CpSolver) -> dict[str, tuple[int, int]]:
    found = {}
    for key, start in built.start.items():
        chosen = built.chosen[key]
        if chosen is None or solver.boolean_value(chosen):
            begin = solver.value(start)
            found[key] = (begin, built.spans[key][begin])
    return found


class _Teller(cp_model.CpSolverSolutionCallback):
    def __init__(self, built: Built, tell: Callable[[Progress], None]) -> None:
        super().__init__()
        self._built, self._tell = built, tell

    def on_solution_callback(self) -> None:
        scale = self._built.scale
        self._tell(
            Progress(
                self.objective_value * scale, self.best_objective_bound * scale, self.wall_time
            )
        )
