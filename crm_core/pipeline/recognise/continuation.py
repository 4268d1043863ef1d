"""Orders written once over several lines: head cells on the first line only, blank below it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.raw import lines_in
from crm_core.domain.steps import FillDown
from crm_core.pipeline.clean import NUMERIC, trimmed
from crm_core.pipeline.recognise.assign import Assignment
from crm_core.pipeline.recognise.match import Claim, Column, claims
from crm_core.pipeline.recognise.vocabulary import Target
from crm_core.reference import entities, header_words, word_key

SEVERAL = 2
"""So many lines without a head make the pattern; a single one is a cell that is missing."""
_NUMBER = ("order_id", "sale_id")
_HEAD = ("customer_id", "customer.name", "ordered_at")
_LINE = ("product_id", "product.name", "quantity", "unit_price", "amount")


def heads(
    cursor: duckdb.DuckDBPyConnection,
    data: Path,
    header_line: int,
    assigned: Assignment,
    columns: Sequence[Column],
) -> frozenset[int]:
    """The columns that stand on an order's first line only; none where each line has its own.

    On several lines below a filled one the order's number is blank, with its customer and its
    date as far as there are such columns, while a product, a quantity or an amount is there.
    Where the order's sum is blank there too, a customer or date may also be said again.
    """
    number = next((one for one in map(assigned.by_field, _NUMBER) if one and _is_filled(one)), None)
    found = {name: claim.column.index for name in _HEAD if (claim := assigned.by_field(name))}
    goods = _goods(columns)
    if assigned.entity != "sale" or number is None or not found or not goods:
        return frozenset()
    key = number.column.index
    if _blanks(cursor, data, header_line, key) < SEVERAL:
        return frozenset()
    continued, filled = _continued(cursor, data, header_line, key, goods, len(columns))
    blank = frozenset(column.index for column in columns if not filled[column.index])
    again = set(found.values()) - blank
    if continued < SEVERAL or key not in blank or (again and not _sums(columns) & blank):
        return frozenset()
    return blank if _all_said_again(cursor, data, header_line, key, again) else frozenset()


def settle(assigned: Assignment, columns: Sequence[Column], heads: frozenset[int]) -> None:
    """Let lines have the amount of a line, and no column of the heads identify a line."""
    number = assigned.by_field("sale_id")
    if number and number.column.index in heads:
        del assigned.taken[number.column.index]
        order = assigned.by_field("order_id")
        if order and not _is_filled(order):
            del assigned.taken[order.column.index]
            order = None
        if not order:
            target = Target(entities()["sale"].field("order_id"))
            assigned.taken[number.column.index] = replace(number, target=target)
    total = assigned.by_field("amount")
    if assigned.entity != "sale" or total is None or _is_of_line(total.column):
        return
    free = [c for c in columns if c.index not in heads and c.index not in assigned.taken]
    own = [claim for column in free for claim in claims("sale", column) if _is_amount(claim)]
    own = [claim for claim in own if total.column.index in heads or _is_of_line(claim.column)]
    priced = assigned.by_field("quantity") and assigned.by_field("unit_price")
    if own:
        del assigned.taken[total.column.index]
        best = max(own, key=lambda claim: claim.confidence)
        assigned.taken[best.column.index] = best
    elif priced and total.column.index in heads:
        del assigned.taken[total.column.index]


def steps(
    cursor: duckdb.DuckDBPyConnection,
    data: Path,
    plan: TablePlan,
    heads: frozenset[int],
) -> list[FillDown]:
    """Lines take the order's cells from above, but no sums.

    What only some orders have is filled first, while their numbers still part them.
    """
    named = [column for column in plan.columns if column.index in heads and _is_told(column)]
    if not named:
        return []
    key = next(column for column in named if column.field in _NUMBER)
    cells = ", ".join(f"count({trimmed(f'c{column.index}')})" for column in named)
    row = cursor.execute(
        f"SELECT count(*), {cells} FROM {lines_in(cursor, data)}"
        f" WHERE line > ? AND {trimmed(f'c{key.index}')} IS NOT NULL",
        [plan.header_line],
    ).fetchone()
    orders, *filled = row or (0,)
    titles = plan.titles()
    pairs = [(titles[column.index], n) for column, n in zip(named, filled, strict=True)]
    within = titles[key.index]
    some = [FillDown(column=title, within=within) for title, n in pairs if 0 < n < orders]
    return some + [FillDown(column=title) for title, n in pairs if n == orders]


def _is_told(column: ColumnPlan) -> bool:
    """Whether a head's cell holds for each of its lines: a sum of the order does not."""
    if column.field is None:
        return False
    spec = entities()[column.entity or "sale"]
    return spec.field(column.field).kind not in NUMERIC


