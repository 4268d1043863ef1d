"""A file that a person brings back: a worklist, a register, what a target said."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from crm_core import sources
from crm_core.domain.problems import Refused
from crm_core.domain.raw import lines_in
from crm_core.sources import RawTable

Lines = list[tuple[int, list[str]]]
"""Line of the text file, or row of the sheet, and its cells."""


def tables(path: Path, most: int) -> Iterator[tuple[RawTable, Lines]]:
    """Every table of the file with its lines, blank ones too, at most so many of each.

    Refused as the file cannot be read for, with its name.
    """
    with tempfile.TemporaryDirectory() as folder:
        read = sources.read(path, Path(folder))
        if read.problem:
            raise Refused(read.problem.code, **read.problem.params | {"file": path.name})
        for table in read.tables:
            yield table, _lines(table, most)


def _lines(table: RawTable, most: int) -> Lines:
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT line, * EXCLUDE (line, width)"
            f" FROM {lines_in(connection, table.data)} ORDER BY line LIMIT ?",
            [most],
        ).fetchall()
    return [(line, [cell or "" for cell in cells]) for line, *cells in found]
