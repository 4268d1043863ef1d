"""A search of the solver with a plan to begin with, and several of them side by side."""

import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Literal

from ortools.sat.python import cp_model

from crm_core.planning.build import Built, Hint

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
_STATUS: dict[Any, Status] = {
    cp_model.OPTIMAL: "optimal",
    cp_model.FEASIBLE: "feasible",
    cp_model.INFEASIBLE: "infeasible",
}
_LONGEST = 1.5
"""How many times its share of the time a stage may take where the machine is busy."""
_LOOK = 0.05
"""Seconds between two looks at whether the search is to end."""


@dataclass(frozen=True)
class Progress:
    """How far the search is."""

    objective: float
    bound: float
    seconds: float


@dataclass(frozen=True)
class Stage:
    """How the solver is set for a part of a search."""

    parameters: Mapping[str, Any]
    subsolvers: Sequence[str] = ()
    """Strategies beside those that better a plan a part at a time; (): as the parameters say."""
    ignored: Sequence[str] = ()
    share: float = 1.0
    """Of the time of the search."""
    steady: float = 1.0
    """Units of deterministic time to a second, at most: what a plain machine gets through."""
    steady_by_size: float = float("inf")
    """The same, divided by the number of initiatives: of a large model a unit takes longer."""
    needs_plan: bool = False
    """Whether it can only better one."""

    def solver(self, seconds: float, size: int) -> cp_model.CpSolver:
        """One that does the work of its share of so many seconds."""
        found = cp_model.CpSolver()
        for name, value in self.parameters.items():
            setattr(found.parameters, name, value)
        found.parameters.subsolvers.extend(self.subsolvers)
        found.parameters.ignore_subsolvers.extend(self.ignored)
        rate = min(self.steady, self.steady_by_size / max(1, size))
        found.parameters.max_deterministic_time = seconds * self.share * rate
        return found


class Run(cp_model.CpSolverSolutionCallback):
    """A search of a model of its own: stages that each go on with the best plan so far, the first
    with that to begin with. It is told of its own better plans."""

    def __init__(
        self, built: Built, hint: Hint, stages: Sequence[Stage], seconds: float, began: float
    ) -> None:
        super().__init__()
        self.status: Status = "unknown"
        self.spans: Mapping[str, tuple[int, int]] = {}
        self.objective, self.bound = math.inf, -math.inf
        """Of the best plan, and what no plan is better than, in the model's units; the lower the
        better."""
        self.is_repeatable = hint.is_repeatable
        """Whether its own proof or its work ended it: the clock's time is known a moment late."""
        self.told: Callable[[Progress], None] = lambda _: None
        self.built, self._starts = built, hint.starts
        self._seconds, self._began = seconds, began
        self._solvers = [(one, one.solver(seconds, len(built.spans))) for one in stages]
        self._is_spared = False

    def run(self) -> None:
        """Search to the end."""
        for stage, solver in self._solvers:
            is_possible = not stage.needs_plan or self.objective < math.inf
            if self._is_spared or self.is_proved or not is_possible:
                return
            if self._starts:
                self.built.hint(self._starts)
            self._solve(stage, solver)

    def _solve(self, stage: Stage, solver: cp_model.CpSolver) -> None:
        given = solver.parameters
        left = self._seconds - self._spent
        most = _LONGEST * stage.share * self._seconds
        given.max_time_in_seconds = max(0.1, min(left, most))
        status = _STATUS.get(solver.solve(self.built.model, self), "unknown")
        sign = self.built.sign
        if status in ("optimal", "feasible") and sign * solver.objective_value < self.objective:
            self.objective, self.spans = sign * solver.objective_value, self.built.found(solver)
            self._starts = {key: start for key, (start, _) in self.spans.items()}
        self.bound = max(self.bound, sign * solver.best_objective_bound)
        self.status = "feasible" if status == "unknown" and self.objective < math.inf else status
        done = solver.response_proto.deterministic_time >= given.max_deterministic_time
        self.is_repeatable &= self.is_proved or done

    def end(self, *, is_spared: bool) -> None:
        """End it with what it has; spared: nothing of it is wanted any more."""
        self._is_spared |= is_spared
        for _, one in self._solvers:
            one.stop_search()

    def on_solution_callback(self) -> None:
        found, bound = self.objective_value, self.best_objective_bound
        scale = self.built.scale
        self.told(Progress(found * scale, bound * scale, self._spent))

    @property
    def _spent(self) -> float:
        return time.monotonic() - self._began

    @property
    def is_proved(self) -> bool:
        return self.status in ("optimal", "infeasible")


def side_by_side(
    runs: Sequence[Run], tell: Callable[[Progress], None], stopping: threading.Event
) -> bool:
    """Let all search; whether somebody stopped them. What the first one proves ends the others, and
    no other proof does: which of several is ready first by the clock must not decide."""
    teller = _Teller(tell)
    for one in runs:
        one.told = teller.hear
    is_stopped = False
    with ThreadPoolExecutor(len(runs)) as pool:
        every: list[Future[None]] = [pool.submit(one.run) for one in runs]
        going = set(every)
        while going:
            is_stopped |= stopping.is_set()
            if is_stopped or runs[0].is_proved:
                for one in runs:  # again and again: one that only begins does not hear it
                    one.end(is_spared=one is not runs[0] and runs[0].is_proved)
            going = wait(going, _LOOK, FIRST_COMPLETED).not_done
    for each in every:
        each.result()
    return is_stopped


class _Teller:
    """Passes on what is better than all that was told before, of whichever search."""

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self._tell, self._lock = tell, threading.Lock()
        self._best: Progress | None = None

    def hear(self, progress: Progress) -> None:
        with self._lock:
            best = self._best
            # The distance to the bound falls with each better plan, of either objective.
            gap = abs(progress.objective - progress.bound)
            if best is None or gap < abs(best.objective - best.bound):
                self._best = progress
                self._tell(progress)
