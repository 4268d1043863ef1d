"""Revenue that no month counts, because no column of its table says on which day it came."""

import duckdb

from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Problem

_DAYS = {
    "opportunity": ("closed_at", "outcome = 'won'", "deals_undated"),
    "sale": ("ordered_at", "true", "sales_undated"),
}
"""Entity -> the field that dates its revenue, which rows are revenue, and what is told."""


def told(cursor: duckdb.DuckDBPyConnection, file_id: int, plan: TablePlan) -> Problem | None:
    """What is to be said of the table, once all tables of the load are published.

    A line may have the day of its order. Where there is a column of days, a rule tells of the
    lines that lack one.
    """
    if plan.entity not in _DAYS:
        return None
    day, revenue, code = _DAYS[plan.entity]
    if (column := plan.column(day)) and column.sure:
        return None
    row = cursor.execute(
        f"SELECT count(*) FROM staging.{plan.entity}"
        f" WHERE file_id = ? AND {revenue} AND amount IS NOT NULL AND {day} IS NULL",
        [file_id],
    ).fetchone()
    if not row or not row[0]:
        return None
    return Problem(code, {"file": plan.file, "sheet": plan.sheet, "lines": int(row[0])})
