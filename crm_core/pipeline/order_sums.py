"""Lines of an order that tell its sum beside its lines: the head of a transaction in one list."""

import duckdb

from crm_core.domain.entities import Kind
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.pipeline.clean import half_width, slow
from crm_core.pipeline.recognise.whose_amount import goods_of, sure

Cursor = duckdb.DuckDBPyConnection
FEW = 3
"""Orders whose lines add up by chance."""
MOST = 0.8
"""The share of such heads that must be the sums of their lines, else they are something else."""


def settle(cursor: Cursor, name: str, plan: TablePlan) -> None:
    """Give heads of orders in table `name` their `skip`: their lines tell the same amount.

    A head says no product, all other lines of its order do.
    """
    if plan.entity != "sale":
        return
    number, goods, amount = sure(plan, "order_id"), goods_of(plan), sure(plan, "amount")
    if not (number and goods and amount):
        return
    some = f"FROM {name} WHERE {_is_head(number, goods, amount)}"
    if not cursor.execute(f"{some} LIMIT 1").fetchone():
        return
    heads, sums = _heads(name, some, (number, goods, amount)), "told = added"
    found, right = cursor.execute(
        f"SELECT count(*), count(*) FILTER ({sums}) FROM ({heads})"
    ).fetchall()[0]
    if right >= FEW and right >= MOST * found:
        cursor.execute(
            f"UPDATE {name} SET skip = 'footer' WHERE line IN"
            f" (SELECT line FROM ({heads}) WHERE {sums})"
        )


def _is_head(number: ColumnPlan, goods: ColumnPlan, amount: ColumnPlan) -> str:
    blank, *filled = (f"c{column.index}" for column in (goods, number, amount))
    return " AND ".join(
        ["skip IS NULL", f"{blank} IS NULL", *(f"{cell} IS NOT NULL" for cell in filled)]
    )


def _heads(name: str, some: str, columns: tuple[ColumnPlan, ColumnPlan, ColumnPlan]) -> str:
    """SQL: `line` of each head, the amount it has `told`, and those of its lines `added`.

    `some`: the lines that may be heads. Only amounts of their orders are read.
    """
    number, _, amount = columns
    value = slow(Kind.MONEY, half_width(f"c{amount.index}"), amount, "DECIMAL(38, 10)")
    cells = f"c{number.index} AS number, line, {value} AS value, {_is_head(*columns)} AS is_head"
    return (
        "SELECT any_value(line) FILTER (is_head) AS line, sum(value) FILTER (is_head) AS told,"
        " sum(value) FILTER (NOT is_head) AS added"
        f" FROM (SELECT {cells} FROM {name} WHERE skip IS NULL"
        f" AND c{number.index} IN (SELECT c{number.index} {some})) GROUP BY number"
        " HAVING count(*) FILTER (is_head) = 1 AND count(*) > 1"
    )
