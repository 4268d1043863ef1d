"""Tables as sheets of a dirty workbook: titles, merged cells, hidden sheets, two date systems."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from crm_core.sample.dirt.draft import Draft, Line, draft, first_lines, with_repeats
from crm_core.sample.dirt.fault import Dice, Fault
from crm_core.sample.dirt.tables import Column, Table
from crm_core.sample.dirt.truth import Planted, Truth

MERGED_ORDERS = 0.02
STILL_TYPED = ("date_order", "negative_quantity", "amount_out_of_range")
"""Faults that are a wrong number or day, not a text."""


@dataclass(frozen=True)
class Book:
    """How a workbook is written."""

    dirty: bool = True
    """Whether lines come twice, cells are merged and sums stand below."""
    date_1904: bool = False
    hidden_sheet: bool = False
    titles: bool = False
    repeated_header: bool = False


@dataclass
class _Page:
    book: Any
    page: Any
    told: Draft
    row: int = 0
    """The next sheet row, from 0."""

    def put(self, cells: Sequence[Any], formats: Sequence[Any] = ()) -> int:
        """Write a row; returns its number from 1."""
        for column, cell in enumerate(cells):
            style = formats[column] if formats else None
            if isinstance(cell, datetime):
                self.page.write_datetime(self.row, column, cell, style)
            elif isinstance(cell, float):
                self.page.write_number(self.row, column, cell, style)
            elif cell != "":
                self.page.write_string(self.row, column, cell, style)
        self.row += 1
        return self.row

    def aside(self, kind: str, cells: Sequence[Any]) -> None:
        """A row that is no data."""
        line = self.put(cells)
        planted = Planted(kind, "skipped", dirty=str(cells[0]) if cells else "", line=line)
        self.told.planted.append(planted)


def write_workbook(
    path: Path,
    tables: Sequence[Table],
    dice: Dice,
    faults: Iterable[Fault],
    how: Book,
    created: datetime,
    truth: Truth,
) -> Path:
    """Write the tables as sheets of a workbook, and what is true of them into `truth`."""
    options = {
        "strings_to_urls": False, "strings_to_formulas": False, "date_1904": how.date_1904,
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": created})
        for table in tables:
            _sheet(book, table, dice, faults, how, truth)
        if how.hidden_sheet:
            page = book.add_worksheet("字典")
            page.write_column(0, 0, ["类型", "线索交接", "问题升级", "订单", "退货"])
            page.hide()
    return path


def _sheet(
    book: Any, table: Table, dice: Dice, faults: Iterable[Fault], how: Book, truth: Truth
) -> None:
    told = draft(table, dice, faults)
    merged = _merge_orders(told) if how.dirty else []
    lines = with_repeats(told, dice, at_end=True) if how.dirty else first_lines(table)
    page = _Page(book, book.add_worksheet(table.sheet), told)
    if how.titles:
        _title(page, table)
    page.put([column.header for column in table.columns])
    numbers, copies = _body(page, lines, how)
    for first, last in merged:
        column = _place(table, "order")
        text = told.table.written.iloc[first, column]
        page.page.merge_range(numbers[first] - 1, column, numbers[last] - 1, column, text)
    if how.dirty and any(column.kind == "money" for column in table.columns):
        page.aside("footer", _sums(table))
    facts = {"file_dates_1904": how.date_1904, "file_hidden_sheet": how.hidden_sheet}
    told.planted += [Planted(kind, "repaired") for kind, true in facts.items() if true]
    truth.add(table, told.planted, [numbers[row] for row in range(len(table.written))], copies)


def _title(page: _Page, table: Table) -> None:
    line = f"{table.sheet}（{table.file.split('.')[0]}）"
    page.page.merge_range(0, 0, 0, len(table.columns) - 1, line)
    page.told.planted.append(Planted("sheet_title", "skipped", dirty=line, line=1))
    page.row = 1
    page.aside("blank_line", [])


def _body(page: _Page, lines: list[Line], how: Book) -> tuple[dict[int, int], dict[int, int]]:
    numbers: dict[int, int] = {}
    copies: dict[int, int] = {}
    columns = page.told.table.columns
    formats = [_format(page.book, column) for column in columns]
    dirty = {
        (f.row, f.header) for f in page.told.planted if not f.copy and f.kind not in STILL_TYPED
    }
    below = {f.row for f in page.told.planted if f.kind == "merged_cell"}
    for place, line in enumerate(lines):
        if (
            how.repeated_header
            and place in (len(lines) // 3, len(lines) // 2)
            and (line.row not in below)
        ):
            page.aside("repeated_header", [column.header for column in columns])
        record = page.told.record(line)
        cells = [
            text if (line.row, column.header) in dirty else _typed(column, text)
            for column, text in zip(columns, record, strict=True)
        ]
        (copies if line.again else numbers)[line.row] = page.put(cells, formats)
    return numbers, copies


def _typed(column: Column, text: str) -> Any:
    """What a workbook holds in a clean cell: numbers and days are no texts."""
    if not text:
        return ""
    if column.type == "date":
        return datetime.fromisoformat(text)
    if column.type == "number":
        return float(text.replace(",", ""))
    return text


def _format(book: Any, column: Column) -> Any:
    shapes = {
        "day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "share": "0%",
        "money": "#,##0.00", "signed": "#,##0.00",
    }  # fmt: skip
    return book.add_format({"num_format": shapes[column.kind]}) if column.kind in shapes else None


def _place(table: Table, kind: str) -> int:
    return next(place for place, column in enumerate(table.columns) if column.kind == kind)


def _merge_orders(told: Draft) -> list[tuple[int, int]]:
    """Pairs of lines whose order number is one merged cell, so that the lower one is blank."""
    if not any(c.kind == "order" for c in told.table.columns):
        return []
    header = told.table.columns[_place(told.table, "order")].header
    numbers, free = told.table.written[header], set(told.free)
    found: list[tuple[int, int]] = []
    for row in range(len(numbers) - 1):
        if {row, row + 1} <= free and numbers[row] == numbers[row + 1]:
            found.append((row, row + 1))
            free -= {row, row + 1}
            told.cells.at[row + 1, header] = ""
            told.planted.append(Planted("merged_cell", "repaired", row + 1, header))
        if len(found) >= MERGED_ORDERS * len(numbers):
            break
    told.free = deque(row for row in told.free if row in free)
    return found


def _sums(table: Table) -> list[Any]:
    sums: list[Any] = [
        round(sum(float(v) for v in table.meant[c.header] if v), 2) if c.kind == "money" else ""
        for c in table.columns
    ]
    sums[0] = "合计"
    return sums
