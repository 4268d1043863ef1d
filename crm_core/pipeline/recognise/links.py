"""What the sheets of one upload say about each other: a column that holds another sheet's rows."""

import re
from collections.abc import Sequence

import duckdb

from crm_core.domain.entities import FieldSpec
from crm_core.domain.plan import SURE, ColumnPlan, TablePlan
from crm_core.domain.raw import lines_in
from crm_core.pipeline.recognise import (
    chosen_key,
    order_heads,
    same_amounts,
    same_ids,
    same_orders,
    same_totals,
    whose_amount,
)
from crm_core.pipeline.recognise.propose import propose
from crm_core.pipeline.recognise.sheet import (
    ANY,
    COMPARED,
    LEAST_VALUES,
    LINKED,
    SHARED,
    TELLING,
    Sheet,
)
from crm_core.reference import entities

_IDS = re.compile(r"(?<!pa)(?<!val)id\W*$|\b(no|nr|num|number|code|key|ref)\W*$|[号號码碼]$", re.I)
"""A header that says that its column holds ids."""


def propose_all(cursor: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet]) -> list[TablePlan]:
    """A proposal per sheet, in order; unsure columns settled by what other sheets list.

    A column whose header says little but whose values are the ids or names on another sheet
    refers to that sheet's entity.
    """
    plans = [
        propose(cursor, file=one.file, sheet=one.sheet, data=one.data, entity=one.entity)
        for one in sheets
    ]
    pairs = list(zip(sheets, plans, strict=True))
    order_heads.settle(cursor, pairs)
    chosen_key.settle(cursor, pairs)
    for sheet, plan in pairs:
        whose_amount.settle(cursor, sheet, plan)
    same_orders.settle(cursor, pairs)
    same_totals.settle(cursor, pairs)
    same_amounts.settle(cursor, pairs)
    same_ids.settle(cursor, pairs)
    for sheet, plan in pairs:
        others = [(other, listed) for other, listed in pairs if other is not sheet]
        for column in plan.columns if plan.entity and others else ():
            if not column.sure:
                _link(cursor, column, plan, sheet, others)
    return plans


def _link(
    cursor: duckdb.DuckDBPyConnection,
    column: ColumnPlan,
    plan: TablePlan,
    sheet: Sheet,
    others: Sequence[tuple[Sheet, TablePlan]],
) -> None:
    """Let `column` fill a free reference of its entity, if another sheet lists its values."""
    for field in entities()[plan.entity or ""].fields:
        # A sheet that is nothing known has no entity either.
        if not field.refers_to:
            continue
        related = [pair for pair in others if pair[1].entity == field.refers_to]
        holder = plan.column(field.name) if related else None
        if holder and holder is not column:
            continue
        # Counts and days are small numbers too: a header that says nothing links none of them.
        hinted = field.name in column.candidates or _IDS.search(column.header.strip())
        pattern = ANY if hinted else TELLING
        for other, listed in related:
            if _is_listed(cursor, column, plan, sheet, listed, other, pattern):
                _fill(column, field)
                return


def _fill(column: ColumnPlan, field: FieldSpec) -> None:
    column.field, column.entity = field.name, None
    column.confidence, column.evidence = LINKED, "content"
    column.candidates = tuple(dict.fromkeys((field.name, *column.candidates)))


def _names(plan: TablePlan) -> list[ColumnPlan]:
    """The columns that identify the rows of a sheet: its key, and its name."""
    spec = entities()[plan.entity or ""]
    found = [plan.column(name) for name in (spec.key, spec.natural_key) if name]
    return [column for column in found if column and column.confidence >= SURE]


def _is_listed(
    cursor: duckdb.DuckDBPyConnection,
    column: ColumnPlan,
    plan: TablePlan,
    sheet: Sheet,
    listed: TablePlan,
    other: Sheet,
    pattern: str,
) -> bool:
    """Whether most cells of `column` stand in a column that identifies the other sheet's rows.

    `pattern`: regular expression of the cells that count as found there.
    """
    told, known = lines_in(cursor, sheet.data), lines_in(cursor, other.data)
    for name in _names(listed):
        values, share = cursor.execute(
            f"""
            WITH value AS (
                SELECT lower(trim(c{column.index})) AS v, count(*) AS cells FROM {told}
                WHERE line > $1 AND trim(c{column.index}) <> ''
                GROUP BY v ORDER BY cells DESC, v LIMIT {COMPARED}
            )
            SELECT count(*) FILTER (listed), sum(cells) FILTER (listed) / sum(cells)
            FROM (SELECT *, v IN (
                SELECT lower(trim(c{name.index})) FROM {known} WHERE line > $2
            ) AND regexp_matches(v, $3) AS listed FROM value)""",
            [plan.header_line, listed.header_line, pattern],
        ).fetchall()[0]
        if values >= LEAST_VALUES and share >= SHARED:
            return True
    return False
