"""Error values in the cells of binary workbooks (.xlsb), which calamine gives as blank cells."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from

from crm_core.sources.errors import Errors
from crm_core.sources.kind import is_archive

_BOOK = "xl/workbook.bin"
_LINKS = "xl/_rels/workbook.bin.rels"
# Kinds of records: where a row begins, an error, a formula whose value is one, a sheet's name.
_ROW, _ERROR, _FORMULA, _SHEET = 0, 3, 11, 156
_NAMES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_LINK = re.compile(rb"<Relationship\s[^<>]*>")
_PART = re.compile(r"(?:/?xl/)?(.+)")


def in_binary(path: Path) -> dict[str, Errors]:
    """The errors of each sheet of a binary workbook by its name; nothing where it has none."""
    if not is_archive(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        if _BOOK not in archive.namelist():
            return {}
        links = dict(_links(archive.read(_LINKS)))
        sheets = dict(_sheets(archive.read(_BOOK)))
        return {
            name: dict(_in_sheet(archive.read(links[link])))
            for name, link in sheets.items()
            if link in links
        }


def _in_sheet(content: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    row = 0
    for kind, record in _records(content):
        if kind == _ROW:
            (row,) = unpack_from("<I", record)
        elif kind in (_ERROR, _FORMULA):
            column, code = unpack_from("<I4xB", record)
            yield (row, column), _NAMES.get(code, "#ERR")


def _sheets(content: bytes) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the link to its part."""
    for kind, record in _records(content):
        if kind == _SHEET:
            link, after = _text(record, 8)
            yield _text(record, after)[0], link


def _links(content: bytes) -> Iterator[tuple[str, str]]:
    for tag in _LINK.findall(content):
        told = dict(re.findall(r'(\w+)="([^"]*)"', tag.decode()))
        if found := _PART.fullmatch(told.get("Target", "")):
            yield told.get("Id", ""), f"xl/{found[1]}"


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each record's kind and content; both kind and length are numbers of seven bits a byte."""
    at = 0
    while at < len(content):
        kind, at = _number(content, at, 2)
        length, at = _number(content, at, 4)
        yield kind, content[at : at + length]
        at += length


def _number(content: bytes, at: int, most: int) -> tuple[int, int]:
    number = 0
    for place in range(most):
        number |= (content[at] & 0x7F) << 7 * place
        at += 1
        if content[at - 1] < 0x80:
            break
    return number, at


def _text(record: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    (length,) = unpack_from("<I", record, at)
    end = at + 4 + 2 * length
    return record[at + 4 : end].decode("utf-16-le"), end
