"""Cells that a workbook has merged downwards: each line has what they say together.

Text and days only. A number that several lines share is as a rule their sum, and would count
again on each of them.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from python_calamine import CalamineSheet

from crm_core.sources.table import Noted


class Merged:
    """The merged cells of one sheet, filled as its rows come by in their order."""

    def __init__(self, ends: Mapping[tuple[int, int], int]) -> None:
        """`ends`: line and column (from 1 and 0) of a merged cell -> the last line it reaches."""
        self.noted = Noted("merged_filled")
        self._ends = ends
        self._open: dict[int, tuple[int, str]] = {}
        """Column -> the last line of the merged cell that goes on there, and its text."""

    def fill(self, line: int, row: Sequence[object], cells: list[str]) -> None:
        """Fill the blank `cells` of a line (from 1) that merged cells above reach down to.

        `row` has the cells as the workbook does. A line without any cell of its own stays blank.
        """
        if not self._ends:
            return
        for at, (end, text) in list(self._open.items()):
            if line > end:
                del self._open[at]
            elif not cells[at] and any(cells):
                cells[at] = text
                self.noted.add(line, text)
        for at, cell in enumerate(row):
            if (line, at) in self._ends and isinstance(cell, str | date):
                self._open[at] = (self._ends[line, at], cells[at])


def ends_in(sheet: CalamineSheet) -> dict[tuple[int, int], int]:
    """Where the cells of a sheet that are merged downwards begin and end, as Merged takes it."""
    left = sheet.start[1] if sheet.start else 0
    return {
        (top + 1, first - left): bottom + 1
        for (top, first), (bottom, last) in sheet.merged_cell_ranges or ()
        if first == last and bottom > top
    }
