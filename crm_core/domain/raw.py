"""The raw lines of a table: how SQL names the Parquet file that holds them."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def exactly(path: Path) -> str:
    """The path as DuckDB's readers take it: they would read [, * and ? as patterns of names."""
    return re.sub(r"[\[*?]", r"[\g<0>]", str(path))


def lines_in(cursor: "duckdb.DuckDBPyConnection", data: Path) -> str:
    """SQL: the rows of a raw table with `line`, `width` and the cells `c0` …; see RawTable.

    A table whose rows are its file's lines one by one is kept without their numbers, since
    numbering would hold up the writing of it.
    """
    file = "'" + exactly(data).replace("'", "''") + "'"
    named = cursor.execute(f"SELECT name FROM parquet_schema({file}) WHERE name = 'line'")
    if named.fetchone():
        return f"read_parquet({file})"
    return (
        "(SELECT file_row_number + 1 AS line, * EXCLUDE (file_row_number)"
        f" FROM read_parquet({file}, file_row_number = true))"
    )
