"""Solving: the best plan within a time, its bound, and word of every better one on the way."""

import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from crm_core.domain.planning.model import Programme
from crm_core.domain.planning.worth import plan_value
from crm_core.planning import earliest_finish, most_value
from crm_core.planning.build import Built, Hint, Objective
from crm_core.planning.finish_hint import finish_hint
from crm_core.planning.search import Progress, Run, Stage, Status, side_by_side
from crm_core.planning.value_hint import value_hint

Spans = Mapping[str, tuple[int, int]]
"""Id -> start and end of what is in the plan."""
_IN_TURNS = {"interleave_search": True, "interleave_batch_size": 4}
"""The solver's strategies work in turns of a fixed length of work: always in the same order."""
_AT_RANDOM = ("graph_arc", "graph_cst", "graph_dec", "graph_var", "rnd_cst", "rnd_var")
"""Strategies that take a part of the model whatever it means."""


def _proving(share: float, seed: int) -> Stage:
    """Conflicts prove a finish; the linear relaxation would only take their time."""
    parameters = {"num_workers": 1, "linearization_level": 0, "random_seed": seed}
    return Stage(parameters, share=share, steady=0.5, steady_by_size=45.0)


def _bettering(share: float, seed: int) -> Stage:
    """Parts of the plan are made anew, those that lie in one stretch of time, for a moment each."""
    return Stage(
        {
            **{"num_workers": 1, **_IN_TURNS, "random_seed": seed, "use_lns_only": True},
            **{"lns_initial_difficulty": 0.2, "lns_initial_deterministic_limit": 0.05},
        },
        ignored=[f"{one}_lns" for one in (*_AT_RANDOM, "scheduling_precedences")],
        share=share,
        steady=0.18,
        steady_by_size=16.0,
        needs_plan=True,
    )


_SEARCHES: Mapping[Objective, Sequence[Sequence[Stage]]] = {
    "value": (
        (
            Stage(
                {"num_workers": 2, **_IN_TURNS, "interleave_batch_size": 8},
                ("no_lp", "max_lp"),
                steady=0.45,
            ),
        ),
    ),
    # What is not proved in half the time hardly is in the rest of it: the plan is bettered then.
    "finish": (
        (_proving(0.5, 1), _bettering(0.5, 1)),
        (_proving(0.15, 7), _bettering(0.85, 7)),
    ),
}


@dataclass(frozen=True)
class Solved:
    """What the search found."""

    status: Status
    spans: Spans
    objective: float | None
    """Money for value, periods for finish; of the plan itself, not of the model."""
    bound: float | None
    """No plan is better than this."""
    is_repeatable: bool
    """False where the clock ended it, so that another run may end elsewhere."""


def model(programme: Programme, objective: Objective) -> Built:
    """The programme as the solver is given it."""
    build = most_value.build if objective == "value" else earliest_finish.build
    return build(programme)


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
    runs = [Run(built.copy(), hint, stages, seconds, began) for stages in _SEARCHES[objective]]
    is_stopped = side_by_side(runs, tell, stopping)
    return _solved(programme, objective, runs, is_stopped=is_stopped)


def _hint(
    programme: Programme,
    built: Built,
    objective: Objective,
    seconds: float,
    stopping: threading.Event,
) -> Hint:
    if objective == "finish":
        return finish_hint(programme, built)
    return value_hint(programme, built, seconds, stopping)


def objective_of(programme: Programme, objective: Objective, spans: Spans) -> float:
    """What a plan is worth, or when it ends."""
    if objective == "finish":
        return float(max((end for _, end in spans.values()), default=0))
    return plan_value(programme, spans)


def _solved(
    programme: Programme, objective: Objective, runs: Sequence[Run], *, is_stopped: bool
) -> Solved:
    """The best of all plans; of equal ones that of the first search."""
    proved = next((one for one in runs if one.is_proved), None)
    if proved is not None and proved.status == "infeasible":
        return Solved("infeasible", {}, None, None, True)
    best = min(runs, key=lambda one: one.objective)
    if best.objective == math.inf:
        return Solved("unknown", {}, None, None, False)
    unit = best.built.sign * best.built.scale
    return Solved(
        "optimal" if proved else "feasible",
        best.spans,
        objective_of(programme, objective, best.spans),
        max(one.bound for one in runs) * unit,
        proved is not None or (not is_stopped and all(one.is_repeatable for one in runs)),
    )
