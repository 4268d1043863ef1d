"""The raw cells of one table, trimmed, as a temporary table to clean from."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from crm_core.pipeline.clean import trimmed

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Cells:
    """Temporary table `name`: line, width, c0 … c{columns-1}; only lines below the header."""

    name: str
    columns: int
    header_width: int
    rows_read: int


def take(cursor: Cursor, name: str, data: Path, header_line: int) -> Cells:
    """Trim the cells of the reader's Parquet file `data` below `header_line` into table `name`."""
    columns = [
        row[0]
        for row in cursor.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(data)]).fetchall()
    ]
    cells = [column for column in columns if column not in ("line", "width")]
    cleaned = ", ".join(f"{trimmed(column)} AS {column}" for column in cells)
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT line, width, {cleaned}"
        f" FROM read_parquet('{str(data).replace(chr(39), chr(39) * 2)}')"
        f" WHERE line > {header_line}"
    )
    header = cursor.execute(
        "SELECT width FROM read_parquet($data) WHERE line = $header",
        {"data": str(data), "header": header_line},
    ).fetchone()
    count = cursor.execute(f"SELECT count(*) FROM {name}").fetchone()
    assert count is not None
    return Cells(name, len(cells), int(header[0]) if header else len(cells), int(count[0]))
