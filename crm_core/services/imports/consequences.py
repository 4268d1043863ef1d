"""What won deals and sales lack as long as a question about their date or amount is open."""

import duckdb

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.raw import lines_in
from crm_core.pipeline.clean import trimmed
from crm_core.reference import outcome_of
from crm_core.services.imports.edit import is_question
from crm_core.services.imports.upload import Table

_NEEDED = {"opportunity": ("closed_at", "amount"), "sale": ("ordered_at", "amount")}
"""The fields without which a won deal or a sale is in no figure of a period."""


def lacking(table: Table) -> dict[tuple[str, str], int]:
    """(entity, field) -> the lines that have no such value unless a question is answered.

    Counted are won deals and sale lines whose cell in the questioned column is filled.
    """
    entity = table.plan.entity or ""
    asked = {field: _asked(table.plan, field) for field in _NEEDED.get(entity, ())}
    counted = {
        (entity, field): _lines(table, entity, column.index)
        for field, column in asked.items()
        if column
    }
    return {what: lines for what, lines in counted.items() if lines}


def _asked(plan: TablePlan, field: str) -> ColumnPlan | None:
    """The column in question that alone could fill the field."""
    sure = {column.field for column in plan.columns if column.sure and not column.entity}
    if field in sure or (field == "amount" and {"quantity", "unit_price"} <= sure):
        return None
    proposed = (c for c in plan.columns if c.field == field and not c.entity and is_question(c))
    return next(proposed, None)


def _lines(table: Table, entity: str, index: int) -> int:
    said = _outcome_columns(table.plan) if entity == "opportunity" else []
    if entity == "opportunity" and not said:
        return 0
    cells = [trimmed(f"c{place}") for place in said]
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT [{', '.join(cells)}]::VARCHAR[] AS said, count(*)"
            f" FROM {lines_in(connection, table.raw.data)}"
            f" WHERE line > ? AND {trimmed(f'c{index}')} IS NOT NULL GROUP BY ALL",
            [table.plan.header_line],
        ).fetchall()
    return sum(lines for words, lines in rows if entity == "sale" or _is_won(words))


def _outcome_columns(plan: TablePlan) -> list[int]:
    """The columns that tell how a deal ended, in the order in which they count."""
    told = [c for c in plan.columns if c.sure and not c.entity and c.field in ("outcome", "stage")]
    return [column.index for column in sorted(told, key=lambda column: str(column.field))]


def _is_won(words: list[str | None]) -> bool:
    known = (outcome_of(word) for word in words if word)
    return next((outcome for outcome in known if outcome), "open") == "won"
