"""The linear relaxation of a model in literals: how far each initiative would have started by each
period, if it could be started in parts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from crm_core.planning.build import Built

Curves = Sequence[npt.NDArray[np.float64]]
"""Of each initiative, by its possible starts: the part that has started by then, 0 … 1."""
_MOST_COLUMNS = 6_000
"""Solved in a few seconds. Of a larger model only every second start is looked at, or fewer."""
_MOST_STEPS = 40_000
_ENDLESS = 10**15
_Row = tuple[Mapping[int, float], float]
"""What is added up of which columns, and the most that it may be."""


def relaxed(built: Built, seconds: float) -> Curves | None:
    """The best parts; None where there are none, or they took longer."""
    columns = _columns(built)
    rows = [one for one in _rows(built.model.proto, columns) if one[0]]
    limits = mathopt.SolveParameters(
        time_limit=timedelta(seconds=seconds), iteration_limit=_MOST_STEPS
    )
    model = mathopt.Model.from_model_proto(_linear(built, columns, rows))
    found = mathopt.solve(model, mathopt.SolverType.GLOP, params=limits)
    if found.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return None
    values = {one.id: value for one, value in found.variable_values().items()}
    return [
        np.array([values[columns[literal.index]] for literal in steps.by])
        for steps in built.steps.values()
    ]


def _columns(built: Built) -> list[int]:
    """The column of each of the model's variables; starts that are not looked at share that of the
    one before them."""
    columns = list(range(len(built.model.proto.variables)))
    apart = -(-len(columns) // _MOST_COLUMNS)
    for steps in built.steps.values():
        for number, literal in enumerate(steps.by):
            columns[literal.index] = steps.by[number - number % apart].index
    return columns


def _rows(proto: Any, columns: Sequence[int]) -> Iterator[_Row]:
    for one in proto.constraints:
        given = [-1 - literal for literal in one.enforcement_literal]
        if one.has_linear():
            terms = list(zip(one.linear.vars, one.linear.coeffs, strict=True))
            low, *_, high = one.linear.domain
            yield from _between(terms, low, high, columns)
        elif one.has_bool_or():
            yield from _counted([*one.bool_or.literals, *given], 1, _ENDLESS, columns)
        elif one.has_bool_and():
            for literal in one.bool_and.literals:
                yield from _counted([literal, *given], 1, _ENDLESS, columns)
        elif one.has_at_most_one():
            yield from _counted(one.at_most_one.literals, -_ENDLESS, 1, columns)
        else:
            raise NotImplementedError(str(one))


def _counted(
    literals: Sequence[int], low: float, high: float, columns: Sequence[int]
) -> Iterator[_Row]:
    """How many literals are true; one below 0 is the negation of the variable -1 - itself."""
    negated = sum(literal < 0 for literal in literals)
    terms = [(each, 1) if each >= 0 else (-1 - each, -1) for each in literals]
    yield from _between(terms, low - negated, high - negated, columns)


def _between(
    terms: Sequence[tuple[int, float]], low: float, high: float, columns: Sequence[int]
) -> Iterator[_Row]:
    for sign, most in ((1, high), (-1, -low)):
        if abs(most) < _ENDLESS:
            row: dict[int, float] = {}
            for variable, factor in terms:
                row[columns[variable]] = row.get(columns[variable], 0.0) + sign * factor
            yield {column: factor for column, factor in row.items() if factor}, most


def _linear(built: Built, columns: Sequence[int], rows: Sequence[_Row]) -> model_pb2.ModelProto:
    model = model_pb2.ModelProto()
    used = sorted(set(columns))
    model.variables.ids.extend(used)
    model.variables.lower_bounds.extend([0.0] * len(used))
    model.variables.upper_bounds.extend([1.0] * len(used))
    model.variables.integers.extend([False] * len(used))
    model.linear_constraints.ids.extend(range(len(rows)))
    model.linear_constraints.lower_bounds.extend([-np.inf] * len(rows))
    model.linear_constraints.upper_bounds.extend([float(most) for _, most in rows])
    matrix = model.linear_constraint_matrix
    for number, (row, _) in enumerate(rows):
        for column in sorted(row):
            matrix.row_ids.append(number)
            matrix.column_ids.append(column)
            matrix.coefficients.append(float(row[column]))
    _objective(built, columns, model)
    return model


def _objective(built: Built, columns: Sequence[int], model: model_pb2.ModelProto) -> None:
    """A maximum is kept by the solver as the minimum of its opposite."""
    said = built.model.proto.objective
    worth: dict[int, float] = {}
    for variable, factor in zip(said.vars, said.coeffs, strict=True):
        worth[columns[variable]] = worth.get(columns[variable], 0.0) + factor
    model.objective.maximize = built.sign < 0
    kept = sorted(column for column, factor in worth.items() if factor)
    model.objective.linear_coefficients.ids.extend(kept)
    model.objective.linear_coefficients.values.extend([built.sign * worth[one] for one in kept])
