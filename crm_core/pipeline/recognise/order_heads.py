"""Orders that have no amount of their own: their lines stand in another table of the upload."""

from collections.abc import Sequence

import duckdb

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.pipeline.recognise.propose import propose
from crm_core.pipeline.recognise.same_orders import part_keys
from crm_core.pipeline.recognise.sheet import LEAST_VALUES, LINKED, SHARED, Sheet, values_in

Cursor = duckdb.DuckDBPyConnection
Pair = tuple[Sheet, TablePlan]


def settle(cursor: Cursor, pairs: Sequence[Pair]) -> None:
    """Let a table be orders that nobody knows otherwise, where another's lines name its rows.

    Where ids of the lines are ids of the orders too, they identify no line.
    """
    lines = [pair for pair in pairs if _without_day(pair[1])]
    for sheet, plan in pairs if lines else ():
        if plan.entity is None and (orders := _orders(cursor, sheet, lines)):
            plan.entity, plan.confidence = orders.entity, LINKED
            plan.columns, plan.steps = orders.columns, orders.steps
        for line in lines:
            number = plan.column("sale_id") if plan.entity == "sale" else None
            if number and line[1] is not plan and _names(cursor, line, (sheet, plan, number)):
                part_keys(cursor, (sheet, plan), line)


def _orders(cursor: Cursor, sheet: Sheet, lines: Sequence[Pair]) -> TablePlan | None:
    """The sheet as orders that tell their day or customer, if the lines are theirs."""
    plan = propose(cursor, file=sheet.file, sheet=sheet.sheet, data=sheet.data, entity="sale")
    number = plan.column("sale_id")
    told = [plan.column(name) for name in ("ordered_at", "customer_id")]
    if number is None or not any(one and one.sure for one in told):
        return None
    theirs = any(_names(cursor, pair, (sheet, plan, number)) for pair in lines)
    return plan if theirs else None


def _without_day(plan: TablePlan) -> bool:
    return plan.entity == "sale" and bool(plan.column("order_id")) and not plan.column("ordered_at")


def _names(cursor: Cursor, lines: Pair, orders: tuple[Sheet, TablePlan, ColumnPlan]) -> bool:
    """Whether most orders that the lines name are rows of the table."""
    number = lines[1].column("order_id")
    assert number
    named, known = cursor.execute(
        f"SELECT count(*), count(*) FILTER (v IN (FROM ({values_in(cursor, *orders)})))"
        f" FROM (SELECT DISTINCT v FROM ({values_in(cursor, *lines, number)}))"
    ).fetchall()[0]
    return int(known) >= LEAST_VALUES and int(known) >= SHARED * int(named)
