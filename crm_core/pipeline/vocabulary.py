"""Values that are looked up, not parsed: cleaned once per distinct value, joined back in SQL."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from crm_core.domain.entities import Kind
from crm_core.domain.plan import ColumnPlan
from crm_core.pipeline import clean
from crm_core.pipeline.cells import Cells, values_of
from crm_core.pipeline.recognise.writing import currency_of
from crm_core.pipeline.segments import SegmentNames, tidy
from crm_core.pipeline.standardise.amounts import is_debit, plain_amount, without_people
from crm_core.pipeline.standardise.dates import plain_date
from crm_core.reference import (
    booleans,
    currencies,
    lost_values,
    placeholders,
    plain_key,
    written_placeholders,
)

Cursor = duckdb.DuckDBPyConnection
Lookup = Callable[[str], object]

LOOKUPS: dict[Kind, tuple[str, Lookup]] = {
    Kind.CURRENCY: ("VARCHAR", lambda raw: currencies().get(plain_key(raw), tidy(raw))),
    Kind.BOOLEAN: ("BOOLEAN", lambda raw: booleans().get(plain_key(raw))),
}
"""Kinds with a list of words; what is in none of them stays as written, or is unknown."""


def _chinese_currency(raw: str) -> str:
    return currency_of(raw, chinese=True) or tidy(raw)


@dataclass(frozen=True)
class ValueMap:
    """Temporary table `name` (raw VARCHAR, clean): joined on the trimmed cell."""

    name: str
    index: int


def distinct(cursor: Cursor, cells: Cells, index: int) -> dict[str, int]:
    """Every value of a column with the number of lines that hold it."""
    values = values_of(cursor, cells, index)
    return dict(cursor.execute(f"SELECT raw, lines FROM {values}").fetchall())


def listed(
    cursor: Cursor, cells: Cells, column: ColumnPlan, kind: Kind, *, chinese: bool = False
) -> ValueMap:
    """The map of a column whose words are in a reference list.

    `chinese`: whether the headers are, so that ¥ is the yuan.
    """
    sql_type, lookup = LOOKUPS[kind]
    if kind is Kind.CURRENCY and chinese:
        lookup = _chinese_currency
    raw = list(distinct(cursor, cells, column.index))
    found = [None if plain_key(value) in placeholders() else lookup(value) for value in raw]
    return keep_map(cursor, cells, column.index, raw, found, sql_type)


def segments(
    cursor: Cursor, cells: Cells, column: ColumnPlan, names: SegmentNames, meant: Collection[str]
) -> tuple[ValueMap, dict[str, tuple[str, int]]]:
    """The map of a segment column, and the repairs made: raw -> (clean, lines).

    `meant`: values that count although they may be placeholders.
    """
    values = values_of(cursor, cells, column.index)
    records = f"SELECT raw, records FROM {values} WHERE records"  # a header makes no segment
    lines = dict(cursor.execute(records).fetchall())
    clean_of = names.resolve(lines, lines if column.as_is == "all" else column.as_is, meant)
    repairs = {
        raw: (name, lines[raw])
        for raw, name in clean_of.items()
        if name is not None and name not in (raw, tidy(raw))
    }
    value_map = keep_map(
        cursor, cells, column.index, list(clean_of), list(clean_of.values()), "VARCHAR"
    )
    return value_map, repairs


def odd(
    cursor: Cursor, cells: Cells, column: ColumnPlan, kind: Kind, sql_type: str
) -> ValueMap | None:
    """The map of the cells that the quick expression cannot read; None when it reads them all.

    Placeholders such as '-' or N/A are in it as NULL with `blank` set: nothing was entered there.
    An error such as #REF! is none of them: its value is lost.
    """
    name = f"{cells.name}_{column.index}"
    _keep_unread(cursor, name, cells, column, kind, sql_type)
    if not cursor.execute(f"FROM {name} LIMIT 1").fetchone():
        return None
    cursor.execute(
        f"UPDATE {name} SET clean = found.clean FROM (SELECT raw,"
        f" {clean.slow(kind, 'text', column, sql_type)} AS clean"
        f" FROM (SELECT raw, {clean.half_width('raw')} AS text FROM {name})) AS found"
        f" WHERE found.raw = {name}.raw"
    )
    _read_words(cursor, name, column, kind, sql_type)
    return ValueMap(name, column.index)


def _keep_unread(
    cursor: Cursor, name: str, cells: Cells, column: ColumnPlan, kind: Kind, sql_type: str
) -> None:
    """Table `name` of the distinct cells that the quick expression cannot read."""
    cell, few = f"c{column.index}", kind is Kind.DATE
    tried = f"({clean.quick(kind, cell, column, sql_type)}) IS NULL"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT DISTINCT {cell} AS raw,"
        f" NULL::{sql_type} AS clean, list_contains($blank, lower({cell})) AS blank"
        f" FROM {cells.name} WHERE {cell} IS NOT NULL AND ({few} OR {tried})",
        {"blank": sorted(written_placeholders() - lost_values())},
    )
    if few:  # dates are tried only now: in one query each cell would be
        read = clean.quick(kind, "raw", column, sql_type)
        cursor.execute(f"DELETE FROM {name} WHERE ({read}) IS NOT NULL")


def _read_words(cursor: Cursor, name: str, column: ColumnPlan, kind: Kind, sql_type: str) -> None:
    """Fill in what no SQL format reads: dates and amounts in words."""
    unread = f"SELECT raw FROM {name} WHERE clean IS NULL AND NOT blank"
    raw = [row[0] for row in cursor.execute(unread).fetchall()]
    if kind is Kind.DATE:
        plain: list[object] = [plain_date(value, column.date_order) for value in raw]
    else:
        ledger = any(map(is_debit, raw))
        said = raw if kind is Kind.MONEY else map(without_people, raw)
        plain = [plain_amount(value, column.decimal_mark, ledger=ledger) for value in said]
    cursor.execute(
        f"UPDATE {name} SET clean = {clean.said(kind, 'said.plain', column, sql_type)}"
        " FROM (SELECT unnest($raw::VARCHAR[]) AS raw, unnest($plain::VARCHAR[]) AS plain) AS said"
        f" WHERE {name}.raw = said.raw AND said.plain IS NOT NULL",
        {"raw": raw, "plain": [_text(value) for value in plain]},
    )


def signs(
    cursor: Cursor, cells: Cells, amounts: ValueMap, chinese: bool, stated: str | None
) -> ValueMap | None:
    """The map of amounts to the currencies that their signs name.

    `amounts`: the map of a money column's unusual cells. None where no cell names any currency
    but `stated`.
    """
    read = f"SELECT raw FROM {amounts.name} WHERE clean IS NOT NULL"
    raw = [row[0] for row in cursor.execute(read).fetchall()]
    codes: list[object] = [currency_of(value, chinese) for value in raw]
    if not set(codes) - {None, stated}:
        return None
    return keep_map(cursor, cells, amounts.index, raw, codes, "VARCHAR", "_currency")


def keep_map(
    cursor: Cursor,
    cells: Cells,
    index: int,
    raw: list[str],
    found: list[object],
    sql_type: str,
    suffix: str = "",
) -> ValueMap:
    """The map of the values `raw` of a column to what was `found` for each, of `sql_type`."""
    name = f"{cells.name}_{index}{suffix}"
    # Bound as lists: an Arrow table would cost the import of pandas.
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS"
        f" SELECT unnest($raw::VARCHAR[]) AS raw, unnest($clean::VARCHAR[])::{sql_type} AS clean",
        {"raw": raw, "clean": [_text(value) for value in found]},
    )
    return ValueMap(name, index)


def _text(value: object) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if value is None else str(value)
