"""The formats beside delimited text and Excel: each gives its names and rows as text."""

import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from in_process import read
from read_tables import only_table, rows_of

from crm_core.sources import Limits, ReadFile, run

Read = Callable[..., ReadFile]

SHEET = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="客户"><table:table-row>
<table:table-cell office:value-type="string"><text:p>编号</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>日期</text:p></table:table-cell>
</table:table-row><table:table-row>
<table:table-cell office:value-type="string"><text:p>007</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2024-02-29"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)

BROKEN_OBJECTS = [
    *(b"{", b'{"a"', b'{"a":', b'{"a": 1', b'{"a" 1}', b'{"a": 1 "b": 2}', b'{"a": 1,}'),
    *(b"{a: 1}", b"{1: 2}", b'{"a": 1}}', b'{"a": [{"b": 1}}', b'{"a": [{"b": 1} {"c": 2}]}'),
]


def packed(path: Path, **parts: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def code(outcome: ReadFile) -> str | None:
    assert outcome.tables == [] or outcome.problem is None
    return outcome.problem.code if outcome.problem else None


def tables(outcome: ReadFile) -> dict[str | None, list[list[str]]]:
    assert outcome.problem is None
    return {table.sheet: [row for _, row in rows_of(table.data)] for table in outcome.tables}


def test_an_open_document_sheet_is_a_table(tmp_path: Path) -> None:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = SHEET.replace(">\n<", "><")
    parts = {"mimetype": kind, "META-INF/manifest.xml": MANIFEST, "content.xml": content}
    found = tables(read(packed(tmp_path / "a.ods", **parts), tmp_path))
    assert found == {"客户": [["编号", "日期"], ["007", "2024-02-29"]]}


def test_a_sheet_of_two_far_cells_is_refused_and_not_filled(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "id")
        sheet.write(1048575, 16383, "x")
    problem = read(tmp_path / "a.xlsx", tmp_path).problem
    assert problem
    found = [problem.params[name] for name in ("rows", "columns", "cells")]
    assert (problem.code, found) == ("sheet_sparse", [1048576, 16384, 2])


def test_entities_in_a_workbook_are_not_expanded(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "whole.xlsx") as book:
        book.add_worksheet().write(0, 0, "id")
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    doctype = f'?>\n<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{entities}]>'
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole:
        parts = {name: whole.read(name).decode() for name in whole.namelist()}
    strings = parts["xl/sharedStrings.xml"].replace("?>\n", doctype).replace(">id<", ">&a9;<")
    path = packed(tmp_path / "a.xlsx", **{**parts, "xl/sharedStrings.xml": strings})
    assert code(read(path, tmp_path, Limits(seconds=10, memory=512 << 20))) == "workbook_broken"


def test_both_of_excels_date_systems_are_understood(tmp_path: Path) -> None:
    for system in (False, True):
        path = tmp_path / f"{system}.xlsx"
        with xlsxwriter.Workbook(path, {"date_1904": system}) as book:
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            book.add_worksheet().write_datetime(0, 0, datetime(2024, 2, 29), day)
        assert tables(read(path, tmp_path)) == {"Sheet1": [["2024-02-29"]]}


def test_merged_cells_formulas_and_texts_like_formulas(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1, 0, "North")
        sheet.write_row(0, 1, ["1", "=SUM(A1)"], book.add_format({"num_format": "@"}))
        sheet.write_string(0, 2, "=SUM(A1)")
        sheet.write_formula(1, 1, "=1+1", None, 2)
    assert tables(read(tmp_path / "a.xlsx", tmp_path)) == {
        "Sheet1": [["North", "1", "=SUM(A1)"], ["North", "2", ""]]
    }


def test_objects_become_rows_and_their_inner_lists_tables_with_the_key(read_bytes: Read) -> None:
    customers = [
        {
            "customer_id": "C1",
            "name": "甲公司",
            "address": {"city": "北京", "zip": "00100"},
            "tags": ["a", 1],
            "contacts": [{"id": 7, "name": "Li"}, {"id": 8, "phones": [{"no": "1"}]}],
        },
        {"customer_id": "C2", "amount": 1.50, "active": True, "note": None},
    ]
    found = tables(read_bytes(json.dumps(customers).replace("1.5", "1.50").encode(), "a.json"))
    assert found == {
        None: [
            [
                "customer_id",
                "name",
                "address.city",
                "address.zip",
                "tags",
                "amount",
                "active",
                "note",
            ],
            ["C1", "甲公司", "北京", "00100", '["a", "1"]', "", "", ""],
            ["C2", "", "", "", "", "1.50", "TRUE", ""],
        ],
        "contacts": [["customer_id", "id", "name"], ["C1", "7", "Li"], ["C1", "8", ""]],
        "contacts.phones": [["customer_id", "no"], ["C1", "1"]],
    }


def test_the_lists_of_the_object_that_a_file_is_are_tables(read_bytes: Read) -> None:
    content = """{"@context" : "x", "d": {"results": [ {"a": 1.50, "in": [{"b": 2}]}, {"a": 3} ],
        "none": [], "plain": [1, {"c": 4}], "results": [{"a": 5}]}, "id": "R1", "next": null}"""
    found = tables(read_bytes(content.encode(), "a.json"))
    assert found == {
        None: [
            ["@context", "d.none", "d.plain", "id", "next"],
            ["x", "[]", '["1", {"c": "4"}]', "R1", ""],
        ],
        "d.results": [["parent_id", "a"], ["R1", "1.50"], ["R1", "3"]],
        "d.results.in": [["parent_id", "b"], ["R1", "2"]],
        "d.results (2)": [["parent_id", "a"], ["R1", "5"]],
    }


def test_one_object_a_line_is_a_table(read_bytes: Read) -> None:
    content = b'{"id": 12345678901234567890, "x": 1e5}\r\n\r\n{"id": 2, "y": "b"}\n'
    found = tables(read_bytes(content, "a.jsonl"))
    assert found == {None: [["id", "x", "y"], ["12345678901234567890", "1e5", ""], ["2", "", "b"]]}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"a": 1}\n{"a": \n', "json_broken"),
        (b'[{"a": 1}, ', "json_broken"),
        (b'{"a":' * 80 + b"1" + b"}" * 80, "json_too_deep"),
        (b"[" * 100_000 + b"]" * 100_000, "json_too_deep"),
        (b"[]", "file_empty"),
        *((broken, "json_broken") for broken in BROKEN_OBJECTS),
        (json.dumps([dict.fromkeys(map(str, range(5000)), 1)]).encode(), "too_many_columns"),
    ],
)
def test_json_that_is_no_table_is_refused(read_bytes: Read, content: bytes, expected: str) -> None:
    assert code(read_bytes(content, "a.json")) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'[{"a": 1, "a": 2}]', [["a", "a (2)"], ["1", "2"]]),
        (b'[{"a.b": 1, "a": {"b": 2}}]', [["a.b", "a.b (2)"], ["1", "2"]]),
        (b'[{"a": 1}, {"b": 2, "a": 3}]', [["a", "b"], ["1", ""], ["3", "2"]]),
        (b'[1, "x", null]', [["value"], ["1"], ["x"], [""]]),
        (' \n[{"a": "x\u2028y"}\n]\n'.encode(), [["a"], ["x\u2028y"]]),
        ('{"a": "x\u2028y"}\n\n{"a": 2}\n'.encode(), [["a"], ["x\u2028y"], ["2"]]),
    ],
)
def test_no_value_of_json_is_lost(read_bytes: Read, content: bytes, expected: object) -> None:
    [(_, cells)] = tables(read_bytes(content, "a.json")).items()
    assert cells == expected


