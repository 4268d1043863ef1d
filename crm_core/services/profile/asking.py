"""One row of an answer."""

from typing import Any

import duckdb


def one_row(
    cursor: duckdb.DuckDBPyConnection, sql: str, params: dict[str, Any] | None = None
) -> tuple[Any, ...]:
    """The only row of the answer to `sql`."""
    row = cursor.execute(sql, params or {}).fetchone()
    assert row is not None
    return row
