"""Orders and invoices without a number in common: the same customers have the same amounts."""

from collections.abc import Sequence
from itertools import combinations

import duckdb

from crm_core.domain.plan import TablePlan
from crm_core.domain.raw import lines_in
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.recognise.same_ids import day, plain
from crm_core.pipeline.recognise.same_orders import HALF, doubt, heads, length, money
from crm_core.pipeline.recognise.same_totals import number
from crm_core.pipeline.recognise.sheet import COMPARED, LEAST_VALUES, Sheet, is_held, name_beside
from crm_core.pipeline.recognise.whose_amount import sure

Cursor = duckdb.DuckDBPyConnection
Pair = tuple[Sheet, TablePlan]

_SAME = (
    "ON one.customer = other.customer AND one.amount = other.amount"
    " AND coalesce(one.key <> other.key, true)"
)
"""SQL: one amount of one customer, in two records."""


def settle(cursor: Cursor, pairs: Sequence[Pair]) -> None:
    """Leave out amounts that another table of the upload tells, or the store has, unless a person
    says that they count too. Of two tables the shorter one is asked."""
    sales = [pair for pair in pairs if pair[1].entity == "sale" and sure(pair[1], "amount")]
    for one, other in _alike(cursor, sales):
        if not (money(one[1]) and money(other[1])):
            continue  # left out already
        short, long = sorted((one, other), key=lambda pair: length(cursor, pair))
        own, theirs = _rows(cursor, *short, COMPARED), _rows(cursor, *long)
        if own and theirs and _told(cursor, own, theirs):
            doubt(short[1], "same_amounts", name_beside(long[0], short[0]))
    for sheet, plan in sales if is_held(cursor, "sale") else ():
        own = _rows(cursor, sheet, plan, COMPARED) if money(plan) else None
        if own and (file := _told(cursor, own, _held(plan))):
            doubt(plan, "same_amounts", file)


def _alike(cursor: Cursor, sales: Sequence[Pair]) -> list[tuple[Pair, Pair]]:
    """Tables that tell enough amounts of the same customers to be looked at, found in one query:
    of many tables hardly any two do. Months of one export are no such tables."""
    apart = [
        (one, other)
        for one, other in combinations(range(len(sales)), 2)
        if heads(sales[one][1]) != heads(sales[other][1])
    ]
    places = sorted({place for pair in apart for place in pair})
    told = ((place, _rows(cursor, *sales[place])) for place in places)
    rows = " UNION ALL ".join(
        f"SELECT {place} AS place, customer, amount FROM ({sql})" for place, sql in told if sql
    )
    if not rows:
        return []
    alike = set(
        cursor.execute(
            f"WITH every AS MATERIALIZED (SELECT DISTINCT * FROM ({rows}))"
            " SELECT one.place, other.place FROM every AS one JOIN every AS other"
            " ON one.customer = other.customer AND one.amount = other.amount"
            " AND one.place < other.place"
            f" GROUP BY ALL HAVING count(DISTINCT one.amount) >= {LEAST_VALUES}"
        ).fetchall()
    )
    return [(sales[one], sales[other]) for one, other in apart if (one, other) in alike]


def _told(cursor: Cursor, own: str, theirs: str) -> str | None:
    """A file of `theirs`; None unless half of our rows are there with other numbers.

    What is paid every month is no repeat: most days must lie among the other ones.
    """
    found = cursor.execute(
        f"WITH own AS MATERIALIZED ({own}),"
        f" theirs AS MATERIALIZED (SELECT * FROM ({theirs}) AS one SEMI JOIN own AS other {_SAME}),"
        " days AS (SELECT min(day) AS first, max(day) AS last FROM theirs),"
        f" again AS (FROM own AS one SEMI JOIN theirs AS other {_SAME})"
        " SELECT (SELECT min(file) FROM theirs) FROM again, days"
        f" HAVING count(DISTINCT amount) >= {LEAST_VALUES}"
        f" AND count(*) >= {HALF} * (SELECT count(*) FROM own)"
        f" AND count_if(coalesce(day BETWEEN first AND last, true)) >= {HALF} * count(*)"
    ).fetchone()
    return str(found[0]) if found else None


def _rows(cursor: Cursor, sheet: Sheet, plan: TablePlan, most: int | None = None) -> str | None:
    """SQL: key, customer, amount, day and file of the first rows; None: no customer is told."""
    whose = sure(plan, "customer_id") or sure(plan, "name", "customer")
    amount, dated = sure(plan, "amount"), sure(plan, "ordered_at")
    key = plan.column("sale_id") or plan.column("order_id")
    if not (whose and amount):
        return None
    last = f" AND line <= {plan.header_line + most}" if most else ""
    return (
        f"SELECT {plain(f'c{key.index}') if key else 'NULL::VARCHAR'} AS key,"
        f" {plain(f'c{whose.index}')} AS customer, round({number(amount)}, 2) AS amount,"
        f" {day(dated) if dated else 'NULL::INT'} AS day, {quoted(sheet.file)} AS file"
        f" FROM {lines_in(cursor, sheet.data)} WHERE line > {plan.header_line}{last}"
        " AND customer IS NOT NULL AND amount <> 0"
    )


def _held(plan: TablePlan) -> str:
    """SQL: the same of the store's sales, without those of exports with these headers."""
    headers = ", ".join(quoted(column.header) for column in plan.columns)
    kept = "plan->>'$.columns[*].header'"
    return (
        f"SELECT {plain('coalesce(sale_id, order_id)')} AS key, {plain('customer_id')} AS customer,"
        " round(amount, 2)::DOUBLE AS amount, strftime(ordered_at, '%Y%m%d')::INT AS day,"
        " source_file AS file FROM crm.sale WHERE origin = 'own' AND amount <> 0"
        f" AND file_id NOT IN (SELECT file_id FROM crm.batch_file WHERE {kept} = [{headers}])"
    )
