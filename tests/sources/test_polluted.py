"""Every kind of dirt in a delimited file, one at a time, against the clean table beneath it."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from read_tables import only_table, rows_of

from crm_core.sources import ReadFile

Read = Callable[..., ReadFile]

HEADER = ["date", "time", "qty", "code", "price", "product", "about", "remark"]
TABLE = [
    [
        f"{1 + n % 28:02}/0{1 + n % 9}/2024",
        f"{n % 24:02}:15",
        str(n % 7),
        f"AB-{1000 + n}",
        f"${10 + n}.50",
        "Boots, brown" if n % 3 else 'Desk 48"',
        f"Made for {'work' if n % 2 else 'the hills'}, and quick",
        "",
    ]
    for n in range(40)
]
CLEAN = [HEADER, *TABLE]
AT = 20  # the line that is damaged; its product is 'Boots, brown'
ABOUT = '"Made for work, and quick"'


def text(table: list[list[str]], **how: Any) -> str:
    out = StringIO()
    csv.writer(out, **{"lineterminator": "\n", **how}).writerows(table)
    return out.getvalue()


def with_line(change: Callable[[str], str]) -> bytes:
    """The clean text with one line of it changed."""
    lines = text(CLEAN).splitlines(keepends=True)
    changed = change(lines[AT])
    assert changed != lines[AT]
    lines[AT] = changed
    return "".join(lines).encode()


def cells(read_bytes: Read, content: bytes) -> list[list[str]]:
    return [row for _, row in rows_of(only_table(read_bytes(content)).data)]


@pytest.mark.parametrize(
    ("written", "delimiter"),
    [
        (text(CLEAN, delimiter=";"), ";"),
        (text(CLEAN, delimiter="\t"), "\t"),
        (text(CLEAN, delimiter="^"), "^"),
        (text(CLEAN, delimiter="\x1f"), "\x1f"),
        (text(CLEAN, delimiter="|").replace("|", "||"), "||"),
        (text(CLEAN, delimiter="|").replace("|", "~|~"), "~|~"),
        (text(CLEAN, delimiter=" "), " "),
        (text(CLEAN, quotechar="'"), ","),
        (text(CLEAN, quotechar="'", quoting=csv.QUOTE_ALL), ","),
        (text(CLEAN, doublequote=False, escapechar="\\"), ","),
        (text(CLEAN, lineterminator="\r"), ","),
        (text(CLEAN[:20], lineterminator="\r\n") + text(CLEAN[20:]), ","),
        (text(CLEAN).rstrip("\n"), ","),
    ],
)
def test_a_table_is_read_in_whatever_dialect_it_is_written(
    read_bytes: Read, written: str, delimiter: str
) -> None:
    table = only_table(read_bytes(written.encode()))
    assert table.dialect
    assert table.dialect.delimiter == delimiter
    assert [row for _, row in rows_of(table.data)] == CLEAN


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.replace(",", "", 1),
        lambda line: line.replace(",AB", "AB"),
        lambda line: line.replace(',"Boots', '"Boots'),
        lambda line: line.replace('","', '""'),
        lambda line: line.replace(",\n", "\n"),
        lambda line: "," + line,
        lambda line: line.replace(",AB", ",,AB"),
        lambda line: line.replace(",AB", ",,,AB"),
        lambda line: line.replace("\n", ",\n"),
        lambda line: ";".join(next(csv.reader([line]))[:5]) + f';"Boots, brown";{ABOUT};\n',
    ],
)
def test_a_delimiter_lost_doubled_or_changed_is_put_right(
    read_bytes: Read, change: Callable[[str], str]
) -> None:
    table = only_table(read_bytes(with_line(change)))
    assert [row for _, row in rows_of(table.data)] == CLEAN
    [note] = table.notes
    assert (note.code, note.count, note.lines) == ("lines_mended", 1, [AT + 1])
    assert note.texts == [with_line(change).decode().splitlines()[AT]]


@pytest.mark.parametrize("column", range(len(HEADER)))
def test_a_quote_too_many_stays_in_its_cell(read_bytes: Read, column: int) -> None:
    def stray(line: str) -> str:
        pieces = ["", *line.replace('"Boots, brown"', "B").replace(ABOUT, "A").split(",")][1:]
        pieces[column] = '"' + pieces[column]
        return ",".join(pieces).replace("B", '"Boots, brown"').replace("A,", ABOUT + ",")

    content = with_line(lambda line: stray(line.replace("AB-", "xx-")).replace("xx-", "AB-"))
    expected = [list(row) for row in CLEAN]
    expected[AT][column] = '"' + expected[AT][column]
    assert cells(read_bytes, content) == expected


def test_quotes_inside_of_quotes_that_nobody_doubled_stay(read_bytes: Read) -> None:
    content = with_line(lambda line: line.replace("Made for work", 'Made "for" work'))
    assert cells(read_bytes, content)[AT][6] == 'Made "for" work, and quick'


def test_a_note_over_two_lines_with_quotes_in_it_stays_one_cell(read_bytes: Read) -> None:
    content = with_line(lambda line: line.replace("Made for work", 'Made "for"\nwork'))
    read = cells(read_bytes, content)
    assert read[AT][6] == 'Made "for"\nwork, and quick'
    assert read[AT + 1 :] == CLEAN[AT + 1 :]


def test_a_stray_quote_at_the_end_of_a_line_does_not_take_the_next_one_along(
    read_bytes: Read,
) -> None:
    read = cells(read_bytes, with_line(lambda line: line.replace(",\n", ',"\n')))
    assert read[AT][7] == '"'
    assert read[AT + 1 :] == CLEAN[AT + 1 :]


def test_an_unclosed_quote_is_not_closed_by_one_that_opens_a_cell_far_below(
    read_bytes: Read,
) -> None:
    """The delimiter that the lower cell begins with makes its opening quote look like the end."""
    table = [
        ["no", "name", "city", "price"],
        *[[f"N{n}", f"Acme {n}", "Rome", f"{n}.50"] for n in range(40)],
    ]
    table[5][1], table[30][2] = '"Acme', ",Rome"
    written = [",".join(row) + "\n" for row in table]
    written[30] = 'N29,Acme 29,",Rome",29.50\n'
    assert cells(read_bytes, "".join(written).encode()) == table


def test_a_table_inside_of_a_cell_stays_there(read_bytes: Read) -> None:
    table = [["no", "pasted"], ["1", "a,b\nc,d\ne,f"], *[[str(n), "plain, x"] for n in range(2, 9)]]
    assert cells(read_bytes, text(table).encode()) == table


def test_a_ragged_line_with_more_than_one_likely_place_stays_ragged(read_bytes: Read) -> None:
    rows = [[f"name {n}", f"town {n}", f"note {n}"] for n in range(30)]
    rows[9] = ["Acme", " Inc", "Rome", "late"]
    table = only_table(read_bytes(text(rows).encode()))
    assert [row for _, row in rows_of(table.data)] == rows
    assert table.notes == []


@pytest.mark.parametrize("other", [["key", "value"], ["a", "b", "c", "d", "e", "f", "g", "h", "i"]])
def test_a_second_table_and_what_stands_around_tables_is_kept_line_by_line(
    read_bytes: Read, other: list[str]
) -> None:
    second = [other, *([f"{at}{n}" for at in other] for n in range(9))]
    lines = [["Report"], [], *CLEAN, [], *second, [], ["Total", "40"], [], []]
    tables = read_bytes(text(lines).encode()).tables
    assert len(tables) == 2
    assert [row for table in tables for _, row in rows_of(table.data)] == lines


def test_a_repeated_header_and_empty_lines_keep_their_places(read_bytes: Read) -> None:
    lines = [HEADER, HEADER, *TABLE[:20], [], HEADER, *TABLE[20:], [""] * len(HEADER)]
    assert cells(read_bytes, text(lines).encode()) == lines


def test_words_in_one_column_are_not_taken_for_columns(read_bytes: Read) -> None:
    rows = [["customer name"], *([f"Acme {word}"] for word in ("Ltd", "Inc", "Group") * 20)]
    assert cells(read_bytes, text(rows).encode()) == rows


def test_a_line_with_as_many_of_another_delimiter_is_a_record_though_its_cells_are_like_no_others(
    read_bytes: Read,
) -> None:
    rows = [[f"C-{n}", f"Name {n}", "", "", "EU", "", "", "open", "2024-01-02"] for n in range(4)]
    odd = ["", "Änderung GmbH", "a 1", "b", "", "77", "+49 30 1", "", "x/y"]
    content = text([list("abcdefghi"), *rows]) + "\n" + ";".join(odd) + "\n\n" + text(rows)
    assert odd in cells(read_bytes, content.encode())
