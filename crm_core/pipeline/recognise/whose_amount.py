"""Amounts that are not what their headers say: an order's on each line, a line's as a price."""

import re

import duckdb

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.raw import lines_in
from crm_core.pipeline.recognise.match import UNSURE
from crm_core.pipeline.recognise.sheet import Sheet, leave
from crm_core.reference import credits_told

Cursor = duckdb.DuckDBPyConnection
FEW = 3
"""Orders, amounts or lines that look so by chance."""
MOST = 0.8
"""The share of lines of several pieces whose price must be that of all pieces together."""
LOOKED_AT = 20_000
"""Lines from the top that show it: those of an order stand together."""
NEAR = 0.01
"""By how much, as a share, prices of one product may differ: discounts are more."""
_LOOKED_AT = f"line > $1 AND line <= $1 + {LOOKED_AT}"
_WHOLE = {"sale": ("order_id",), "opportunity": ("name", "customer_id")}
"""Entity -> the fields that say which order or deal the lines are of, where a product has one."""
_NUMBERS = ("amount", "unit_price", "quantity")


def settle(cursor: Cursor, sheet: Sheet, plan: TablePlan) -> None:
    """Ask about such columns: an order's amount would count per line, a line's per piece."""
    if plan.entity not in _WHOLE:
        return
    if plan.entity == "sale" and (column := _credits(cursor, sheet, plan)) is not None:
        plan.cautions["credits_added"] = column
    goods = goods_of(plan)
    if goods is None:
        return
    amount, price = sure(plan, "amount"), sure(plan, "unit_price")
    quantity = sure(plan, "quantity")
    if amount and _is_of_the_whole(cursor, sheet, plan, goods, amount):
        leave(amount)
    if price and quantity and not amount and _grows(cursor, sheet, plan, goods, quantity, price):
        price.field, price.confidence, price.evidence = "amount", UNSURE, "content"
        price.candidates = tuple(dict.fromkeys(("amount", "unit_price", *price.candidates)))


def goods_of(plan: TablePlan) -> ColumnPlan | None:
    """The sure column that says what was sold."""
    return sure(plan, "product_id") or sure(plan, "name", "product")


def sure(plan: TablePlan, field: str, of: str | None = None) -> ColumnPlan | None:
    """The column that surely fills the field, of the sheet's entity or of that other one."""
    column = plan.column(field, of)
    return column if column and column.sure else None


def _cell(column: ColumnPlan) -> str:
    return f"nullif(lower(trim(c{column.index})), '')"


def _credits(cursor: Cursor, sheet: Sheet, plan: TablePlan) -> str | None:
    """The column that says of some lines that they are credits, though no number has a minus."""
    told = credits_told()
    numbers = [one for name in _NUMBERS if (one := plan.column(name))]
    minus = " OR ".join(
        f"coalesce(regexp_matches(c{one.index}, '[-(−]'), false)" for one in numbers
    )
    rows = lines_in(cursor, sheet.data)
    for column in plan.columns if numbers else ():
        if column in numbers or not re.search(told.headers, column.header.lower()):
            continue
        below = f"FROM {rows} WHERE line > $header AND c{column.index}"
        credits = cursor.execute(
            f"SELECT raw FROM (SELECT DISTINCT c{column.index} AS raw {below} IS NOT NULL)"
            " WHERE regexp_matches(lower(trim(raw)), $credit)"
            " AND NOT regexp_matches(lower(trim(raw)), $denied)",
            {"credit": told.cells, "denied": told.denials, "header": plan.header_line},
        ).fetchall()
        if not credits:
            continue
        said = {"header": plan.header_line, "raws": [raw for (raw,) in credits]}
        is_credit = "IN (SELECT unnest($raws::VARCHAR[]))"
        signed, others = cursor.execute(
            f"SELECT (SELECT count(*) {below} {is_credit} AND ({minus})),"
            f" (SELECT count(*) {below} NOT {is_credit})",
            said,
        ).fetchall()[0]
        if others and not signed:
            return column.header
    return None


def _is_of_the_whole(
    cursor: Cursor, sheet: Sheet, plan: TablePlan, goods: ColumnPlan, amount: ColumnPlan
) -> bool:
    """Whether the products of an order or a deal all have one amount, and each another one."""
    first, *others = _WHOLE[str(plan.entity)]
    name = plan.column(first)
    if name is None or plan.column("opportunity_id"):
        return False
    told = [name, *(one for other in others if (one := plan.column(other)))]
    whole = ", ".join(map(_cell, told))
    every, equal, amounts = cursor.execute(
        "SELECT count(*), count(*) FILTER (amounts = 1), count(DISTINCT amount) FROM ("
        f" SELECT count(DISTINCT {_cell(amount)}) AS amounts, min({_cell(amount)}) AS amount"
        f" FROM {lines_in(cursor, sheet.data)} WHERE {_LOOKED_AT} AND {_cell(name)} IS NOT NULL"
        f" AND {_cell(amount)} IS NOT NULL GROUP BY {whole}"
        f" HAVING count(DISTINCT {_cell(goods)}) > 1)",
        [plan.header_line],
    ).fetchall()[0]
    return bool(equal == every >= FEW and 2 * amounts > every)


def _grows(
    cursor: Cursor,
    sheet: Sheet,
    plan: TablePlan,
    goods: ColumnPlan,
    quantity: ColumnPlan,
    price: ColumnPlan,
) -> bool:
    """Whether several pieces have as many times the price that one piece has on another line."""
    together, each = cursor.execute(
        f"WITH sold AS (SELECT {_cell(goods)} AS goods,"
        f" try_cast(c{quantity.index} AS DOUBLE) AS quantity,"
        f" try_cast(c{price.index} AS DOUBLE) AS price FROM {lines_in(cursor, sheet.data)}"
        f" WHERE {_LOOKED_AT}),"
        " one AS (SELECT goods, median(price) AS price FROM sold WHERE quantity = 1 AND price > 0"
        " GROUP BY goods)"
        f" SELECT count(*) FILTER (abs(sold.price / (one.price * quantity) - 1) < {NEAR}),"
        f" count(*) FILTER (abs(sold.price / one.price - 1) < {NEAR})"
        " FROM sold JOIN one USING (goods) WHERE quantity > 1",
        [plan.header_line],
    ).fetchall()[0]
    return bool(together >= FEW and together >= MOST * (together + each))
