"""A workbook that holds a checklist, read back: a checklist, or every mistake with its cell."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, cast

from crm_core.domain.checklist_mistakes import Place, mistakes
from crm_core.domain.checklists import Checklist
from crm_core.domain.problems import FileRefused, Problem
from crm_core.domain.untranslated import label
from crm_core.i18n import DASH, LANGUAGES, Texts
from crm_core.reference import booleans, plain_key, word_key
from crm_core.reference.yaml_models import made_of
from crm_core.services.brought import Lines
from crm_core.services.checklists.exchange.cells import Cell, Cells, filled_lines
from crm_core.services.checklists.exchange.columns import OWNER, PAGES, Column, Page

_BETWEEN = re.compile(r"[;；、\n]")
_Said = tuple[Column, str, str]
"""A column, its head as it is written, and what a row says there."""
Sheets = Mapping[str, Lines]
"""Name of a sheet -> its rows."""


def is_checklist(sheets: Iterable[str]) -> bool:
    """Whether a workbook with these sheets is one of a checklist."""
    return "items" in map(_page, sheets)


def read(file: str, sheets: Sheets) -> Checklist:
    """The checklist that a workbook says. FileRefused names every mistake: sheet, row, column,
    value, what to do."""
    book = _Book(file)
    by_page = {_page(name): (name, lines) for name, lines in sheets.items()}
    for page in PAGES:
        if page.code in by_page:
            book.take(page, *by_page[page.code])
        elif page.code in ("checklist", "sections", "items"):
            wanted = _named(page.head)
            book.wrong.append(Problem("checklist_no_sheet", {"file": file, "wanted": wanted}))
    if book.wrong:
        raise FileRefused(book.wrong)
    return made_of(book.found, book, file, Checklist, mistakes)


def _named(head: str) -> str:
    """A head as readers of either language know it."""
    return " / ".join(Texts(to).text(head) for to in LANGUAGES)


@cache
def _page(name: str) -> str:
    """The page that a sheet of this name is; "" for another."""
    said = word_key(name)
    return next((page.code for page in PAGES if said in _spellings(page.code, page.head)), "")


@cache
def _spellings(code: str, word: str) -> frozenset[str]:
    """The code, and the word in every language, as they are compared."""
    return frozenset(map(word_key, (code, *(Texts(to).text(word) for to in LANGUAGES))))


class _Book(Cells):
    """What was read of a workbook so far."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.found: dict[str, Any] = {}
        self._owners: dict[tuple[str, str], tuple[dict[str, Any], Place]] = {}
        """Page and id -> the part, and its place."""

    def written(self, place: Place) -> str:
        """The head of its column; where there is no such column, how it is called."""
        if place in self.cells:
            return super().written(place)
        steps = [step for step in place if isinstance(step, str)]
        pages = {page.code: page for page in PAGES}
        at = next((at for at in reversed(range(len(steps))) if steps[at] in pages), -1)
        page, path = pages[steps[at] if at >= 0 else "checklist"], tuple(steps[at + 1 :])
        columns = [one for one in page.columns if path and one.path[: len(path)] == path]
        return _named(columns[0].head if columns else page.head)

    def take(self, page: Page, sheet: str, lines: Lines) -> None:
        """The rows of a sheet."""
        filled = filled_lines(lines)
        if not filled:
            return
        row, heads = filled[0]
        columns = self._columns(page, sheet, row, heads)
        whole: Place = () if page is PAGES[0] else (page.code,)
        self.cells.setdefault(whole, Cell(sheet, row, heads[0]))
        for row, cells in filled[1:]:
            said = zip(columns, heads, cells, strict=True)
            self._row(page, sheet, row, [(one, head, cell) for one, head, cell in said if one])

    def _columns(
        self, page: Page, sheet: str, row: int, heads: Sequence[str]
    ) -> list[Column | None]:
        known = _heads(page.code)
        found: list[Column | None] = []
        for head in heads:
            column = known.get(word_key(head))
            if head.strip() and (column is None or column in found):
                code = "checklist_column" if column is None else "checklist_column_twice"
                self.refuse(code, Cell(sheet, row, head))
            found.append(column)
        return found

    def _row(self, page: Page, sheet: str, row: int, said: list[_Said]) -> None:
        """A part, put where it belongs."""
        part: dict[str, Any] = {}
        at = self._put(page, part, sheet, row, said)
        if at is None:
            return
        self.cells[at] = Cell(sheet, row, said[0][1])
        for column, head, cell in said:
            for length in range(1, len(column.path) + 1):
                self.cells.setdefault((*at, *column.path[:length]), Cell(sheet, row, head))
            if column.code != OWNER:
                _set(part, column, cell)
        for name, value in part.items():
            if isinstance(value, dict) and value.keys() & LANGUAGES.keys():
                part[name] = label(value).model_dump()
        if part.get("id"):
            self._owners.setdefault((page.code, part["id"]), (part, at))

    def _put(
        self, page: Page, part: dict[str, Any], sheet: str, row: int, said: list[_Said]
    ) -> Place | None:
        """Its place; None where there is none."""
        if page is PAGES[0]:
            if self.found:
                self.refuse("checklist_one_row", Cell(sheet, row, said[0][1]))
                return None
            self.found = part
            return ()
        owner, place = self.found, cast(Place, ())
        if page.owner:
            named = [(cell.strip(), head) for one, head, cell in said if one.code == OWNER]
            key, head = named[0] if named else ("", _named(page.columns[0].head))
            if (page.owner, key) not in self._owners:
                self.refuse("checklist_stray", Cell(sheet, row, head), value=key or DASH)
                return None
            owner, place = self._owners[page.owner, key]
        owner.setdefault(page.code, []).append(part)
        return (*place, page.code, len(owner[page.code]) - 1)


def _set(part: dict[str, Any], column: Column, cell: str) -> None:
    """Put what a cell says into its part; a blank one says nothing."""
    said = cell if column.language else cell.strip()
    if not said.strip() and column.language:
        return
    for step in column.path[:-1]:
        part = part.setdefault(step, {})
    if not said.strip():
        return
    if column.kind == "list":
        parts = (one.strip() for one in _BETWEEN.split(said))
        part[column.path[-1]] = [_code(column, one) for one in parts if one]
    elif column.kind == "yes_no":
        part[column.path[-1]] = booleans().get(plain_key(said), said)
    else:
        part[column.path[-1]] = _code(column, said)


def _code(column: Column, said: str) -> str:
    """The code that a word of either language means, else the word."""
    for code, word in column.options.items():
        if word_key(said) in _spellings(code, word):
            return code
    return said


@cache
def _heads(page: str) -> dict[str, Column]:
    """Every way to write a head of a sheet -> its column."""
    [found] = [one for one in PAGES if one.code == page]
    known = {word_key(column.code): column for column in found.columns}
    for language in LANGUAGES:
        known |= {word_key(column.title(Texts(language))): column for column in found.columns}
    return known
