"""Both routes read what was written, and the fast one never answers differently."""

import csv
import re
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from read_tables import Rows, rows_of

from crm_core.sources.delimited import read_careful, read_delimited
from crm_core.sources.dialect import Shape
from crm_core.sources.fast import read_fast
from crm_core.sources.limits import Limits
from crm_core.sources.table import Dialect

SURROGATES_AND_CONTROLS = ("Cs", "Cc")
CELLS = st.text(
    st.characters(exclude_categories=SURROGATES_AND_CONTROLS, exclude_characters="\ufeff")
    | st.sampled_from("\n\"',;\t| 客户"),
    max_size=8,
)
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8)
)


def write(folder: str, content: bytes) -> Path:
    path = Path(folder, "data.csv")
    path.write_bytes(content)
    return path


def written(table: list[list[str]], delimiter: str, ending: str, folder: str) -> Path:
    """The table as Python's csv writer puts it, in UTF-8."""
    path = Path(folder, "data.csv")
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=delimiter, lineterminator=ending).writerows(table)
    return path


def numbered(table: list[list[str]]) -> Rows:
    """Each row with the physical line it starts on: a cell's line breaks count."""
    rows, line = [], 1
    for cells in table:
        rows.append((line, cells))
        line += 1 + sum(cell.count("\n") for cell in cells)
    return rows


@given(TABLES, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=40, deadline=None)
def test_a_written_table_is_read_back_with_its_lines(
    table: list[list[str]], delimiter: str, ending: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(table, delimiter, ending, folder)
        shape = Shape(Dialect(delimiter), len(table[0]))
        careful, fast = Path(folder, "careful.parquet"), Path(folder, "fast.parquet")
        read_careful(path, "", shape, careful, Limits())
        assert rows_of(careful) == numbered(table)
        if read_fast(path, shape, fast, Limits()):
            assert rows_of(fast) == numbered(table)


@given(
    st.lists(
        st.sampled_from(["a", ",", '"', "\n", "\r", " ", "\\", "客", ",b\n", "'"]), max_size=24
    ),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
)
@example(["a,b\n", "a,b,\n", "a,b\n"], b"")
@example(["a,b\n", 'a, "b"\n'], b"")
@example(["a,,\n", "a,b\n"], b"")
@settings(max_examples=100, deadline=None)
def test_the_fast_route_answers_as_the_careful_one_or_not_at_all(
    pieces: list[str], mark: bytes
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, mark + ("a,b\n" + "".join(pieces)).encode())
        shape = Shape(Dialect(","), 2)
        careful, fast = Path(folder, "careful.parquet"), Path(folder, "fast.parquet")
        if read_fast(path, shape, fast, Limits()):
            read_careful(path, "", shape, careful, Limits())
            assert rows_of(fast) == rows_of(careful)


@given(st.lists(st.sampled_from(["a", '"', "\n", "\r", " ", "客", "b\n", '"c"\n']), max_size=12))
@settings(max_examples=60, deadline=None)
def test_the_fast_route_reads_one_column_as_the_careful_one_or_not_at_all(
    pieces: list[str],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, ("name\n" + "".join(pieces)).encode())
        shape = Shape(Dialect(","), 1)
        careful, fast = Path(folder, "careful.parquet"), Path(folder, "fast.parquet")
        if read_fast(path, shape, fast, Limits()):
            read_careful(path, "", shape, careful, Limits())
            assert rows_of(fast) == rows_of(careful)


def test_a_plain_list_of_one_column_takes_the_fast_route(tmp_path: Path) -> None:
    path = write(str(tmp_path), b"name\nAcme\nBolt\n")
    target = tmp_path / "fast.parquet"
    assert read_fast(path, Shape(Dialect(","), 1), target, Limits()) == 3
    assert rows_of(target) == [(1, ["name"]), (2, ["Acme"]), (3, ["Bolt"])]


def test_the_fast_route_takes_a_plain_file(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text('id,name\n1,"Acme, Inc."\n2,\n', encoding="utf-8")
    target = tmp_path / "fast.parquet"
    assert read_fast(path, Shape(Dialect(","), 2), target, Limits()) == 3
    assert rows_of(target) == [(1, ["id", "name"]), (2, ["1", "Acme, Inc."]), (3, ["2", ""])]


# A cell that stands between single quotes is left out: nobody can tell whose quotes they are.
WORDS = st.text(st.sampled_from("客户公司北京销售金额 abc'12"), min_size=1, max_size=6).filter(
    lambda word: not re.fullmatch("'.*'|'", word)
)


@given(
    st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=3, max_size=20),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    st.booleans(),
)
@example([["1", "1", " '"]] * 3, ",", "\n", "utf-8", False)
@settings(max_examples=40, deadline=None)
def test_dialect_and_encoding_are_found(
    table: list[list[str]], delimiter: str, ending: str, encoding: str, quote_all: bool
) -> None:
    table = [["客户", "公司名称", "金额"], *table]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "data.csv")
        quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
        with path.open("w", encoding=encoding, newline="") as out:
            csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=quoting).writerows(
                table
            )
        [found] = read_delimited(path, Path(folder), Limits())
        assert (found.encoding, found.dialect) == (encoding, Dialect(delimiter))
        assert rows_of(found.data) == numbered(table)
