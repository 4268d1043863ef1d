"""Several tables in one file come as several; whatever may be one table stays one."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
import xlsxwriter
from in_process import read
from read_tables import only_table, rows_of

from crm_core.sources import RawTable, ReadFile

Read = Callable[..., ReadFile]
Table = list[list[str]]

DEALS = [
    ["Opportunity ID", "Account", "Amount", "Close Date"],
    *([f"OP-{n}", f"Acme {chr(65 + n)}", str(1000 + n), f"2024-03-{n + 1:02}"] for n in range(9)),
]
PRODUCTS = [
    ["Product", "Series", "Sales Price"],
    *([f"GTX {word}", "GTX", str(550 + n)] for n, word in enumerate(["Basic", "Pro", "Plus"])),
]
STAFF = [["销售代表", "团队", "区域"], ["王芳", "一组", "华东"], *[["李强", "二组", "华北"]] * 3]
SECTION = [["East region"], *DEALS[1:4]]


def text(table: Table) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue().encode()


def padded(table: Table) -> Table:
    width = max(map(len, table))
    return [[*row, *[""] * (width - len(row))] for row in table]


def cells(table: RawTable) -> list[list[str]]:
    """The filled lines."""
    return [row for _, row in rows_of(table.data) if any(row)]


@pytest.mark.parametrize("form", [list, padded])
@pytest.mark.parametrize("gap", [[[]], [[], []], [[], ["Product list"]], [["Products"], []]])
@pytest.mark.parametrize("second", [PRODUCTS, STAFF])
def test_two_tables_one_below_the_other_come_as_two_with_their_lines(
    read_bytes: Read, form: Callable[[Table], Table], gap: Table, second: Table
) -> None:
    gap = [[], *gap] if gap[0] else gap
    first, other = read_bytes(text(form([*DEALS, *gap, *second]))).tables
    titled = [row for row in gap if row]
    assert cells(first) == DEALS
    assert [row[: len(second[0])] for row in cells(other) if len(row) > 1][-len(second) :] == second
    assert other.columns == len(second[0])
    last = len(DEALS) + len(gap) + len(second)
    lines = [line for table in (first, other) for line, _ in rows_of(table.data)]
    assert lines == list(range(1, last + 1))
    assert other.first_line == rows_of(other.data)[0][0]
    assert (first.sheet, other.sheet) == ("#1", "#2" + "".join(f" {row[0]}" for row in titled))


@pytest.mark.parametrize("blank", ["\u3000", "\u00a0", "\t", "\ufeff"])
@pytest.mark.parametrize("first", [[DEALS[0]], [DEALS[0], ["OP-99", "two, or", "1", "2", "", "x"]]])
def test_a_line_of_blanks_that_do_not_show_parts_two_tables_as_an_empty_one_does(
    read_bytes: Read, tmp_path: Path, blank: str, first: Table
) -> None:
    table = [*first, *DEALS[1:], [blank] * 4, *PRODUCTS]
    assert len(read_bytes(text(table)).tables) == 2
    assert len(sheet_of(tmp_path, [(0, 0, table)]).tables) == 2


def test_a_column_of_blanks_that_do_not_show_parts_tables_side_by_side(tmp_path: Path) -> None:
    table = [[*row, "\u3000"] for row in DEALS]
    beside = [(0, 0, table), (0, len(table[0]), STAFF)]
    assert len(sheet_of(tmp_path, beside).tables) == 2


@pytest.mark.parametrize("rows", [1, 2])
def test_a_blank_line_after_the_header_or_first_row_of_a_second_table_does_not_hide_it(
    read_bytes: Read, rows: int
) -> None:
    first, other = read_bytes(text([*DEALS, [], *PRODUCTS[:rows], [], *PRODUCTS[rows:]])).tables
    assert cells(first) == DEALS
    assert cells(other) == PRODUCTS


@pytest.mark.parametrize("title", [[], [["Products"]]])
def test_groups_above_the_header_of_a_second_table_do_not_hide_it(
    tmp_path: Path, title: Table
) -> None:
    groups = [["What it is", "", "Money"]]
    first, other = sheet_of(tmp_path, [(0, 0, [*DEALS, [""], *title, *groups, *PRODUCTS])]).tables
    assert cells(first) == DEALS
    assert cells(other)[len(title) :] == [*groups, *PRODUCTS]
    assert other.sheet == "S#2" + "".join(f" {row[0]}" for row in title)


def test_tables_are_told_apart_in_a_folder_named_like_a_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "a[1]"
    folder.mkdir()
    (folder / "both.csv").write_bytes(text([*DEALS, [], *padded([*PRODUCTS, ["", "", "", ""]])]))
    assert len(read(folder / "both.csv", folder).tables) == 2


def test_a_line_of_the_second_table_is_not_fitted_into_the_first(read_bytes: Read) -> None:
    many = [[f"OP-{n}", f"Acme {n}", str(1000 + n), "2024-03-01"] for n in range(40)]
    few = [["Kind", "Amount"], *([f"OP-{n}", str(n)] for n in range(6))]
    first, other = read_bytes(text([DEALS[0], *many, [], *few])).tables
    assert (cells(first)[1:], cells(other)) == (many, few)


def test_quoted_line_breaks_do_not_shift_the_lines_of_a_second_table(read_bytes: Read) -> None:
    deals = [*DEALS[:3], ["OP-9", "two\n\nlines", "5", "2024-03-01"]]
    first, other = read_bytes(text([*deals, [], *PRODUCTS])).tables
    assert cells(first) == deals
    assert rows_of(other.data)[0] == (8, PRODUCTS[0])


@pytest.mark.parametrize(
    "table",
    [
        [["Report"], ["Date", "2024-01-01"], [], *DEALS],
        [*DEALS, [], ["Total", "", "9036"], [], ["Exported by the office"]],
        [*DEALS[:5], [], *DEALS[5:]],
        [*DEALS, [], *DEALS],
        [DEALS[0], *SECTION, [], ["West region"], *DEALS[4:]],
        [DEALS[0], *SECTION, [], ["West region"], ["none", "none", "none", "none"], *DEALS[4:]],
        [*DEALS, [], ["Filter", "Value"], ["Year", "2024"], ["Owner", "all"]],
        [*PRODUCTS, [], ["Name", "Note", "Remark"], ["a", "b", "c"]],
        [["a", "b"], [], ["c", "d"], [], ["e", "f"]],
    ],
)
@pytest.mark.parametrize("form", [list, padded])
def test_what_may_be_one_table_stays_one(
    read_bytes: Read, tmp_path: Path, table: Table, form: Callable[[Table], Table]
) -> None:
    assert only_table(read_bytes(text(form(table)))).sheet is None
    assert only_table(sheet_of(tmp_path, [(0, 0, table)])).sheet == "S"


def sheet_of(folder: Path, blocks: list[tuple[int, int, Table]]) -> ReadFile:
    """A workbook with one sheet that has these tables at these rows and columns."""
    with xlsxwriter.Workbook(folder / "s.xlsx") as book:
        sheet = book.add_worksheet("S")
        for row, column, table in blocks:
            for at, line in enumerate(table):
                sheet.write_row(row + at, column, line)
    return read(folder / "s.xlsx", folder)


@pytest.mark.parametrize(
    "blocks",
    [
        [(0, 0, DEALS), (len(DEALS) + 1, 0, PRODUCTS)],
        [(0, 0, DEALS), (0, 5, PRODUCTS)],
        [(0, 0, PRODUCTS), (2, 4, DEALS)],
        [(0, 0, DEALS), (0, 5, PRODUCTS), (len(PRODUCTS) + 2, 5, STAFF)],
        [(0, 0, DEALS), (0, 5, [["Lead ID", "Name"], *([f"L{n}", f"n{n}"] for n in range(9))])],
        [(1, 1, DEALS), (len(DEALS) + 4, 3, PRODUCTS)],
    ],
)
def test_tables_on_a_sheet_come_each_with_the_rows_that_excel_shows(
    tmp_path: Path, blocks: list[tuple[int, int, Table]]
) -> None:
    tables = sheet_of(tmp_path, blocks).tables
    assert [cells(table) for table in tables] == [table for _, _, table in blocks]
    assert [next(line for line, row in rows_of(table.data) if row) for table in tables] == [
        row + 1 for row, _, _ in blocks
    ]
    assert [table.sheet for table in tables] == [f"S#{n + 1}" for n in range(len(blocks))]


@pytest.mark.parametrize(
    "blocks",
    [
        [(0, 0, DEALS), (3, 6, [["a note"], ["beside it"]])],
        [(0, 0, DEALS), (0, 5, [["Remark", "Year"], *([f"r{n}", "2024"] for n in range(9))])],
        [(0, 0, DEALS), (0, 5, [["Remark", "Year"], *([f"r{n}", "2024"] for n in range(8))])],
        [(0, 0, [row[:2] for row in DEALS]), (0, 3, [row[2:] for row in DEALS])],
    ],
)
def test_a_blank_column_alone_does_not_cut_a_table(
    tmp_path: Path, blocks: list[tuple[int, int, Table]]
) -> None:
    assert only_table(sheet_of(tmp_path, blocks)).sheet == "S"
