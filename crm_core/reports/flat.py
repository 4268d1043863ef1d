"""Tables to take away: xlsx and CSV whose cells no spreadsheet takes for formulas."""

import re
from io import BytesIO

import pandas as pd

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OBEYED = ("=", "@", "+", "-", "\t", "\r")
"""How a cell begins that a spreadsheet takes for a formula."""
_AS_TEXT = {"num_format": "@"}
_LONGEST = 32_767
"""Letters of a cell that a workbook holds."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def as_xlsx(rows: pd.DataFrame, sheet: str, *, typed: bool = False) -> bytes:
    """A workbook with one sheet; texts stay texts, whatever they look like.

    `typed`: people will type into it, and what they type stays a text too: 007 keeps its zeros.
    """
    target = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(
        target, engine="xlsxwriter", engine_kwargs={"options": options}
    ) as workbook:
        rows.to_excel(workbook, sheet_name=sheet[:31], index=False, freeze_panes=(1, 0))
        page = workbook.sheets[sheet[:31]]
        if typed:
            page.set_column(0, len(rows.columns) - 1, None, workbook.book.add_format(_AS_TEXT))
        page.autofit(360)
    return target.getvalue()


def as_csv(rows: pd.DataFrame) -> bytes:
    """UTF-8 with a mark at its start; an apostrophe keeps a text from being a formula."""
    safe = rows.map(harmless).rename(columns=harmless)
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def printable(cell: str | None) -> str:
    """A text as a file of either kind can hold it: nothing unprintable, not too long."""
    text = (cell or "").replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub(" ", text)[:_LONGEST]


def meant(cell: str | None) -> str:
    """The text that a cell of a file stands for that was written here: without the apostrophe."""
    text = cell or ""
    return text[1:] if text.startswith("'") and text[1:].startswith(_OBEYED) else text


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; what was made so already stays so."""
    if not isinstance(cell, str) or not cell.startswith(_OBEYED) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(text: str) -> bool:
    return text[0] in "+-" and text[1:].replace(",", "").replace(".", "", 1).isdecimal()
