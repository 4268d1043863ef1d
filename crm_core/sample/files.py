"""Writing tables of cells as CSV files and workbooks; the same cells give the same bytes."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from crm_core.sample.world import Array

Columns = dict[str, Array]
"""Header -> cells, all of one length."""


def write_csv(
    path: Path,
    columns: Columns,
    encoding: str,
    delimiter: str = ",",
    blank_after: Iterable[int] = (),
) -> Path:
    """Writes a delimited file with a header; an empty line follows the rows in `blank_after`."""
    blanks = set(blank_after)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(columns)
        for number, row in enumerate(zip(*columns.values(), strict=True), start=1):
            writer.writerow(row)
            if number in blanks:
                file.write("\r\n")
    return path


@dataclass(frozen=True)
class Sheet:
    """A sheet: a title merged over its width and an empty row may stand above the header."""

    name: str
    columns: Columns
    title: str = ""
    formats: dict[str, str] = field(default_factory=dict)
    """Header -> number format."""
    footer: dict[str, object] = field(default_factory=dict)
    """Header -> what stands below the last row."""


def write_workbook(path: Path, sheets: Sequence[Sheet], created: datetime) -> Path:
    """Writes a workbook; `created` stands in its properties, whatever the clock says."""
    plain = {"strings_to_urls": False, "strings_to_formulas": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), plain) as book:
        book.set_properties({"created": created})
        for sheet in sheets:
            _write_sheet(book, book.add_worksheet(sheet.name), sheet)
    return path


def _write_sheet(book: Any, page: Any, sheet: Sheet) -> None:
    bold = book.add_format({"bold": True})
    top = 0
    if sheet.title:
        page.merge_range(0, 0, 0, len(sheet.columns) - 1, sheet.title, bold)
        top = 2
    page.write_row(top, 0, list(sheet.columns), bold)
    for position, (header, cells) in enumerate(sheet.columns.items()):
        number = sheet.formats.get(header)
        style = book.add_format({"num_format": number}) if number else None
        page.write_column(top + 1, position, cells.tolist(), style)
        if header in sheet.footer:
            page.write(top + 1 + len(cells), position, sheet.footer[header], bold)
