"""Cells of a line that breaks the rules of its own dialect: stray, missing or misplaced quotes.

All ways to cut the line into cells are weighed against each other, like paths through it: a cell
either stands bare, or between two quotes. Each rule a way breaks costs a point, and the cheapest
way that gives the wanted number of cells is taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from crm_core.sources.shape import Shape

# One quote that is content where it should have been doubled, or should not stand at all.
_STRAY = 1
# Two cells without a delimiter between them, told apart by a quote.
_JOINED = 1
# A way with a cell that holds more stray quotes than this is no likely one.
_MOST_STRAY = 3
# Beyond this a line is taken as it stands: the ways through it are too many.
_MOST_QUOTES, MOST_LENGTH = 200, 100_000

_Ways = dict[int, tuple[int, int, int, str]]  # number of cells: points, from where, how many, cell


@dataclass(frozen=True)
class _Step:
    """One cell: where the next one would begin (-1 where none does), its points, its text."""

    to: int
    points: int
    cell: str


def cells_of(text: str, shape: Shape, width: int, most: int = 1000) -> list[str] | None:
    """The cells of one record's text without its line end.

    None when no way of at most so many points gives `width` cells. Stray quotes stay in the cells
    as the characters they are.
    """
    quote = shape.dialect.quote
    if shape.dialect.escape or text.count(quote) > _MOST_QUOTES or len(text) > MOST_LENGTH:
        return None
    if text.count(shape.dialect.delimiter) + text.count(quote) + 1 < width:
        return None
    ways: dict[int, _Ways] = {0: {0: (0, -1, 0, "")}}
    ends: _Ways = {}
    todo = [0]
    while todo:
        at = heappop(todo)
        for step in _steps(text, at, shape):
            if step.to >= 0 and step.to not in ways:
                ways[step.to] = {}
                heappush(todo, step.to)
            _extend(ends if step.to < 0 else ways[step.to], ways[at], at, step, width)
    if width not in ends or ends[width][0] > most:
        return None
    return _way_back(ends, ways, width)


def _extend(target: _Ways, source: _Ways, at: int, step: _Step, width: int) -> None:
    for count, (points, *_) in source.items():
        total, cells = points + step.points, count + 1
        if cells <= width and (cells not in target or total <= target[cells][0]):
            target[cells] = (total, at, count, step.cell)


def _way_back(ends: _Ways, ways: dict[int, _Ways], width: int) -> list[str]:
    cells = []
    _, at, count, cell = ends[width]
    while at >= 0:
        cells.append(cell)
        _, at, count, cell = ways[at][count]
    return cells[::-1]


def _steps(text: str, at: int, shape: Shape) -> Iterator[_Step]:
    """Every cell that can begin here."""
    delimiter, quote = shape.dialect.delimiter, shape.dialect.quote
    while shape.spaced and text.startswith(" ", at):
        at += 1
    yield from _bare(text, at, delimiter, quote)
    if text.startswith(quote, at):
        yield from _quoted(text, at + 1, delimiter, quote)


def _bare(text: str, at: int, delimiter: str, quote: str) -> Iterator[_Step]:
    end = text.find(delimiter, at)
    cell = text[at:] if end < 0 else text[at:end]
    if "\n" in cell or "\r" in cell:  # only quotes hold a line break
        return
    yield _Step(-1 if end < 0 else end + len(delimiter), cell.count(quote) * _STRAY, cell)
    inside = cell.find(quote, 1)
    if inside > 0 and quote not in cell[:inside]:
        yield _Step(at + inside, _JOINED, cell[:inside])


def _quoted(text: str, at: int, delimiter: str, quote: str) -> Iterator[_Step]:
    end = text.find(quote, at)
    while end >= 0:
        inside, after = text[at:end], end + len(quote)
        doubled = inside.count(quote * 2)
        stray = inside.count(quote) - 2 * doubled
        if stray > _MOST_STRAY:
            return
        cell = inside.replace(quote * 2, quote)
        if stray:  # a backslash before a quote is an escape, whatever most lines do
            cell = cell.replace("\\" + quote, quote)
        if after == len(text):
            yield _Step(-1, stray * _STRAY, cell)
        elif text.startswith(delimiter, after):
            yield _Step(after + len(delimiter), stray * _STRAY, cell)
        elif not stray:
            yield _Step(after, _JOINED, cell)
        end = text.find(quote, after)
