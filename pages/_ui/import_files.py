"""Tables to take away: xlsx and CSV whose cells no spreadsheet takes for formulas."""

from io import BytesIO

import pandas as pd

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OBEYED = ("=", "@", "+", "-", "\t", "\r")
"""How a cell begins that a spreadsheet takes for a formula."""


def as_xlsx(rows: pd.DataFrame, sheet: str) -> bytes:
    """A workbook with one sheet; texts stay texts, whatever they look like."""
    target = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(
        target, engine="xlsxwriter", engine_kwargs={"options": options}
    ) as workbook:
        rows.to_excel(workbook, sheet_name=sheet[:31], index=False, freeze_panes=(1, 0))
        workbook.sheets[sheet[:31]].autofit(360)
    return target.getvalue()


def as_csv(rows: pd.DataFrame) -> bytes:
    """UTF-8 with a mark at its start; an apostrophe keeps a text from being a formula."""
    return rows.map(_harmless).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_OBEYED) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(text: str) -> bool:
    return text[1:].replace(",", "").replace(".", "", 1).isdecimal()
