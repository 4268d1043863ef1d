"""Access databases: each table of the user's own, with mdbtools where it is installed.

Without it the access-parser library reads what it can, which is less.
"""

import csv
import re
import shutil
import struct
import subprocess
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from itertools import zip_longest
from pathlib import Path

from crm_core.domain.problems import Refused
from crm_core.sources.limits import Limits
from crm_core.sources.parquet import TableWriter
from crm_core.sources.table import RawTable

_EXPORT = ("mdb-export", "-B", "-b", "hex", "-D", "%F", "-T", "%F %T", "--")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00")
_LONGEST_CELL = 10_000_000


def read_access(path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """The tables that have rows: names first, dates as ISO 8601, bytes in hexadecimal digits."""
    csv.field_size_limit(_LONGEST_CELL)
    found = []
    for number, (name, rows) in enumerate(_tables(path)):
        target = folder / f"table{number}.parquet"
        writer = TableWriter(target, 0, limits.columns)
        for line, cells in enumerate(rows, 1):
            writer.add(line, [_MIDNIGHT.sub(r"\1", cell) for cell in cells])
        if not writer.cells:
            continue
        writer.close()
        found.append(RawTable(path, writer.rows, writer.columns, target, sheet=name))
    found = [table for table in found if table.rows > 1]
    if not found:
        raise Refused("access_empty")
    return found


def _tables(path: Path) -> Iterator[tuple[str, Iterable[list[str]]]]:
    if not shutil.which("mdb-export"):
        yield from _parsed(path)
        return
    listed = subprocess.run(
        ["mdb-tables", "-1", "--", path], capture_output=True, check=False, encoding="utf-8"
    )
    if listed.returncode:
        raise Refused("access_broken")
    for name in listed.stdout.splitlines():
        if name:
            yield name, _exported(path, name)


def _exported(path: Path, name: str) -> Iterator[list[str]]:
    with subprocess.Popen(
        [*_EXPORT, path, name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as export:
        assert export.stdout
        yield from csv.reader(TextIOWrapper(export.stdout, "utf-8", "replace", newline=""))
    if export.returncode:
        raise Refused("access_broken")


def _parsed(path: Path) -> Iterator[tuple[str, Iterable[list[str]]]]:
    from access_parser import AccessParser

    try:
        database = AccessParser(str(path))
        for name in database.catalog:
            if not name.startswith(("MSys", "f_", "~")):
                columns = database.parse_table(name)
                rows = zip_longest(*columns.values())
                yield name, [list(columns), *([_text(cell) for cell in row] for row in rows)]
    except (ValueError, LookupError, TypeError, AttributeError, struct.error, OSError) as fault:
        raise Refused("access_broken") from fault


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return cell.hex() if isinstance(cell, bytes) else str(cell)
