"""What the data say of a goal's measure: its value now and, of a metric with periods, before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from crm_core.domain.problems import Problem, Refused
from crm_core.services.figures import metric_of
from crm_core.services.registers.measures import Measure, measure, together

Cursor = duckdb.DuckDBPyConnection
Point = tuple[date, float]
"""The last day of a period, or the day of reading, and the value."""
_ROWS = "measured_rows"
_PERIODS = {"week": "INTERVAL 7 DAY", "month": "INTERVAL 1 MONTH"}

# A metric tells rows apart by currency: what two of them say of the same is never added.
_POINTS = """
SELECT
    {day} AS day, ({value})::DOUBLE AS value, count(*) AS rows, count(DISTINCT {key}) AS keys,
    {currencies} AS currencies
FROM {rows} WHERE "{column}" IS NOT NULL AND {tests}
GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True)
class Reading:
    """The values of a measure, the oldest first; the last one is of now."""

    points: tuple[Point, ...]
    currency: str | None
    """Of money, ISO 4217."""


def readings(
    cursor: Cursor, goals: Iterable[tuple[str, str, Sequence[str]]], today: date
) -> Iterator[tuple[str, Reading | Problem]]:
    """Id, metric and rows of each goal -> id and what was read, or why it cannot be. A metric that
    several goals ask in the same way runs once."""
    tables: dict[tuple[str, str], pa.Table] = {}
    for key, metric, rows in goals:
        try:
            wanted = measure(metric, tuple(rows))
            run = wanted.spec.id, str(sorted(wanted.params.items()))
            if run not in tables:
                tables[run] = metric_of(cursor, wanted.spec.id, wanted.params)
            yield key, _read(cursor, wanted, tables[run], today)
        except Refused as refusal:
            yield key, refusal.problem


def _read(cursor: Cursor, wanted: Measure, table: pa.Table, today: date) -> Reading:
    """The measure in its metric's rows; of a metric with months or weeks those that are over.

    Refused: goal_nothing where there is no row with a value; goal_currencies where rows of several
    currencies would have to be added.
    """
    cursor.register(_ROWS, table)
    try:
        rows = cursor.execute(*_query(wanted)).fetchall()
    finally:
        cursor.unregister(_ROWS)
    used = [row for row in rows if row[0] is not None and row[0] < today] or [
        (today, *row[1:]) for row in rows if row[0] is None
    ]
    if not used:
        raise Refused("goal_nothing")
    currencies = sorted({one for row in used for one in row[4]})
    is_money = wanted.column.unit == "money"
    # A count may be repeated in every currency's row; a ratio's parts are not.
    is_repeated = not wanted.column.together and any(row[2] > row[3] for row in used)
    if len(currencies) > 1 and (is_money or is_repeated):
        raise Refused("goal_currencies", known=", ".join(one or "–" for one in currencies))
    points = tuple((day, value) for day, value, *_ in used)
    return Reading(points, (currencies[0] or None) if is_money and currencies else None)


def _query(wanted: Measure) -> tuple[str, list[Any]]:
    spec, column = wanted.spec, wanted.column
    period = next((name for name in spec.grain if name in _PERIODS), None)
    others = [name for name in spec.grain if name not in ("currency", period)]
    key = ", ".join(f"coalesce(\"{name}\"::VARCHAR, '')" for name in others)
    day = f"({period} + {_PERIODS[period]} - INTERVAL 1 DAY)::DATE" if period else "NULL::DATE"
    has_currency = "currency" in spec.grain
    tests = [f"coalesce(\"{name}\", '') = ?" for name in wanted.where]
    return _POINTS.format(
        day=day,
        value=together(column),
        key=f"[{key}]" if key else "1",
        currencies="list(DISTINCT coalesce(currency, ''))" if has_currency else "[]::VARCHAR[]",
        rows=_ROWS,
        column=column.name,
        tests=" AND ".join(tests) or "true",
    ), list(wanted.where.values())
