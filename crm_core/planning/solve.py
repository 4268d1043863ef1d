"""Solving: the best plan within a time, its bound, and word of every better one on the way."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ortools.sat.python import cp_model

from crm_core.domain.planning.model import Programme
from crm_core.domain.planning.worth import plan_value
from crm_core.planning import earliest_finish, most_value
from crm_core.planning.build import Built, Objective
from crm_core.planning.hints import finish_hint
from crm_core.planning.value_hint import Hint, value_hint

Spans = Mapping[str, tuple[int, int]]
"""Id -> start and end of what is in the plan."""
_IN_TURNS = {"interleave_search": True, "interleave_batch_size": 4}
"""The solver's strategies work in turns of a fixed length of work: always in the same order."""


@dataclass(frozen=True)
class _Search:
    """How the solver is set; searches of one objective run side by side, a thread each."""

    parameters: Mapping[str, Any]
    subsolvers: Sequence[str] = ()
    """Strategies beside those that better a plan a part at a time; (): as the parameters say."""
    steady: float = 1.0
    """Units of deterministic time to a second, at most: what a plain machine gets through."""
    steady_by_size: float = float("inf")
    """The same, divided by the number of initiatives: of a large model a unit takes longer."""

    def work(self, seconds: float, size: int) -> float:
        """Units of deterministic time that so many seconds are worth."""
        return seconds * min(self.steady, self.steady_by_size / max(1, size))


_SEARCHES: Mapping[Objective, Sequence[_Search]] = {
    "value": (
        _Search(
            {"num_workers": 2, **_IN_TURNS, "interleave_batch_size": 8}, ("no_lp", "max_lp"), 0.45
        ),
    ),
    # Conflicts prove a finish, and the linear relaxation only takes their time; a second search
    # betters the plan, for the programmes in which nothing can be proved.
    "finish": (
        _Search({"num_workers": 1, "linearization_level": 0}, (), 0.6, 47.0),
        _Search({"num_workers": 1, **_IN_TURNS}, ("no_lp",), 0.3, 25.0),
    ),
}


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
_PROVED = ("optimal", "infeasible")
_LOOK = 0.05
"""Seconds between two looks at whether the search is to end."""


def model(programme: Programme, objective: Objective) -> Built:
    """The programme as the solver is given it."""
    if objective == "value":
        return most_value.build(programme)
    return earliest_finish.build(programme)


def solve(
    programme: Programme,
    objective: Objective,
    seconds: float,
    tell: Callable[[Progress], None] = lambda _: None,
    stopping: threading.Event | None = None,
) -> Solved:
    """The best plan that is found in so many seconds, or until `stopping` is set.

    The search is the same for the same programme: its length is counted in work done, and the clock
    is only the last resort.
    """
    began = time.monotonic()
    built = model(programme, objective)
    stopping = stopping or threading.Event()
    hint = _hint(programme, built, objective, seconds, stopping)
    if hint.starts:
        built.hint(hint.starts)
    left = max(0.1, seconds - (time.monotonic() - began))
    size = len(built.spans)
    runs = [_Run(built, each, left, each.work(seconds, size)) for each in _SEARCHES[objective]]
    is_stopped = _side_by_side(runs, tell, stopping)
    is_cut = is_stopped or not hint.is_repeatable
    return _solved(programme, objective, built, runs, is_cut=is_cut)


def _hint(
    programme: Programme,
    built: Built,
    objective: Objective,
    seconds: float,
    stopping: threading.Event,
) -> Hint:
    if objective == "finish":
        return Hint(finish_hint(programme, built.spans))
    return value_hint(programme, built, seconds, stopping)


def objective_of(programme: Programme, objective: Objective, spans: Spans) -> float:
    """What a plan is worth, or when it ends."""
    if objective == "finish":
        return float(max((end for _, end in spans.values()), default=0))
    return plan_value(programme, spans)


class _Run(cp_model.CpSolverSolutionCallback):
    """One search of a model; it is told of its own better plans."""

    def __init__(self, built: Built, search: _Search, seconds: float, work: float) -> None:
        super().__init__()
        self._built = built
        self.solver = cp_model.CpSolver()
        self.status: Status = "unknown"
        self.told: Callable[[Progress], None] = lambda _: None
        given = self.solver.parameters
        for name, value in search.parameters.items():
            setattr(given, name, value)
        given.subsolvers.extend(search.subsolvers)
        given.max_time_in_seconds, given.max_deterministic_time = seconds, work

    def run(self) -> None:
        """Search to the end."""
        self.status = _STATUS.get(self.solver.solve(self._built.model, self), "unknown")

    def on_solution_callback(self) -> None:
        scale = self._built.scale
        self.told(
            Progress(
                self.objective_value * scale, self.best_objective_bound * scale, self.wall_time
            )
        )

    @property
    def is_proved(self) -> bool:
        return self.status in _PROVED

    @property
    def is_repeatable(self) -> bool:
        """Whether its own proof or its work ended it: the clock's time is known a moment late."""
        done = self.solver.response_proto.deterministic_time
        return self.is_proved or done >= self.solver.parameters.max_deterministic_time


def _side_by_side(
    runs: Sequence[_Run], tell: Callable[[Progress], None], stopping: threading.Event
) -> bool:
    """Let all search; whether somebody stopped them. What the first one proves ends the others, and
    no other proof does: which of several is ready first by the clock must not decide."""
    teller = _Teller(tell)
    for one in runs:
        one.told = teller.hear
    threads = [threading.Thread(target=one.run, daemon=True) for one in runs]
    for thread in threads:
        thread.start()
    is_stopped = False
    while any(thread.is_alive() for thread in threads):
        is_stopped |= stopping.is_set()
        if is_stopped or runs[0].is_proved:
            for one in runs:
                one.solver.stop_search()  # again and again: one that only begins does not hear it
        next((one for one in threads if one.is_alive()), threads[0]).join(_LOOK)
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


def _solved(
    programme: Programme,
    objective: Objective,
    built: Built,
    runs: Sequence[_Run],
    *,
    is_cut: bool,
) -> Solved:
    """The best of all plans; of equal ones that of the first search."""
    proved = next((one for one in runs if one.is_proved), None)
    with_plans = [one for one in runs if one.status in ("optimal", "feasible")]
    if proved is not None and proved.status == "infeasible":
        return Solved("infeasible", {}, None, None, True)
    if not with_plans:
        return Solved("unknown", {}, None, None, False)
    sign = 1 if objective == "finish" else -1
    best = min(with_plans, key=lambda one: sign * one.solver.objective_value)
    bounds = [
        sign * one.solver.best_objective_bound for one in runs if one.solver.num_branches >= 0
    ]
    spans = built.found(best.solver)
    return Solved(
        "optimal" if proved else "feasible",
        spans,
        objective_of(programme, objective, spans),
        sign * max(bounds) * built.scale,
        proved is not None or (not is_cut and all(one.is_repeatable for one in runs)),
    )
