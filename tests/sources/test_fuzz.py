"""Whatever bytes a file has, there is an answer: tables, or a refusal; never an exception.

The number of examples per reader is small here; CRM_FUZZ raises it (`make fuzz`).
"""

import io
import json
import os
import tempfile
from pathlib import Path

import pytest
import xlwt
from hypothesis import example, given, settings
from hypothesis import strategies as st
from read_tables import rows_of
from seeds import PAGE, XML_SHEETS, columnar, database, packed, workbook

from crm_core.sources.__main__ import answer
from crm_core.sources.limits import Limits

EXAMPLES = int(os.environ.get("CRM_FUZZ", "25"))
LIMITS = Limits(memory=512 << 20, unpacked_size=16 << 20)
TAGS = ["<table>", "</table>", "<tr>", "<td rowspan=3>", "<td colspan=2>", "<th>", "<br>", "&lt;"]
CELLS = ["a", "12", "客户", "é", "Ã©", "瀹㈡埛", "\ufffd", "\ufeff", "\x00", "=", '{"id": 1}']
MARKS = [*",;\t| '\"\\{}[]:\n\r", '""', "\r\n", "\n\n"]
PIECES = st.sampled_from([*CELLS, *MARKS])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "cp1252"])


def legacy() -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("a").write(0, 0, "id")
    book.save(out)
    return out.getvalue()


WHOLE = {
    "a.xlsx": workbook(),
    "a.xls": legacy(),
    "page.xls": PAGE.encode(),
    "xml.xls": XML_SHEETS.encode(),
    "a.parquet": columnar(),
    "a.zip": packed(a__csv="id,x\n1,2\n", b__xlsx=workbook()),
    "a.json": json.dumps([{"id": 1, "in": [{"x": "客"}]}]).encode(),
    "a.mdb": database(),
}


def read(content: bytes, name: str) -> None:
    """Read, and hold what every answer must keep to."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        said = answer(path, Path(folder), LIMITS)
        json.dumps(said)
        assert ("problem" in said) != bool(said.get("tables"))
        for table in said.get("tables", []):
            rows = rows_of(Path(folder, table["data"]))
            assert len(rows) == table["rows"]
            assert max(len(cells) for _, cells in rows) <= table["columns"]
            assert [line for line, _ in rows] == sorted({line for line, _ in rows})


@given(st.lists(PIECES, max_size=60).map("".join), ENCODINGS)
@settings(max_examples=4 * EXAMPLES, deadline=None)
def test_any_text_has_an_answer(text: str, encoding: str) -> None:
    read(text.encode(encoding, "ignore"), "a.csv")


@given(st.lists(st.sampled_from([*CELLS, *TAGS]), max_size=60).map("".join), ENCODINGS)
@settings(max_examples=4 * EXAMPLES, deadline=None)
def test_any_web_page_has_an_answer(text: str, encoding: str) -> None:
    read(f"<html><table>{text}".encode(encoding, "ignore"), "a.xls")


@given(st.binary(max_size=300), st.sampled_from([*WHOLE, "a.csv", "a.txt", "a.accdb", "a.ods"]))
@example(b"\xfe\xff", "a.json")
@settings(max_examples=4 * EXAMPLES, deadline=None)
def test_any_bytes_have_an_answer_under_any_name(content: bytes, name: str) -> None:
    read(content, name)


@pytest.mark.parametrize("name", WHOLE)
@given(data=st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_damaged_file_has_an_answer(name: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(1, len(content)) | st.just(len(content)))
    read(bytes(content[:end]), name)