def test_half_a_character_in_json_is_shown_as_damage_and_its_row_named(read_bytes: Read) -> None:
    content = (
        rb'[{"id": 1, "a": "\ud83d\ude00"}, {"id": 2, "a": "cut \ud83d"}, {"\udc00": [["\ud800"]]}]'
    )
    table = only_table(read_bytes(content, "data.json"))
    assert [cells for _, cells in rows_of(table.data)] == [
        ["id", "a", "\ufffd"], ["1", "\U0001f600", ""], ["2", "cut \ufffd", ""],
        ["", "", '[["\ufffd"]]'],
    ]  # fmt: skip
    [note] = table.notes
    assert (note.code, note.lines) == ("bytes_damaged", [3, 4])


def test_an_inner_object_keeps_a_value_that_is_named_as_the_key_of_the_outer_one(
    read_bytes: Read,
) -> None:
    found = tables(read_bytes(b'[{"cust_id": 1, "orders": [{"cust_id": 7, "n": 2}]}]', "a.json"))
    assert found["orders"] == [["cust_id", "cust_id (2)", "n"], ["1", "7", "2"]]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'[{"a": 1}\n{"a": 2}]', 2),
        (b'[{"a": 1},\n]', 2),
        (b'[{"a": 1}]\nx', 1),
        (b'[{"a": 1}', 1),
        (b"[", 1),
    ],
)
def test_a_list_that_is_not_in_order_is_refused_with_its_line(
    read_bytes: Read, content: bytes, line: int
) -> None:
    problem = read_bytes(content, "a.json").problem
    assert problem
    assert (problem.code, problem.params["line"]) == ("json_broken", line)


