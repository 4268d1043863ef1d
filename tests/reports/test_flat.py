from io import BytesIO

import pandas as pd
from python_calamine import CalamineWorkbook

from crm_core.reports import flat

ROWS = pd.DataFrame({"值": ["=1+1", "@x", "-5", "+86 10", "http://e.x", "0012", None]})


def test_a_workbook_holds_texts_as_they_are() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(flat.as_xlsx(ROWS, "quarantine")))
    cells = [row[0] for row in book.get_sheet_by_index(0).to_python()]
    assert cells == ["值", "=1+1", "@x", "-5", "+86 10", "http://e.x", "0012"]


def test_no_cell_of_a_csv_is_a_formula_and_numbers_stay_numbers() -> None:
    lines = flat.as_csv(ROWS).decode("utf-8-sig").split("\r\n")
    assert lines[:6] == ["值", "'=1+1", "'@x", "-5", "'+86 10", "http://e.x"]


def test_the_head_of_a_csv_is_no_formula_either() -> None:
    assert flat.as_csv(pd.DataFrame({"=1+1": ["x"]})).decode("utf-8-sig").startswith("'=1+1")
