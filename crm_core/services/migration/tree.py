"""Where the records of a table stand: taken or not, and below which others of their own table."""

import duckdb

from crm_core.domain.target import Table
from crm_core.services.migration.cell import Cell
from crm_core.services.migration.sql import literal

_DEEPEST = 1000


def place_below_each_other(
    cursor: duckdb.DuckDBPyConnection, table: Table, number: int, cells: list[Cell]
) -> None:
    """Make placed_<n>: a record that refers to one of its own table comes after it.

    A record below a rejected one is rejected too, and those that stand below each other in a
    circle; or the reference is blanked, where the column says so.
    """
    own = next((one for one in cells if one.column.reference == table.name), None)
    _taken(cursor, table, number, own)
    if own is not None:
        _reach(cursor)
        _lost(cursor, table, number, own)
        if own.column.dangling == "blank":
            _cut(cursor, number, own)
    reached = "reached" if own is not None else "(SELECT key, 0 AS depth FROM taken)"
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE placed_{number} AS
        SELECT
            i.key, i.new_id, coalesce(r.depth, 0) AS depth,
            CASE WHEN NOT kept THEN 'left_out' WHEN r.key IS NULL THEN 'rejected'
                ELSE 'accepted' END AS state
        FROM ids_{number} AS i LEFT JOIN {reached} AS r USING (key)
        """
    )


def _taken(cursor: duckdb.DuckDBPyConnection, table: Table, number: int, own: Cell | None) -> None:
    """taken: the records that break no rule, each with the key of the one it stands below."""
    parent = "NULL" if own is None else f"CASE WHEN {own.text} IS NOT NULL THEN k{own.number} END"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE taken AS SELECT key, {parent} AS parent FROM cells_{number}"
        f' WHERE key NOT IN (SELECT key FROM bad WHERE "table" = {literal(table.name)})'
    )


def _reach(cursor: duckdb.DuckDBPyConnection) -> None:
    """reached: the records that can be loaded after the one that they stand below."""
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE reached AS
        WITH RECURSIVE down AS (
            SELECT key, 0 AS depth FROM taken WHERE parent IS NULL
            UNION ALL
            SELECT taken.key, depth + 1 FROM taken JOIN down ON taken.parent = down.key
            WHERE depth < {_DEEPEST}
        )
        FROM down
        """
    )


def _lost(cursor: duckdb.DuckDBPyConnection, table: Table, number: int, own: Cell) -> None:
    """List the records that cannot be reached, and why."""
    blank = own.column.dangling == "blank"
    cursor.execute(
        f"""
        INSERT INTO {"altered" if blank else "bad"}
        WITH RECURSIVE lost AS (
            SELECT key, parent FROM taken WHERE key NOT IN (SELECT key FROM reached)
        ),
        below AS (
            SELECT key FROM lost WHERE parent NOT IN (SELECT key FROM taken)
            UNION ALL
            SELECT lost.key FROM lost JOIN below ON lost.parent = below.key
        )
        SELECT {literal(table.name)}, key, row_key, new_id, {literal(own.column.name)},
            f{own.number},
            CASE WHEN key IN (SELECT key FROM below) THEN 'reference_rejected'
                ELSE 'reference_circle' END,
            {literal(table.name)}, {"''" if blank else "NULL"}
        FROM cells_{number} SEMI JOIN lost USING (key)
        """
    )


def _cut(cursor: duckdb.DuckDBPyConnection, number: int, own: Cell) -> None:
    """Blank the references that cannot be kept: their records stand below none."""
    lost = "SELECT key FROM taken WHERE key NOT IN (SELECT key FROM reached)"
    cursor.execute(f"UPDATE cells_{number} SET {own.text} = NULL WHERE key IN ({lost})")
    cursor.execute(f"INSERT INTO reached SELECT key, 0 FROM ({lost})")
