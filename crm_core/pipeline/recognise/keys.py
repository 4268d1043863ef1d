"""Whether a column identifies rows, from every row and not from a sample."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from crm_core.domain.raw import lines_in
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.recognise.assign import Assignment
from crm_core.pipeline.recognise.match import Claim, Column, claims
from crm_core.pipeline.recognise.vocabulary import Target, spread
from crm_core.reference import entities, written_placeholders

KEY_VARIETY = 0.9
"""Distinct keys per different line below which a column does not identify rows."""
SALE_KEY_VARIETY = 0.999
"""Distinct keys per different line of sales, below which the column is no key of theirs."""
TOLD_SALE_KEY_VARIETY = 0.97
"""The same under a header that means nothing but the number of a sale's line: corrected lines
carry the number of the line that they correct."""
TELLING = 2
"""A header that more entities know for a field of theirs ("id", "编号") may be any number."""


def broken_key(
    cursor: duckdb.DuckDBPyConnection,
    data: Path,
    header_line: int,
    assigned: Assignment,
    columns: Sequence[int],
) -> int | None:
    """The column that fills the entity's key though its values repeat; None if all is well.

    Two lines of one key are one row, so a false key of sales would lose revenue: there, hardly
    any two different lines may share it, and but a few if the header leaves no doubt.
    """
    key = entities()[assigned.entity].key
    claim = assigned.by_field(key) if key else None
    if claim is None:
        return None
    least = _least_variety(assigned.entity, claim)
    keys, lines = _keys_and_lines(cursor, data, header_line, claim, columns, least)
    return claim.column.index if keys < least * lines else None


def _least_variety(entity: str, claim: Claim) -> float:
    if entity != "sale":
        return KEY_VARIETY
    telling = claim.exact and 1 <= spread(claim.key) <= TELLING
    return TOLD_SALE_KEY_VARIETY if telling else SALE_KEY_VARIETY


def order_as_key(
    cursor: duckdb.DuckDBPyConnection,
    data: Path,
    header_line: int,
    assigned: Assignment,
    columns: Sequence[Column],
) -> None:
    """On a list of orders, one line each, let the order's number identify the line.

    It does so only if no two different lines share a number and no product is named: a short list
    of order lines may happen to have one line an order. A number that stands before it is the
    line's own: on a list of invoices the order's number comes again with the next part of it.
    """
    claim = assigned.by_field("order_id")
    if assigned.entity != "sale" or claim is None or assigned.by_field("sale_id"):
        return
    if assigned.by_field("product_id"):
        return
    indexes = [column.index for column in columns]
    for number in (*_before(claim, assigned, columns), claim):
        keys, lines = _keys_and_lines(cursor, data, header_line, number, indexes)
        if lines and keys == lines and _is_as_full(cursor, data, header_line, number, claim):
            key = Target(entities()["sale"].field("sale_id"))
            assigned.taken[number.column.index] = replace(number, target=key)
            return


def _is_as_full(
    cursor: duckdb.DuckDBPyConnection, data: Path, header_line: int, number: Claim, claim: Claim
) -> bool:
    """Whether the number stands on as many lines as the claimed one."""
    if number is claim:
        return True
    indexes = (number.column.index, claim.column.index)
    own, least = (_distinct(cursor, data, header_line, [index])[0] for index in indexes)
    return own >= least


def _before(claim: Claim, assigned: Assignment, columns: Sequence[Column]) -> list[Claim]:
    """What else is surely a number of the kind, in columns that stand before the claimed one."""
    free = (one for one in columns if one.index not in assigned.taken)
    earlier = (one for one in free if one.index < claim.column.index)
    every = (found for one in earlier for found in claims(assigned.entity, one))
    return [found for found in every if found.exact and found.target == claim.target]


def _keys_and_lines(
    cursor: duckdb.DuckDBPyConnection,
    data: Path,
    header_line: int,
    claim: Claim,
    columns: Sequence[int],
    enough: float = 1.0,
) -> tuple[int, int]:
    """Different values of the claimed column, and different lines that have one.

    A line that stands twice to the letter speaks against no key. Where the values are `enough`,
    as a share of all lines, such lines are not looked for.
    """
    index = claim.column.index
    cells, keys = _distinct(cursor, data, header_line, [index])
    if keys >= enough * cells:
        return keys, cells
    others = [other for other in columns if other != index]
    return keys, _distinct(cursor, data, header_line, [index, *others])[1]


def _distinct(
    cursor: duckdb.DuckDBPyConnection, data: Path, header_line: int, columns: Sequence[int]
) -> tuple[int, int]:
    """Rows whose first of `columns` says something, and how many different ones there are."""
    first = f"c{columns[0]}"
    cells = ", ".join(f"c{index}" for index in columns)
    line = first if len(columns) == 1 else f"row({cells})"
    found = cursor.execute(
        f"SELECT count(*), count(DISTINCT {line}) FROM {lines_in(cursor, data)}"
        f" WHERE line > ? AND ({first} >= '!' OR trim({first}) <> '')"
        f" AND lower(trim({first})) NOT IN ({', '.join(map(quoted, written_placeholders()))})",
        [header_line],
    ).fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)
