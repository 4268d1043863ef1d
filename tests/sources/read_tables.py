"""Looking at what was read."""

from pathlib import Path

import duckdb

from crm_core.sources import RawTable, ReadFile

Rows = list[tuple[int, list[str]]]


def rows_of(data: Path) -> Rows:
    """The lines and cells of a table, each row as wide as it says it is."""
    found = duckdb.execute("SELECT * FROM read_parquet($1) ORDER BY line", [str(data)]).fetchall()
    return [(line, [cell or "" for cell in cells[:width]]) for line, width, *cells in found]


def only_table(outcome: ReadFile) -> RawTable:
    assert outcome.problem is None
    assert len(outcome.tables) == 1
    return outcome.tables[0]
