"""The careful route: Python's csv module, record by record, for whatever is not plain."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain

from crm_core.domain.problems import Refused
from crm_core.sources.dialect import END, Shape, reader

LONGEST_CELL = 10_000_000


class _Feed:
    """Physical lines one after the other, with a way back to the start of the record."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = chain(lines, [END])
        self._again: deque[str] = deque()
        self._taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self._taken.append(line)
        return line

    def taken(self) -> list[str]:
        """The lines handed out since the last call."""
        taken, self._taken = self._taken, []
        return taken

    def give_back(self, lines: list[str]) -> None:
        self._again.extendleft(reversed(lines))


def records(lines: Iterable[str], shape: Shape) -> Iterator[tuple[int, list[str]]]:
    """Each record's first physical line, from 1, and its cells; a blank line has none.

    A stray quote must not swallow the lines after it: where a quote stays open to the end, or
    makes a record of several lines too wide or narrow that has the right width as one line, that
    line is taken as it stands.
    """
    csv.field_size_limit(LONGEST_CELL)
    feed = _Feed(lines)
    parser, line = reader(feed, shape), 1
    while True:
        cells = _next(parser)
        taken = feed.taken()
        if taken[0] is END:
            return
        if line == 1 and shape.stated:
            cells = [taken[0].strip()]
        elif cells is None or _has_stray_quote(cells, taken, shape):
            feed.give_back(taken[1:])
            cells, taken = _as_it_stands(taken[0], shape, line), taken[:1]
            parser = reader(feed, shape)
        yield line, cells
        line += len(taken)


def _next(parser: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(parser)
    except csv.Error:  # a cell beyond the limit
        return None


def _has_stray_quote(cells: list[str], taken: list[str], shape: Shape) -> bool:
    if len(taken) == 1 or (len(cells) == shape.width and taken[-1] is not END):
        return False
    if taken[-1] is END:
        return True
    return len(next(reader(taken[:1], shape, quoted=False))) == shape.width


def _as_it_stands(line: str, shape: Shape, number: int) -> list[str]:
    try:
        return next(reader([line], shape, quoted=False))
    except csv.Error as fault:
        raise Refused("cell_too_long", line=number, limit=LONGEST_CELL) from fault
