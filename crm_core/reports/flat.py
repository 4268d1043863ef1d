"""Tables to take away: xlsx and CSV whose cells no spreadsheet takes for formulas."""

from io import BytesIO

import pandas as pd

from crm_core.reports.cells import harmless

_AS_TEXT = {"num_format": "@"}


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