def _goods(columns: Sequence[Column]) -> list[int]:
    """The columns that tell of what is sold, the order's total among them."""
    return [
        column.index
        for column in columns
        if any(claim.target.name in _LINE for claim in claims("sale", column))
    ]


def _sums(columns: Sequence[Column]) -> set[int]:
    """The columns that may hold an order's sum."""
    return {column.index for column in columns if any(map(_is_amount, claims("sale", column)))}


def _is_filled(claim: Claim) -> bool:
    return claim.column.profile.cells > 0


def _is_amount(claim: Claim) -> bool:
    return claim.target.name == "amount" and claim.exact


def _is_of_line(column: Column) -> bool:
    """Whether the header says that its cells are a line's: "Order Lines/Subtotal"."""
    owner, sign, _ = column.header.text.partition("/")
    return bool(sign) and word_key(owner) in header_words().lines


def _blanks(cursor: duckdb.DuckDBPyConnection, data: Path, header_line: int, index: int) -> int:
    """How many lines have a blank cell there: one column of many is quick to read."""
    row = cursor.execute(
        f"SELECT count(*) - count({trimmed(f'c{index}')}) FROM {lines_in(cursor, data)}"
        " WHERE line > ?",
        [header_line],
    ).fetchone()
    assert row is not None
    return int(row[0])


def _continued(
    cursor: duckdb.DuckDBPyConnection,
    data: Path,
    header_line: int,
    key: int,
    goods: Sequence[int],
    columns: int,
) -> tuple[int, list[int]]:
    """How many lines go on with the order above, and how many of their cells each column fills."""
    number = trimmed(f"c{key}")
    filled = ", ".join(f"count({trimmed(f'c{index}')})" for index in range(columns))
    sold = ", ".join(trimmed(f"c{index}") for index in goods)
    rows = lines_in(cursor, data)
    row = cursor.execute(
        f"SELECT count(*), {filled} FROM {rows} WHERE line > $header"
        f" AND {number} IS NULL AND coalesce({sold}) IS NOT NULL AND line > (SELECT min(line)"
        f" FROM {rows} WHERE line > $header AND {number} IS NOT NULL)",
        {"header": header_line},
    ).fetchone()
    assert row is not None
    return int(row[0]), [int(cells) for cells in row[1:]]


def _all_said_again(
    cursor: duckdb.DuckDBPyConnection, data: Path, header_line: int, key: int, again: set[int]
) -> bool:
    """Whether lines without a number say in these columns what the numbered line above says."""
    if not again:
        return True
    number = trimmed(f"c{key}")
    cells = ", ".join(trimmed(f"c{index}") for index in sorted(again))
    row = cursor.execute(
        f"SELECT bool_and(cells = above) FROM (SELECT line, row({cells}) AS cells, last_value("
        f"CASE WHEN {number} IS NOT NULL THEN row({cells}) END IGNORE NULLS) OVER (ORDER BY line)"
        f" AS above, {number} IS NULL AS goes_on FROM {lines_in(cursor, data)} WHERE line > ?)"
        " WHERE goes_on AND above IS NOT NULL",
        [header_line],
    ).fetchone()
    return bool(row and row[0])
