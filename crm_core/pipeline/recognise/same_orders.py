"""Tables that tell amounts of the same orders: orders, and beside them their lines or invoices."""

from collections.abc import Sequence
from itertools import combinations

import duckdb

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.raw import lines_in
from crm_core.pipeline.recognise.sheet import (
    ANY,
    LEAST_VALUES,
    SHARED,
    TELLING,
    Sheet,
    is_held,
    leave,
    name_beside,
    values_in,
)
from crm_core.reference import word_key

Cursor = duckdb.DuckDBPyConnection
Pair = tuple[Sheet, TablePlan]

_MONEY = ("amount", "unit_price")
"""What revenue is read or reckoned from."""
HALF = 0.5
"""So many orders in common double revenue, if their numbers are no small ones found anywhere."""


def settle(cursor: Cursor, pairs: Sequence[Pair]) -> None:
    """Leave out amounts of orders that count already, unless a person says otherwise.

    Of two tables of an upload the longer one, the lines, is asked: orders tell day and customer.
    """
    sales = [pair for pair in pairs if pair[1].entity == "sale" and money(pair[1])]
    for one, other in combinations(sales, 2):
        if heads(one[1]) == heads(other[1]):
            continue  # months of one export
        orders, lines = sorted((one, other), key=lambda pair: length(cursor, pair))
        if _are_of(cursor, orders, lines):
            part_keys(cursor, orders, lines)
            doubt(lines[1], "same_orders", name_beside(orders[0], lines[0]))
    for sheet, plan in sales:
        if money(plan) and (file := _counted(cursor, sheet, plan)):
            doubt(plan, "same_orders", file)


def doubt(plan: TablePlan, code: str, other: str) -> None:
    """Leave out the table's amounts and prices, and tell why: the problem `code` about `other`."""
    plan.cautions[code] = other
    for column in money(plan):
        leave(column)


def money(plan: TablePlan) -> list[ColumnPlan]:
    """The columns that revenue is surely read or reckoned from."""
    return [one for name in _MONEY if (one := plan.column(name)) and one.sure]


def heads(plan: TablePlan) -> set[str]:
    """An export that comes twice has the same ones: its orders are repeated, not told anew."""
    return {word_key(column.header) for column in plan.columns}


def length(cursor: Cursor, pair: Pair) -> int:
    """How many lines the raw table has."""
    found = cursor.execute(f"SELECT count(*) FROM {lines_in(cursor, pair[0].data)}").fetchone()
    return int(found[0]) if found else 0


def _are_of(cursor: Cursor, orders: Pair, lines: Pair) -> bool:
    """Whether the lines are of those orders.

    Small numbers may be any shop's: they count only where the lines have no day of their own.
    """
    number, known = (plan.column("order_id") for _, plan in (lines, orders))
    if not (number or known):
        return False
    number = number or lines[1].column("sale_id")
    known = known or orders[1].column("sale_id")
    if not (number and known):
        return False
    pattern, share = (TELLING, HALF) if lines[1].column("ordered_at") else (ANY, SHARED)
    own, theirs = values_in(cursor, *lines, number), values_in(cursor, *orders, known)
    return _same(*_shared(cursor, own, theirs, pattern), share)


def _counted(cursor: Cursor, sheet: Sheet, plan: TablePlan) -> str | None:
    """The file by which amounts of these orders are in the store already.

    An earlier export of the same kind is none: of orders and lines only the orders have a day.
    """
    number = plan.column("order_id") or plan.column("sale_id")
    if number is None or not is_held(cursor, "sale"):
        return None
    dated = plan.column("ordered_at") is not None
    if not dated and not plan.column("order_id"):
        return None
    held = (
        f"SELECT lower({'order_id' if dated else 'coalesce(order_id, sale_id)'}) AS v, source_file"
        f" FROM crm.sale WHERE amount IS NOT NULL AND ordered_at IS {'' if dated else 'NOT '}NULL"
    )
    if not cursor.execute(f"FROM ({held}) LIMIT 1").fetchone():
        return None  # as in most stores, and the table may be long
    own = values_in(cursor, sheet, plan, number)
    if not _same(*_shared(cursor, own, held, ANY)):
        return None
    found = cursor.execute(f"SELECT min(source_file) FROM ({held}) SEMI JOIN ({own}) USING (v)")
    return str(found.fetchall()[0][0])


def part_keys(cursor: Cursor, orders: Pair, lines: Pair) -> None:
    """Ids of lines that are ids of orders as well identify no row: one would replace the other."""
    own, other = lines[1].column("sale_id"), orders[1].column("sale_id")
    if own and other:
        ids = values_in(cursor, *lines, own), values_in(cursor, *orders, other)
        if _shared(cursor, *ids, ANY)[0]:
            leave(own)
            own.candidates = ()


def _same(both: int, least: int, share: float = SHARED) -> bool:
    return both >= LEAST_VALUES and both >= share * least


def _shared(cursor: Cursor, one: str, other: str, pattern: str) -> tuple[int, int]:
    """How many different values like the pattern two queries share, and how many could be."""
    both, own, theirs = cursor.execute(
        f"WITH own AS (SELECT DISTINCT v FROM ({one}) WHERE regexp_matches(v, '{pattern}')),"
        f" other AS (SELECT DISTINCT v FROM ({other}) WHERE regexp_matches(v, '{pattern}'))"
        " SELECT (SELECT count(*) FROM own SEMI JOIN other USING (v)),"
        " (SELECT count(*) FROM own), (SELECT count(*) FROM other)"
    ).fetchall()[0]
    return int(both), min(int(own), int(theirs))