def test_a_text_of_parquet_that_was_decoded_wrongly_is_set_right_and_noted(tmp_path: Path) -> None:
    path, wrong = tmp_path / "a.parquet", "直销".encode().decode("gb18030")
    rows = f"(1, '{wrong}'), (2, '代理商'), (3, NULL), (4, '{wrong}')"
    duckdb.execute(f"COPY (FROM (VALUES {rows}) AS t(id, channel)) TO '{path}' (FORMAT parquet)")
    table = only_table(read(path, tmp_path))
    cells = [row[1] for _, row in rows_of(table.data)]
    assert cells == ["channel", "直销", "代理商", "", "直销"]
    assert [(note.code, note.lines) for note in table.notes] == [("encoding_mended", [2, 5])]


def test_parquet_comes_with_its_names_and_nested_values_as_json(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    duckdb.execute(
        'COPY (SELECT \'007\' AS id, 1.50::DECIMAL(9, 2) AS "the ""sum""", TRUE AS yes, '
        "DATE '2024-02-29' AS day, [1, 2] AS list, {'a': 1} AS struct, NULL::INT AS none) "
        f"TO '{path}' (FORMAT parquet)"
    )
    assert tables(read(path, tmp_path))[None] == [
        ["id", 'the "sum"', "yes", "day", "list", "struct", "none"],
        ["007", "1.50", "TRUE", "2024-02-29", "[1,2]", '{"a":1}', ""],
    ]
    (tmp_path / "half.parquet").write_bytes(path.read_bytes()[:-20])
    assert code(read(tmp_path / "half.parquet", tmp_path)) == "parquet_broken"


def test_the_data_files_of_an_archive_are_read_with_their_places(tmp_path: Path) -> None:
    parts = {
        "a.csv": "id,x\n1,2\n",
        "sub/b.json": '[{"k": 1}]',
        "notes.pdf": "%PDF",
        "~$c.csv": "z",
    }
    found = tables(read(packed(tmp_path / "all.zip", **parts), tmp_path))
    assert found == {"a.csv": [["id", "x"], ["1", "2"]], "sub/b.json": [["k"], ["1"]]}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"../a.csv": "id,x\n"}, "archive_unsafe"),
        ({"/etc/a.csv": "id,x\n"}, "archive_unsafe"),
        ({"C:\\a.csv": "id,x\n"}, "archive_unsafe"),
        ({"readme.md": "x"}, "archive_without_data"),
        ({"a.csv": b"PK\x05\x06" + bytes(18)}, "not_text"),
        ({"a.csv": bytes(4 << 20)}, "file_too_large"),
        ({"a.csv": "id,x\n1,2\n", "b.csv": ""}, "file_empty"),
    ],
)
def test_an_archive_that_is_unsafe_or_cannot_be_read_whole_is_refused(
    tmp_path: Path, parts: dict[str, str | bytes], expected: str
) -> None:
    path = packed(tmp_path / "a.zip", **parts)
    assert code(run.read(path, tmp_path, Limits(unpacked_size=1 << 20))) == expected
    assert [left.name for left in tmp_path.iterdir()] == ["a.zip"]


