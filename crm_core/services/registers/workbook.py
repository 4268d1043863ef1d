"""A register as a file to take away, fill in and bring back: xlsx with drop-downs, or CSV."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, Literal

import xlsxwriter

from crm_core.domain.actor import Actor
from crm_core.domain.registers import FieldKind, Register, RegisterField, Value
from crm_core.i18n import Texts, mark
from crm_core.reports.cells import harmless, printable
from crm_core.services.registers.rows import Query, Row, known, listed
from crm_core.services.registers.values import written
from crm_core.store import Store

Form = Literal["xlsx", "csv"]
FORMS: dict[str, Form] = {".xlsx": "xlsx", ".csv": "csv"}
HEADS = {"id": mark("No."), "version": mark("Version (leave as it is)")}
_TO_FILL = 1_000
"""Rows below the last one that have drop-downs too."""
_DIGITS = 15
"""Of a number that a spreadsheet keeps."""
_WIDTHS = {FieldKind.LONG: 50, FieldKind.TEXT: 24, FieldKind.LIST: 24}
_DROP_DOWN = 255
"""Characters that the list of a drop-down has at most."""


@dataclass(frozen=True)
class Sheet:
    """The register's columns in words or codes, and the rows to write."""

    register: Register
    texts: Texts
    coded: bool

    @property
    def heads(self) -> list[str]:
        """The heads of the file."""
        id_, version = (code if self.coded else self.texts.text(HEADS[code]) for code in HEADS)
        fields = self.register.fields
        names = [one.name if self.coded else self.texts.label(one.label) for one in fields]
        return [id_, *names, version]

    def cell(self, field: RegisterField, row: Row) -> str:
        """A cell as text."""
        value = row.values.get(field.name)
        if self.coded and field.options and value is not None:
            return str(value)
        return printable(written(field, value, self.texts))


def export(
    store: Store,
    actor: Actor,
    name: str,
    texts: Texts,
    form: Form,
    *,
    query: Query | None = None,
    coded: bool = False,
    empty: bool = False,
) -> bytes:
    """The rows that are asked for as a file that `exchange.preview` takes back.

    `coded`: heads and choices are codes, not words. `empty`: no row, to be filled in.
    """
    rows = [] if empty else listed(store, actor, name, query)[0]
    sheet = Sheet(known(name), texts, coded)
    return _xlsx(sheet, rows) if form == "xlsx" else _csv(sheet, rows)


def _csv(sheet: Sheet, rows: Sequence[Row]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.heads)
    for row in rows:
        cells = [sheet.cell(field, row) for field in sheet.register.fields]
        writer.writerow([harmless(cell) for cell in (row.id, *cells, str(row.version))])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(sheet: Sheet, rows: Sequence[Row]) -> bytes:
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        page = book.add_worksheet(sheet.register.name)
        _head(book, page, sheet)
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        for column, field in enumerate(sheet.register.fields, 1):
            form = day if field.kind is FieldKind.DATE else text
            form = None if field.kind in (FieldKind.NUMBER, FieldKind.INTEGER) else form
            page.set_column(column, column, _WIDTHS.get(field.kind, 16), form)
            _drop_down(page, column, field, sheet, len(rows) + _TO_FILL)
            for line, row in enumerate(rows, 1):
                _put(page, line, column, row.values.get(field.name), sheet.cell(field, row), form)
        last = len(sheet.register.fields) + 1
        page.set_column(0, 0, 10, text)
        for line, row in enumerate(rows, 1):
            page.write_string(line, 0, row.id, text)
            page.write_number(line, last, row.version)
        page.freeze_panes(1, 2)
        page.autofilter(0, 0, max(1, len(rows)), last)
    return target.getvalue()


def _head(book: Any, page: Any, sheet: Sheet) -> None:
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    for column, head in enumerate(sheet.heads):
        page.write_string(0, column, head, bold)
    for column, field in enumerate(sheet.register.fields, 1):
        if field.help:
            page.write_comment(0, column, sheet.texts.label(field.help))


def _drop_down(page: Any, column: int, field: RegisterField, sheet: Sheet, rows: int) -> None:
    """The options to choose from, where one is chosen and they are short enough for a list."""
    words = [
        code if sheet.coded else sheet.texts.label(label) for code, label in field.options.items()
    ]
    if field.kind is FieldKind.YES_NO:
        words = [written(field, answer, sheet.texts) for answer in (True, False)]
    one = field.kind in (FieldKind.CHOICE, FieldKind.YES_NO)
    if one and len(",".join(words)) <= _DROP_DOWN and not any("," in word for word in words):
        page.data_validation(1, column, rows, column, {"validate": "list", "source": words})


def _put(page: Any, line: int, column: int, value: Value | None, text: str, form: Any) -> None:
    if isinstance(value, date):
        page.write_datetime(line, column, value, form)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool) and _is_kept(value):
        page.write_number(line, column, value)
    elif text:
        page.write_string(line, column, text, form)


def _is_kept(value: int | Decimal) -> bool:
    return len(Decimal(value).as_tuple().digits) <= _DIGITS
