"""Tables in markup, as systems write them that call it an Excel file: web pages and Excel's XML."""

import tempfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_process import read as read_path
from read_tables import Rows, only_table, rows_of

from crm_core.sources import ReadFile
from crm_core.sources.mojibake import is_suspect

Read = Callable[..., ReadFile]
SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
HEAD = '<meta http-equiv=Content-Type content="text/html; charset={}">'
FAR = '<Row ss:Index="900000"><Cell><Data ss:Type="String">b</Data></Cell></Row>'
ACROSS, DOWN, SECOND = 'ss:MergeAcross="2"', 'ss:MergeDown="1"', 'ss:Index="2"'
# What both can say: XML has no control characters, and a browser makes blanks in a row one.
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), max_size=8)
TABLE = st.lists(
    st.lists(WORDS.filter(lambda text: text and not is_suspect(text)), min_size=3, max_size=3),
    min_size=1,
    max_size=8,
)


def page(rows: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><table>{rows}</table></body></html>"


def row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def sheets(**rows: str) -> str:
    made = "".join(
        f'<Worksheet ss:Name="{name}"><Table>{inside}</Table></Worksheet>'
        for name, inside in rows.items()
    )
    return f'<?xml version="1.0"?><Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}">{made}</Workbook>'


def cell(kind: str, text: str, at: str = "") -> str:
    return f'<Cell {at}><Data ss:Type="{kind}">{text}</Data></Cell>'


def texts(*cells: str) -> str:
    return f"<Row>{''.join(cell('String', escape(text)) for text in cells)}</Row>"


def found(outcome: ReadFile) -> Rows:
    return rows_of(only_table(outcome).data)


def test_a_web_page_named_excel_is_read_as_its_table(read_bytes: Read) -> None:
    made = page("<tr><th>ID<th>Name</tr>" + row("007", "A &amp; B") + row("008", "<b>C</b>&nbsp;"))
    assert found(read_bytes(made.encode(), "report.xls")) == [
        (1, ["ID", "Name"]),
        (2, ["007", "A & B"]),
        (3, ["008", "C"]),
    ]


def test_what_stands_before_the_page_does_not_hide_it(read_bytes: Read) -> None:
    made = f"\ufeff\n<!-- made by <x> -->\n<?xml version='1.0'?>{page(row('a', 'b'))}"
    assert found(read_bytes(made.encode(), "a.xls")) == [(1, ["a", "b"])]


def test_lines_within_a_cell_stay_and_other_blanks_are_one(read_bytes: Read) -> None:
    made = page(row("a\n  b", "c<br>d<br/><br/>e", "<p>f</p>\n<p>g</p>", "<div>h</div>i"))
    [(_, cells)] = found(read_bytes(made.encode(), "a.xls"))
    assert cells == ["a b", "c\nd\ne", "f\ng", "h\ni"]


def test_what_a_page_does_not_show_is_not_read(read_bytes: Read) -> None:
    made = page(row("a<!-- x --><script>y</script><style>z</style>", "b"))
    assert found(read_bytes(made.encode(), "a.xls")) == [(1, ["a", "b"])]


def test_a_control_character_beside_a_line_break_is_read(read_bytes: Read) -> None:
    assert found(read_bytes(page(row("a\x01<br>b", "c" * 99)).encode(), "a.xls")) == [
        (1, ["a\x01\nb", "c" * 99])
    ]


def test_cells_over_columns_and_lines_leave_the_others_in_place(read_bytes: Read) -> None:
    made = page(
        "<tr><td colspan=3>Title</tr>"
        + row("City", "Name", "Sum")
        + "<tr><td rowspan=2>Wuhan<td>a<td rowspan=2>12.50</tr>"
        + row("b")
        + row("Xi'an", "c", "3")
    )
    outcome = read_bytes(made.encode(), "a.xls")
    assert found(outcome) == [
        (1, ["Title"]),
        (2, ["City", "Name", "Sum"]),
        (3, ["Wuhan", "a", "12.50"]),
        (4, ["Wuhan", "b", ""]),  # a number would count on each of its lines
        (5, ["Xi'an", "c", "3"]),
    ]
    assert [(note.code, note.lines) for note in only_table(outcome).notes] == [
        ("merged_filled", [4])
    ]


def test_the_tables_of_a_page_are_read_each_by_itself(read_bytes: Read) -> None:
    made = (
        "<table><tr><td>Report<td>"
        f"<table><caption>Orders</caption>{row('id', 'sum') + row('1', '2')}</table>"
        f"</td></tr></table><table>{row(' ')}</table><table>{row('x', 'y')}</table>"
    )
    outcome = read_bytes(made.encode(), "a.xls")
    assert outcome.problem is None
    assert {table.sheet: rows_of(table.data) for table in outcome.tables} == {
        "#1": [(1, ["Report"])],
        "#2 Orders": [(1, ["id", "sum"]), (2, ["1", "2"])],
        "#3": [(1, ["x", "y"])],
    }


@pytest.mark.parametrize("told", ["gb2312", "", "iso-8859-1"])
def test_a_chinese_page_is_read_whatever_it_says_of_itself(read_bytes: Read, told: str) -> None:
    rows = "".join(row(f"客户{name}有限公司", "上海") for name in "绳镕喆")
    made = page(row("客户名称", "城市") + rows, HEAD.format(told))
    assert found(read_bytes(made.encode("gb18030"), "a.xls"))[3] == (4, ["客户喆有限公司", "上海"])


def test_a_page_in_an_old_encoding_is_read_as_it_declares(read_bytes: Read) -> None:
    made = page(row("Ŕ1", "ç1") + row("Ă2", "Đ2"), HEAD.format("ISO-8859-2"))
    assert found(read_bytes(made.encode("iso8859-2"), "a.xls")) == [
        (1, ["Ŕ1", "ç1"]),
        (2, ["Ă2", "Đ2"]),
    ]


def test_a_page_in_utf_16_is_read(read_bytes: Read) -> None:
    made = page(row("客户", "é"), HEAD.format("utf-8"))
    assert found(read_bytes(made.encode("utf-16"), "a.xls")) == [(1, ["客户", "é"])]


def test_a_byte_that_is_no_text_is_shown_and_its_row_noted(read_bytes: Read) -> None:
    made = page(row("客户") * 30 + row("X")).encode().replace(b"X", b"a\xff")
    outcome = read_bytes(made, "a.xls")
    assert found(outcome)[30] == (31, ["a\ufffd"])
    assert [(note.code, note.lines) for note in only_table(outcome).notes] == [
        ("bytes_damaged", [31])
    ]


def test_a_page_cut_off_is_read_and_says_so(read_bytes: Read) -> None:
    made = page(row("id", "name") + row("1", "a") + row("2", "b"))
    outcome = read_bytes(made[: made.index("<td>b")].encode(), "a.xls")
    assert found(outcome)[-1] == (3, ["2", ""])
    assert [(note.code, note.lines) for note in only_table(outcome).notes] == [("page_cut", [3])]


@pytest.mark.parametrize(
    "inside",
    [
        "<p>Please sign in</p>",
        "<table></table>",
        f"<table>{row('User', '<input name=user>')}</table>",
        f"<table>{row('Country', '<select><option>a</select>')}</table>",
    ],
)
def test_a_page_for_people_is_refused(read_bytes: Read, inside: str) -> None:
    outcome = read_bytes(f"<!DOCTYPE html><html><body>{inside}</body></html>".encode(), "a.csv")
    assert outcome.problem
    assert outcome.problem.code == "web_page"


def test_a_hidden_field_of_the_program_does_not_make_it_a_page_for_people(
    read_bytes: Read,
) -> None:
    made = f"<div><form><input type=hidden name=state value=x>{page(row('a', 'b'))}</form></div>"
    assert found(read_bytes(made.encode(), "a.xls")) == [(1, ["a", "b"])]


def test_excels_xml_is_read_sheet_by_sheet(read_bytes: Read) -> None:
    hidden = '<x:Visible xmlns:x="urn:schemas-microsoft-com:office:excel">SheetHidden</x:Visible>'
    made = sheets(
        客户=texts("id", "name") + texts("007", "A & B"), Old=texts("x") + hidden, None_=""
    )
    outcome = read_bytes(made.encode(), "a.xls")
    assert [(table.sheet, table.hidden, table.rows) for table in outcome.tables] == [
        ("客户", False, 2),
        ("Old", True, 1),
    ]
    assert rows_of(outcome.tables[0].data)[1] == (2, ["007", "A & B"])


def test_the_kinds_of_cells_of_excels_xml_are_told_as_those_of_any_workbook(
    read_bytes: Read,
) -> None:
    kinds = [
        cell("Number", "1.25E+12"), cell("Number", "0.1"), cell("Number", "x"),
        cell("DateTime", "2009-05-01T00:00:00.000"), cell("DateTime", "2009-05-01T12:30:00.000"),
        cell("DateTime", "1899-12-31T08:15:00.000"), cell("Boolean", "1"), cell("Error", "#N/A"),
        cell("String", "a<B>b</B>"),
    ]  # fmt: skip
    [(_, cells)] = found(read_bytes(sheets(S=f"<Row>{''.join(kinds)}</Row>").encode(), "a.xls"))
    assert cells == [
        *("1250000000000", "0.1", "x", "2009-05-01", "2009-05-01 12:30:00", "08:15:00"),
        *("TRUE", "#N/A", "ab"),
    ]


def test_places_and_merged_cells_of_excels_xml_are_kept(read_bytes: Read) -> None:
    made = sheets(
        S=f"<Row>{cell('String', 'Title', ACROSS)}{cell('String', 'd')}</Row>"
        f'<Row ss:Index="3">{cell("String", "A", DOWN)}{cell("Number", "1")}'
        '<Cell ss:Index="250" ss:StyleID="s1"/></Row>'
        f"<Row>{cell('Number', '2', SECOND)}</Row>"
        '<Row ss:Index="60000"><Cell ss:StyleID="s1"/></Row>'
    )
    assert found(read_bytes(made.encode(), "a.xls")) == [
        (1, ["Title", "", "", "d"]),
        (2, []),
        (3, ["A", "1", "", ""]),
        (4, ["A", "2", "", ""]),
    ]


def test_excels_xml_brings_no_other_file_along(read_bytes: Read, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    entity = f'<!DOCTYPE Workbook [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    made = sheets(S=f"<Row>{cell('String', 'a&x;b')}</Row>").replace("?>", f"?>{entity}")
    assert found(read_bytes(made.encode(), "a.xls")) == [(1, ["a&x;b"])]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (sheets(S=texts("a"))[:-20], "workbook_broken"),
        (sheets(S='<Row ss:Index="2"/><Row ss:Index="2"/>'), "workbook_broken"),
        (sheets(S=""), "workbook_empty"),
        (sheets(S=texts(*"abcdefghijkl") + FAR), "sheet_sparse"),
        ("<b>Acme</b>,<table><tr><td>1</table>\n", "xml_unknown"),
        ("<?xml version='1.0'?><customers><customer id='1'/></customers>", "xml_unknown"),
    ],
)
def test_xml_that_is_no_whole_sheet_is_refused(read_bytes: Read, content: str, code: str) -> None:
    outcome = read_bytes(content.encode(), "a.xls")
    assert outcome.problem
    assert outcome.problem.code == code


@given(TABLE)
def test_any_texts_come_back_from_a_page_and_from_excels_xml(table: list[list[str]]) -> None:
    expected = [(line, cells) for line, cells in enumerate(table, 1)]
    as_page = page("".join(row(*map(escape, cells)) for cells in table))
    as_sheet = sheets(S="".join(texts(*cells) for cells in table))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.xls")
        for made in (as_page, as_sheet):
            path.write_text(made, encoding="utf-8")
            assert found(read_path(path, Path(folder))) == expected
