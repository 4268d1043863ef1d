"""Files made to exhaust or mislead a reader, written on the spot."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import xlsxwriter
import xlwt
from read_tables import open_document

_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY e0 "ha">'
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
ONE = '<table:table-cell office:value-type="float" office:value="1"/>'
TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ROW = "<table:table-row{}>{}</table:table-row>"


def new_workbook(path: Path, rows: str, *, before: str = "", strings: str | None = None) -> None:
    """A workbook whose one sheet has these rows, and these shared texts, as XML."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("s").write(0, 0, "x")
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    head = f'<?xml version="1.0"?>{before}'
    sheet = f"{head}<worksheet {_SPACE}><sheetData>{rows}</sheetData></worksheet>"
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f"{head}<sst {_SPACE}>{strings}</sst>".encode()
    packed(path, parts)


def packed(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def far(path: Path, reference: str, row: int) -> None:
    new_workbook(
        path,
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        f'<row r="{row}"><c s="0" r="{reference}"><v>1</v></c></row>',
    )


def far_legacy(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, 1)
    sheet.write(65535, 255, 1)
    book.save(path)


def many_times_one_text(path: Path) -> None:
    cells = "".join(f'<c r="{letter}{{0}}" t="s"><v>0</v></c>' for letter in "ABCDEFGH")
    rows = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(1, 1000))
    new_workbook(path, rows, strings=f"<si><t>{'x' * 1_000_000}</t></si>")


def repeated(path: Path, rows: int, columns: int) -> None:
    cell = ONE.replace("/>", f' table:number-columns-repeated="{columns}"/>')
    open_document(path, ROW.format(f' table:number-rows-repeated="{rows}"', cell))


def far_open(path: Path) -> None:
    blank = '<table:table-cell table:number-columns-repeated="16383"/>'
    above = ROW.format(' table:number-rows-repeated="1048575"', blank)
    open_document(path, above + ROW.format("", blank + ONE))


def spaces_open(path: Path) -> None:
    open_document(path, ROW.format("", TEXT.format('a<text:s text:c="2000000000"/>b')))


def laughing(path: Path) -> None:
    if path.suffix == ".ods":
        open_document(path, ROW.format("", TEXT.format("&e9;")), before=LAUGHS)
    else:
        cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
        new_workbook(path, cell, before=LAUGHS, strings="<si><t>&e9;</t></si>")


def xml_sheet(rows: str, *, before: str = "") -> bytes:
    """A sheet in Excel's XML with these rows; `before` goes ahead of the root."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>{before}<Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="s"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()


def overlapping(path: Path) -> None:
    """Forty parts in the directory, all of them the same bytes."""
    content = b"a,b\n" + b"1,2\n" * 2_000_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    small = packer.compress(content) + packer.flush()
    sizes = (zlib.crc32(content), len(small), len(content), 5)
    part = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, *sizes, 0) + b"a.csv" + small
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, *sizes, 0, 0, 0, 0, 0, 0)
    index = (entry + b"a.csv") * 40
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 40, 40, len(index), len(part), 0)
    path.write_bytes(part + index + end)


def lying(path: Path) -> None:
    """Parts that say they are small and are not."""
    new_workbook(path, "<row>" + " " * (200 << 20) + "</row>")
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\1\2")
    while at >= 0:
        content[at + 24 : at + 28] = struct.pack("<I", 1000)
        at = content.find(b"PK\1\2", at + 4)
    path.write_bytes(content)


def nested(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", bytes(100 << 20))
    packed(path, {"inner.zip": inner.getvalue(), "good.csv": b"id,name\n1,Acme\n"})


def boxes(path: Path) -> None:
    """Many archives of many files in one."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(150):
            archive.writestr(f"{number}.csv", b"id,name\n1,Acme\n")
    packed(path, {f"{number}.zip": inner.getvalue() for number in range(150)})


def linked(path: Path) -> None:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
