"""A dialect as found in a file, and Python's csv reader told to follow it."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crm_core.sources.table import Dialect

# Comes after the last line: a quote that is still open takes it in, and so gives itself away.
END = "\x00end of file"
# Stands for a delimiter of several characters; Unicode promises that no text holds it.
_SEPARATOR = "\ufdd0"


@dataclass(frozen=True)
class Shape:
    """A dialect, and the number of cells that most records have in it.

    `stated`: the file's first line is Excel's own, which states the delimiter, and no record.
    `spaced`: a blank after each delimiter, and quotes only after that, so that it is no content.
    """

    dialect: Dialect
    width: int
    stated: bool = False
    spaced: bool = False

    def odd_quote(self) -> str:
        """The expression for a quote with content on both sides, where it should be doubled."""
        quote = re.escape(self.dialect.quote)
        edge = f"[^{re.escape(self.dialect.delimiter)}{quote}\\r\\n]"
        return edge + quote + edge


def strictly(lines: Iterable[str], shape: Shape) -> Iterator[list[str] | None]:
    """The records, None for one whose quotes are not in order."""
    parser = reader(lines, shape)
    while True:
        try:
            yield next(parser)
        except csv.Error:
            yield None
        except StopIteration:
            return


def reader(lines: Iterable[str], shape: Shape, *, quoted: bool = True) -> Iterator[list[str]]:
    """The records, csv.Error for one whose quotes are not in order.

    Not `quoted`, a quote is a character like any other.
    """
    delimiter, escape = shape.dialect.delimiter, shape.dialect.escape
    if len(delimiter) > 1:
        lines = (line.replace(delimiter, _SEPARATOR) for line in lines)
    if escape and quoted:
        lines = _escaped(lines, shape.dialect, escape)
    parser = csv.reader(
        lines,
        delimiter=delimiter if len(delimiter) == 1 else _SEPARATOR,
        quotechar=shape.dialect.quote,
        escapechar=escape if quoted else None,
        doublequote=True,
        skipinitialspace=shape.spaced,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        strict=quoted,
    )
    if len(delimiter) == 1:
        return parser

    def restored(cells: list[str]) -> list[str]:
        return [cell.replace(_SEPARATOR, delimiter) for cell in cells]

    return map(restored, parser)  # unlike a generator it goes on after an error


def _escaped(lines: Iterable[str], dialect: Dialect, escape: str) -> Iterator[str]:
    """The lines with each escape doubled that is none: before a character that needs no escape."""
    needing = (dialect.quote, dialect.delimiter, escape)
    pairs = re.compile(re.escape(escape) + "(.?)", re.DOTALL)
    for line in lines:
        yield pairs.sub(lambda pair: ("" if pair[1] in needing else escape) + pair[0], line)
