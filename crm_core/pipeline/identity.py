"""What makes two lines the same row: a key of their own, a name, or content and occurrence."""

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.pipeline.cells import Cells

Cursor = duckdb.DuckDBPyConnection


def content_of(cells: Cells) -> str:
    """SQL for a fingerprint of all cells of a line."""
    row = ", ".join(f"coalesce(c{index}, '')" for index in range(cells.columns))
    return f"md5(concat_ws(chr(31), {row}))"


def identifying_field(spec: EntitySpec, fields: set[str]) -> str | None:
    """The mapped field that identifies a row; None: its content does."""
    for name in (spec.key, spec.natural_key):
        if name and name in fields:
            return name
    return None


def mark_repeats(cursor: Cursor, staged: str, cells: Cells) -> bool:
    """Skip lines that repeat an earlier line of the same key to the letter.

    Whether lines are left that share a key and differ.
    """
    doubled = (
        f"SELECT row_key FROM {staged} WHERE fate IS NULL GROUP BY row_key HAVING count(*) > 1"
    )
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE repeated AS {doubled}")
    if not cursor.execute("FROM repeated LIMIT 1").fetchone():
        return False
    cursor.execute(
        f"""
        WITH twin AS (
            SELECT line, row_number() OVER (
                PARTITION BY row_key, {content_of(cells)} ORDER BY line) AS nth
            FROM {staged} JOIN {cells.name} USING (line)
            WHERE fate IS NULL AND row_key IN (FROM repeated))
        UPDATE {staged} SET fate = 'skipped', reason = 'repeat'
        WHERE line IN (SELECT line FROM twin WHERE nth > 1)
        """
    )
    return cursor.execute(f"{doubled} LIMIT 1").fetchone() is not None
