"""Cells that a workbook has merged downwards: each line has what they say together.

Text and days only. A number that several lines share is as a rule their sum, and would count
again on each of them.
"""

from collections.abc import Sequence
from datetime import date

from python_calamine import CalamineSheet

from crm_core.sources.table import Noted


class Merged:
    """The merged cells of one sheet, filled as its rows come by in their order."""

    def __init__(self, sheet: CalamineSheet) -> None:
        self.noted = Noted("merged_filled")
        first = sheet.start[1] if sheet.start else 0
        self._ends = {
            (top + 1, left - first): bottom + 1
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            if left == right and bottom > top
        }
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
