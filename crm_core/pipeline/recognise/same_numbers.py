"""Sales that are numbered from 1 in each file: those of a month would replace another month's."""

from collections.abc import Sequence
from itertools import combinations

import duckdb

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.raw import lines_in
from crm_core.pipeline.recognise.same_ids import RENAMED, plain
from crm_core.pipeline.recognise.sheet import (
    COMPARED,
    LEAST_VALUES,
    Sheet,
    is_held,
    leave,
    name_beside,
)

Cursor = duckdb.DuckDBPyConnection
Pair = tuple[Sheet, TablePlan]

_TELLING = ("order_id", "customer_id", "product_id")
"""Fields beside the day that a sale keeps when it comes again."""
_FIELDS = ("ordered_at", *_TELLING)
_PLACES = {"ymd": (1, 2, 3), "mdy": (3, 1, 2), "dmy": (3, 2, 1)}
"""Where year, month and day stand among the numbers of a written date."""


def settle(cursor: Cursor, pairs: Sequence[Pair]) -> None:
    """Ask about a key whose values are other sales' in the store, or in another table."""
    sales = [pair for pair in pairs if pair[1].entity == "sale" and _key(pair[1])]
    if sales and is_held(cursor, "sale"):
        for sheet, plan in sales:
            if file := _in_store(cursor, sheet, plan):
                _ask(plan, file)
    for one, other in combinations(sales, 2):
        if not (_key(one[1]) and _key(other[1])):
            continue
        if _mean_others(cursor, _rows(cursor, *one), _rows(cursor, *other)):
            _ask(other[1], name_beside(one[0], other[0]))


def _key(plan: TablePlan) -> ColumnPlan | None:
    key = plan.column("sale_id")
    return key if key and key.sure else None


def _ask(plan: TablePlan, other: str) -> None:
    key = _key(plan)
    assert key
    leave(key)
    plan.cautions["same_ids"] = other


def _in_store(cursor: Cursor, sheet: Sheet, plan: TablePlan) -> str | None:
    """A file whose sales in the store have these ids and are others."""
    told = ", ".join(f"{plain(name)} AS {name}" for name in _TELLING)
    held = (
        f"SELECT lower(sale_id) AS id, strftime(ordered_at, '%Y%m%d')::INT AS ordered_at, {told},"
        " source_file FROM crm.sale WHERE origin = 'own' AND sale_id IS NOT NULL"
    )
    rows = _rows(cursor, sheet, plan)
    if not _mean_others(cursor, rows, held):
        return None
    found = cursor.execute(f"SELECT min(source_file) FROM ({held}) SEMI JOIN ({rows}) USING (id)")
    return str(found.fetchall()[0][0])


def _rows(cursor: Cursor, sheet: Sheet, plan: TablePlan) -> str:
    """SQL: id, day, order, customer and product of the sheet's first rows."""
    key = _key(plan)
    assert key
    day = plan.column("ordered_at")
    cells = [f"{_day(day) if day and day.sure else 'NULL::INT'} AS ordered_at"]
    for name in _TELLING:
        column = plan.column(name)
        told = plain(f"c{column.index}") if column and column.sure else "NULL::VARCHAR"
        cells.append(f"nullif({told}, '') AS {name}")
    return (
        f"SELECT lower(trim(c{key.index})) AS id, {', '.join(cells)}"
        f" FROM {lines_in(cursor, sheet.data)}"
        f" WHERE line > {plan.header_line} AND line <= {plan.header_line + COMPARED}"
    )


def _day(column: ColumnPlan) -> str:
    """SQL: the day as 20240131; NULL where it is not written in numbers."""
    numbers = f"regexp_extract_all(c{column.index}, '\\d+')"
    year, month, day = (
        f"try_cast(left({numbers}[{place}], 4) AS INT)"
        for place in _PLACES[column.date_order or "ymd"]
    )
    return f"(({year} + CASE WHEN {year} < 100 THEN 2000 ELSE 0 END) * 100 + {month}) * 100 + {day}"


def _mean_others(cursor: Cursor, one: str, other: str) -> bool:
    """Whether rows with one id are other sales.

    What both tables tell of them differs; or none tells what the other does, as orders with their
    customers and lines with their products. A table that tells less is a correction.
    """
    both = [f"(one.{name} IS NOT NULL AND other.{name} IS NOT NULL)" for name in _FIELDS]
    equal = [f"coalesce(one.{name} = other.{name}, true)" for name in _FIELDS]
    ours = " OR ".join(f"(count(one.{name}) > 0 AND count(other.{name}) = 0)" for name in _FIELDS)
    theirs = " OR ".join(f"(count(other.{name}) > 0 AND count(one.{name}) = 0)" for name in _FIELDS)
    met, compared, same, apart = cursor.execute(
        f"SELECT count(*), count(*) FILTER ({' OR '.join(both)}),"
        f" count(*) FILTER (({' OR '.join(both)}) AND {' AND '.join(equal)}),"
        f" ({ours}) AND ({theirs})"
        f" FROM ({one}) AS one JOIN ({other}) AS other USING (id)"
    ).fetchall()[0]
    if met < LEAST_VALUES:
        return False
    return bool(same < RENAMED * compared if compared else apart)
