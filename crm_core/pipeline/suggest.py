"""What a cell that broke a rule probably should be: proposed to a person, never done unasked."""

import re
from collections.abc import Sequence
from functools import cache

import duckdb

from crm_core.domain.entities import Kind
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.pipeline import clean
from crm_core.reference import entities

Cursor = duckdb.DuckDBPyConnection

_AMOUNT = re.compile(r"[-+]?\d[\d,，' ]*(?:\.\d+)?\s*[万亿千]?")
_DAY = re.compile(r"(\d{4}|\d{1,2})\D{1,3}(\d{1,2})\D{1,3}(\d{4}|\d{1,2})")
_SQL_TYPES = {Kind.DATE: "TIMESTAMP", Kind.INTEGER: "BIGINT"}


def suggested(
    cursor: Cursor, plan: TablePlan, rule: str, broken: int | None, cells: Sequence[str | None]
) -> dict[int, str | None]:
    """Cell -> its probable value; empty where there is none, or more than one.

    `broken`: the cell that broke the rule, None where the whole line did (a ragged one).
    """
    if rule == "ragged":
        return _joined(cursor, plan, cells)
    if broken is None or broken >= len(cells) or not cells[broken]:
        return {}
    column = next((one for one in plan.columns if one.index == broken), None)
    if column is None:
        return {}
    ways = {"number_unreadable": _amount, "date_unreadable": _day}
    found = ways[rule](cursor, str(cells[broken]), column) if rule in ways else None
    return {broken: found} if found else {}


def _amount(cursor: Cursor, cell: str, column: ColumnPlan) -> str | None:
    """The one amount within other words: "约 1,200 元" is 1,200."""
    found = [text.strip() for text in _AMOUNT.findall(cell.replace("，", ","))]
    return found[0] if len(found) == 1 and _reads(cursor, Kind.MONEY, found[0], column) else None


def _day(cursor: Cursor, cell: str, column: ColumnPlan) -> str | None:
    """The one day within other words, day and month the other way round if only that is a day."""
    found = _DAY.findall(cell)
    if len(found) != 1:
        return None
    one, two, three = found[0]
    tries = {"/".join(found[0]), "/".join((two, one, three)), "/".join((one, three, two))}
    days = {day for text in tries if (day := _reads(cursor, Kind.DATE, text, column))}
    return days.pop()[:10] if len(days) == 1 else None


def _joined(cursor: Cursor, plan: TablePlan, cells: Sequence[str | None]) -> dict[int, str | None]:
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
        if _all_read(cursor, plan, line):
            fits.append(line)
            if all(part.startswith(" ") for part in parts[1:]):
                spaced.append(line)
    # In a sentence a blank follows a comma, between two cells none does.
    likely = spaced or fits
    if len(likely) != 1:
        return {}
    return dict(enumerate(likely[0])) | dict.fromkeys(range(width, len(cells)))


def _all_read(cursor: Cursor, plan: TablePlan, line: Sequence[str | None]) -> bool:
    """Whether every typed cell can be read."""
    kinds = _kinds(str(plan.entity))
    for column in plan.columns:
        cell = line[column.index] if column.index < len(line) else None
        kind = kinds.get(str(column.field)) if column.field and not column.entity else None
        if cell and kind in clean.TYPED and not _reads(cursor, kind, cell, column):
            return False
    return True


@cache
def _kinds(entity: str) -> dict[str, Kind]:
    return {field.name: field.kind for field in entities()[entity].fields}


def _reads(cursor: Cursor, kind: Kind, cell: str, column: ColumnPlan) -> str | None:
    """The cell as it would be kept; None where it cannot be read."""
    sql_type = _SQL_TYPES.get(kind, "DECIMAL(38, 10)")
    quick = clean.quick(kind, "raw", column, sql_type)
    slow = clean.slow(kind, "raw", column, sql_type)
    row = cursor.execute(
        f"SELECT coalesce({quick}, {slow})::VARCHAR FROM (SELECT ? AS raw)", [cell]
    ).fetchone()
    return row[0] if row else None
