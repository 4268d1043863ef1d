"""Lines of an order that tell its sum beside its lines: the head of a transaction in one list."""

import duckdb

from crm_core.domain.entities import Kind
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.pipeline.clean import half_width, slow

Cursor = duckdb.DuckDBPyConnection
FEW = 3
"""Orders whose lines add up by chance."""
MOST = 0.8
"""The share of such heads that must be the sums of their lines, else they are something else."""
_GOODS = (("product_id", None), ("name", "product"))


def settle(cursor: Cursor, name: str, plan: TablePlan) -> None:
    """Give heads of orders in table `name` their `skip`: their lines tell the same amount.

    A head says no product, all other lines of its order do.
    """
    number = plan.column("order_id")
    goods = next((one for field, of in _GOODS if (one := plan.column(field, of))), None)
    amount = plan.column("amount")
    if plan.entity != "sale" or not (number and goods and amount):
        return
    if not all(column.sure for column in (number, goods, amount)):
        return
    heads, sums = _heads(name, number, goods, amount), "told = added"
    found, right = cursor.execute(
        f"SELECT count(*), count(*) FILTER ({sums}) FROM ({heads})"
    ).fetchall()[0]
    if right >= FEW and right >= MOST * found:
        cursor.execute(
            f"UPDATE {name} SET skip = 'footer' WHERE line IN"
            f" (SELECT line FROM ({heads}) WHERE {sums})"
        )


def _heads(name: str, number: ColumnPlan, goods: ColumnPlan, amount: ColumnPlan) -> str:
    """SQL: `line` of each head, the amount it has `told`, and those of its lines `added`."""
    cell = f"c{amount.index}"
    value = slow(Kind.MONEY, half_width(cell), amount, "DECIMAL(38, 10)")
    is_head = f"c{goods.index} IS NULL AND {cell} IS NOT NULL"
    return (
        f"SELECT any_value(line) FILTER (is_head) AS line, sum(value) FILTER (is_head) AS told,"
        " sum(value) FILTER (NOT is_head) AS added"
        f" FROM (SELECT c{number.index} AS number, line, {value} AS value, {is_head} AS is_head"
        f" FROM {name} WHERE skip IS NULL AND c{number.index} IS NOT NULL) GROUP BY number"
        " HAVING count(*) FILTER (is_head) = 1 AND count(*) > 1"
    )
