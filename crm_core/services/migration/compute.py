"""What a template makes of the store: per table the cells, and which records the target takes.

Nothing is written: everything is a temporary table of the cursor. Of table number n these are
  ids_<n>     key, row_id, row_key, source_id, new_id, fresh, kept
  cells_<n>   key, row_key, new_id, currency, and the columns that columns.py names
  placed_<n>  key, new_id, state (accepted, rejected, left_out), depth (below others of its table)
and for all tables together `bad` and `altered`.
"""

from dataclasses import dataclass
from decimal import Decimal

import duckdb

from crm_core.domain.entities import Kind
from crm_core.domain.target import Table, Target
from crm_core.reference import entities
from crm_core.services.migration import records
from crm_core.services.migration.cell import Cell
from crm_core.services.migration.columns import cell
from crm_core.services.migration.identify import identify
from crm_core.services.migration.meaning import load_order
from crm_core.services.migration.sql import literal
from crm_core.services.migration.tree import place_below_each_other
from crm_core.services.migration.typed import NUMBER


@dataclass(frozen=True)
class Sum:
    """A number of a table added up, exactly; of one currency where it is money."""

    column: str
    currency: str | None
    source: Decimal
    """Of the records of the store that the table takes."""
    rejected: Decimal
    accepted: Decimal
    """Of the texts that the target gets."""


@dataclass(frozen=True)
class Counted:
    """A table of the target, computed."""

    number: int
    """From 0, in load order."""
    table: Table
    cells: list[Cell]
    records: int
    """Those that the table takes: accepted + rejected."""
    left_out: int
    """Those that its filters leave out."""
    rejected: int
    accepted: int
    altered: int
    """Cells that are cut or blanked."""
    formulas: int
    """Cells that a spreadsheet would take for a formula."""
    sums: list[Sum]


def compute(cursor: duckdb.DuckDBPyConnection, target: Target) -> list[Counted]:
    """Compute every table in load order, in the caller's transaction."""
    needed = records.Needed(target)
    records.prepare(cursor, needed)
    for name in ("bad", "altered"):
        cursor.execute(
            f'CREATE OR REPLACE TEMP TABLE {name} ("table" VARCHAR, key VARCHAR, row_key VARCHAR,'
            ' new_id VARCHAR, "column" VARCHAR, value VARCHAR, rule VARCHAR, "limit" VARCHAR,'
            " suggestion VARCHAR)"
        )
    placed: dict[str, str] = {}
    done = []
    for number, table in enumerate(load_order(target)):
        done.append(_table(cursor, target, table, number, needed, placed))
        placed[table.name] = f"temp.placed_{number}"
    return done


def _table(
    cursor: duckdb.DuckDBPyConnection,
    target: Target,
    table: Table,
    number: int,
    needed: records.Needed,
    placed: dict[str, str],
) -> Counted:
    identify(cursor, target.name, table, f"ids_{number}")
    own = (
        f"(SELECT *, CASE WHEN kept THEN 'accepted' ELSE 'left_out' END AS state FROM ids_{number})"
    )
    at = placed | {table.name: own}
    cells = [cell(table, place, target.format, needed, at) for place in range(len(table.columns))]
    _fill(cursor, table, number, cells)
    _list(cursor, "bad", table, cells, f"cells_{number}")
    _unique(cursor, table, number, cells)
    place_below_each_other(cursor, table, number, cells)
    taken = f"cells_{number} SEMI JOIN (FROM placed_{number} WHERE state = 'accepted') USING (key)"
    _list(cursor, "altered", table, cells, taken)
    return _counted(cursor, target, table, number, cells)


def _fill(cursor: duckdb.DuckDBPyConnection, table: Table, number: int, cells: list[Cell]) -> None:
    columns = [f"{sql} AS {name}" for one in cells for name, sql in one.select.items()]
    joins = [join for one in cells for join in one.joins]
    has = any(field.name == "currency" for field in entities()[table.entity].fields)
    currency = "r.f_currency" if has else "NULL::VARCHAR"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE cells_{number} AS"
        f" SELECT i.key, i.row_key, i.new_id, {currency} AS currency, {', '.join(columns)}"
        f" FROM ids_{number} AS i JOIN temp.record_{table.entity} AS r ON r.key = i.key"
        f" {' '.join(joins)} WHERE i.kept"
    )


