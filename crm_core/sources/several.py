"""Several tables in one file or on one sheet, told apart only where a second header is certain.

A table is taken for one of its own where it begins below a blank line (or, on a sheet, beside a
blank column) with a header whose texts are mostly new, above cells of other kinds than the texts
in it or than the cells of the table before. Everything else stays one table: a gap between two
sections, a repeated header, notes, footers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crm_core.domain.blanks import BLANKS, is_filled
from crm_core.sources.grid import Area, Grid, Row

# How far below its top a table is looked at, and how many gaps a file may have: one with more is
# written with spaces between its lines.
_LOOKED_AT, _MOST_GAPS = 60, 200
_MOST_TITLES = 3
# Lines that a table must have below its header; where it has two columns only, which a list of
# names and values has as well, it needs more.
_FEW, _ENOUGH, _NARROW = 2, 5, 2
_LONGEST_HEADER, _LONGEST_TITLE = 80, 40
_MOSTLY, _HARDLY, _NEW, _STRAY = 0.8, 0.2, 0.5, 0.1
_KEY = re.compile(r"(?i:(^|[^a-z])(id|no|code|key)\.?$)|[a-z]I[Dd]$|编号|编码|代码|单号|編號|編碼")


@dataclass(frozen=True)
class _Head:
    """A header and what stands below it, column by column from its first filled one on.

    A kind is `9` (nearly all cells have digits), `a` (hardly any), `?` (some), `` (no cells).
    """

    line: int
    left: int
    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: int
    keyed: bool
    """Whether its first column is headed as a key and has no value twice."""

    @property
    def told(self) -> int:
        """Columns that have a text without digits above cells with digits."""
        return sum(
            kind == "9" and not _has_digit(text)
            for text, kind in zip(self.texts, self.kinds, strict=True)
        )


def title_of(grid: Grid, area: Area) -> str:
    """What stands alone in the line above the header, shortened; '' where nothing does."""
    rows = grid.rows(area, area.first, _LOOKED_AT)
    head = _first_head(rows)
    alone = [
        next(filter(is_filled, cells))
        for line, cells in rows
        if head and line < head.line and _filled(cells) == 1
    ]
    return " ".join(alone[-1].split())[:_LONGEST_TITLE] if alone else ""


def areas(grid: Grid, *, beside: bool) -> list[Area]:
    """The tables of a grid from the top down, then from left to right; one where it is one.

    `beside`: tables may stand side by side.
    """
    return list(_parts(grid, grid.whole, beside=beside))


def _parts(grid: Grid, area: Area, *, beside: bool) -> Iterator[Area]:
    if beside and len(columns := _side_by_side(grid, area)) > 1:
        for part in columns:
            yield from _parts(grid, part, beside=True)
        return
    below = _below_each_other(grid, area)
    if len(below) == 1:
        yield area
        return
    for part in below:
        yield from _parts(grid, part, beside=beside)


def _below_each_other(grid: Grid, area: Area) -> list[Area]:
    """The area cut at every header that is certainly another table's."""
    gaps = grid.gaps(area, _MOST_GAPS)
    head = _first_head(grid.rows(area, area.first, _LOOKED_AT)) if gaps else None
    if head is None:
        return [area]
    starts = [area.first]
    for after in gaps:
        rows = grid.rows(area, after, _LOOKED_AT)
        other = _head_below(rows)
        if other and other.line > head.line and _is_another(head, other):
            starts.append(_start(grid, area, other.line))
            head = other
    ends = [start - 1 for start in starts[1:]] + [area.last]
    return [area.lines(first, last) for first, last in zip(starts, ends, strict=True)]


def _head_below(rows: Sequence[Row]) -> _Head | None:
    """The header that stands below titles, and maybe names of groups of its columns."""
    filled = [at for at, (_, cells) in enumerate(rows) if _filled(cells)][: _MOST_TITLES + 1]
    for at in filled:
        cells = rows[at][1]
        if _filled(cells) > 1 and not (_groups(cells) and at + 1 in filled):
            return _head(rows[at:])
    return None


def _groups(cells: Sequence[str]) -> bool:
    """Whether these are texts with gaps between them, as names of groups of columns have."""
    places = [at for at, cell in enumerate(cells) if is_filled(cell)]
    apart = len(places) > 1 and places[-1] - places[0] >= len(places)
    return apart and not any(_has_digit(cells[at]) for at in places)


