"""Cells that reach over several columns and lines, as the tables of marked-up files have them."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from crm_core.domain.problems import Refused
from crm_core.sources.cells import Cell
from crm_core.sources.limits import Limits
from crm_core.sources.sheet import Sheet
from crm_core.sources.sparse import MOST_CELLS
from crm_core.sources.table import Noted
from crm_core.sources.text import DAMAGED

# So many times the cells that are filled a sheet may span, if it is large.
_SPARSE = 100
_NUMBER = re.compile(r"[-+(]?[\d.,]+[%)]?")


class Spanning(NamedTuple):
    """A cell, over how many columns and lines it reaches, and its column (from 0) if stated."""

    value: Cell
    across: int = 1
    down: int = 1
    column: int | None = None


class SpanningSheet(Sheet):
    """A sheet whose rows come as such cells: each takes the next column that is free."""

    def __init__(self, target: Path, limits: Limits) -> None:
        self._ends: dict[tuple[int, int], int] = {}
        super().__init__(target, 0, limits, self._ends)
        self._taken: dict[int, int] = {}
        """Column -> the last line of the cell that reaches down there."""
        self._most = limits.columns
        self._last = self._filled = 0
        self._damaged = Noted("bytes_damaged")
        self.noted.append(self._damaged)

    def add_spanning(self, line: int, cells: Iterable[Spanning]) -> None:
        """Append a row, in any line below the last; Refused where too wide or too far off."""
        row: list[Cell] = []
        at = 0
        for cell in cells:
            at = self._free(line, at) if cell.column is None else cell.column
            if at >= self._most:
                raise Refused("too_many_columns", line=line, columns=at + 1, limit=self._most)
            row += [""] * (at + 1 - len(row))
            row[at] = cell.value
            if cell.down > 1:
                self._reach_down(line, at, cell)
            at += cell.across
        while row and row[-1] == "":  # a mere format reaches to the edge of many a sheet
            row.pop()
        if row:
            self._write(line, row)

    def _write(self, line: int, row: list[Cell]) -> None:
        self._filled += sum(value != "" for value in row)
        self._require_dense(line, max(self.columns, len(row)))
        if blank := line - self._last - 1:
            self.add_blanks(self._last + 1, blank)
        if any(isinstance(value, str) and DAMAGED in value for value in row):
            self._damaged.add(line, " | ".join(map(str, row)))
        self.add(line, row)
        self._last = line

    def _require_dense(self, rows: int, columns: int) -> None:
        if rows * columns > max(MOST_CELLS, self._filled * _SPARSE):
            raise Refused("sheet_sparse", rows=rows, columns=columns, cells=self._filled)

    def _free(self, line: int, at: int) -> int:
        while self._taken.get(at, 0) >= line:
            at += 1
        return at

    def _reach_down(self, line: int, at: int, cell: Spanning) -> None:
        last = line + cell.down - 1
        self._taken |= dict.fromkeys(range(at, min(at + cell.across, self._most)), last)
        if cell.across == 1 and not _NUMBER.fullmatch(str(cell.value)):
            self._ends[line, at] = last
