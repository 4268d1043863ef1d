"""Web pages in one file, as Excel's "single file web page" and report servers write them."""

import base64
import time
from collections.abc import Callable
from pathlib import Path

from read_tables import only_table, rows_of

from crm_core import sources
from crm_core.sources import ReadFile

Read = Callable[..., ReadFile]
FRAME = '<html><frameset><frame src=3D"files/sheet001.htm"></frameset></html>'
TABS = '<table><tr><td><a href=3D"sheet001.htm">Sheet1</a></td></tr></table>'


def part(content: str, place: str = "x.htm", coding: str = "quoted-printable") -> str:
    return (
        f"------=_Next\r\nContent-Location: file:///C:/A1/{place}\r\n"
        f"Content-Transfer-Encoding: {coding}\r\nContent-Type: text/html\r\n\r\n{content}\r\n"
    )


def message(*parts: str) -> bytes:
    head = (
        "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
        'Content-Type: multipart/related; boundary="----=_Next"\r\n\r\nA web page.\r\n\r\n'
    )
    return (head + "".join(parts) + "------=_Next--\r\n").encode()


def table(*cells: str) -> str:
    return f"<table><tr><td>ID<td>Name<tr>{''.join(f'<td>{cell}' for cell in cells)}</table>"


def test_a_page_saved_in_one_file_is_read_as_its_table(read_bytes: Read) -> None:
    made = message(part(FRAME), part(table("007", "M=C3=BCller =E5=AE=A2=\r\n=E6=88=B7")))
    found = only_table(read_bytes(made, "report.xls"))
    assert found.sheet is None
    assert rows_of(found.data) == [(1, ["ID", "Name"]), (2, ["007", "Müller 客户"])]


def test_each_page_with_a_table_is_a_sheet_and_the_strip_of_tabs_is_none(read_bytes: Read) -> None:
    packed = base64.b64encode(table("2", "b").encode()).decode()
    pages = (part(FRAME), part(table("1", "a")), part(packed, coding="base64"))
    read = read_bytes(message(*pages, part(TABS, "files/tabstrip.htm")), "book.xls")
    assert [one.sheet for one in read.tables] == ["#1", "#2"]
    assert [rows_of(one.data)[1][1] for one in read.tables] == [["1", "a"], ["2", "b"]]


def test_a_page_saved_by_a_browser_is_read(read_bytes: Read) -> None:
    saved = b"From: <Saved by Blink>\r\nSubject: Deals\r\n" + message(part(table("1", "a")))
    assert len(read_bytes(saved, "page.txt").tables) == 1


def test_what_has_no_table_is_refused_as_a_web_page(read_bytes: Read) -> None:
    for made in (message(part(FRAME)), message(), message(part("<p>x"))[:-40]):
        problem = read_bytes(made, "book.xls").problem
        assert problem and problem.code == "web_page"


def test_parts_in_parts_without_end_are_refused_in_time(tmp_path: Path) -> None:
    made = b"MIME-Version: 1.0\r\n" + b"".join(
        b'Content-Type: multipart/related; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
        for n in range(20_000)
    )
    path = tmp_path / "deep.xls"
    path.write_bytes(made)
    began = time.monotonic()
    problem = sources.read(path, tmp_path).problem
    assert problem
    assert time.monotonic() - began < 10


def test_a_text_with_such_a_line_further_down_stays_a_text(read_bytes: Read) -> None:
    text = "id,note\n1,x\nMIME-Version: 1.0,\nContent-Type: text/html,y\n"
    [found] = read_bytes(text.encode(), "notes.csv").tables
    assert len(rows_of(found.data)) == 4