def _start(grid: Grid, area: Area, header: int) -> int:
    """The line where a table begins: with the titles right above its header, or with those
    that blank lines set apart from both the header and the table before."""
    above = grid.rows(area, max(area.first, header - 2 * _MOST_TITLES), 2 * _MOST_TITLES)
    before = [row for row in above if row[0] < header]
    start = header
    if before and _groups(before[-1][1]):
        start = header = before.pop()[0]
    for set_apart in (False, True):
        while set_apart and before and not _filled(before[-1][1]):
            before.pop()
        titles = []
        while before and _filled(before[-1][1]) == 1:
            titles.append(before.pop()[0])
        bounded = bool(before) and not _filled(before[-1][1])
        if titles and (bounded or not set_apart):
            return titles[-1]
    return start


def _first_head(rows: Sequence[Row]) -> _Head | None:
    """The first header in these lines, whatever stands above it."""
    for at, (_, cells) in enumerate(rows):
        head = _head(rows[at:]) if _filled(cells) > 1 else None
        if head and (head.told or len(head.texts) > _NARROW):
            return head
    return None


def _head(rows: Sequence[Row]) -> _Head | None:
    """The header that the first line is, above the lines up to the next blank one; a blank one
    right below itself or the first of them is none that ends a table."""
    line, cells = rows[0]
    places = [at for at, cell in enumerate(cells) if is_filled(cell)]
    left, right = places[0], places[-1]
    texts = tuple(cell.strip(BLANKS) for cell in cells[left : right + 1])
    below: list[list[str]] = []
    beyond = 0
    for _, under in rows[1:]:
        if not _filled(under):
            if len(below) <= 1:
                continue
            break
        beyond += any(is_filled(cell) for cell in (*under[:left], *under[right + 1 :]))
        below.append([cell.strip(BLANKS) for cell in under[left : right + 1]])
    if len(below) < (_ENOUGH if len(texts) <= _NARROW else _FEW) or not _are_headers(texts):
        return None
    if sum(map(_filled, below)) < len(below) * len(texts) / 2 or beyond > len(below) * _STRAY:
        return None
    columns = list(zip(*below, strict=True))
    keyed = bool(_KEY.search(texts[0])) and len(set(columns[0])) == len(below) > _FEW
    return _Head(line, left, texts, tuple(map(_kind, columns)), len(below), keyed)


def _are_headers(texts: tuple[str, ...]) -> bool:
    names = {text.casefold() for text in texts}
    return (
        "" not in names
        and len(names) == len(texts)
        and max(map(len, texts)) <= _LONGEST_HEADER
        and sum(map(_has_digit, texts)) <= len(texts) * _HARDLY
    )


def _is_another(head: _Head, other: _Head) -> bool:
    """Whether `other` is a header, and not of the same table as `head` is."""
    known = {text.casefold() for text in head.texts}
    new = sum(text.casefold() not in known for text in other.texts)
    if new < _NEW * len(other.texts):
        return False
    same_place = (head.left, len(head.texts)) == (other.left, len(other.texts))
    opposed = any(
        {was, now} == {"9", "a"}
        for was, now in zip(head.kinds, other.kinds, strict=False)
        if head.left == other.left
    )
    if opposed or not same_place:
        return other.told > 0 or (opposed and other.rows > _FEW)
    return other.told > 1 and head.kinds != other.kinds


def _side_by_side(grid: Grid, area: Area) -> list[Area]:
    """The area cut at its blank columns where certain tables stand on both sides of them."""
    parts: list[Area] = []
    for place in grid.blocks(area):
        if parts and not _stand_apart(grid, parts[-1], place):
            parts[-1] = grid.around(parts[-1], place)
        else:
            parts.append(place)
    heads = [_first_head(grid.rows(part, part.first, _LOOKED_AT)) for part in parts]
    return parts if len(parts) > 1 and all(heads) else [area]


def _stand_apart(grid: Grid, one: Area, two: Area) -> bool:
    """Whether two blocks are tables of their own, not parts of one with a blank column in it.

    One begins or ends lines before the other does or is cut into tables where the other is not, or
    both have a key of their own. A line more or less may be a header of two lines, or a footer.
    """
    first, second = (_first_head(grid.rows(part, part.first, _LOOKED_AT)) for part in (one, two))
    if first is None or second is None:
        return False
    if abs(first.line - second.line) > 1 or (first.keyed and second.keyed):
        return True
    cuts = [[part.first for part in _below_each_other(grid, block)][1:] for block in (one, two)]
    if cuts[0] != cuts[1]:
        return True
    shorter = min(one, two, key=lambda part: part.last)
    return abs(one.last - two.last) > 1 and not grid.gaps(shorter, _MOST_GAPS)


def _filled(cells: Sequence[str]) -> int:
    return sum(map(is_filled, cells))


def _kind(cells: Sequence[str]) -> str:
    filled = [cell for cell in cells if cell]
    if not filled:
        return ""
    share = sum(map(_has_digit, filled)) / len(filled)
    return "9" if share >= _MOSTLY else "a" if share <= _HARDLY else "?"


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
