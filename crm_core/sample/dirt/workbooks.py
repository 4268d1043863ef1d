"""Tables as sheets of a dirty workbook: titles, merged cells, hidden sheets, two date systems."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from crm_core.sample.dirt.dates import EPOCH
from crm_core.sample.dirt.draft import Draft, Line, draft, first_lines, with_repeats
from crm_core.sample.dirt.fault import Dice, Fault, pick
from crm_core.sample.dirt.headers import headers
from crm_core.sample.dirt.tables import Column, Table
from crm_core.sample.dirt.truth import Planted, Truth

MERGED_ORDERS = 0.02
ERRORS = ("#VALUE!", "#REF!", "#N/A")
"""Texts that in a workbook are the value of a formula that failed."""
FORMULAS = 0.01
"""Of a table's lines have a cell that was computed."""
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
    beside: bool = False
    """Whether the second table of a sheet stands beside the first one, else below it."""
    indented: bool = False
    """Whether the first column is blank."""
    grouped: bool = False
    """Whether headings of groups of columns, in merged cells, stand above the header."""


class Formula(NamedTuple):
    """A cell that a workbook computes, with the value that it had when it was saved."""

    text: str
    value: str | float


@dataclass
class _Page:
    book: Any
    page: Any
    told: Draft
    row: int = 0
    """The next sheet row, from 0."""
    left: int = 0
    computed: set[tuple[int, str]] = field(default_factory=set)
    """Row of the table and header of the cells that are formulas."""

    def put(self, cells: Sequence[Any], formats: Sequence[Any] = ()) -> int:
        """Write a row; returns its number from 1."""
        for place, cell in enumerate(cells):
            column, style = self.left + place, formats[place] if formats else None
            if isinstance(cell, Formula):
                self.page.write_formula(self.row, column, cell.text, style, cell.value)
            elif cell in ERRORS:
                self.page.write_formula(self.row, column, "=1/0", style, cell)
            elif isinstance(cell, datetime):
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
        page: _Page | None = None
        for table in tables:
            page = _page(book, table, draft(table, dice, faults), page, how)
            _fill(page, dice, how, truth)
        if how.hidden_sheet:
            hidden = book.add_worksheet("字典")
            hidden.write_column(0, 0, ["类型", "线索交接", "问题升级", "订单", "退货"])
            hidden.hide()
    return path


def _page(book: Any, table: Table, told: Draft, before: _Page | None, how: Book) -> _Page:
    """A new sheet, or the place beside or below the table before."""
    if before is None or table.number < 2:
        return _Page(book, book.add_worksheet(table.sheet), told, left=int(how.indented))
    if how.beside:
        right = before.left + len(before.told.table.columns)
        return _Page(book, before.page, told, left=right + 1)
    return _Page(book, before.page, told, before.row + 1, before.left)


def _fill(page: _Page, dice: Dice, how: Book, truth: Truth) -> None:
    told, table = page.told, page.told.table
    merged = _merge_orders(told) if how.dirty else []
    page.computed = _compute(told, dice) if how.dirty else set()
    lines = with_repeats(told, dice, at_end=True) if how.dirty else first_lines(table)
    if table.title:
        page.aside("table_title", [table.title])
    elif how.titles:
        _title(page, table)
    if how.grouped:
        _group(page)
    written, odd = headers(table, dice) if how.dirty else ([c.header for c in table.columns], [])
    told.planted += odd
    page.put(written)
    numbers, copies = _body(page, lines, written, how)
    for first, last in merged:
        place = _place(table, "order")
        text, column = told.table.written.iloc[first, place], page.left + place
        page.page.merge_range(numbers[first] - 1, column, numbers[last] - 1, column, text)
    if how.dirty and any(column.kind == "money" for column in table.columns):
        page.aside("footer", _sums(table))
    facts = {
        "file_dates_1904": how.date_1904, "file_hidden_sheet": how.hidden_sheet,
        "file_indented": how.indented,
    }  # fmt: skip
    told.planted += [Planted(kind, "repaired") for kind, true in facts.items() if true]
    if table.title:
        kind = "table_beside" if how.beside else "table_below"
        told.planted += [Planted(kind, "repaired", header=c.header) for c in table.columns]
    truth.add(table, told.planted, [numbers[row] for row in range(len(table.written))], copies)


def _title(page: _Page, table: Table) -> None:
    line = f"{table.sheet}（{table.file.split('.')[0]}）"
    page.page.merge_range(0, page.left, 0, page.left + len(table.columns) - 1, line)
    page.told.planted.append(Planted("sheet_title", "skipped", dirty=line, line=1))
    page.row = 1
    page.aside("blank_line", [])


def _group(page: _Page) -> None:
    """Two headings, each over half of the columns."""
    count = len(page.told.table.columns)
    half = count // 2
    page.aside("header_group", ["基本信息", *[""] * (half - 1), "其他信息"])
    for first, last, text in ((0, half - 1, "基本信息"), (half, count - 1, "其他信息")):
        page.page.merge_range(page.row - 1, page.left + first, page.row - 1, page.left + last, text)


def _body(
    page: _Page, lines: list[Line], named: list[str], how: Book
) -> tuple[dict[int, int], dict[int, int]]:
    numbers: dict[int, int] = {}
    copies: dict[int, int] = {}
    columns = page.told.table.columns
    formats = [_format(page.book, column) for column in columns]
    dirty = {
        (f.row, f.header) for f in page.told.planted if not f.copy and f.kind not in STILL_TYPED
    } - page.computed
    below = {f.row for f in page.told.planted if f.kind == "merged_cell"}
    for place, line in enumerate(lines):
        if (
            how.repeated_header
            and place in (len(lines) // 3, len(lines) // 2)
            and (line.row not in below)
        ):
            page.aside("repeated_header", named)
        record = page.told.record(line)
        cells = [
            text if (line.row, column.header) in dirty else _typed(column, text)
            for column, text in zip(columns, record, strict=True)
        ]
        cells = [
            _formula(cell, how) if (line.row, column.header) in page.computed else cell
            for column, cell in zip(columns, cells, strict=True)
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


def _formula(cell: Any, how: Book) -> Formula:
    """One that gives what stands in the cell."""
    if isinstance(cell, datetime):
        epoch = datetime(1904, 1, 1) if how.date_1904 else EPOCH
        cell = (cell - epoch) / timedelta(days=1)
    return Formula(f'="{cell}"&""' if isinstance(cell, str) else f"={cell}*1", cell)


def _compute(told: Draft, dice: Dice) -> set[tuple[int, str]]:
    """Cells of clean lines that are to be formulas."""
    found: set[tuple[int, str]] = set()
    for row in told.take(round(FORMULAS * len(told.table.written))):
        filled = [c.header for c in told.table.columns if told.table.written.at[row, c.header]]
        found.add((row, pick(dice, *filled)))
    told.planted += [Planted("formula", "repaired", row, header) for row, header in sorted(found)]
    return found


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
