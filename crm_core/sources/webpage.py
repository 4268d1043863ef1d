"""The tables of a web page: what many systems write where they offer a file for Excel."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from crm_core.domain.problems import Refused
from crm_core.sources.encoding import encoding_of_markup
from crm_core.sources.limits import Limits
from crm_core.sources.markup import events, free
from crm_core.sources.spanning import Spanning, SpanningSheet
from crm_core.sources.table import Noted, RawTable, name_of
from crm_core.sources.text import texts

# A page with one of these to fill in is for people, and its tables are but its layout.
_FIELDS = {"select", "textarea", "input"}
_PARTS = {"table", "caption", "tr", *_FIELDS}
_BLOCKS, _UNSEEN = {"br", "p", "div", "li"}, {"script", "style"}
_BREAK = "\u2028"
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(f" ?{_BREAK}[{_BREAK} ]*")
_DIGITS = re.compile("[0-9]{1,9}")
# What browsers hold them to.
_MOST_ACROSS, _MOST_DOWN = 1000, 65534
_TAIL = 1 << 16


def read_web_page(path: Path, folder: Path, limits: Limits) -> list[RawTable]:
    """The page's tables in the order they begin, the lines of each counted from its first row.

    A text or day that a cell has for several lines stands in each of these. Refused("web_page")
    where the page has no table, or fields to fill in.
    """
    page = _Page(folder, limits)
    parser = etree.HTMLPullParser(
        ("start", "end"), tag=_PARTS, encoding="utf-8", remove_comments=True, huge_tree=True
    )
    for event, element in events(parser, page.pieces(path)):
        page.take(event, element)
    if parser.feed_error_log.filter_from_fatals():  # it has gone no further, and says so only here
        raise Refused("page_broken")
    filled = [table for table in page.tables if table.is_filled]
    if not filled:
        raise Refused("web_page")
    if page.is_cut:
        filled[-1].say_cut()
    for number, table in enumerate(filled, 1):
        table.close()
        table.name = name_of(None, number, table.title) if len(filled) > 1 else None
    return [part for table in filled for part in table.tables(path)]


class _Table(SpanningSheet):
    title = ""
    lines = 0

    def say_cut(self) -> None:
        cut = Noted("page_cut")
        cut.add(self.lines, "")
        self.noted.append(cut)


class _Page:
    """The tables of a page, written as the parser comes by."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.tables: list[_Table] = []
        self._folder, self._limits = folder, limits
        self._open: list[_Table] = []
        """The innermost is the last."""
        self._tail = ""

    def pieces(self, path: Path) -> Iterator[str]:
        """The page's text, of which the end is kept."""
        for text in texts(path, encoding_of_markup(path)):
            self._tail = (self._tail + text)[-_TAIL:].lower()
            yield text

    @property
    def is_cut(self) -> bool:
        """Whether the text ends before its last table does."""
        return self._tail.rfind("</table") < self._tail.rfind("<tr")

    def take(self, event: str, element: etree._Element) -> None:
        """Go on; a row that was taken is no longer held."""
        if event == "start":
            self._begin(element)
        elif element.tag == "tr":
            self._row(element)
        elif element.tag == "caption" and self._open:
            self._open[-1].title = _words(element)
        elif element.tag == "table" and self._open:
            self._open.pop()

    def _begin(self, element: etree._Element) -> None:
        if element.tag in _FIELDS and element.get("type", "").lower() != "hidden":
            raise Refused("web_page")
        if element.tag == "table":
            if len(self.tables) == self._limits.tables:
                raise Refused("too_many_tables", limit=self._limits.tables)
            target = self._folder / f"table{len(self.tables)}.parquet"
            self.tables.append(_Table(target, self._limits))
            self._open.append(self.tables[-1])

    def _row(self, element: etree._Element) -> None:
        if self._open:
            table = self._open[-1]
            table.lines += 1
            table.add_spanning(table.lines, map(_cell, element.iterchildren("td", "th")))
        free(element)


def _cell(element: etree._Element) -> Spanning:
    across, down = (element.get(name, "") for name in ("colspan", "rowspan"))
    return Spanning(_words(element), _times(across, _MOST_ACROSS), _times(down, _MOST_DOWN))


def _times(told: str, most: int) -> int:
    return min(max(int(told), 1), most) if told and _DIGITS.fullmatch(told) else 1


def _words(element: etree._Element) -> str:
    """The text as a browser shows it: blanks in a row are one, lines end where it ends them."""
    if not len(element):
        return _BLANKS.sub(" ", element.text or "").strip(" \xa0")
    text = _BLANKS.sub(" ", "".join(_pieces(element)))
    return _BREAKS.sub("\n", text).strip(" \n\xa0")


def _pieces(element: etree._Element) -> Iterator[str]:
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if part.tag in _BLOCKS:
            yield _BREAK
        if event == "start" and part.tag not in _UNSEEN:
            yield part.text or ""
        if event == "end" and part is not element:
            yield part.tail or ""
