"""Lines without a key of their own: those that stand several times, and those that came changed."""

import duckdb

from crm_core.domain.plan import TablePlan
from crm_core.pipeline.identity import identifying_field
from crm_core.reference import entities

_AGAIN = "[0-9a-f]{32}#([2-9]|[1-9]\\d+)"
"""The key of a row that is known by its content, from the second such line of a file on."""

_SAME = {
    "opportunity": (("true", "name", "customer_id"),),
    "sale": (
        ("true", "order_id", "product_id"),
        ("order_id IS NULL AND customer_id IS NOT NULL", "ordered_at", "customer_id, product_id"),
    ),
}
"""Entity -> what two rows known by their content share if one is a version of the other: of those
that a condition holds for, a value that both have and values that both may lack."""


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
        f" alike AS ({' UNION '.join(_alike(*same) for same in _SAME[entity])})"
        " SELECT count(*) FROM alike",
        {"file": file_id},
    ).fetchone()
    return int(row[0]) if row else 0


def _alike(of: str, had: str, shared: str) -> str:
    """SQL: the rows of `new` for which `old` has one like it; equalities alone, as lines of one
    customer and day may be many."""
    equal = [f"new.{name} IS NOT DISTINCT FROM old.{name}" for name in shared.split(", ")]
    sides = (f"(FROM {side} WHERE {of}) AS {side}" for side in ("new", "old"))
    both = " AND ".join([f"new.{had} = old.{had}", *equal])
    return f"SELECT new.row_id FROM {' SEMI JOIN '.join(sides)} ON {both}"


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
