"""Lines that stand several times in a file and that nothing tells apart: each counts."""

import duckdb

from crm_core.domain.plan import TablePlan
from crm_core.pipeline.identity import identifying_field
from crm_core.reference import entities

_AGAIN = "[0-9a-f]{32}#([2-9]|[1-9]\\d+)"
"""The key of a row that is known by its content, from the second such line of a file on."""


def kept(cursor: duckdb.DuckDBPyConnection, file_id: int, plan: TablePlan) -> int:
    """How many rows of a file repeat an earlier line of it to the letter.

    None where lines have a key of their own: there a repeated line is skipped.
    """
    spec = entities().get(plan.entity or "")
    fields = {column.field for column in plan.columns if column.field and column.sure}
    if spec is None or identifying_field(spec, fields):
        return 0
    row = cursor.execute(
        f"SELECT count(*) FROM crm.{spec.name} WHERE file_id = ? AND origin = 'own'"
        " AND regexp_full_match(row_key, ?)",
        [file_id, _AGAIN],
    ).fetchone()
    return int(row[0]) if row else 0