def _list(
    cursor: duckdb.DuckDBPyConnection,
    into: str,
    table: Table,
    cells: list[Cell],
    of: str,
) -> None:
    """List what breaks a check: what is refused, or what is altered."""
    for one in cells:
        for check in one.checks:
            if check.altered == (into == "altered"):
                cursor.execute(
                    f"INSERT INTO {into} SELECT {literal(table.name)}, key, row_key, new_id,"
                    f" {literal(one.column.name)}, {check.value}, '{check.rule}', {check.limit},"
                    f" {check.suggestion} FROM {of} WHERE {check.where}"
                )


def _unique(
    cursor: duckdb.DuckDBPyConnection, table: Table, number: int, cells: list[Cell]
) -> None:
    """Of records with one value in a unique column the target takes the first."""
    for one in cells:
        if one.column.unique or one.column.id:
            cursor.execute(
                f"""
                INSERT INTO bad
                SELECT {literal(table.name)}, key, row_key, new_id, {literal(one.column.name)},
                    {one.text}, 'unique', first, NULL
                FROM (
                    SELECT *, first_value(new_id) OVER same AS first,
                        row_number() OVER same AS place
                    FROM cells_{number}
                    WHERE {one.text} IS NOT NULL
                        AND key NOT IN (SELECT key FROM bad WHERE "table" = {literal(table.name)})
                    WINDOW same AS (PARTITION BY {one.text} ORDER BY new_id, key)
                )
                WHERE place > 1
                """
            )


def _counted(
    cursor: duckdb.DuckDBPyConnection,
    target: Target,
    table: Table,
    number: int,
    cells: list[Cell],
) -> Counted:
    states = dict(
        cursor.execute(f"SELECT state, count(*) FROM placed_{number} GROUP BY state").fetchall()
    )
    accepted, rejected = states.get("accepted", 0), states.get("rejected", 0)
    ((altered,),) = cursor.execute(
        'SELECT count(*) FROM altered WHERE "table" = ?', [table.name]
    ).fetchall()
    return Counted(
        *(number, table, cells, accepted + rejected, states.get("left_out", 0)),
        *(rejected, accepted, altered, _formulas(cursor, number, cells)),
        sums=[found for one in cells for found in _sums(cursor, target, table, number, one)],
    )


def _formulas(cursor: duckdb.DuckDBPyConnection, number: int, cells: list[Cell]) -> int:
    texts = [one.text for one in cells if one.column.type == "text"]
    counts = [
        f"count(*) FILTER ({text}[1] IN ('=', '@') OR {text}[1] IN ('+', '-')"
        rf" AND NOT regexp_full_match({text}, '[+-][\d .,()-]*'))"
        for text in texts
    ]
    ((found,),) = cursor.execute(
        f"SELECT {' + '.join(counts) or '0'} FROM cells_{number}"
        f" SEMI JOIN (FROM placed_{number} WHERE state = 'accepted') USING (key)"
    ).fetchall()
    return int(found)


def _sums(
    cursor: duckdb.DuckDBPyConnection, target: Target, table: Table, number: int, one: Cell
) -> list[Sum]:
    """A number added up: what the store says, and what the texts say that are written."""
    if one.amount is None:
        return []
    money = one.column.from_ is not None and _is_money(table, *one.column.path)
    text = f"replace({one.text}, {literal(target.format.decimal)}, '.')"
    rows = cursor.execute(
        f"""
        SELECT {"currency" if money else "NULL"} AS currency, coalesce(sum({one.amount}), 0),
            coalesce(sum({one.amount}) FILTER (state = 'rejected'), 0),
            coalesce(sum({text}::{NUMBER}) FILTER (state = 'accepted'), 0)
        FROM cells_{number} JOIN placed_{number} USING (key)
        GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()
    return [Sum(one.column.name, *row) for row in rows]


def _is_money(table: Table, field: str, further: str | None) -> bool:
    return further is None and entities()[table.entity].field(field).kind is Kind.MONEY
