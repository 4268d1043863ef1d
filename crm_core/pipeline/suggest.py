"""What a cell that broke a rule probably should be: proposed to a person, never done unasked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import duckdb

from crm_core.domain.entities import Kind
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.pipeline import clean
from crm_core.reference import entities

Cursor = duckdb.DuckDBPyConnection
Suggestion = dict[int, str | None]
"""Cell -> its probable value; empty where there is none, or more than one."""

_AMOUNT = re.compile(r"[-+]?\d[\d,，' ]*(?:\.\d+)?\s*[万亿千]?")
_DAY = re.compile(r"(\d{4}|\d{1,2})\D{1,3}(\d{1,2})\D{1,3}(\d{4}|\d{1,2})")
_SQL_TYPES = {Kind.DATE: "TIMESTAMP", Kind.INTEGER: "BIGINT"}


@dataclass(frozen=True)
class Broken:
    """A line of a table, the rule that it broke, and the cell; None where the whole line did."""

    rule: str
    cell: int | None
    cells: tuple[str | None, ...]


@dataclass
class _Readings:
    """How cells would be kept. Asked first and answered later, all of a column in one query."""

    asked: dict[tuple[Kind, int], dict[str, str | None]] = field(default_factory=dict)
    columns: dict[int, ColumnPlan] = field(default_factory=dict)

    def __call__(self, kind: Kind, cell: str, column: ColumnPlan) -> str | None:
        """The cell as it would be kept, None where it cannot be read; itself until answered."""
        self.columns[column.index] = column
        return self.asked.setdefault((kind, column.index), {}).setdefault(cell, cell)

    def answer(self, cursor: Cursor) -> None:
        for (kind, index), cells in self.asked.items():
            sql_type = _SQL_TYPES.get(kind, "DECIMAL(38, 10)")
            quick = clean.quick(kind, "raw", self.columns[index], sql_type)
            slow = clean.slow(kind, clean.half_width("raw"), self.columns[index], sql_type)
            rows = cursor.execute(
                f"SELECT raw, coalesce({quick}, {slow})::VARCHAR"
                " FROM (SELECT unnest(?::VARCHAR[]) AS raw)",
                [list(cells)],
            ).fetchall()
            cells.update(rows)


def suggested(cursor: Cursor, plan: TablePlan, lines: Sequence[Broken]) -> list[Suggestion]:
    """What each of the lines of a table probably should be."""
    reads = _Readings()
    for line in lines:
        _suggestion(reads, plan, line)
    reads.answer(cursor)
    return [_suggestion(reads, plan, line) for line in lines]


def _suggestion(reads: _Readings, plan: TablePlan, line: Broken) -> Suggestion:
    if line.rule == "ragged":
        return _joined(reads, plan, line.cells)
    at = line.cell
    if at is None or at >= len(line.cells) or not line.cells[at]:
        return {}
    column = next((one for one in plan.columns if one.index == at), None)
    ways = {"number_unreadable": _amount, "date_unreadable": _day}
    if column is None or line.rule not in ways:
        return {}
    found = ways[line.rule](reads, str(line.cells[at]), column)
    return {at: found} if found else {}


def _amount(reads: _Readings, cell: str, column: ColumnPlan) -> str | None:
    """The one amount within other words: "约 1,200 元" is 1,200."""
    found = [text.strip() for text in _AMOUNT.findall(cell.replace("，", ","))]
    return found[0] if len(found) == 1 and reads(Kind.MONEY, found[0], column) else None


def _day(reads: _Readings, cell: str, column: ColumnPlan) -> str | None:
    """The one day within other words, day and month the other way round if only that is a day."""
    found = _DAY.findall(cell)
    if len(found) != 1:
        return None
    one, two, three = found[0]
    tries = {"/".join(found[0]), "/".join((two, one, three)), "/".join((one, three, two))}
    days = {day for text in sorted(tries) if (day := reads(Kind.DATE, text, column))}
    return days.pop()[:10] if len(days) == 1 else None


def _joined(reads: _Readings, plan: TablePlan, cells: Sequence[str | None]) -> Suggestion:
    """A line that is too wide because a cell holds separators: joined where all columns read well.

    Empty unless exactly one place fits.
    """
    width = max((c.index + 1 for c in plan.columns if c.header.strip()), default=0)
    filled = max((at + 1 for at, cell in enumerate(cells) if cell), default=0)
    surplus = filled - width
    if surplus <= 0 or width == 0:
        return {}
    fits, spaced = [], []
    for at in range(width):
        parts = [cell or "" for cell in cells[at : at + surplus + 1]]
        line = [*cells[:at], ",".join(parts), *cells[at + surplus + 1 :]][:width]
        if _all_read(reads, plan, line):
            fits.append(line)
            if all(part.startswith(" ") for part in parts[1:]):
                spaced.append(line)
    # In a sentence a blank follows a comma, between two cells none does.
    likely = spaced or fits
    if len(likely) != 1:
        return {}
    return dict(enumerate(likely[0])) | dict.fromkeys(range(width, len(cells)))


def _all_read(reads: _Readings, plan: TablePlan, line: Sequence[str | None]) -> bool:
    """Whether every typed cell can be read."""
    kinds = _kinds(str(plan.entity))
    for column in plan.columns:
        cell = line[column.index] if column.index < len(line) else None
        kind = kinds.get(str(column.field)) if column.field and not column.entity else None
        if cell and kind in clean.TYPED and not reads(kind, cell, column):
            return False
    return True


@cache
def _kinds(entity: str) -> dict[str, Kind]:
    return {field.name: field.kind for field in entities()[entity].fields}
