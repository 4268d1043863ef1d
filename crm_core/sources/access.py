"""Access databases: each table of the user's own, read by the program mdbtools."""

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator
from io import TextIOWrapper
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
    if not shutil.which("mdb-export"):
        raise Refused("access_tool_missing")
    csv.field_size_limit(_LONGEST_CELL)
    found = []
    for number, name in enumerate(_tables(path)):
        target = folder / f"table{number}.parquet"
        writer = TableWriter(target, 0, limits.columns)
        for line, cells in enumerate(_exported(path, name), 1):
            writer.add(line, [_MIDNIGHT.sub(r"\1", cell) for cell in cells])
        if not writer.cells:
            continue
        writer.close()
        found.append(RawTable(path, writer.rows, writer.columns, target, sheet=name))
    found = [table for table in found if table.rows > 1]
    if not found:
        raise Refused("access_empty")
    return found


def _tables(path: Path) -> list[str]:
    listed = subprocess.run(
        ["mdb-tables", "-1", "--", path], capture_output=True, check=False, encoding="utf-8"
    )
    if listed.returncode:
        raise Refused("access_broken")
    return [name for name in listed.stdout.splitlines() if name]


def _exported(path: Path, name: str) -> Iterator[list[str]]:
    with subprocess.Popen(
        [*_EXPORT, path, name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as export:
        assert export.stdout
        yield from csv.reader(TextIOWrapper(export.stdout, "utf-8", "replace", newline=""))
    if export.returncode:
        raise Refused("access_broken")
