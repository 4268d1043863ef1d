"""A checklist written as a workbook to change and bring back, or as YAML."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from crm_core.domain.checklists import Checklist
from crm_core.i18n import Texts
from crm_core.reference.checklists import written as as_yaml
from crm_core.reports.cells import printable
from crm_core.services.checklists.exchange.columns import OWNER, PAGES, Column, Page
from crm_core.services.checklists.exchange.sheets import BOOK, Styles, put_choice, put_number

_TO_FILL = 500
"""Rows below the last one that have drop-downs too."""

__all__ = ["as_workbook", "as_yaml"]


def as_workbook(checklist: Checklist | None, texts: Texts) -> bytes:
    """The checklist with heads, help and choices in the reader's language; of none the sheets
    alone, to be filled in. `read.read` takes it back without a difference."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, **BOOK}) as book:
        styles = Styles(book)
        for page in PAGES:
            rows = list(_rows(checklist, page)) if checklist else []
            _write(book.add_worksheet(texts.text(page.head)), page, rows, styles, texts)
    return target.getvalue()


def _rows(checklist: Checklist, page: Page) -> Iterator[tuple[str, Any]]:
    """What the rows of a sheet belong to, and the part of each."""
    match page.code:
        case "checklist":
            yield "", checklist
        case "sections":
            yield from (("", one) for one in checklist.sections)
        case "items":
            yield from ((one.id, item) for one in checklist.sections for item in one.items)
        case parts:
            yield from ((one.id, part) for one in checklist.items for part in getattr(one, parts))


def _write(
    sheet: Any, page: Page, rows: list[tuple[str, Any]], styles: Styles, texts: Texts
) -> None:
    for at, column in enumerate(page.columns):
        sheet.set_column(at, at, column.width, styles.text)
        sheet.write_string(0, at, column.title(texts), styles.head)
        sheet.write_comment(0, at, texts.text(column.help))
        put_choice(sheet, at, len(rows) + _TO_FILL, _choice(column, texts))
        for line, (owner, part) in enumerate(rows, 1):
            _put(sheet, line, at, _cell(column, owner, part, texts), styles)
    sheet.freeze_panes(1, 2 if page.owner else 1)


def _choice(column: Column, texts: Texts) -> list[str]:
    if column.kind == "yes_no":
        return [texts.text("yes"), texts.text("no")]
    return [texts.text(word) for word in column.options.values()] if column.kind == "one" else []


def _cell(column: Column, owner: str, part: Any, texts: Texts) -> str | Decimal | None:
    if column.code == OWNER:
        return owner
    value = part
    for step in column.path:
        value = getattr(value, step, None)
    if isinstance(value, tuple):
        return "; ".join(_word(column, one, texts) for one in value)
    if isinstance(value, bool):
        return texts.text("yes") if value else texts.text("no")
    if isinstance(value, int):
        return Decimal(value)
    return value if isinstance(value, Decimal) or value is None else _word(column, value, texts)


def _word(column: Column, code: str, texts: Texts) -> str:
    return texts.text(column.options[code]) if code in column.options else printable(code)


def _put(sheet: Any, line: int, at: int, value: str | Decimal | None, styles: Styles) -> None:
    if isinstance(value, Decimal) and put_number(sheet, line, at, value, styles.number):
        return
    if value is not None and value != "":
        text = f"{value:f}" if isinstance(value, Decimal) else value
        sheet.write_string(line, at, text, styles.text)
