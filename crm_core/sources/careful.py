"""The careful route: Python's csv module, record by record, for whatever is not plain."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, TextIO

from crm_core.domain.problems import Refused
from crm_core.sources.columns import Columns
from crm_core.sources.dialect import DELIMITERS
from crm_core.sources.lines import Feed
from crm_core.sources.mending import MOST_LENGTH, cells_of
from crm_core.sources.shape import END, Shape, reader, strictly

LONGEST_CELL = 10_000_000
# How many lines a cell may go over whose quotes are not in order.
_MOST_LINES = 20
# A line with as many of another delimiter, and none of its own, is a record.
_MANY = 8
# After so many looks in vain, one after the other, it is a file of such lines: a glance must do.
_PATIENCE, _GLANCE = 500, 2


class Record(NamedTuple):
    """Cells and the physical line, from 1, that they begin on; a blank line has no cells.

    `mended`: what the line said where its cells are not simply what its dialect makes of it.
    `blanks`: of how many blank lines, one after the other, this is the first.
    """

    line: int
    cells: list[str]
    mended: str | None = None
    blanks: int = 0


def records(text: TextIO, shape: Shape, columns: Columns) -> Iterator[Record]:
    """Each record of a text that was opened to keep its line ends.

    A line that breaks its dialect's rules must not take the lines after it along, nor lose a
    character: it is cut so that it has as many cells as the others where that can be done, and
    stands as it is where not.
    """
    csv.field_size_limit(LONGEST_CELL)
    feed = Feed(text)
    mender = _Mender(feed, shape, columns)
    parser, line = reader(feed, shape), 1
    while True:
        cells = _next(parser)
        taken = feed.taken()
        if taken[0] is END:
            return
        lines = len(taken)
        if line == 1 and shape.stated:
            yield Record(line, [taken[0].strip()])
        elif cells == [] and lines == 1:
            lines += feed.blank_lines()
            yield Record(line, cells, blanks=lines)
        elif cells is not None and mender.is_whole(cells, taken):
            yield Record(line, cells)
        else:
            record, taken = mender.settled(line, cells, taken)
            parser = reader(feed, shape)
            yield record
            lines = len(taken)
        line += lines


def whole(lines: Iterable[str], shape: Shape) -> Iterator[list[str]]:
    """The records that keep to the rules and are as wide as most."""
    for cells in strictly(lines, shape):
        if cells and len(cells) == shape.width:
            yield cells


def _next(parser: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(parser)
    except csv.Error:  # quotes out of order, or a cell beyond the limit
        return None


class _Mender:
    """Settles what the cells of a line are that is not whole.

    Its quotes come first; then, where the quotes are in order, what the columns hold.
    """

    def __init__(self, feed: Feed, shape: Shape, columns: Columns) -> None:
        self._feed = feed
        self._shape = shape
        self._columns = columns
        self._width, self._quote = shape.width, shape.dialect.quote
        self._inside = re.compile(shape.odd_quote())
        self._vain = 0

    def is_whole(self, cells: list[str], taken: list[str]) -> bool:
        """Whether the parser's answer can stand: rules kept, and the width that most have."""
        if taken[-1] is END or len(cells) != self._width:
            return False
        if len(taken) > 1:
            return not self._is_in_order(taken[-1])
        return self._quote not in taken[0] or not self._is_odd(taken[0])

    def settled(
        self, line: int, cells: list[str] | None, taken: list[str]
    ) -> tuple[Record, list[str]]:
        """The record that begins on the first line taken, and the lines that are its own."""
        sound = cells is not None and taken[-1] is not END
        if sound and len(taken) == 1:
            better = self._in_place(cells or [], taken[0])
            return self._record(line, better, taken, mended=better != cells), taken
        if sound and not any(self._width_of(text) == self._shape.width for text in taken[1:]):
            return Record(line, cells or []), taken  # no line of its own stands inside the quotes
        text = _bare(taken[0])
        alone = self._otherwise(text) or cells_of(text, self._shape, self._shape.width)
        if sound and not alone:
            return Record(line, cells or []), taken
        self._feed.give_back(taken[1:])
        taken = taken[:1]
        over = self._over_lines(taken[0])
        if over and (not alone or self._columns.are_likelier(over[0], alone)):
            alone, taken = over
            self._feed.skip(taken[1:])
        alone = alone or _as_it_stands(taken[0], self._shape, line)
        return self._record(line, alone, taken, mended=True), taken

    def _record(self, line: int, cells: list[str], taken: list[str], *, mended: bool) -> Record:
        return Record(line, cells, _bare("".join(taken)) if mended else None)

    def _is_odd(self, line: str) -> bool:
        """Whether a quote has content on both sides: inside of quotes it should be doubled."""
        return (
            self._quote in line
            and not self._shape.dialect.escape
            and self._inside.search(line) is not None
        )

    def _is_in_order(self, line: str) -> bool:
        """Whether a line is a record by itself, though a record before it took it for its end.

        Then the quote that closed that record opens a cell here, and that one's was never closed.
        """
        return cells_of(_bare(line), self._shape, self._width, most=0) is not None

    def _in_place(self, cells: list[str], line: str) -> list[str]:
        """A line whose cells are found, but too many or too few, or with quotes in odd places."""
        width, text = self._shape.width, _bare(line)
        if self._is_odd(line):
            found = self._otherwise(text) or cells_of(text, self._shape, width)
            if found:
                return found
        if len(cells) == width or self._is_among_its_like(cells):
            return cells
        joined = cells_of(text, self._shape, width, most=1) if len(cells) == width - 1 else None
        fitted = self._columns.fitted(cells, self._shape.dialect.delimiter, joined)
        return fitted or self._otherwise(text) or cells

    def _is_among_its_like(self, cells: list[str]) -> bool:
        """Whether the next line is as wide: then they are another table and nothing is lost."""
        return self._width_of(self._feed.peek()) == len(cells)

    def _otherwise(self, text: str) -> list[str] | None:
        """The line's cells where it has a delimiter of its own."""
        for delimiter in (*DELIMITERS, " "):
            if delimiter == self._shape.dialect.delimiter:
                continue
            if text.count(delimiter) < self._shape.width - 1:
                continue
            shape = replace(self._shape, dialect=replace(self._shape.dialect, delimiter=delimiter))
            cells = next(iter(strictly([text], shape)), None)
            if cells and self._is_plainly(cells, text):
                return cells
            fitted = self._columns.fitted(cells, delimiter) if cells else None
            if fitted and self._columns.are_sure_of(fitted):
                return fitted
        return None

    def _is_plainly(self, cells: list[str], text: str) -> bool:
        """Whether so many cells, exactly, can be no chance: then none of them need be looked at."""
        own = self._shape.dialect.delimiter
        return len(cells) == self._width >= _MANY and own not in text

    def _over_lines(self, first: str) -> tuple[list[str], list[str]] | None:
        """The cells of a record of several lines, and these; they stay in the feed."""
        lines, found, length = [first], None, len(first)
        most = _MOST_LINES if self._vain < _PATIENCE else _GLANCE
        for line in islice(iter(self._feed), most):
            lines.append(line)
            length += len(line)
            if line is END or length > MOST_LENGTH or self._width_of(line) == self._shape.width:
                break
            found = cells_of(_bare("".join(lines)), self._shape, self._shape.width)
            if found and self._columns.are_usual(found):
                break
            found = None
        self._feed.give_back(lines[1:])
        self._feed.taken()
        self._vain = 0 if found else self._vain + 1
        return (found, lines) if found else None

    def _width_of(self, line: str) -> int | None:
        """How many cells a line has by itself; None where its quotes are not in order."""
        cells = next(iter(strictly([line], self._shape)), None)
        return None if cells is None else len(cells)


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def _as_it_stands(line: str, shape: Shape, number: int) -> list[str]:
    try:
        return next(reader([line], shape, quoted=False))
    except csv.Error as fault:
        raise Refused("cell_too_long", line=number, limit=LONGEST_CELL) from fault
