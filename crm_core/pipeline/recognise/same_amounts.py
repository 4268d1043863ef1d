"""Orders and invoices without a number in common: the same customers have the same amounts."""

from collections.abc import Sequence
from itertools import combinations

import duckdb

from crm_core.domain.plan import TablePlan
from crm_core.domain.raw import lines_in
from crm_core.pipeline.recognise.same_ids import day
from crm_core.pipeline.recognise.same_orders import HALF, doubt, heads, money
from crm_core.pipeline.recognise.same_totals import number
from crm_core.pipeline.recognise.sheet import LEAST_VALUES, Sheet, name_beside
from crm_core.pipeline.recognise.whose_amount import sure

Cursor = duckdb.DuckDBPyConnection
Pair = tuple[Sheet, TablePlan]

_CUSTOMERS = (("customer_id", None), ("name", "customer"))
"""Fields that say whose an amount is; the first that both tables tell is compared."""


def settle(cursor: Cursor, pairs: Sequence[Pair]) -> None:
    """Leave out the amounts of the shorter table, unless a person says that they count too."""
    sales = [pair for pair in pairs if pair[1].entity == "sale" and sure(pair[1], "amount")]
    for one, other in combinations(sales, 2):
        if heads(one[1]) == heads(other[1]) or not (money(one[1]) and money(other[1])):
            continue  # months of one export, or left out already
        if (lengths := _same(cursor, one, other)) is not None:
            long, short = (one, other) if lengths[0] >= lengths[1] else (other, one)
            doubt(short[1], "same_amounts", name_beside(long[0], short[0]))


def _same(cursor: Cursor, one: Pair, other: Pair) -> tuple[int, int] | None:
    """How many lines each has; None unless half of the shorter one's are lines of the other.

    What is paid every month is no repeat: most days must lie among the other table's.
    """
    whose = next((f for f in _CUSTOMERS if sure(one[1], *f) and sure(other[1], *f)), None)
    if whose is None:
        return None
    ours, theirs, both, amounts, among = cursor.execute(
        f"WITH one AS MATERIALIZED ({_rows(cursor, one, *whose)}),"
        f" other AS MATERIALIZED ({_rows(cursor, other, *whose)}),"
        " days AS (SELECT min(day) AS first, max(day) AS last FROM other),"
        " same AS (FROM one SEMI JOIN other USING (customer, amount))"
        " SELECT (SELECT count(*) FROM one), (SELECT count(*) FROM other), count(*),"
        " count(DISTINCT amount), count(*) FILTER (coalesce(day BETWEEN first AND last, true))"
        " FROM same, days"
    ).fetchall()[0]
    is_same = amounts >= LEAST_VALUES and both >= HALF * min(ours, theirs) and among >= HALF * both
    return (ours, theirs) if is_same else None


def _rows(cursor: Cursor, pair: Pair, field: str, of: str | None) -> str:
    """SQL: customer, amount and day of the lines that tell the first two."""
    sheet, plan = pair
    whose, amount, dated = sure(plan, field, of), sure(plan, "amount"), sure(plan, "ordered_at")
    assert whose and amount
    return (
        f"SELECT lower(trim(c{whose.index})) AS customer, round({number(amount)}, 2) AS amount,"
        f" {day(dated) if dated else 'NULL::INT'} AS day FROM {lines_in(cursor, sheet.data)}"
        f" WHERE line > {plan.header_line} AND customer <> '' AND amount <> 0"
    )
