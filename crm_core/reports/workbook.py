"""Excel workbooks of tables: numbers as numbers, texts as texts, heads that stay in sight."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Literal
from unicodedata import east_asian_width

import xlsxwriter

Kind = Literal["text", "integer", "identifier", "number", "money", "percent", "date", "flag"]
_FORMATS = {
    "integer": "#,##0",
    "identifier": "0",
    "number": "#,##0.00##",
    "money": "#,##0.00##",
    "percent": "0.0%",
    "date": "yyyy-mm-dd",
}
_FIRST_YEAR = 1900
"""Spreadsheets know no earlier date."""
_NARROW, _WIDE = 8, 46
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_NAME = 31
_LONGEST_CELL = 32_767
_BAR = "#2f7fae"
_A4 = 9
"""As Excel counts paper."""


@dataclass(frozen=True)
class Column:
    """A column: its head, unit included, and what it holds. A percent is a share of 1."""

    head: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Bars:
    """A chart beside a table that shows spans of time: which columns, from 0, hold what."""

    name: int
    first: int
    """The first day."""
    days: int
    """How many days it takes."""
    count: int
    """So many of the first rows are drawn."""
    start: date
    """Where the axis begins."""


@dataclass(frozen=True)
class Sheet:
    """A table under a few lines that say what it shows: (label, text) each."""

    name: str
    title: str
    facts: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    bars: Bars | None = None


def workbook(sheets: Sequence[Sheet], yes_no: tuple[str, str] = ("yes", "no")) -> bytes:
    """The sheets as an .xlsx file; `yes_no` is how flags are written.

    No text becomes a formula or a link, whatever it begins with. What is missing stays blank.
    """
    target = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, {"in_memory": True, **plain}) as book:
        styles = _styles(book)
        for place, sheet in enumerate(sheets):
            name = f"{place + 1} {sheet.name}".translate(_FORBIDDEN).strip(" '")[:_LONGEST_NAME]
            page = book.add_worksheet(name)
            _write(page, sheet, styles, yes_no)
            if sheet.bars and sheet.bars.count:
                _draw(book, page, sheet, sheet.bars)
    return target.getvalue()


def _draw(book: Any, page: Any, sheet: Sheet, bars: Bars) -> None:
    """Spans as bars in a chart of their own: what lies before them is a bar that is not seen."""
    head = len(sheet.facts) + 2
    first, last = head + 1, head + bars.count

    def cells(column: int) -> list[Any]:
        return [page.name, first, column, last, column]

    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    hidden = {"fill": {"none": True}, "border": {"none": True}}
    shown = {"fill": {"color": _BAR}}
    for column, look in ((bars.first, hidden), (bars.days, shown)):
        series = {"categories": cells(bars.name), "values": cells(column), "gap": 40}
        chart.add_series(series | look)
    chart.set_title({"name": sheet.title, "name_font": {"size": 14}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis(
        {"min": bars.start, "num_format": "yyyy-mm", "major_gridlines": {"visible": True}}
    )
    chart.set_size({"width": 1000, "height": 120 + 24 * bars.count})
    page.insert_chart(0, len(sheet.columns) + 1, chart)


def _styles(book: Any) -> dict[str, Any]:
    styles = {kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
    line = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    return styles | {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "label": book.add_format({"font_color": "#5b6873"}),
        "head": book.add_format(line),
        "number_head": book.add_format({**line, "align": "right"}),
    }


def _write(page: Any, sheet: Sheet, styles: dict[str, Any], yes_no: tuple[str, str]) -> None:
    page.write_string(0, 0, sheet.title, styles["title"])
    for place, (label, text) in enumerate(sheet.facts, start=1):
        page.write_string(place, 0, label, styles["label"])
        page.write_string(place, 1, text)
    head = len(sheet.facts) + 2
    widths = [_text_width(column.head) for column in sheet.columns]
    for place, column in enumerate(sheet.columns):
        style = "head" if column.kind in ("text", "date", "flag") else "number_head"
        page.write_string(head, place, column.head, styles[style])
    last = head
    for last, row in enumerate(sheet.rows, start=head + 1):
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            shown = _cell(page, last, place, column.kind, value, styles, yes_no)
            widths[place] = max(widths[place], shown)
    for place, width in enumerate(widths):
        page.set_column(place, place, min(max(width + 2, _NARROW), _WIDE))
    page.freeze_panes(head + 1, 1)
    page.autofilter(head, 0, last, len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)


def _cell(
    page: Any,
    row: int,
    place: int,
    kind: Kind,
    value: Any,
    styles: dict[str, Any],
    yes_no: tuple[str, str],
) -> int:
    """Write one cell; its width in Latin letters."""
    match value:
        case None:
            return 0
        case bool():
            text = yes_no[0] if value else yes_no[1]
            page.write_string(row, place, text)
            return _text_width(text)
        case int() | float() | Decimal() if math.isfinite(value):
            page.write_number(row, place, value, styles.get(kind))
            return len(f"{value:,.2f}") if kind != "percent" else len("100.0%")
        case datetime() | date() if value.year >= _FIRST_YEAR:
            page.write_datetime(row, place, value, styles["date"])
            return len("2025-01-01")
        case float() | Decimal():
            return 0
        case datetime() | date():
            page.write_string(row, place, value.isoformat()[:10])
            return len("2025-01-01")
        case _:
            text = str(value)[:_LONGEST_CELL]
            page.write_string(row, place, text)
            return _text_width(text)


def _text_width(text: str) -> int:
    """In Latin letters; a Chinese one takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
