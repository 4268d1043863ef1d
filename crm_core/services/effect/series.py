"""A goal's measure period by period, and that of rows of its kind which nobody touched."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import duckdb
import pyarrow as pa

from crm_core.domain.effect import Period
from crm_core.domain.problems import Refused
from crm_core.services.registers.measures import Measure, together

Step = Literal["week", "month"]
STEPS: dict[Step, str] = {"week": "INTERVAL 7 DAY", "month": "INTERVAL 1 MONTH"}
_ROWS = "effect_rows"
_TEAM = "team"
# Periods that are over; of the others none that somebody touched, nor what has no name.
_SERIES = """
SELECT is_mine, "{step}"::DATE AS first, ("{step}" + {length} - INTERVAL 1 DAY)::DATE AS last,
    ({value})::DOUBLE AS value
FROM (
    SELECT *, {mine} AS is_mine, {left_alone} AS is_left_alone FROM {rows} WHERE {tests}
)
WHERE "{column}" IS NOT NULL AND "{step}" IS NOT NULL AND (is_mine OR is_left_alone)
    AND "{step}" + {length} <= $today
GROUP BY ALL HAVING value IS NOT NULL ORDER BY first
"""


@dataclass(frozen=True)
class Compared:
    """Which rows of a metric are looked at: those that have one of these values in a column."""

    column: str
    mine: frozenset[str]
    touched: frozenset[str]
    """Values that some initiative or goal concerns: they stand for no one who was left alone."""


def step_of(wanted: Measure) -> Step | None:
    """Whether the metric has months or weeks; None: neither."""
    return next((step for step in STEPS if step in wanted.spec.grain), None)


def widened(wanted: Measure) -> Measure:
    """The same rows, told by a column where a parameter of that name picks them: so the metric is
    run once for all its rows, and others stand beside these."""
    texts = {one.name for one in wanted.spec.columns if one.type == "text"}
    picked = {
        name: value
        for name, value in wanted.params.items()
        if name in texts and name in wanted.spec.grain
    }
    params = {name: value for name, value in wanted.params.items() if name not in picked}
    return replace(wanted, params=params, where={**picked, **wanted.where})


def by_rows(wanted: Measure, alike: Collection[Measure]) -> Compared | None:
    """What the measure's own rows are told by, so that its metric's others stand beside them; None
    where it takes all rows. `alike`: measures of goals that initiatives serve."""
    name = next((one for one in wanted.where if one != "currency"), None)
    if name is None:
        return None
    touched = {one.where[name] for one in alike if name in one.where}
    return Compared(name, frozenset({wanted.where[name]}), frozenset(touched))


def by_teams(
    table: pa.Table, departments: Collection[str], touched: Collection[str]
) -> Compared | None:
    """The teams of the metric that an initiative is for; None where one of its departments is no
    team of the metric: who was left alone cannot be told then. `touched`: departments of any that
    went live."""
    if _TEAM not in table.column_names:
        return None
    teams = {one.casefold(): one for one in table.column(_TEAM).unique().to_pylist() if one}
    mine = {one.casefold() for one in departments}
    if not mine or not mine <= set(teams):
        return None
    all_touched = {one.casefold() for one in touched} & set(teams)
    mine_named, touched_named = (
        frozenset(teams[one] for one in names) for names in (mine, mine | all_touched)
    )
    return Compared(_TEAM, mine_named, touched_named)


def read(
    cursor: duckdb.DuckDBPyConnection,
    wanted: Measure,
    table: pa.Table,
    compared: Compared | None,
    today: date,
) -> tuple[list[Period], list[Period]]:
    """The measure's periods and those of the others, the oldest first.

    Refused("goal_no_periods") where the metric has neither months nor weeks.
    """
    step = step_of(wanted)
    if step is None:
        raise Refused("goal_no_periods")
    sql, params = _query(wanted, compared, step)
    cursor.register(_ROWS, table)
    try:
        rows = cursor.execute(sql, params | {"today": today}).fetchall()
    finally:
        cursor.unregister(_ROWS)
    mine, others = ([Period(*row[1:]) for row in rows if row[0] is side] for side in (True, False))
    return mine, others


def _query(wanted: Measure, compared: Compared | None, step: Step) -> tuple[str, dict[str, Any]]:
    own = compared.column if compared else None
    tests = {f"v{at}": pair for at, pair in enumerate(wanted.where.items()) if pair[0] != own}
    params: dict[str, Any] = {name: value for name, (_, value) in tests.items()}
    if compared:
        params |= {"mine": [*compared.mine], "touched": [*compared.touched]}
    held = f"coalesce(\"{own}\", '')"
    sql = _SERIES.format(
        step=step,
        length=STEPS[step],
        value=together(wanted.column),
        mine=f"list_contains($mine::VARCHAR[], {held})" if compared else "true",
        left_alone=f"{held} <> '' AND NOT list_contains($touched::VARCHAR[], {held})"
        if compared
        else "false",
        rows=_ROWS,
        column=wanted.column.name,
        tests=" AND ".join(
            [f"coalesce(\"{column}\", '') = ${name}" for name, (column, _) in tests.items()]
        )
        or "true",
    )
    return sql, params
