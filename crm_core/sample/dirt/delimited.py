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
    quote_all: bool = False
    trailing: bool = False
    """Whether a delimiter follows the last cell."""

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


ENCODINGS = ("gb18030", "utf-8", "utf-8-sig", "utf-16")
DELIMITERS = (",", ";", "\t", "|")
ENDS = (("\r\n",), ("\n",), ("\r\n", "\n"))
DATES = ("ymd", "slashes", "day_first", "month_first", "day_first_dots", "month_first_clock")


def some_dialect(dice: Dice, encoding: str = "") -> Dialect:
    """Any dialect that is written in earnest."""
    return Dialect(
        encoding or pick(dice, *ENCODINGS),
        pick(dice, *DELIMITERS),
        pick(dice, *ENDS),
        pick(dice, *DATES),
        bool(dice.random() < 0.25),
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

    def row(self, cells: Sequence[str], raw: int | None = None) -> int:
        """Write a record; cell `raw` stands there without quotes whatever it holds."""
        quoted = [cell if index == raw else self._cell(cell) for index, cell in enumerate(cells)]
        text = self.dialect.delimiter.join(quoted)
        return self.put(text + self.dialect.delimiter if self.dialect.trailing else text)

    def _cell(self, cell: str) -> str:
        signs = (self.dialect.delimiter, '"', "\n", "\r")
        if self.dialect.quote_all or any(sign in cell for sign in signs):
            return '"' + cell.replace('"', '""') + '"'
        return cell

    def save(self, path: Path) -> Path:
        """Write the file; characters that its encoding lacks are an error."""
        path.write_bytes("".join(self.parts).encode(self.dialect.encoding))
        return path
