"""Tables of an upload that add up to the very same amount: the same sales, told another way."""

from collections.abc import Sequence
from itertools import combinations

import duckdb

from crm_core.domain.plan import SURE, ColumnPlan, TablePlan
from crm_core.domain.raw import lines_in
from crm_core.pipeline.recognise.same_orders import doubt, heads, money
from crm_core.pipeline.recognise.sheet import Sheet, name_beside
from crm_core.pipeline.recognise.whose_amount import sure

Cursor = duckdb.DuckDBPyConnection
Pair = tuple[Sheet, TablePlan]
Total = tuple[int, float]
"""Lines with an amount, and their sum."""

CENT = 0.005
"""Sums closer than this are the same."""
FEWEST = 3
"""Fewer amounts than these come to a sum by chance; a table of one sum is looked at elsewhere."""
MANY = 10
"""So many lines the longer table must have."""


def settle(cursor: Cursor, pairs: Sequence[Pair]) -> None:
    """Leave out the amounts of the shorter table, unless a person says that they count too."""
    known = [pair for pair in pairs if pair[1].entity == "sale" and pair[1].confidence >= SURE]
    if len(known) < 2:
        return  # as in most uploads, and the table may be long
    sales = [(pair, _total(cursor, *pair)) for pair in known]
    told = [(pair, total) for pair, total in sales if total and total[0] >= FEWEST and total[1]]
    for one, other in combinations(told, 2):
        is_first_short = one[1][0] < other[1][0]
        (short, less), (long, more) = (one, other) if is_first_short else (other, one)
        same = abs(less[1] - more[1]) < CENT and more[0] >= MANY
        if same and money(short[1]) and money(long[1]) and heads(short[1]) != heads(long[1]):
            doubt(short[1], "same_total", name_beside(long[0], short[0]))


def _total(cursor: Cursor, sheet: Sheet, plan: TablePlan) -> Total | None:
    """What the amounts add up to, or quantity times price; a line that is their sum left out."""
    amount, price = sure(plan, "amount"), sure(plan, "unit_price")
    quantity = sure(plan, "quantity")
    if amount:
        value = number(amount)
    elif price and quantity:
        value = f"{number(price)} * {number(quantity)}"
    else:
        return None
    lines, total, most = cursor.execute(
        f"SELECT count(v), coalesce(sum(v), 0), coalesce(max(v), 0) FROM (SELECT {value} AS v"
        f" FROM {lines_in(cursor, sheet.data)} WHERE line > $1)",
        [plan.header_line],
    ).fetchall()[0]
    is_summed = lines > 2 and abs(total - 2 * most) < CENT
    return (lines - 1, most) if is_summed else (lines, total)


def number(column: ColumnPlan) -> str:
    """SQL: the number in the cell, NULL where it is not written plainly."""
    group = "." if column.decimal_mark == "," else ","
    digits = f"regexp_replace(c{column.index}, '[^0-9,.+-]', '', 'g')"
    plain = f"replace(replace({digits}, '{group}', ''), ',', '.')"
    return f"try_cast({plain} AS DOUBLE) * {column.scale}"
