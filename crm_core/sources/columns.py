"""What the cells of each column look like, and so where the cells of a ragged line belong.

A line has a cell too many or too few because a delimiter was lost, doubled, or stands in a text
without quotes. Where the whole lines around it leave one likely place for that, the line is
mended: each cell's shape, such as 99/99/9999 or AA-999, is compared with those of its column.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, islice
from math import log

# Fewer whole lines than this say nothing about their columns.
_ENOUGH = 12
_MOST_LEARNT = 1000
# How much likelier the best place must be than the second: e to this power.
_MARGIN = 2.0
# Longer lines and cells are left alone: their places would be many.
# How many cells must look as their columns do, and how rare a new shape must be there.
_SURE, _FEW = 2, 0.1
_LONGEST = 4000
_SHAPED = 60
_HAN = "\u3400-\u9fff"
_RUNS = re.compile(rf"(\d+)|([A-Z]+(?![a-z]))|([{_HAN}]+)|((?:(?![{_HAN}])[^\W\d_])+)|(\s+)")

# Cells from one index to another, and what would stand there instead.
_Change = tuple[int, int, list[str]]


class Columns:
    """The shapes seen in each column of the lines that are whole."""

    def __init__(self, lines: Iterable[Sequence[str]], width: int) -> None:
        learnt = list(islice(lines, _MOST_LEARNT))
        self.width = width
        self._chances = [_Chances(cells[at] for cells in learnt) for at in range(width)]
        usual = sorted(sum(self._costs(cells, 0)) for cells in learnt)
        self._enough = len(learnt) >= _ENOUGH
        self._most = usual[int(len(usual) * 0.99)] + _MARGIN if self._enough else 0.0

    def fitted(
        self, cells: list[str], delimiter: str, instead: list[str] | None = None
    ) -> list[str] | None:
        """The cells of a ragged line in their columns; None where no place is likely, or several
        are. `instead` is a way to read the line that its quotes speak for."""
        if not self._enough or len(cells) < 2 or sum(map(len, cells)) > _LONGEST:
            return None
        if len(cells) == self.width:
            return cells if self.are_usual(cells) else None
        ways = self._weighed(cells, delimiter)
        if instead and self.are_sure_of(instead):
            whole = (sum(self._costs(instead, 0)) - 2 * _MARGIN, (0, len(cells), instead))
            ways = chain([whole], ways)
        weighed = sorted(ways, key=lambda way: way[0])
        if not weighed or weighed[0][0] > self._most:
            return None
        best = _changed(cells, weighed[0][1])
        for cost, change in weighed[1:]:
            if cost - weighed[0][0] >= _MARGIN:
                break
            if _changed(cells, change) != best:
                return None
        return best

    def are_usual(self, cells: list[str]) -> bool:
        """Whether a whole line's cells are as likely as those learnt from; so if none were."""
        return not self._enough or sum(self._costs(cells, 0)) <= self._most

    def are_likelier(self, cells: list[str], others: list[str]) -> bool:
        """Whether cells fit their columns clearly better than others do."""
        gain = sum(self._costs(others, 0)) - sum(self._costs(cells, 0))
        return self._enough and gain > _MARGIN

    def are_sure_of(self, cells: list[str]) -> bool:
        """Whether several cells look like their columns where those are not of free text."""
        sure = (
            chances.is_sure_of(cell) for chances, cell in zip(self._chances, cells, strict=True)
        )
        return sum(sure) >= _SURE

    def _weighed(self, cells: list[str], delimiter: str) -> Iterator[tuple[float, _Change]]:
        """Each way to the right number of cells, and how unlikely its shapes are."""
        left = [0.0, *accumulate(self._costs(cells[: self.width], 0))]
        surplus = max(0, len(cells) - self.width)
        last = self._costs(cells[surplus:], self.width - len(cells) + surplus)
        right = [0.0, *accumulate(reversed([0.0] * surplus + last))][::-1]
        for start, end, instead in _changes(cells, self.width, delimiter):
            here = sum(self._costs(instead, start))
            yield left[start] + here + right[end], (start, end, instead)

    def _costs(self, cells: Sequence[str], first: int) -> list[float]:
        return [self._chances[at].cost(cell) for at, cell in enumerate(cells, first)]


class _Chances:
    """How unlikely a cell is in a column, from the shapes of the cells that are there.

    A shape not seen yet is as likely as the shapes seen once are many (after Good and Turing): in
    a column of dates hardly, in one of free text quite.
    """

    def __init__(self, cells: Iterable[str]) -> None:
        self._seen = Counter(_shape(cell[:_SHAPED]) for cell in cells)
        self._all = self._seen.total() + 1
        self._new = sum(count == 1 for count in self._seen.values()) + 0.5

    def cost(self, cell: str) -> float:
        unseen = self._new if cell else 0.5
        return -log(max(self._seen[_shape(cell[:_SHAPED])], unseen) / self._all)

    def is_sure_of(self, cell: str) -> bool:
        """Whether the column has few shapes, this one among them, with digits in it."""
        shape = _shape(cell[:_SHAPED])
        return "9" in shape and self._seen[shape] > self._new and self._new < _FEW * self._all


# A cell is looked at in several columns, and most come again in later lines.
@lru_cache(maxsize=1 << 16)
def _shape(begins: str) -> str:
    return _RUNS.sub(_run, begins)


def _run(found: re.Match[str]) -> str:
    digits, capitals, characters, letters, _blank = found.groups()
    if digits:
        return "9" * min(len(digits), 5)
    if capitals:
        return "A" * min(len(capitals), 5)
    if characters:
        return "字"
    return "a" if letters else " "


def _changes(cells: list[str], width: int, delimiter: str) -> Iterator[_Change]:
    surplus = len(cells) - width
    if surplus > 0:
        for at in range(width):
            pieces = cells[at : at + surplus + 1]
            # An empty piece is a delimiter doubled; one that holds a delimiter stood in quotes.
            if all(piece and delimiter not in piece for piece in pieces):
                yield at, at + surplus + 1, [delimiter.join(pieces)]
        for at in range(width + 1):
            if not any(cells[at : at + surplus]):
                yield at, at + surplus, []
        return
    for at in range(len(cells) + 1):
        yield at, at, [""] * -surplus
    if surplus == -1:
        for at, cell in enumerate(cells):
            for cut in range(1, len(cell)):
                yield at, at + 1, [cell[:cut], cell[cut:]]


def _changed(cells: list[str], change: _Change) -> list[str]:
    start, end, instead = change
    return [*cells[:start], *instead, *cells[end:]]
