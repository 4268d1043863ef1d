"""The measure of a goal: a column of one of our metrics, of some of its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from crm_core.domain.problems import Problem, Refused
from crm_core.domain.registers import Value
from crm_core.metrics import ColumnSpec, MetricSpec, catalogue
from crm_core.metrics.parameters import bound

METRIC, ROWS = "metric", "metric_rows"
"""The fields of a goal that name its measure."""


@dataclass(frozen=True)
class Measure:
    """What a goal is measured by."""

    spec: MetricSpec
    column: ColumnSpec
    params: Mapping[str, str]
    """Parameter of the metric -> what it is set to."""
    where: Mapping[str, str]
    """Column of the metric -> the text that a row must have there; "": none."""


@cache
def columns() -> dict[str, tuple[MetricSpec, ColumnSpec]]:
    """Every column that a goal may be measured by, by what the field says (metric.column): the
    figures of metrics that ask for nothing."""
    return {
        f"{spec.id}.{column.name}": (spec, column)
        for spec in catalogue().values()
        if not any(parameter.required for parameter in spec.parameters)
        for column in spec.columns
        if together(column) and column.unit != "none"
    }


def together(column: ColumnSpec) -> str | None:
    """SQL for the column of several rows taken together; None where it cannot be."""
    if column.together or column.type not in ("integer", "money", "quantity"):
        return column.together
    return f'sum("{column.name}")'


def measure(metric: str, rows: tuple[str, ...]) -> Measure:
    """What the two fields say. Refused: goal_metric for one that is not there; goal_rows for rows
    that are not told as name=value with a name that the metric knows, or a value that it cannot
    take."""
    if metric not in columns():
        raise Refused("goal_metric", value=metric)
    spec, column = columns()[metric]
    params, where = dict[str, str](), dict[str, str]()
    for said in rows:
        name, equals, value = (part.strip() for part in said.partition("="))
        if not equals or name not in row_names(spec):
            raise Refused("goal_rows", value=said, known=", ".join(row_names(spec)))
        is_parameter = any(one.name == name for one in spec.parameters)
        (params if is_parameter else where)[name] = value
    try:
        bound(spec, params)
    except Refused as refusal:
        told = refusal.problem.params
        raise Refused("goal_rows", value=told["value"], known=told["expected"]) from None
    return Measure(spec, column, params, where)


def row_names(spec: MetricSpec) -> list[str]:
    """What rows of a metric can be told by: its parameters, and the texts in its grain."""
    texts = [one.name for one in spec.columns if one.name in spec.grain and one.type == "text"]
    return list(dict.fromkeys([*(one.name for one in spec.parameters), *texts]))


def wrong(values: Mapping[str, Value]) -> dict[str, Problem]:
    """What is wrong with the measure of a goal, by field; {}: nothing."""
    metric, rows = values.get(METRIC), values.get(ROWS, ())
    if metric is None:
        return {METRIC: Problem("goal_metric_missing")} if rows else {}
    try:
        measure(str(metric), rows if isinstance(rows, tuple) else ())
    except Refused as refusal:
        field = METRIC if refusal.problem.code == "goal_metric" else ROWS
        return {field: refusal.problem}
    return {}
