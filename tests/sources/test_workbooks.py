"""Workbooks old and new: sheets, row numbers, and cells as text."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from struct import pack
from zipfile import ZipFile

import pytest
import xlsxwriter
import xlwt
from in_process import read
from read_tables import only_table, open_document, rows_of

from crm_core.sources.cells import text_of

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"

DAY, MOMENT = datetime(2024, 2, 29), datetime(2024, 2, 29, 13, 5, 9)


def test_cells_of_a_new_workbook_are_written_as_agreed(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        hours = book.add_format({"num_format": "[h]:mm:ss"})
        sheet = book.add_worksheet("订单")
        sheet.write_row(0, 0, ["id", 120000000000, 0.1 + 0.2, 0.00001, 12.50, -3, True])
        sheet.write_datetime(1, 0, DAY, day)
        sheet.write_datetime(1, 1, MOMENT, day)
        sheet.write_number(1, 2, 1.5625, hours)
        sheet.write_formula(1, 3, "=1+1", None, 2)
        sheet.write_string(1, 4, "00123")
    table = only_table(read(tmp_path / "a.xlsx", tmp_path))
    assert (table.sheet, table.hidden) == ("订单", False)
    assert rows_of(table.data) == [
        (1, ["id", "120000000000", "0.3", "0.00001", "12.5", "-3", "TRUE"]),
        (2, ["2024-02-29", "2024-02-29 13:05:09", "37:30:00", "2", "00123", "", ""]),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (999999999999999.0, "999999999999999"),
        (110101199003070000.0, "110101199003070000"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (-0.5, "-0.5"),
        (1e300, "1e+300"),
    ],
)
def test_a_number_is_written_without_exponent_as_long_as_it_can_be_an_id(
    value: float, text: str
) -> None:
    assert text_of(value) == text


def test_cells_of_a_legacy_workbook_are_written_as_agreed(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("退货")
    for at, value in enumerate(["编号", 120000000000, 12.5, True]):
        sheet.write(0, at, value)
    sheet.write(1, 0, DAY, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    book.save(tmp_path / "a.xls")
    table = only_table(read(tmp_path / "a.xls", tmp_path))
    assert rows_of(table.data) == [
        (1, ["编号", "120000000000", "12.5", "TRUE"]),
        (2, ["2024-02-29", "", "", ""]),
    ]


def test_lines_are_the_rows_that_excel_shows(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(3, 2, ["id", "name"])
        sheet.write_row(5, 2, ["1", "Acme"])
    rows = rows_of(only_table(read(tmp_path / "a.xlsx", tmp_path)).data)
    assert rows == [(1, []), (2, []), (3, []), (4, ["id", "name"]), (5, []), (6, ["1", "Acme"])]


def test_each_filled_sheet_is_a_table_and_hidden_ones_say_so(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("orders").write(0, 0, "id")
        book.add_worksheet("empty")
        lists = book.add_worksheet("lists")
        lists.write(0, 0, "value")
        lists.hide()
        book.add_worksheet("nothing").very_hidden()
        book.add_chartsheet("chart")
    tables = read(tmp_path / "a.xlsx", tmp_path).tables
    assert [(table.sheet, table.hidden) for table in tables] == [
        ("orders", False),
        ("lists", True),
    ]


def test_a_workbook_named_csv_is_read_as_the_workbook_it_is(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("orders").write_row(0, 0, ["id", "name"])
    path = (tmp_path / "a.xlsx").rename(tmp_path / "a.csv")
    assert only_table(read(path, tmp_path)).sheet == "orders"


def test_a_legacy_workbook_cut_off_near_its_end_is_called_broken(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "id")
    book.save(tmp_path / "whole.xls")
    (tmp_path / "cut.xls").write_bytes((tmp_path / "whole.xls").read_bytes()[:-500])
    problem = read(tmp_path / "cut.xls", tmp_path).problem
    assert problem
    assert problem.code == "workbook_broken"


def test_errors_of_a_new_workbook_keep_their_names(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("s")
        sheet.write_row(0, 0, ["id", 'a < t="e"', "c"])
        sheet.write_formula(1, 0, "=NA()", None, "#N/A")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_number(1, 2, 5)
    rows = rows_of(only_table(read(tmp_path / "a.xlsx", tmp_path)).data)
    assert rows == [(1, ["id", 'a < t="e"', "c"]), (2, ["#N/A", "#DIV/0!", "5"])]
    assert [path.name for path in tmp_path.rglob("*.zip")] == []


def test_errors_of_a_legacy_workbook_keep_their_names(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 2, "id")
    sheet.row(3).set_cell_error(3, 0x2A)
    sheet.row(3).set_cell_error(4, 0x07)
    sheet.write(3, 5, 5)
    book.save(tmp_path / "a.xls")
    rows = rows_of(only_table(read(tmp_path / "a.xls", tmp_path)).data)
    assert rows[3] == (4, ["", "#N/A", "#DIV/0!", "5"])


def test_errors_of_an_open_document_keep_their_names(tmp_path: Path) -> None:
    error = '<table:table-cell office:value-type="string" office:string-value="" '
    error += 'calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
    word = '<table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell>'
    row = "<table:table-row>{}</table:table-row>"
    open_document(tmp_path / "a.ods", row.format(word) + row.format(error))
    rows = rows_of(only_table(read(tmp_path / "a.ods", tmp_path)).data)
    assert rows == [(1, ["id"]), (2, ["#N/A"])]


@pytest.mark.parametrize("named", [1252, 936])
def test_texts_of_a_legacy_workbook_are_read_whatever_code_page_it_names(
    tmp_path: Path, named: int
) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("甲")
    for at, text in enumerate(["客户名称", "Société", "id"]):
        sheet.write(0, at, text)
    book.save(tmp_path / "a.xls")
    content = (tmp_path / "a.xls").read_bytes()
    record = pack("<3H", 0x42, 2, 1200)
    assert content.count(record) == 1
    (tmp_path / "a.xls").write_bytes(content.replace(record, pack("<3H", 0x42, 2, named)))
    table = only_table(read(tmp_path / "a.xls", tmp_path))
    assert (table.sheet, rows_of(table.data)) == ("甲", [(1, ["客户名称", "Société", "id"])])


def test_every_line_of_a_merged_cell_has_its_text_and_the_note_says_so(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(1, 1, ["order", "day", "product", "total"])
        sheet.merge_range(2, 1, 4, 1, "SO-1")
        sheet.merge_range(2, 2, 3, 2, DAY, day)
        sheet.merge_range(2, 4, 3, 4, 300)
        for row, product in enumerate(("desk", "lamp", "chair", "", "shelf"), 2):
            sheet.write(row, 3, product)
        sheet.merge_range(5, 1, 6, 1, "SO-2")
    table = only_table(read(tmp_path / "a.xlsx", tmp_path))
    assert rows_of(table.data)[2:] == [
        (3, ["SO-1", "2024-02-29", "desk", "300"]),
        (4, ["SO-1", "2024-02-29", "lamp", ""]),
        (5, ["SO-1", "", "chair", ""]),
        (6, ["SO-2", "", "", ""]),
        (7, ["SO-2", "", "shelf", ""]),
    ]
    [note] = table.notes
    assert (note.code, note.count, note.lines) == ("merged_filled", 4, [4, 4, 5, 7])


def test_cells_merged_sideways_and_blank_lines_below_a_merged_one_stay_blank(
    tmp_path: Path,
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1, 1, "Report")
        sheet.write_row(2, 0, ["id", "name"])
        sheet.merge_range(3, 0, 5, 0, "K1")
        sheet.write(3, 1, "Acme")
        sheet.write_row(6, 0, ["K2", "Bolt"])
    table = only_table(read(tmp_path / "a.xlsx", tmp_path))
    assert [cells for _, cells in rows_of(table.data)] == [
        ["Report", ""], [], ["id", "name"], ["K1", "Acme"], [], [], ["K2", "Bolt"],
    ]  # fmt: skip
    assert table.notes == []


def test_a_cell_once_decoded_wrongly_is_set_right_and_noted(tmp_path: Path) -> None:
    spoilt = "通讯中断".encode().decode("gb18030")
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_column(0, 0, ["主题", spoilt, "无法登录"])
    table = only_table(read(tmp_path / "a.xlsx", tmp_path))
    assert [cells for _, cells in rows_of(table.data)] == [["主题"], ["通讯中断"], ["无法登录"]]
    [note] = table.notes
    assert (note.code, note.lines, note.texts) == ("encoding_mended", [2], [spoilt])


def test_a_legacy_workbook_with_a_new_one_embedded_is_read_as_itself(tmp_path: Path) -> None:
    inner, outer = tmp_path / "inner.xlsx", tmp_path / "outer.xls"
    with xlsxwriter.Workbook(inner) as book:
        book.add_worksheet().write_formula("A1", "=1/0", None, "#DIV/0!")
    legacy = xlwt.Workbook()
    sheet = legacy.add_sheet("Deals")
    for at, value in enumerate(["id", "1", "2"]):
        sheet.write(at, 0, value)
        sheet.write(at, 1, value)
    legacy.save(outer)
    outer.write_bytes(outer.read_bytes() + inner.read_bytes())
    table = only_table(read(outer, tmp_path))
    assert [cells for _, cells in rows_of(table.data)] == [["id", "id"], ["1", "1"], ["2", "2"]]


@pytest.mark.parametrize(
    "place", [lambda name: name.replace("/", "\\"), lambda name: name.removeprefix("xl/")]
)
def test_a_workbook_whose_parts_are_where_excel_would_not_put_them_is_read(
    tmp_path: Path, place: Callable[[str], str]
) -> None:
    with xlsxwriter.Workbook(tmp_path / "usual.xlsx") as book:
        book.add_worksheet().write_row(0, 0, ["id", "name"])
    with ZipFile(tmp_path / "usual.xlsx") as usual, ZipFile(tmp_path / "a.xlsx", "w") as odd:
        for name in usual.namelist():
            content = usual.read(name).replace(b'="xl/', b'="').replace(b"/xl/", b"/")
            odd.writestr(place(name), content if "\\" not in place("a/b") else usual.read(name))
    table = only_table(read(tmp_path / "a.xlsx", tmp_path))
    assert rows_of(table.data) == [(1, ["id", "name"])]


def record(kind: int, content: bytes = b"") -> bytes:
    """One of a binary workbook, of a length below 128."""
    number = [kind] if kind < 128 else [kind & 0x7F | 0x80, kind >> 7]
    return bytes([*number, len(content)]) + content


def text(value: str) -> bytes:
    return pack("<I", len(value)) + value.encode("utf-16-le")


def packed(book: bytes, sheet: bytes) -> bytes:
    """A binary workbook of one sheet."""
    link = f'<Relationship Id="rId1" Type="{RELATION}" Target="worksheets/sheet1.bin"/>'
    out = BytesIO()
    with ZipFile(out, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/workbook.bin", book + record(144) + record(132))
        parts.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{link}</Relationships>")
        parts.writestr("xl/worksheets/sheet1.bin", sheet)
    return out.getvalue()


def test_a_binary_workbook_is_read_with_its_error_values(tmp_path: Path) -> None:
    book = record(131) + record(143) + record(156, pack("<II", 0, 1) + text("rId1") + text("订单"))
    rows = record(129) + record(148, pack("<4I", 0, 1, 0, 1)) + record(145)
    for row, (name, value) in enumerate([("id", 1.5), ("007", 0x2A)]):
        rows += record(0, pack("<I13x", row)) + record(6, pack("<II", 0, 0) + text(name))
        at = pack("<II", 1, 0)
        is_error = isinstance(value, int)
        rows += record(3, at + bytes([value])) if is_error else record(5, at + pack("<d", value))
    (tmp_path / "a.xlsb").write_bytes(packed(book, rows + record(146) + record(130)))
    (tmp_path / "cut.xlsb").write_bytes(packed(book, rows[:-9]))
    problem = read(tmp_path / "cut.xlsb", tmp_path).problem
    assert problem
    assert problem.code == "workbook_broken"
    table = only_table(read(tmp_path / "a.xlsb", tmp_path))
    assert (table.sheet, rows_of(table.data)) == (
        "订单",
        [(1, ["id", "1.5"]), (2, ["007", "#N/A"])],
    )
