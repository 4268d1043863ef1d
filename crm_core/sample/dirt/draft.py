"""A table on its way to a dirty file: its cells as they will stand, and the order of its lines."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import pandas as pd

from crm_core.sample.dirt.dates import styled
from crm_core.sample.dirt.fault import USUAL, Dice, Fault, pick
from crm_core.sample.dirt.plant import plant
from crm_core.sample.dirt.tables import Column, Table
from crm_core.sample.dirt.truth import Planted

REPEATED, CHANGED = USUAL, 0.003
CHANGEABLE = ("phone", "email", "choice", "city")


class Line(NamedTuple):
    """A line of the file: a row of the table, first told or told again."""

    row: int
    again: Literal["", "exact_repeat", "same_key_changed"] = ""


@dataclass
class Draft:
    """The table, its cells with their faults, what was planted, and which rows are still clean."""

    table: Table
    cells: pd.DataFrame
    planted: list[Planted]
    free: deque[int]
    changed: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Row -> header and text of its second line, where that differs."""

    def record(self, line: Line) -> list[str]:
        """The cells of a line."""
        cells = [str(cell) for cell in self.cells.iloc[line.row]]
        if line.again == "same_key_changed":
            header, text = self.changed[line.row]
            cells[self.cells.columns.get_loc(header)] = text
        return cells

    def take(self, count: int) -> list[int]:
        """Clean rows that will be spoiled as a whole."""
        return [self.free.popleft() for _ in range(min(count, len(self.free)))]


def draft(table: Table, dice: Dice, faults: Iterable[Fault], style: str = "ymd") -> Draft:
    """Plant cell faults; days and moments are written in that style unless they are the fault."""
    free = deque(dice.permutation(len(table.written)).tolist())
    planted = plant(table, dice, faults, free)
    cells = table.written.copy()
    for column in table.columns:
        if column.type == "date" and style != "ymd":
            cells[column.header] = cells[column.header].map(lambda iso: styled(iso, style))
    for fault in planted:
        shown = styled(fault.dirty, style) if fault.kind == "date_order" else fault.dirty
        cells.at[fault.row, fault.header] = shown
    return Draft(table, cells, planted, free)


def first_lines(table: Table) -> list[Line]:
    """Every row once."""
    return [Line(row) for row in range(len(table.written))]


def with_repeats(told: Draft, dice: Dice, *, at_end: bool = False) -> list[Line]:
    """All lines in order; some rows come a second time further down, some of those changed.

    `at_end`: below all others, as people add to a sheet.
    """
    count = len(told.table.written)

    def place(row: int) -> float:
        return float(dice.uniform(count if at_end else row, count + 1))

    lines = [(float(line.row), line) for line in first_lines(told.table)]
    # Without a key, two like lines may be two things that happened.
    keyed = any(c.kind == "key" for c in told.table.columns)
    columns = [c for c in told.table.columns if c.kind in CHANGEABLE]
    for row in told.take(round(REPEATED * count) if keyed else 0):
        told.planted.append(Planted("exact_repeat", "skipped", row, copy=True))
        lines.append((place(row), Line(row, "exact_repeat")))
    for row in told.take(round(CHANGED * count) if keyed and columns else 0):
        if _change(told, dice, pick(dice, *columns), row):
            lines.append((place(row), Line(row, "same_key_changed")))
    return [line for _, line in sorted(lines, key=lambda told: told[0])]


def _change(told: Draft, dice: Dice, column: Column, row: int) -> bool:
    """Give the row's second line another clean value of the column; whether there was one."""
    written, meant = told.table.written[column.header], told.table.meant[column.header]
    other = int(dice.integers(len(written)))
    if not written[row] or not written[other] or meant[row] == meant[other]:
        return False
    told.changed[row] = (column.header, str(written[other]))
    told.planted.append(
        Planted(
            "same_key_changed", "updated", row, column.header,
            dirty=str(written[other]), clean=str(meant[other]), copy=True,
            also=str(written[other]),
        )
    )  # fmt: skip
    return True
