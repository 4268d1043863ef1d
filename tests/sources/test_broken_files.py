"""Every file that cannot be read gives one clear reason, and nothing of it."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from crm_core.sources import Limits, ReadFile, limits, read
from crm_core.sources.__main__ import answer

Read = Callable[..., ReadFile]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = b"<html><body><p>Please sign in</p></body></html>"
DEEP = b"[" * 100_000 + b"]" * 100_000


def workbook(path: Path, columns: int = 3) -> bytes:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["x"] * columns)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "file_empty"),
        (b"", "a.xlsx", "file_empty"),
        (b"\n\n\n", "a.csv", "file_empty"),
        (b"\xef\xbb\xbf", "a.csv", "file_empty"),
        (b"\x7fELF\x02\x01\x01" + bytes(500), "a.csv", "not_text"),
        (bytes(range(256)) * 10, "a.csv", "not_text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a.txt", "not_text"),
        (b"%PDF-1.7 ...", "a.pdf", "format_unknown"),
        (DEEP, "deep.csv", "json_too_deep"),
        (b'\n\xfe\xff\n"', "a.json", "encoding_unknown"),
        (PAGE, "a.xls", "web_page"),
        (OLE + bytes(3000), "a.xls", "workbook_broken"),
        (b"PK\x03\x04" + bytes(300), "a.xlsx", "workbook_broken"),
        (bytes(2000), "a.xlsx", "workbook_broken"),
        (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(900), "a.xlsx", "workbook_locked"),
        (b"," * 5000 + b"\n", "a.csv", "too_many_columns"),
        (b"a,b\n" + b"x" * 10_000_001 + b",1\n", "a.csv", "cell_too_long"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_reason(
    read_bytes: Read, content: bytes, name: str, code: str, tmp_path: Path
) -> None:
    outcome = read_bytes(content, name)
    assert outcome.problem
    assert outcome.problem.code == code
    assert outcome.problem.params["file"] == str(tmp_path / name)
    assert outcome.tables == []
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_truncated_workbook_is_called_broken(read_bytes: Read, tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.xlsx")
    outcome = read_bytes(whole[: len(whole) // 2], "half.xlsx")
    assert outcome.problem
    assert outcome.problem.code == "workbook_broken"


def test_a_workbook_with_an_encrypted_part_is_called_broken(
    read_bytes: Read, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(tmp_path / "whole.xlsx") as book:
        book.add_worksheet().write_formula(0, 0, "=NA()", None, "#N/A")
    content = bytearray((tmp_path / "whole.xlsx").read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    outcome = read_bytes(bytes(content), "locked.xlsx")
    assert outcome.problem
    assert outcome.problem.code == "workbook_broken"


def test_a_legacy_workbook_that_asks_for_a_password_is_called_locked(
    read_bytes: Read, tmp_path: Path
) -> None:
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "x")
    book.save(str(tmp_path / "open.xls"))
    content = (tmp_path / "open.xls").read_bytes()
    # The record after the beginning, of which nothing hangs, becomes the one that says so.
    start, kind = 512 + 20, b"\x2f\x00"
    outcome = read_bytes(content[:start] + kind + content[start + 2 :], "locked.xls")
    assert outcome.problem
    assert outcome.problem.code == "workbook_locked"


def test_a_workbook_without_a_filled_cell_is_called_empty(tmp_path: Path) -> None:
    workbook(tmp_path / "empty.xlsx", columns=0)
    problem = read(tmp_path / "empty.xlsx", tmp_path).problem
    assert problem
    assert problem.code == "workbook_empty"


def test_a_sheet_with_too_many_columns_is_named(tmp_path: Path) -> None:
    workbook(tmp_path / "wide.xlsx", columns=4001)
    problem = read(tmp_path / "wide.xlsx", tmp_path).problem
    assert problem
    assert problem.code == "too_many_columns"
    assert (problem.params["sheet"], problem.params["columns"]) == ("Sheet1", 4001)


def test_a_folder_and_a_missing_file_are_no_files(tmp_path: Path) -> None:
    folder, missing = read(tmp_path, tmp_path).problem, read(tmp_path / "no.csv", tmp_path).problem
    assert folder
    assert missing
    assert (folder.code, missing.code) == ("file_is_folder", "file_missing")


def test_a_file_one_may_not_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "mine.csv"
    path.write_bytes(b"a,b\n")
    monkeypatch.setattr(Path, "open", refuse)
    said = answer(path, tmp_path, Limits())
    expected = {"code": "file_unreadable", "params": {"reason": "Permission denied"}}
    assert said == {"problem": expected}


def test_a_workbook_that_inflates_beyond_measure_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    workbook(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", bytes(4 << 20))
    problem = read(path, tmp_path, Limits(unpacked_size=1 << 20)).problem
    assert problem
    assert problem.code == "file_too_large"
    assert (problem.params["megabytes"], problem.params["limit"]) == (4, 1)


def big_table(path: Path) -> None:
    path.write_text("title\n" + "id,name,city\n" * 2_000_000, encoding="utf-8")


def test_a_reader_beyond_its_time_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    big_table(path)
    problem = read(path, tmp_path, Limits(seconds=0.5)).problem
    assert problem
    assert (problem.code, problem.params["seconds"]) == ("too_slow", 0.5)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_file_that_takes_far_more_work_than_its_size_explains_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_SECONDS", 0)
    path = tmp_path / "blanks.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("blanks.csv", b"a,b\n1,2\n" + b" \n" * 5_000_000)
    problem = read(path, tmp_path).problem
    assert problem
    assert (problem.code, problem.params["seconds"]) == ("too_slow", 1)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_reader_beyond_its_memory_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "big.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(60_000):
            sheet.write_row(row, 0, [float(row)] * 20)
    problem = read(path, tmp_path, Limits(memory=300 << 20)).problem
    assert problem
    assert (problem.code, problem.params["megabytes"]) == ("too_much_memory", 300)
    assert [left.name for left in tmp_path.iterdir()] == ["big.xlsx"]
