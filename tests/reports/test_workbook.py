"""Workbooks: numbers are numbers, and no text ever becomes a formula."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from crm_core.reports.workbook import Column, Sheet, workbook


def made(columns, rows, name="Figures", facts=(("As of", "today"),)) -> bytes:
    return workbook([Sheet(name, "Title", facts, columns, rows)])


def read(book: bytes):
    opened = CalamineWorkbook.from_filelike(BytesIO(book))
    return opened.get_sheet_by_index(0).to_python()


def xml(book: bytes, part: str = "xl/worksheets/sheet1.xml") -> str:
    with ZipFile(BytesIO(book)) as archive:
        return archive.read(part).decode()


@pytest.mark.parametrize("sign", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)", "\t=1", "{=1}"])
def test_no_text_becomes_a_formula_or_a_link(sign: str) -> None:
    book = made([Column("Name")], [[sign]], facts=[(sign, sign)], name="Figures")
    assert "<f>" not in xml(book)
    assert read(book)[-1][0] == sign


def test_a_link_in_the_data_stays_text() -> None:
    assert "hyperlink" not in xml(made([Column("Site")], [["https://example.com/x"]]))


def test_numbers_money_and_dates_keep_their_kind() -> None:
    columns = [Column("n", "integer"), Column("m", "money"), Column("p", "percent")]
    columns += [Column("d", "date"), Column("t", "text"), Column("f", "flag")]
    row = [3, Decimal("12.3456"), 0.25, date(2024, 6, 30), "007", True]
    assert read(made(columns, [row]))[-1] == [3, 12.3456, 0.25, date(2024, 6, 30), "007", "yes"]


def test_what_is_missing_stays_blank() -> None:
    columns = [Column("a"), *(Column(name, "number") for name in "bcd")]
    row = ["x", None, float("nan"), Decimal("Infinity")]
    assert read(made(columns, [row]))[-1] == ["x", "", "", ""]


def test_dates_before_the_spreadsheet_began_are_written_as_text() -> None:
    book = made([Column("d", "date")], [[date(1870, 1, 2)], [datetime(1, 1, 1)]])
    assert [line[0] for line in read(book)[-2:]] == ["1870-01-02", "0001-01-01"]


def test_the_head_says_what_is_shown_and_stays_in_sight() -> None:
    book = made([Column("Name")], [["a"]], facts=[("Period", "2024")])
    assert read(book)[:2] == [["Title", ""], ["Period", "2024"]]
    assert 'state="frozen"' in xml(book)


def test_a_printed_page_is_as_wide_as_the_table_with_the_heads_on_each() -> None:
    content = workbook([Sheet("A", "All", [("By", "Ann")], [Column("No.")] * 30, [["x"] * 30])])
    page = load_workbook(BytesIO(content)).active
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_title_rows == "$4:$4"


def test_a_chinese_column_is_wide_enough() -> None:
    narrow, wide = (xml(made([Column(head)], [["x"]])) for head in ("abcdefgh", "收入收入收入收入"))
    assert 'width="10.7' in narrow and 'width="18.7' in wide


def test_a_sheet_may_be_called_anything() -> None:
    book = made([Column("a")], [["x"]], name="a/b:[c]*?" + "长" * 40)
    assert len(CalamineWorkbook.from_filelike(BytesIO(book)).sheet_names[0]) <= 31
