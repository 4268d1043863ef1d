"""What makes two lines the same row: a key of their own, a name, or content and occurrence."""

import duckdb

from crm_core.domain.entities import EntitySpec
from crm_core.domain.plan import TablePlan

Cursor = duckdb.DuckDBPyConnection


def content_of(columns: int) -> str:
    """SQL for a fingerprint of all cells of a line of so many columns."""
    row = ", ".join(f"coalesce(c{index}, '')" for index in range(columns))
    return f"md5(concat_ws(chr(31), {row}))"


def by_content(plan: TablePlan, spec: EntitySpec) -> bool:
    """Whether no column of the plan identifies a row, so that its content must."""
    mapped = {str(column.field) for column in plan.columns if column.sure and not column.entity}
    return identifying_field(spec, mapped) is None


def identifying_field(spec: EntitySpec, fields: set[str]) -> str | None:
    """The mapped field that identifies a row; None: its content does."""
    for name in (spec.key, spec.natural_key):
        if name and name in fields:
            return name
    return None


def mark_repeats(cursor: Cursor, staged: str, cells: str, columns: int) -> bool:
    """Skip lines that repeat the line of the same key before them to the letter.

    A line that comes again after another one says that it holds after all. Whether lines are left
    that share a key and differ; the table `repeated(staged)` has the keys.
    """
    if not _find_repeated(cursor, staged):
        return False
    twins = cursor.execute(
        f"""
        WITH said AS (
            SELECT line, row_key, {content_of(columns)} AS content
            FROM {staged} JOIN {cells} USING (line)
            WHERE fate IS NULL AND row_key IN (FROM {repeated(staged)})),
        twin AS (
            SELECT line, content = lag(content) OVER (PARTITION BY row_key ORDER BY line) AS again
            FROM said)
        UPDATE {staged} SET fate = 'skipped', why = 'repeat'
        WHERE line IN (SELECT line FROM twin WHERE again)
        """
    ).fetchone()
    return not (twins and twins[0]) or _find_repeated(cursor, staged)


def repeated(staged: str) -> str:
    """The temporary table of the keys that several open lines of a staged table have.

    To look there takes a fraction of the time that marking the lines themselves does.
    """
    return f"{staged}_repeated"


def _find_repeated(cursor: Cursor, staged: str) -> bool:
    """Fill that table; whether there are any."""
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {repeated(staged)} AS SELECT row_key FROM {staged}"
        " WHERE fate IS NULL GROUP BY row_key HAVING count(*) > 1"
    )
    return cursor.execute(f"FROM {repeated(staged)} LIMIT 1").fetchone() is not None
