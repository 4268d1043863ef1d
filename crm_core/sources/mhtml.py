"""Web pages with all that belongs to them in one file (MHTML), as Excel and reports save them."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_binary_file
from email.message import Message
from pathlib import Path

from crm_core.domain.problems import Refused
from crm_core.sources.limits import Limits
from crm_core.sources.table import RawTable, name_of
from crm_core.sources.webpage import read_web_page

_TABS = "tabstrip.htm"
"""Excel's page with the names of the sheets, to click on."""


def read_mhtml(path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """The tables of its pages in the file's order; one without, as that of the frame, is left out.

    No name in the file is used as a path. Refused("web_page") where no page has a table.
    """
    pages = _pages(path)
    if len(pages) > limits.parts:
        raise Refused("too_many_files", found=len(pages), limit=limits.parts)
    tables = [
        table
        for number, page in enumerate(pages)
        for table in _tables(page, folder / f"page{number}", limits)
    ]
    if not tables:
        raise Refused("web_page")
    if len(tables) > limits.tables:
        raise Refused("too_many_tables", limit=limits.tables)
    several = len(tables) > 1
    return [
        replace(table, path=path, sheet=name_of(None, number, "") if several else None)
        for number, table in enumerate(tables, 1)
    ]


def _pages(path: Path) -> list[bytes]:
    try:
        with path.open("rb") as stream:
            return [*map(_content, filter(_is_page, message_from_binary_file(stream).walk()))]
    except RecursionError as fault:  # parts in parts in parts
        raise Refused("page_broken") from fault


def _is_page(part: Message) -> bool:
    is_strip = str(part.get("Content-Location", "")).lower().endswith(_TABS)
    return part.get_content_type() == "text/html" and not is_strip


def _content(page: Message) -> bytes:
    content = page.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _tables(page: bytes, folder: Path, limits: Limits) -> Iterator[RawTable]:
    folder.mkdir()
    file = folder / "page.htm"
    file.write_bytes(page)
    try:
        yield from read_web_page(file, folder, limits)
    except Refused as refused:
        if refused.problem.code != "web_page":
            raise
    file.unlink()
