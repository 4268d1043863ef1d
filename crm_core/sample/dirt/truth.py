"""The truth beside dirty files: every planted fault, and every clean cell.

Written as Parquet into a hidden folder, which no import takes for data.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from crm_core.sample.dirt.tables import Table

FOLDER = ".truth"
FAULTS, CELLS = "faults.parquet", "cells.parquet"


@dataclass(frozen=True)
class Planted:
    """One fault. `row` is a position in the clean table, `copy` a second line of that row;
    row None: the fault is the file's or a column's as a whole."""

    kind: str
    expected: str
    row: int | None = None
    header: str = ""
    dirty: str = ""
    gone: bool = False
    clean: str | None = None
    """What is meant, where it is not the clean cell itself."""
    line: int | None = None
    """Physical line, for faults that are lines of their own."""
    copy: bool = False
    also: str | None = None
    """Another text that is as good as the clean one."""


@dataclass
class Truth:
    """What is true of the files written so far."""

    faults: list[pd.DataFrame] = field(default_factory=list)
    cells: list[pd.DataFrame] = field(default_factory=list)

    def add(
        self, table: Table, planted: Iterable[Planted], lines: list[int], copies: dict[int, int]
    ) -> None:
        """Take over a written table: `lines` has the physical line of each row (the sheet row in
        a workbook, both counted from 1), `copies` that of a row's second line."""
        found = [_fault(table, fault, lines, copies) for fault in planted]
        self.faults.append(pd.DataFrame(found, columns=FAULT_COLUMNS))
        dirty = {(fault.row, fault.header) for fault in planted if fault.header}
        asked = {fault.header for fault in planted if fault.expected == "asked"}
        self.cells.append(_clean_cells(table, lines, dirty, asked))

    def write(self, directory: Path) -> list[Path]:
        """Write it into the hidden folder of `directory`; returns the paths."""
        folder = directory / FOLDER
        folder.mkdir(exist_ok=True)
        faults = pd.concat(self.faults, ignore_index=True).astype({"line": "Int64"})
        cells = pd.concat(self.cells, ignore_index=True)
        faults.to_parquet(folder / FAULTS, index=False)
        cells.to_parquet(folder / CELLS, index=False)
        return [folder / FAULTS, folder / CELLS]


FAULT_COLUMNS = [
    *("file", "sheet", "line", "column", "entity", "field", "type", "kind", "clean", "written"),
    *("dirty", "expected"),
]


def _fault(
    table: Table, fault: Planted, lines: list[int], copies: dict[int, int]
) -> tuple[object, ...]:
    column = next((c for c in table.columns if c.header == fault.header), None)
    line, clean, written = fault.line, fault.clean, fault.also
    if fault.row is not None:
        line = copies[fault.row] if fault.copy else lines[fault.row]
        if clean is None and column and not fault.gone:
            clean = table.meant[fault.header].iloc[fault.row]
            written = fault.also or table.written[fault.header].iloc[fault.row]
    return (
        table.file, table.place, line, fault.header, table.entity,
        column.field if column else "", column.type if column else "",
        fault.kind, clean or "", written or "", fault.dirty, fault.expected,
    )  # fmt: skip


def _clean_cells(
    table: Table, lines: list[int], dirty: set[tuple[int | None, str]], asked: set[str]
) -> pd.DataFrame:
    """A row per cell without a fault of its own, blank cells included; not of columns `asked`."""
    parts = []
    for column in (c for c in table.columns if c.header not in asked):
        spoiled = [row for row, header in dirty if header == column.header and row is not None]
        part = pd.DataFrame(
            {
                "line": lines,
                "clean": table.meant[column.header],
                "written": table.written[column.header],
            }
        ).drop(index=spoiled)
        parts.append(part.assign(column=column.header, field=column.field, type=column.type))
    cells = pd.concat(parts, ignore_index=True)
    return cells.assign(file=table.file, sheet=table.place, entity=table.entity)
