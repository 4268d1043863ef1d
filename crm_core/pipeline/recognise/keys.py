"""Whether a column identifies rows, from every row and not from a sample."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from crm_core.pipeline.recognise.assign import KEY_VARIETY, Assignment
from crm_core.pipeline.recognise.vocabulary import Target
from crm_core.reference import entities


def broken_key(
    cursor: duckdb.DuckDBPyConnection, data: Path, header_line: int, assigned: Assignment
) -> int | None:
    """The column that fills the entity's key though its values repeat; None if all is well."""
    key = entities()[assigned.entity].key
    claim = assigned.by_field(key) if key else None
    if claim is None:
        return None
    cells, distinct = _distinct(cursor, data, header_line, [claim.column.index])
    return claim.column.index if cells and distinct < KEY_VARIETY * cells else None


def order_as_key(
    cursor: duckdb.DuckDBPyConnection,
    data: Path,
    header_line: int,
    assigned: Assignment,
    columns: Sequence[int],
) -> None:
    """On a list of orders, one line each, let the order's number identify the line.

    It does so only if no two different lines share a number: with lines of orders, it does not.
    """
    claim = assigned.by_field("order_id")
    if assigned.entity != "sale" or claim is None or assigned.by_field("sale_id"):
        return
    cells, distinct = _distinct(cursor, data, header_line, [claim.column.index])
    if distinct < cells:
        _, lines = _distinct(cursor, data, header_line, columns)
        distinct += cells - lines
    if cells and distinct >= cells:
        key = Target(entities()["sale"].field("sale_id"))
        assigned.taken[claim.column.index] = replace(claim, target=key)


def _distinct(
    cursor: duckdb.DuckDBPyConnection, data: Path, header_line: int, columns: Sequence[int]
) -> tuple[int, int]:
    """Rows whose first of `columns` is filled, and how many different ones there are."""
    names = ", ".join(f"c{index}" for index in columns)
    first = f"c{columns[0]}"
    found = cursor.execute(
        f"SELECT count(*), count(DISTINCT hash({names})) FROM read_parquet(?)"
        f" WHERE line > ? AND trim({first}) <> ''",
        [str(data), header_line],
    ).fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)
