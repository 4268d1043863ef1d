"""Error values in the cells of workbooks (#N/A, #REF!), which calamine gives as blank cells."""

import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from crm_core.sources.kind import SHEET, is_archive

if TYPE_CHECKING:
    from xlrd.sheet import Sheet

_SHEET = re.compile(rf"{SHEET}|content\.xml", re.IGNORECASE)
# An Excel cell's kind "error" becomes "text"; an open document's cell loses the blank text that
# it has besides the one that is shown.
_CELL = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\bt=)(["'])e\2""")
_SHOWN = re.compile(rb"""\soffice:string-value=(?:""|'')(?=[^<>]*\scalcext:value-type=["']error)""")
# In a legacy workbook's records: a cell that holds an error, a formula whose value is one.
_LEGACY = re.compile(
    rb"\x05\x02\x08\x00.{6}[\x00\x07\x0f\x17\x1d\x24\x2a]\x01"
    rb"|\x06\x00.\x00.{6}\x02.[\x00\x07\x0f\x17\x1d\x24\x2a].{3}\xff\xff",
    re.DOTALL,
)
_OLE = b"\xd0\xcf\x11\xe0"
_CHUNK = 1 << 20

Errors = dict[tuple[int, int], str]
"""Row and column, from 0: the error's name."""


def as_texts(path: Path, target: Path) -> Path:
    """A new workbook or open document with its errors as texts: `target`, or itself without any."""
    if not is_archive(path):
        return path
    with zipfile.ZipFile(path) as archive:
        parts = [part for part in archive.infolist() if _SHEET.fullmatch(part.filename)]
        if not any(_is_in(archive, part) for part in parts):
            return path
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
            for part in archive.infolist():
                with archive.open(part) as packed, out.open(part.filename, "w") as written:
                    for piece in _pieces(packed):
                        written.write(_mended(piece) if part in parts else piece)
    return target


def in_legacy(path: Path) -> dict[str, Errors]:
    """The errors of each sheet of a legacy workbook by its name; nothing where it has none."""
    content = path.read_bytes()
    if not content.startswith(_OLE) or not _LEGACY.search(content):
        return {}
    import xlrd  # slow beside calamine: only where there is something to find

    try:
        with xlrd.open_workbook(
            file_contents=content, logfile=sys.stderr, ragged_rows=True
        ) as book:
            return {sheet.name: dict(_in_sheet(sheet)) for sheet in book.sheets()}
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - it has many; whether the file is sound calamine decides
        return {}


def _in_sheet(sheet: "Sheet") -> Iterator[tuple[tuple[int, int], str]]:
    from xlrd import XL_CELL_ERROR, error_text_from_code

    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == XL_CELL_ERROR:
                code = sheet.cell_value(row, column)
                yield (row, column), error_text_from_code.get(int(code), "#ERR")


def _is_in(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as packed:
        return any(_CELL.search(piece) or _SHOWN.search(piece) for piece in _pieces(packed))


def _mended(piece: bytes) -> bytes:
    return _SHOWN.sub(b"", _CELL.sub(rb'\1"str"', piece))


def _pieces(packed: IO[bytes]) -> Iterator[bytes]:
    """The part in pieces that no tag is cut by, unless it is longer than a piece."""
    rest = b""
    while chunk := packed.read(_CHUNK):
        whole, bracket, after = (rest + chunk).rpartition(b">")
        if bracket:
            yield whole + bracket
            rest = after
        else:
            yield after[:-_CHUNK]
            rest = after[-_CHUNK:]
    yield rest
