"""Lines without a key of their own: those that stand several times, and those that came changed."""

import duckdb

from crm_core.domain.plan import TablePlan
from crm_core.pipeline.identity import identifying_field
from crm_core.reference import entities

_AGAIN = "[0-9a-f]{32}#([2-9]|[1-9]\\d+)"
"""The key of a row that is known by its content, from the second such line of a file on."""

_SAME = {
    "opportunity": (
        "new.name = old.name AND new.customer_id IS NOT DISTINCT FROM old.customer_id",
    ),
    "sale": (
        "new.order_id = old.order_id AND new.product_id IS NOT DISTINCT FROM old.product_id",
        "coalesce(new.order_id, old.order_id) IS NULL AND new.customer_id = old.customer_id"
        " AND new.ordered_at = old.ordered_at"
        " AND new.product_id IS NOT DISTINCT FROM old.product_id",
    ),
}
"""Entity -> what two rows known by their content share if one is a version of the other."""


def changed(cursor: duckdb.DuckDBPyConnection, file_id: int, plan: TablePlan) -> int:
    """How many new rows of a file look like others of earlier files that it does not have again.

    Where nothing but their content identifies lines, one that was changed since is a new row, and
    the earlier one stays and counts too.
    """
    entity = plan.entity or ""
    fields = {column.field for column in plan.columns if column.field and column.sure}
    if entity not in _SAME or identifying_field(entities()[entity], fields):
        return 0
    by_content = f"SELECT * FROM crm.{entity} WHERE origin = 'own' AND row_key LIKE '%#%'"
    row = cursor.execute(
        f"WITH new AS ({by_content} AND file_id = $file),"
        f" old AS ({by_content} AND file_id <> $file AND row_id NOT IN (SELECT row_id FROM"
        " crm.line_fate WHERE file_id = $file AND row_id IS NOT NULL)),"
        " alike AS ("
        + " UNION ".join(f"SELECT new.row_id FROM new JOIN old ON {same}" for same in _SAME[entity])
        + ") SELECT count(*) FROM alike",
        {"file": file_id},
    ).fetchone()
    return int(row[0]) if row else 0


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
