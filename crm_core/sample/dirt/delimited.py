"""Text files as systems and people write them: dialects, encodings, and lines that are no data."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crm_core.sample.dirt.fault import Cell, Dice, Write, pick


@dataclass(frozen=True)
class Dialect:
    """How a text file is written."""

    encoding: str
    delimiter: str
    ends: tuple[str, ...] = ("\r\n",)
    """Line ends; several: mixed."""
    date_style: str = "ymd"
    quote: str = '"'
    escape: str = ""
    """Before a quote that is content, which is doubled where there is none."""
    quote_all: bool = False
    trailing: bool = False
    """Whether a delimiter follows the last cell."""
    leading: bool = False
    """Whether one stands before the first cell, so that the first column is blank."""

    def encodable(self, write: Write) -> Write:
        """The fault, unless this file's encoding has no room for it."""

        def checked(dice: Dice, cell: Cell) -> str | None:
            dirty = write(dice, cell)
            return None if dirty is None or not self.holds(dirty) else dirty

        return checked

    def holds(self, text: str) -> bool:
        """Whether the encoding has all of its characters."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True


ENCODINGS = ("gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le")
DELIMITERS = (",", ";", "\t", "|")
ENDS = (("\r\n",), ("\n",), ("\r\n", "\n"))
DATES = ("ymd", "slashes", "day_first", "month_first", "day_first_dots", "month_first_clock")
QUOTES = (('"', ""), ('"', "\\"), ('"', ""), ("'", ""))
"""Quote and escape of one file after the other, so that each company has them all."""


def some_dialect(dice: Dice, number: int, encoding: str = "") -> Dialect:
    """Any dialect that is written in earnest, for the company's text file of this number."""
    quote, escape = QUOTES[number % len(QUOTES)]
    return Dialect(
        encoding or pick(dice, *ENCODINGS),
        pick(dice, *DELIMITERS),
        pick(dice, *ENDS),
        pick(dice, *DATES),
        quote,
        escape,
        bool(dice.random() < 0.25),
        bool(dice.random() < 0.15),
        bool(dice.random() < 0.15),
    )


@dataclass
class TextFile:
    """Lines as they are put down; knows the physical number of the next one."""

    dialect: Dialect
    parts: list[str] = field(default_factory=list)
    next_line: int = 1

    def put(self, text: str) -> int:
        """Write a line; returns the number of its first physical line."""
        ends = self.dialect.ends
        number = self.next_line
        self.parts.append(text + ends[len(self.parts) % len(ends)])
        self.next_line += 1 + text.count("\n")
        return number

    def row(self, cells: Sequence[str], raw: int | None = None, delimiter: str = "") -> int:
        """Write a record, if with a delimiter of its own; cell `raw` stands there without quotes
        whatever it holds."""
        sign = delimiter or self.dialect.delimiter
        quoted = [cell if index == raw else self._cell(cell) for index, cell in enumerate(cells)]
        text = sign.join(quoted)
        before, after = sign * self.dialect.leading, sign * self.dialect.trailing
        return self.put(before + text + after)

    def _cell(self, cell: str) -> str:
        quote, escape = self.dialect.quote, self.dialect.escape
        signs = (self.dialect.delimiter, quote, "\n", "\r", *escape)
        if not (self.dialect.quote_all or any(sign in cell for sign in signs)):
            return cell
        text = cell.replace(escape, escape * 2) if escape else cell
        return quote + text.replace(quote, (escape or quote) + quote) + quote

    def save(self, path: Path) -> Path:
        """Write the file; characters that its encoding lacks are an error."""
        path.write_bytes("".join(self.parts).encode(self.dialect.encoding))
        return path
