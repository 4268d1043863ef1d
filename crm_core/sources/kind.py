"""What a file is, by its content first and its name second, before anything opens it."""

import re
import zipfile
from enum import Enum
from itertools import pairwise
from pathlib import Path

from crm_core.domain.problems import Refused
from crm_core.sources.encoding import encoding_of_mark, without_mark
from crm_core.sources.files import FORMATS, JSON_ENDINGS, TEXT_ENDINGS, WORKBOOK_ENDINGS
from crm_core.sources.limits import Limits

HEAD = 1 << 16
_ACCESS = (b"\x00\x01\x00\x00Standard Jet", b"\x00\x01\x00\x00Standard ACE")
_PARQUET = b"PAR1"
_ZIP, _EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# One of these makes a ZIP a workbook: of Excel, and of the open document format.
_WORKBOOK_PARTS = {"xl/workbook.xml", "content.xml"}
# So does, where Excel's list of parts is, one of these in any folder: some programs have none.
_PARTS, _BOOKS = "[content_types].xml", {"workbook.xml", "workbook.bin"}
SHEET = r"xl[/\\]worksheets[/\\][^/\\]+\.xml|sheet\d*\.xml"
"""Regular expression of the parts of Excel's workbooks that are sheets, in whatever folder."""
_FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"GIF8": "GIF",
    b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"SQLite format 3": "SQLite",
    b"\x7fELF": "ELF",
}
# Control characters no table of text has: all but tab, line ends, form feed, escape, separators.
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x1c\x1d\x1e\x1f"))
_CONTROL_SHARE = 0.01
_XML_SHEET = re.compile(rb"<(\w+:)?Workbook\s[^<>]*urn:schemas-microsoft-com:office:spreadsheet")
_PAGE = re.compile(
    rb"\s*((<\?xml[^<>]*>|<!--.*?-->)\s*)*"
    rb"<(!doctype\s+html|html|head|body|meta|style|table|div|center|form|font)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADS = re.compile(rb"\s*[\w-]+:\s")
_MIME = re.compile(
    rb"^mime-version:\s*1\.0.*?^content-type:\s*(multipart/|text/html)"
    rb"|^content-type:\s*(multipart/related|text/html).*?^mime-version:\s*1\.0",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
"""What stands among the first lines of a message, as a page with all its parts is kept."""
_MARKUP = re.compile(rb"\s*<(!doctype|!--|html|head|body|meta|table|\?xml|\w+[ :>])", re.IGNORECASE)
_JSON = re.compile(rb'\s*(\{\s*["}]|\[\s*[\[{"])')
_MESSAGE_HEAD = 1 << 12
# The least that stands before a part's own bytes.
_PART_HEAD = 30
# Ratios are only looked at from here on: small workbooks of repeated values shrink a lot.
_HARMLESS = 64 << 20


class Kind(Enum):
    """The families of formats that have a reader."""

    DELIMITED = "delimited"
    WORKBOOK = "workbook"
    JSON = "json"
    PARQUET = "parquet"
    ACCESS = "access"
    ARCHIVE = "archive"
    WEB_PAGE = "web_page"
    MHTML = "mhtml"
    XML_SHEETS = "xml_sheets"


def kind_of(path: Path, limits: Limits) -> Kind:
    """The family a file belongs to; Refused with the reason when it has no reader or is unsafe."""
    head = _head(path, limits)
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return _zip(path, limits)
    if head.startswith(_OLE):
        return _ole(path)
    if head.startswith(_PARQUET):
        return Kind.PARQUET
    if head.startswith(_ACCESS):
        return Kind.ACCESS
    for magic, name in _FOREIGN.items():
        if head.startswith(magic):
            raise _foreign(path, name)
    return _text(path, head)


def _head(path: Path, limits: Limits) -> bytes:
    if path.is_dir():
        raise Refused("file_is_folder")
    if not path.exists():
        raise Refused("file_missing")
    if not path.is_file():
        raise Refused("file_unreadable", reason="not a regular file")
    size = path.stat().st_size
    if size == 0:
        raise Refused("file_empty")
    if size > limits.file_size:
        raise _too_large(size, limits.file_size)
    with path.open("rb") as stream:
        return stream.read(HEAD)


def _foreign(path: Path, found: str) -> Refused:
    """A binary named like a text is most likely misnamed; any other is a format of its own."""
    if path.suffix.lower() in TEXT_ENDINGS:
        return Refused("not_text", found=found)
    return Refused("format_unknown", found=found, formats=FORMATS)


def _zip(path: Path, limits: Limits) -> Kind:
    broken = "workbook_broken" if path.suffix.lower() in WORKBOOK_ENDINGS else "archive_broken"
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        raise Refused(broken, file=str(path)) from fault
    if _overlap(parts):
        raise Refused(broken, file=str(path))
    unpacked = sum(part.file_size for part in parts)
    by_ratio = max(_HARMLESS, path.stat().st_size * limits.unpacked_ratio)
    most = min(limits.unpacked_size, by_ratio)
    if unpacked > most:
        raise _too_large(unpacked, most)
    if _is_workbook({part.filename.lower().replace("\\", "/") for part in parts}):
        return Kind.WORKBOOK
    if path.suffix.lower() in TEXT_ENDINGS | WORKBOOK_ENDINGS:
        raise _foreign(path, "ZIP")
    return Kind.ARCHIVE


def _is_workbook(names: set[str]) -> bool:
    books = _BOOKS.intersection(name.rpartition("/")[2] for name in names)
    return bool(_WORKBOOK_PARTS & names or (books and _PARTS in names))


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether some bytes stand for several parts, by which a small archive has no end."""
    placed = sorted(parts, key=lambda part: part.header_offset)
    return any(
        one.header_offset + _PART_HEAD + one.compress_size > two.header_offset
        for one, two in pairwise(placed)
    )


def is_archive(path: Path) -> bool:
    """Whether the file begins as an archive; zipfile would find one that is embedded in it."""
    with path.open("rb") as stream:
        return stream.read(len(_ZIP)) == _ZIP


def unpacked_size(path: Path) -> int:
    """The file's size in bytes, of an archive the sum of what its parts say theirs are."""
    if not is_archive(path):
        return path.stat().st_size
    with zipfile.ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist())


def _too_large(size: int, most: int) -> Refused:
    return Refused("file_too_large", megabytes=size >> 20, limit=most >> 20)


def _ole(path: Path) -> Kind:
    """Office's container names its streams in UTF-16; a locked workbook has one of its own."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("workbook_locked")
    if path.suffix.lower() in WORKBOOK_ENDINGS or "Workbook".encode("utf-16-le") in content:
        return Kind.WORKBOOK
    raise _foreign(path, "OLE")


def _text(path: Path, head: bytes) -> Kind:
    text = head
    wide = encoding_of_mark(head) or without_mark(head)
    if wide:
        text = head.decode(wide, "ignore").encode(errors="ignore")
    if len(text) - len(text.translate(None, _CONTROL)) > len(text) * _CONTROL_SHARE:
        if path.suffix.lower() in WORKBOOK_ENDINGS:
            raise Refused("workbook_broken")
        raise Refused("not_text", found="")
    if _MARKUP.match(text):
        return _markup(text)
    if _HEADS.match(text) and _MIME.search(text, 0, _MESSAGE_HEAD):
        return Kind.MHTML
    named_so = path.suffix.lower() in JSON_ENDINGS
    return Kind.JSON if named_so or _JSON.match(text) else Kind.DELIMITED


def _markup(text: bytes) -> Kind:
    if _XML_SHEET.search(text):
        return Kind.XML_SHEETS
    if _PAGE.match(text):
        return Kind.WEB_PAGE
    raise Refused("xml_unknown")