def test_the_unreadable_file_of_an_archive_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", **{"sub/b.csv": ""})
    problem = read(path, tmp_path).problem
    assert problem
    assert problem.params["file"] == f"{path}/sub/b.csv"


def test_an_archive_in_an_archive_is_opened_but_none_in_that(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", **{"a.csv": "id\n7\n"}).read_bytes()
    middle = packed(tmp_path / "b.zip", **{"in.zip": inner, "c.csv": "x\n"})
    assert tables(read(middle, tmp_path)) == {"in.zip/a.csv": [["id"], ["7"]], "c.csv": [["x"]]}
    outer = packed(tmp_path / "o.zip", **{"sub/b.zip": middle.read_bytes()})
    problem = read(outer, tmp_path).problem
    assert problem and problem.code == "format_unknown"
    assert problem.params["file"] == f"{outer}/sub/b.zip/in.zip"


def test_an_archive_of_pictures_within_is_passed_over(tmp_path: Path) -> None:
    pictures = packed(tmp_path / "p.zip", **{"a.png": b"\x89PNG"}).read_bytes()
    path = packed(tmp_path / "a.zip", **{"p.zip": pictures, "b.csv": "id\n7\n"})
    assert tables(read(path, tmp_path)) == {"b.csv": [["id"], ["7"]]}


def test_an_encrypted_archive_says_so(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", **{"a.csv": "id,x\n"})
    content = bytearray(path.read_bytes())
    for header, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + at] |= 1
    path.write_bytes(content)
    assert code(read(path, tmp_path)) == "archive_locked"


DATABASE = b"\x00\x01\x00\x00Standard Jet DB\x00" + bytes(9000)


def test_a_damaged_access_database_is_refused(read_bytes: Read) -> None:
    assert shutil.which("mdb-export"), "Install mdbtools (Debian: apt install mdbtools)."
    assert code(read_bytes(DATABASE, "a.mdb")) in {"access_broken", "access_empty"}
    assert only_table(read_bytes(b"id,x\n1,2\n", "b.mdb")).rows == 2


def test_without_its_tool_an_access_database_is_refused(
    read_bytes: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert code(read_bytes(DATABASE, "a.mdb")) == "access_tool_missing"


@pytest.mark.skipif(sys.platform == "win32", reason="stands in for the tool with a shell script")
def test_the_tables_of_an_access_database_come_with_their_names_days_and_line_breaks(
    read_bytes: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rows").write_text(
        'id,day,note\n1,"2024-03-01 00:00:00","a\nb ""c"""\n2,"2024-03-01 10:30:00",\n'
    )
    tool(tmp_path / "bin" / "mdb-tables", "echo 'Order details'; echo 'Empty one'")
    tool(
        tmp_path / "bin" / "mdb-export",
        f"case \"$*\" in *'Empty one') echo id;; *) cat '{tmp_path / 'rows'}';; esac",
    )
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    table = only_table(read_bytes(DATABASE, "a.mdb"))
    assert table.sheet == "Order details"
    assert [row for _, row in rows_of(table.data)][1:] == [
        ["1", "2024-03-01", 'a\nb "c"'],
        ["2", "2024-03-01 10:30:00", ""],
    ]


def tool(path: Path, script: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_name_with_brackets_is_no_pattern_of_other_names(kind: str, tmp_path: Path) -> None:
    for name, value in (("orders[1]", "right"), ("orders1", "wrong")):
        duckdb.execute(f"COPY (SELECT '{value}' AS a, 1 AS b) TO '{tmp_path / name}.{kind}'")
    table = only_table(read(tmp_path / f"orders[1].{kind}", tmp_path))
    assert rows_of(table.data)[-1][1][0] == "right"
