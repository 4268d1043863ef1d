"""Where the header stands: below titles and blank lines, or nowhere."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb

from crm_core.domain.raw import lines_in
from crm_core.pipeline.recognise.headers import read_header, read_unit
from crm_core.pipeline.recognise.vocabulary import is_known
from crm_core.reference import header_words, plain_key

LOOKED_AT = 40
"""Lines from the top among which the header is looked for."""
TAIL = 20
"""Lines from the end among which remarks on the table are looked for."""
NO_HEADER = 0
"""The header's line where there is none: every line is data."""
ENOUGH_KNOWN = 0.3
"""The share of a line's cells that must be known headers for it to be the header."""

_VALUE = re.compile(r"[-+(]?[$€£¥￥]?\s*\d[\d.,:/\s年月日T%-]*[)%]?|\S+@\S+\.\S+|https?://\S+")
_BLANK = ("", None)


@dataclass(frozen=True)
class Line:
    """One line of the raw table: its number and its cells."""

    number: int
    cells: tuple[str | None, ...]

    @property
    def filled(self) -> list[str]:
        """The cells that are not blank."""
        return [cell.strip() for cell in self.cells if cell and cell.strip()]


def locate(lines: Sequence[Line]) -> tuple[int, list[str]]:
    """The header's line number and its texts ("" where blank), from a table's first lines.

    NO_HEADER and blank texts where the first line with cells is already data.
    """
    index = _by_known_words(lines)
    if index is None:
        index = _by_shape(lines)
    if index is not None and index + 1 < len(lines) and _continues(lines[index], lines[index + 1]):
        index += 1
    number = NO_HEADER if index is None else lines[index].number
    return number, header_at(lines, number)


def first_lines(cursor: duckdb.DuckDBPyConnection, data: Path) -> list[Line]:
    """The lines of the raw table `data` among which the header is looked for."""
    found = cursor.execute(
        f"SELECT * EXCLUDE (width) FROM {lines_in(cursor, data)} ORDER BY line LIMIT ?", [LOOKED_AT]
    )
    return [Line(row[0], row[1:]) for row in found.fetchall()]


def header_at(lines: Sequence[Line], number: int) -> list[str]:
    """The texts of the header that stands in line `number`; blank ones if it is not among `lines`.

    NO_HEADER gives blank texts as well.
    """
    for index, line in enumerate(lines):
        if line.number == number:
            return _texts(line, lines[index - 1] if index else None)
    return [""] * max((len(line.cells) for line in lines), default=0)


def remarks(
    cursor: duckdb.DuckDBPyConnection, data: Path, lines: Sequence[Line], header_line: int
) -> list[str]:
    """The titles above the header, and the cells that stand alone in the table's last lines."""
    table = lines_in(cursor, data)
    last = cursor.execute(
        f"SELECT * EXCLUDE (width) FROM {table}"
        f" WHERE line > greatest(?, (SELECT max(line) FROM {table}) - {TAIL}) ORDER BY line",
        [header_line],
    )
    below = [Line(row[0], row[1:]).filled for row in last.fetchall()]
    titles = [cell for line in lines if line.number < header_line for cell in line.filled]
    return titles + [cell for filled in below if len(filled) == 1 for cell in filled]


def _by_known_words(lines: Sequence[Line]) -> int | None:
    """The line with the most cells that are known headers; the first of equals."""
    best, most = None, 0
    usual = _usual_width(lines)
    for index, line in enumerate(lines):
        filled = line.filled
        known = sum(_knows(cell) for cell in filled)
        enough = known >= 2 or (known == 1 and len(filled) == usual <= 3)
        if known > most and enough and known >= ENOUGH_KNOWN * len(filled) and _is_text(filled):
            best, most = index, known
    return best


def _by_shape(lines: Sequence[Line]) -> int | None:
    """The first line of full width, if it is text above values: a header of unknown words."""
    usual = _usual_width(lines)
    for index, line in enumerate(lines):
        filled = line.filled
        if len(filled) < max(1, 0.8 * usual):
            continue
        below = [other for other in lines[index + 1 :] if other.filled]
        distinct = len(set(filled)) == len(filled)
        is_header = distinct and _is_text(filled) and _differs(line, below)
        return index if is_header else None
    return None


def _continues(header: Line, below: Line) -> bool:
    """Whether `below` is the second line of the header, under its merged cells, or its units."""
    if _are_units(below):
        return True
    pairs = list(zip(header.cells, below.cells, strict=False))
    under_blank = any(not (over or "").strip() and (cell or "").strip() for over, cell in pairs)
    return under_blank and len(below.filled) >= 2 and all(map(_knows, below.filled))


def _are_units(line: Line) -> bool:
    """Whether the line says in what the columns above it count: 台, 万元.

    Codes of currencies alone are a record's.
    """
    measures = [cell for cell in line.filled if plain_key(cell) in header_words().measures]
    units = [unit for cell in line.filled if cell not in measures and (unit := read_unit(cell))]
    telling = measures or any(unit.scale != 1 for unit in units)
    return bool(units and telling) and len(measures) + len(units) == len(line.filled)


def _differs(line: Line, below: Sequence[Line]) -> bool:
    """Whether a column that is text in `line` holds values in most lines below it."""
    for column, cell in enumerate(line.cells):
        under = [other.cells[column] for other in below if column < len(other.cells)]
        texts = [value.strip() for value in under if value and value.strip()]
        values = sum(_VALUE.fullmatch(text) is not None for text in texts)
        if cell not in _BLANK and texts and values >= 0.8 * len(texts):
            return True
    return False


def _usual_width(lines: Sequence[Line]) -> int:
    widths = Counter(len(line.filled) for line in lines if line.filled)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _is_text(cells: Sequence[str]) -> bool:
    """Whether hardly any cell is a number, a date or an address, as it is in a header."""
    return sum(_VALUE.fullmatch(cell) is not None for cell in cells) <= 0.1 * len(cells)


@lru_cache(maxsize=10_000)
def _knows(cell: str) -> bool:
    """Whether a cell is a header that is known, as a field or as something else."""
    words = [key for key, _ in read_header(cell).words]
    return any(is_known(key) or key in header_words().other for key in words)


def _texts(line: Line, above: Line | None) -> list[str]:
    """The header's texts; a blank cell takes the one above it from a header of two lines, and a
    unit stands behind it."""
    texts = [(cell or "").strip() for cell in line.cells]
    if above and len(above.filled) >= 2 and _are_units(line):
        over = [(cell or "").strip() for cell in above.cells]
        return [
            f"{head} ({unit})" if unit else head for head, unit in zip(over, texts, strict=True)
        ]
    if above and len(above.filled) >= 2:
        over = [(cell or "").strip() for cell in above.cells]
        texts = [text or (over[i] if i < len(over) else "") for i, text in enumerate(texts)]
    return texts
