"""Excel 2003's XML: what some systems, among them older CRM products, write as .xls or .xml."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from lxml import etree

from crm_core.domain.problems import Refused
from crm_core.sources.cells import Cell
from crm_core.sources.encoding import encoding_of_markup
from crm_core.sources.limits import Limits
from crm_core.sources.markup import events, free
from crm_core.sources.spanning import Spanning, SpanningSheet
from crm_core.sources.table import RawTable
from crm_core.sources.text import texts

_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_SHEET, _ROW, _CELL, _DATA = (f"{_SPACE}{name}" for name in ("Worksheet", "Row", "Cell", "Data"))
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_MOST_LINES = 1 << 20
_DIGITS = re.compile("[0-9]{1,7}")
# The day that a time of day alone is written with.
_NO_DAY = date(1899, 12, 31)


def read_xml_sheets(path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """The tables of the sheets, as of any workbook; Refused when the XML is not whole."""
    book = _Book(folder, limits)
    parser = etree.XMLPullParser(
        ("start", "end"), tag={_SHEET, _ROW, _VISIBLE}, encoding="utf-8",
        resolve_entities=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for event, element in events(parser, _pieces(path)):
            book.take(event, element)
    except etree.XMLSyntaxError as fault:
        raise Refused("workbook_broken") from fault
    if not any(sheet.is_filled for sheet in book.sheets):
        raise Refused("workbook_empty")
    return [table for sheet in book.sheets for table in sheet.tables(path)]


def _pieces(path: Path) -> Iterator[str]:
    """The text, which the parser takes only without the blanks that some write before it."""
    for number, text in enumerate(texts(path, encoding_of_markup(path))):
        yield text if number else text.lstrip()


class _Book:
    """The sheets of a workbook, written as the parser comes by."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.sheets: list[SpanningSheet] = []
        self._folder, self._limits = folder, limits
        self._line = 0

    def take(self, event: str, element: etree._Element) -> None:
        """Go on; a row that was taken is no longer held."""
        if element.tag == _SHEET and event == "start":
            self._begin(element)
        elif event == "end" and self.sheets:
            self._end(element)

    def _begin(self, element: etree._Element) -> None:
        if len(self.sheets) == self._limits.tables:
            raise Refused("too_many_tables", limit=self._limits.tables)
        target = self._folder / f"sheet{len(self.sheets)}.parquet"
        self.sheets.append(SpanningSheet(target, self._limits))
        self.sheets[-1].name = element.get(f"{_SPACE}Name", "")
        self._line = 0

    def _end(self, element: etree._Element) -> None:
        sheet = self.sheets[-1]
        if element.tag == _ROW:
            self._row(sheet, element)
        elif element.tag == _VISIBLE:
            sheet.hidden = element.text != "SheetVisible"
        else:
            sheet.close()

    def _row(self, sheet: SpanningSheet, element: etree._Element) -> None:
        line = _number(element, "Index", self._line + 1)
        if not self._line < line <= _MOST_LINES:
            raise Refused("workbook_broken")
        sheet.add_spanning(line, map(_cell, element.iterchildren(_CELL)))
        self._line = line
        free(element)


def _cell(element: etree._Element) -> Spanning:
    column = _number(element, "Index", 0) - 1
    across, down = (1 + _number(element, f"Merge{way}", 0) for way in ("Across", "Down"))
    data = element.find(_DATA)
    value = "" if data is None else _value(data.get(f"{_SPACE}Type", ""), _text(data))
    return Spanning(value, across, down, column if column >= 0 else None)


def _number(element: etree._Element, name: str, default: int) -> int:
    told = element.get(f"{_SPACE}{name}", "")
    return int(told) if _DIGITS.fullmatch(told) else default


def _text(data: etree._Element) -> str:
    return "".join(map(str, data.itertext()))


def _value(kind: str, text: str) -> Cell:
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return moment.time() if moment.date() == _NO_DAY else moment
    except ValueError:
        return text
    return text == "1" if kind == "Boolean" else text
