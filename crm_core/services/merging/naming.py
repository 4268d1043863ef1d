"""The records of a change by their names, for the audit."""

from collections.abc import Sequence

import duckdb

MOST_NAMED = 5
"""So many pairs are named; a count tells of all."""
SIGNS = {"same": "=", "different": "≠"}
INTO = "→"


def named(
    cursor: duckdb.DuckDBPyConnection,
    entity: str,
    pairs: Sequence[tuple[str | int, str, str | int]],
    by: str = "row_key",
) -> list[str]:
    """The first of some pairs as `one = other`; each record by its row_key or row_id (`by`)."""
    shown = pairs[:MOST_NAMED]
    rows = dict(
        cursor.execute(
            f"SELECT {by}, coalesce(name, {entity}_id, '') FROM crm.{entity}"
            f" WHERE {by}::VARCHAR IN (SELECT unnest(?::VARCHAR[]))",
            [[str(key) for left, _, right in shown for key in (left, right)]],
        ).fetchall()
    )
    return [f"{rows.get(left, '')} {sign} {rows.get(right, '')}" for left, sign, right in shown]
