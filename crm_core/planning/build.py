"""A programme as a CP-SAT model: the one for the most value, or the one for the earliest end.

An initiative that can never be done is no part of it; where it has to be, nothing fits. Amounts of
skills, loads and money are whole numbers in it, of as small parts as anybody entered.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from ortools.sat.python import cp_model

from crm_core.domain.planning.allowed import allowed_spans
from crm_core.domain.planning.model import Initiative, Programme
from crm_core.planning.steps import Steps

Objective = Literal["value", "finish"]
_MOST_DECIMALS = 6
"""What people enter has no more."""
_CLOSE = 1e-9
_ROUGH = 1e-3
"""Of a part: below what anybody could enter, above what floats get wrong."""


class Hint(NamedTuple):
    """A plan to begin with."""

    starts: Mapping[str, int]
    """By id; {}: there is none."""
    is_repeatable: bool = True
    """False where the clock or a stop ended the search for it."""


@dataclass
class Built:
    """The model and where to find each initiative in it."""

    model: cp_model.CpModel
    spans: dict[str, dict[int, int]]
    """Id -> start -> end, of the initiatives that may be in the plan."""
    steps: dict[str, Steps] = field(default_factory=dict)
    """Of each of them for value; for the finish of those that money or groups ask for."""
    start: dict[str, cp_model.IntVar] = field(default_factory=dict)
    """For the finish alone."""
    values: dict[str, list[float]] = field(default_factory=dict)
    """What each is worth, by its possible starts; for value alone."""
    scale: float = 1.0
    """What one unit of the model's objective is worth."""

    @property
    def sign(self) -> int:
        """1 where the least is the best, -1 where it is the most."""
        return -1 if self.model.proto.objective.scaling_factor < 0 else 1

    def copy(self) -> "Built":
        """The same with a model of its own, for another plan to begin with."""
        return replace(self, model=self.model.clone())

    def hint(self, starts: Mapping[str, int]) -> None:
        """Tell the solver of a plan to begin with; what it does not name is left out."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for key, steps in self.steps.items():
            for start, literal in zip(steps.starts, steps.by, strict=True):
                self.model.add_hint(literal, key in starts and starts[key] <= start)
        for key, variable in self.start.items():
            if key in starts:
                self.model.add_hint(variable, starts[key])

    def found(self, solver: cp_model.CpSolver) -> dict[str, tuple[int, int]]:
        """Id -> start and end of what is in the solver's plan."""
        starts = {key: solver.value(one) for key, one in self.start.items()}
        if not starts:
            said = ((key, steps.start(solver)) for key, steps in self.steps.items())
            starts = {key: start for key, start in said if start is not None}
        return {key: (start, self.spans[key][start]) for key, start in starts.items()}


def begin(programme: Programme, *, is_whole: bool) -> tuple[Built, list[tuple[Initiative, bool]]]:
    """An empty model, and each initiative that is part of it with whether it has to be done."""
    built, parts = Built(cp_model.CpModel(), {}), []
    for one in programme.initiatives:
        must = one.is_wanted is True or (is_whole and one.is_wanted is None)
        spans = {} if one.is_wanted is False else allowed_spans(programme, one)
        if spans:
            built.spans[one.id] = spans
            parts.append((one, must))
        elif must:
            built.model.add_bool_or([])
    return built, parts


def excluded(built: Built, programme: Programme) -> Iterator[tuple[str, str]]:
    """Pairs that exclude each other and could both be done."""
    for one, other in programme.exclusive:
        if one in built.spans and other in built.spans:
            yield one, other


def limits(built: Built, programme: Programme) -> Iterator[tuple[dict[str, int], list[int]]]:
    """What binds period by period: of each skill and load who uses how much, and the most there is
    in each period."""
    for skill in programme.skills:
        amounts = programme.available(skill)
        if amounts is not None:
            yield from _whole(
                {one.id: one.effort.get(skill, 0.0) for one in programme.initiatives},
                amounts,
                built,
            )
    for department, most in programme.loads.items():
        used = {one.id: one.load.get(department, 0.0) for one in programme.initiatives}
        yield from _whole(used, [most] * programme.horizon, built)


def _whole(
    used: Mapping[str, float], amounts: Sequence[float], built: Built
) -> Iterator[tuple[dict[str, int], list[int]]]:
    asked = {key: value for key, value in used.items() if value and key in built.spans}
    factor = _parts([*asked.values(), *amounts])
    if asked:
        yield (
            {key: math.ceil(value * factor - _ROUGH) for key, value in asked.items()},
            [math.floor(value * factor + _ROUGH) for value in amounts],
        )


def _parts(values: Iterable[float]) -> int:
    """Into how many parts one is divided so that all of them are whole numbers."""
    said = list(values)
    for decimals in range(_MOST_DECIMALS):
        factor = int(10**decimals)
        if all(abs(value * factor - round(value * factor)) < _CLOSE * factor for value in said):
            return factor
    return int(10**_MOST_DECIMALS)


def phases(built: Built, programme: Programme) -> None:
    """The money of each phase, and something for every group in it."""
    for phase in programme.phases:
        if phase.budget is not None:
            factor = _parts([phase.budget, *(one.cost for one in programme.initiatives)])
            booked = [
                math.ceil(one.cost * factor - _ROUGH)
                * built.steps[one.id].starting(phase.start, phase.end)
                for one in programme.initiatives
                if one.cost and one.id in built.steps
            ]
            if booked:
                built.model.add(sum(booked) <= math.floor(phase.budget * factor + _ROUGH))
    for group, phase in programme.to_serve:
        given = [
            built.steps[one.id].ending(phase.start, phase.end)
            for one in programme.initiatives
            if group in one.serves and one.id in built.steps
        ]
        built.model.add(sum(given) >= 1) if given else built.model.add_bool_or([])
