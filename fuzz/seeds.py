"""Small sound files of every kind that has a reader: what fuzzing begins with."""

import io
import json
import tempfile
import zipfile
from pathlib import Path

import duckdb
import xlsxwriter

_SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
_SHEET = (
    f"<office:document-content{_SPACES}><office:body><office:spreadsheet>"
    '<table:table table:name="S"><table:table-row table:number-rows-repeated="2">'
    '<table:table-cell office:value-type="float" office:value="1.5"/>'
    '<table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)
CHINESE = "客户,金额\n公司,1\n"
TWO = "id,name,amount\n" + "1,Acme,10\n" * 3 + "\nTitle\ncode;kind;x\n" + "A,b,c\n" * 3


PAGE = (
    "<html><meta charset=gb2312><table><caption>T<tr><th colspan=2>客户<tr><td rowspan=2>a<br>b"
    "<td>1&nbsp;<tr><td><table><tr><td>c</table></table><input type=hidden></html>"
)
MESSAGE = """MIME-Version: 1.0
Content-Type: multipart/related; boundary=B

--B
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable

<table><tr><td>a=3D=C3=A4</table>
--B
Content-Type: text/html
Content-Transfer-Encoding: base64

PHRhYmxlPjx0cj48dGQ+Yg==
--B--
"""
_EXCEL = "urn:schemas-microsoft-com:office:spreadsheet"
XML_SHEETS = (
    f'<?xml version="1.0"?><Workbook xmlns="{_EXCEL}" xmlns:ss="{_EXCEL}"><Worksheet ss:Name="S">'
    '<Table><Row ss:Index="2"><Cell ss:MergeDown="1"><Data ss:Type="String">客户</Data></Cell>'
    '<Cell ss:Index="3" ss:MergeAcross="1"><Data ss:Type="Number">1.5E3</Data></Cell></Row><Row>'
    '<Cell ss:Index="2"><Data ss:Type="DateTime">2024-02-29T00:00:00.000</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
)


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("a")
        sheet.write_row(0, 0, ["id", 1.5, "客户", True])
        sheet.write_formula(1, 0, "=NA()", None, "#N/A")
    return out.getvalue()


def packed(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def columnar() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.parquet")
        duckdb.execute(f"COPY (SELECT 1 AS id, [1, 2] AS list) TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


def database() -> bytes:
    """The head of a database, and pages of nothing: nobody writes one without Access."""
    return b"\x00\x01\x00\x00Standard Jet DB\x00" + bytes(4096)


SEEDS = {
    "text": (
        "a.csv",
        [TWO.encode(), CHINESE.encode("gb18030"), b'a;"b\n\'c\',""d"\n'],
    ),
    "xlsx": ("a.xlsx", [workbook()]),
    "ods": ("a.ods", [packed(content__xml=_SHEET)]),
    "json": ("a.json", [json.dumps([{"id": 1, "in": [{"x": "客"}], "o": {"y": None}}]).encode()]),
    "parquet": ("a.parquet", [columnar()]),
    "access": ("a.mdb", [database()]),
    "webpage": ("a.xls", [PAGE.encode(), PAGE.encode("utf-16")]),
    "mhtml": ("a.xls", [MESSAGE.encode()]),
    "xmlsheet": ("a.xls", [XML_SHEETS.encode()]),
    "zip": ("a.zip", [packed(a__csv=TWO, b__xlsx=workbook())]),
}
"""Reader -> the name of its file, and seeds.

A legacy workbook is missing: one far cell takes gigabytes, which only the child process is held
from; here it would end the fuzzer. The tests damage those.
"""
