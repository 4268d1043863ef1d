"""No file takes more than ten seconds or half a gigabyte, and each has its answer.

Every file is read as the application reads it, by a fresh process, whose child's peak is measured.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import hostile
import pytest
import xlsxwriter
import xlwt
from read_tables import open_document

from crm_core.sources import Limits, read

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")

SECONDS, MEGABYTES = 10.0, 512
MEASURED = """
import json, resource, sys, tempfile
from pathlib import Path
from crm_core.sources import Limits, read
path = Path(sys.argv[1])
found = read(path, path.parent, Limits(seconds=float(sys.argv[2])))
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
answer = found.problem.code if found.problem else [[t.rows, t.columns] for t in found.tables]
print(json.dumps([answer, found.problem and found.problem.params["file"], peak]))
"""
Make = Callable[[Path], object]
ROW_OF_JSON = b'{"a": [10' + b", 10" * 60 + b"]},"
Answer = str | list[list[int]]


def measured(path: Path) -> Answer:
    """The answer for a file: a problem's code, or its tables' rows and columns."""
    called = [sys.executable, "-c", MEASURED, str(path), str(SECONDS)]
    project = str(Path(__file__).parents[2])
    done = subprocess.run(
        called, capture_output=True, check=True, env={**os.environ, "PYTHONPATH": project}
    )
    answer: Answer
    answer, file, peak = json.loads(done.stdout.splitlines()[-1])
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    assert peak / unit <= MEGABYTES
    assert file is None or str(path) in file
    return answer


def text(content: bytes) -> Make:
    return lambda path: path.write_bytes(content)


def parts(**content: bytes) -> Make:
    named = {name.replace("_", "."): each for name, each in content.items()}
    return lambda path: hostile.packed(path, named)


LIST = b"id,name\n" + b'1,"Acme, Ltd",x\n2\n' * 3000
"""Ragged, so that its reader reserves memory for good that it hardly takes."""


def after_a_list(make: Make, ending: str) -> Make:
    """An archive with a sound file before the one that is made."""

    def pack(path: Path) -> None:
        make(path.with_suffix(f".{ending}"))
        content = path.with_suffix(f".{ending}").read_bytes()
        hostile.packed(path, {"a.csv": LIST, f"b.{ending}": content})

    return pack


WIDE = ",".join(f"c{at}" for at in range(3000)).encode()


DATA = '<Row><Cell><Data ss:Type="String">{}</Data></Cell></Row>'
FAR = '<Row ss:Index="{}"><Cell ss:Index="{}"><Data ss:Type="String">a</Data></Cell></Row>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
SPANS = b"<tr><td colspan=1000 rowspan=65534>a<td>b"


def wide_sheet(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(20):
            sheet.write_row(row, 0, range(row, row + 2000))


@pytest.mark.parametrize(
    ("name", "make", "expected"),
    [
        ("far.xlsx", lambda path: hostile.far(path, "XFD1048576", 1048576), "sheet_sparse"),
        ("near.xlsx", lambda path: hostile.far(path, "L1048576", 1048576), "sheet_sparse"),
        ("wide.xlsx", lambda path: hostile.far(path, "XFD2", 2), "too_many_columns"),
        ("far.xls", hostile.far_legacy, "too_much_memory"),
        ("far.ods", hostile.far_open, [[1048576, 1]]),
        ("all.ods", lambda path: hostile.repeated(path, 1048576, 16384), "workbook_broken"),
        ("wide.ods", lambda path: hostile.repeated(path, 1, 4294967295), "too_many_columns"),
        ("spaces.ods", hostile.spaces_open, "too_much_memory"),
        ("laughs.xlsx", hostile.laughing, "workbook_broken"),
        ("laughs.ods", hostile.laughing, "workbook_broken"),
        ("texts.xlsx", hostile.many_times_one_text, "too_much_memory"),
        ("lying.xlsx", hostile.lying, "too_much_memory"),
        ("ratio.zip", parts(a_csv=bytes(100 << 20)), "file_too_large"),
        ("nested.zip", hostile.nested, "file_too_large"),
        ("boxes.zip", hostile.boxes, "too_many_files"),
        ("overlapping.zip", hostile.overlapping, "archive_broken"),
        ("linked.zip", hostile.linked, "archive_unsafe"),
        ("up.zip", lambda path: hostile.packed(path, {"../a.csv": b"a,b\n"}), "archive_unsafe"),
        ("root.zip", lambda path: hostile.packed(path, {"/a.csv": b"a,b\n"}), "archive_unsafe"),
        ("disk.zip", lambda path: hostile.packed(path, {"C:/a.csv": b"a,b\n"}), "archive_unsafe"),
        (
            "many.zip",
            lambda path: hostile.packed(path, {f"{n}.csv": b"a,b\n" for n in range(300)}),
            "too_many_files",
        ),
        ("nothing.mdb", text(b""), "file_empty"),
        ("columns.csv", text(b"\n".join([WIDE] * 50)), [[50, 3000]]),
        ("columns.xlsx", wide_sheet, [[20, 2000]]),
        ("cells.csv", text(b"a,b\n" + (b"x" * 1_000_000 + b",1\n") * 20), [[21, 2]]),
        ("quoted.csv", text(b"a,b\n" + (b'"' + b"x,\n" * 333_333 + b'",1\n') * 9), [[10, 2]]),
        ("odd.csv", text(b"a,b\n" + b'1,"x\n' * 60_000), [[60_001, 2]]),
        ("open.csv", text(b"a,b,c\n" + b'1,"x\n' * 50_000), [[25_001, 3]]),
        ("deep.json", text(b'[{"a":' * 100_000 + b"1" + b"}]" * 100_000), "json_too_deep"),
        (
            "keys.json",
            text(json.dumps([{f"k{n}": 1} for n in range(9999)]).encode()),
            "too_many_columns",
        ),
        ("blank.csv", text(b"a,b\n1,2\n" + b"\n" * 5_000_000 + b"3,4\n"), [[5_000_003, 2]]),
        ("line.csv", text(b"a,b\n1," + b"x" * 100_000_000), "line_too_long"),
        ("list.csv", text(b"name\n" + b"a\n" * 2_000_000), [[2_000_001, 1]]),
        (
            "many.json",
            text(b"[" + b'{"id": 7, "city": "x"},' * 400_000 + b'{"id": 8}]'),
            [[400_002, 2]],
        ),
        (
            "within.json",
            text(b'{"d": {"results": [' + ROW_OF_JSON * 90_000 + b'{"a": 1}]}}'),
            [[90_002, 1]],
        ),
        (
            "tables.json",
            text(json.dumps([{f"t{n}": [{"a": 1}] for n in range(300)}]).encode()),
            "too_many_tables",
        ),
        (
            "laughs.xls",
            text(hostile.xml_sheet(DATA.format("&e9;"), before=hostile.LAUGHS)),
            "workbook_broken",
        ),
        ("outside.xls", text(hostile.xml_sheet(DATA.format("&x;"), before=OUTSIDE)), [[1, 1]]),
        ("deep.xls", text(hostile.xml_sheet("<a>" * 100_000)), "workbook_broken"),
        ("far.xls", text(hostile.xml_sheet(FAR.format(1048576, 4000))), "sheet_sparse"),
        ("wide.xls", text(hostile.xml_sheet(FAR.format(1, 9999999))), "too_many_columns"),
        ("deep.html", text(b"<table><tr><td>" * 100_000), "too_many_tables"),
        ("within.html", text(b"<table><tr><td>a" + b"<div>" * 300_000), "page_broken"),
        ("cell.html", text(b"<table><tr><td>" + b"x" * 60_000_000), "too_much_memory"),
        ("across.html", text(b"<table>" + SPANS * 50_000 + b"</table>"), "too_many_columns"),
        ("tables.html", text(b"<table><tr><td>a</table>" * 300), "too_many_tables"),
        (
            "blank.html",
            text(b"<table><tr><td>a" + b"<tr>" * 500_000 + b"<td>b</table>"),
            [[500_001, 1]],
        ),
        ("spaces.zip", after_a_list(hostile.spaces_open, "ods"), "too_much_memory"),
        ("texts.zip", after_a_list(hostile.many_times_one_text, "xlsx"), "too_much_memory"),
        ("empty.zip", text(b"PK\5\6" + bytes(18)), "archive_without_data"),
        ("zeros.csv", text(bytes(9 << 20)), "not_text"),
    ],
)
def test_a_hostile_file_costs_little_and_has_its_answer(
    tmp_path: Path, name: str, make: Make, expected: Answer
) -> None:
    path = tmp_path / name
    make(path)
    assert measured(path) == expected


def good(path: Path) -> bytes:
    """A small sound file of the kind that the name says."""
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet().write_row(0, 0, ["id", "name"])
    elif path.suffix == ".xls":
        old = xlwt.Workbook()
        old.add_sheet("a").write(0, 0, "id")
        old.save(path)
    elif path.suffix == ".ods":
        open_document(path, hostile.ROW.format("", hostile.TEXT.format("id")))
    elif path.suffix == ".parquet":
        duckdb.execute(f"COPY (SELECT 1 AS id) TO '{path}' (FORMAT parquet)")
    elif path.suffix == ".zip":
        hostile.packed(path, {"a.csv": b"id,name\n1,Acme\n"})
    elif path.suffix == ".json":
        path.write_text('[{"id": 1}]', encoding="utf-8")
    else:
        path.write_text("id,name\n1,Acme\n", encoding="utf-8")
    return path.read_bytes()


KINDS = ["csv", "xlsx", "xls", "ods", "json", "parquet", "zip"]


@pytest.mark.parametrize("kinds", [KINDS[:-1], KINDS[-2::-1]], ids=["csv first", "csv last"])
def test_an_archive_may_hold_files_of_every_kind_in_any_order(
    tmp_path: Path, kinds: list[str]
) -> None:
    content = {f"Export/{kind}.{kind}": good(tmp_path / f"good.{kind}") for kind in kinds}
    content["Export/csv.csv"] = LIST
    hostile.packed(tmp_path / "all.zip", content)
    found = read(tmp_path / "all.zip", tmp_path)
    assert found.problem is None
    assert [table.sheet.split("/")[1] for table in found.tables if table.sheet] == [
        f"{kind}.{kind}" for kind in kinds
    ]


@pytest.mark.parametrize("ending", [*KINDS, "mdb", "accdb"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_ending_is_seen_through_or_refused(tmp_path: Path, kind: str, ending: str) -> None:
    content = good(tmp_path / f"good.{kind}")
    (tmp_path / f"named.{ending}").write_bytes(content)
    found = read(tmp_path / f"named.{ending}", tmp_path, Limits(seconds=SECONDS))
    if found.problem:
        assert found.problem.code in {"not_text", "format_unknown", "json_broken"}
        assert found.tables == []
    else:
        assert found.tables[0].rows >= 1


@pytest.mark.parametrize("kind", KINDS[1:])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_off_has_an_answer(tmp_path: Path, kind: str, share: float) -> None:
    content = good(tmp_path / f"good.{kind}")
    (tmp_path / f"cut.{kind}").write_bytes(content[: int(len(content) * share)])
    found = read(tmp_path / f"cut.{kind}", tmp_path, Limits(seconds=SECONDS))
    assert found.problem
    assert found.problem.code != "reader_failed"
