"""Ids that are other records' as well: of two systems, or counted from 1 in each file. One would
take the other's place."""

from collections.abc import Iterator, Sequence

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.raw import lines_in
from crm_core.pipeline.recognise.sheet import (
    COMPARED,
    LEAST_VALUES,
    Sheet,
    is_held,
    leave,
    name_beside,
)
from crm_core.pipeline.recognise.whose_amount import sure
from crm_core.reference import entities

Cursor = duckdb.DuckDBPyConnection
Pair = tuple[Sheet, TablePlan]

SAME = 0.2
"""The share of rows with one id that must tell one thing as well, or the ids mean other rows."""
_COMPARED = ("name", "ordered_at")
"""Fields that a record keeps when it comes again; the first that both tables tell is compared."""
_PARTS = (*_COMPARED, "order_id", "customer_id", "product_id")
"""What either an order tells or a line of it."""
_PLACES = {"ymd": (1, 2, 3), "mdy": (3, 1, 2), "dmy": (3, 2, 1)}
"""Where year, month and day stand among the numbers of a written date."""


def settle(cursor: Cursor, pairs: Sequence[Pair]) -> None:
    """Ask about a key whose values are other rows' in the store, or in another table."""
    keyed = [pair for pair in pairs if _key(pair[1])]
    for sheet, plan in keyed:
        if file := _in_store(cursor, sheet, plan):
            _ask(plan, file)
    for one, other in _alike(cursor, [pair for pair in keyed if _key(pair[1])]):
        if _key(one[1]) and _key(other[1]):
            _ask(other[1], name_beside(one[0], other[0]))


def _key(plan: TablePlan) -> ColumnPlan | None:
    """The column of the key, if it is sure."""
    return sure(plan, str(entities()[plan.entity].key)) if plan.entity else None


def _ask(plan: TablePlan, other: str) -> None:
    key = _key(plan)
    assert key
    leave(key)
    plan.cautions["same_ids"] = other


def _in_store(cursor: Cursor, sheet: Sheet, plan: TablePlan) -> str | None:
    """A file whose rows in the store have these ids and are others."""
    spec = entities()[str(plan.entity)]
    if not is_held(cursor, spec.name):
        return None
    found = cursor.execute(
        f"WITH one AS MATERIALIZED ({_rows(cursor, sheet, plan)}),"
        f" other AS (SELECT lower({spec.key}) AS id, {', '.join(_held(spec))}, source_file"
        f" FROM crm.{spec.name} WHERE origin = 'own' AND lower({spec.key}) IN (SELECT id FROM one))"
        f" SELECT min(source_file) FROM one JOIN other USING (id) HAVING {_mean_others(spec)}"
    ).fetchone()
    return str(found[0]) if found else None


def _alike(cursor: Cursor, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Pair]]:
    """Tables of which an earlier and a later one have the same ids, of other rows."""
    for entity in dict.fromkeys(str(plan.entity) for _, plan in pairs):
        tables = [pair for pair in pairs if pair[1].entity == entity]
        rows = " UNION ALL ".join(
            f"SELECT {place} AS place, * FROM ({_rows(cursor, *pair)})"
            for place, pair in enumerate(tables)
        )
        found = cursor.execute(
            f"WITH every AS MATERIALIZED ({rows}) SELECT one.place, other.place FROM every AS one"
            " JOIN every AS other ON one.id = other.id AND one.place < other.place"
            f" GROUP BY ALL HAVING {_mean_others(entities()[entity])} ORDER BY ALL"
        )
        yield from ((tables[one], tables[other]) for one, other in found.fetchall())


def _rows(cursor: Cursor, sheet: Sheet, plan: TablePlan) -> str:
    """SQL: id of the sheet's first rows, and what they tell."""
    key = _key(plan)
    assert key
    cells = [f"{_cell(sure(plan, name), name)} AS {name}" for name in _PARTS]
    return (
        f"SELECT lower(trim(c{key.index})) AS id, {', '.join(cells)}"
        f" FROM {lines_in(cursor, sheet.data)}"
        f" WHERE line > {plan.header_line} AND line <= {plan.header_line + COMPARED}"
    )


def _cell(column: ColumnPlan | None, name: str) -> str:
    if column is None:
        return "NULL::INT" if name == "ordered_at" else "NULL::VARCHAR"
    return day(column) if name == "ordered_at" else plain(f"c{column.index}")


def _held(spec: EntitySpec) -> Iterator[str]:
    """SQL: the same of rows in the store; a name that only repeats the key tells nothing."""
    fields = {field.name for field in spec.fields}
    for name in _PARTS:
        if name not in fields:
            yield f"{_cell(None, name)} AS {name}"
        elif name == "ordered_at":
            yield f"strftime({name}, '%Y%m%d')::INT AS {name}"
        else:
            told = f"nullif({name}, {spec.key})" if name == "name" else name
            yield f"{plain(told)} AS {name}"


def plain(text: str) -> str:
    """SQL: letters and digits alone, whatever cleaning made of the rest; NULL where none is."""
    return f"nullif(regexp_replace(lower({text}), '[^\\p{{L}}\\p{{N}}]', '', 'g'), '')"


def day(column: ColumnPlan) -> str:
    """SQL: the day as 20240131; NULL where it is not written in numbers."""
    numbers = f"regexp_extract_all(c{column.index}, '\\d+')"
    year, month, day = (
        f"try_cast(left({numbers}[{place}], 4) AS INT)"
        for place in _PLACES[column.date_order or "ymd"]
    )
    return f"(({year} + CASE WHEN {year} < 100 THEN 2000 ELSE 0 END) * 100 + {month}) * 100 + {day}"


def _mean_others(spec: EntitySpec) -> str:
    """SQL: rows of two tables joined by their ids are not the same ones.

    What both tell of them differs; or none tells what the other does, as orders with their
    customers and lines with their products. A table that tells less is a correction.
    """
    cases = ""
    for name in _COMPARED:
        both = f"count(*) FILTER (one.{name} IS NOT NULL AND other.{name} IS NOT NULL)"
        same = f"count(*) FILTER (one.{name} = other.{name})"
        cases += f" WHEN {both} > 0 THEN {same} < {SAME} * {both}"
    ours, theirs = (
        " OR ".join(f"count({a}.{name}) > 0 AND count({b}.{name}) = 0" for name in _PARTS)
        for a, b in (("one", "other"), ("other", "one"))
    )
    apart = f"({ours}) AND ({theirs})" if spec.name == "sale" else "false"
    return f"count(DISTINCT one.id) >= {LEAST_VALUES} AND CASE{cases} ELSE {apart} END"
