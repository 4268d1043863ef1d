"""What every reader hands over: the cells as text, line by line, in a Parquet file."""

from dataclasses import dataclass, field
from pathlib import Path

from crm_core.domain.problems import Problem

_MOST_NOTED, _MOST_TEXT = 1000, 2000

# Plain dataclasses: every file starts a child process that imports this module.


@dataclass(frozen=True)
class Dialect:
    """How a delimited text file is written."""

    delimiter: str
    quote: str = '"'
    escape: str | None = None


@dataclass(frozen=True)
class Note:
    """Something that was not as it should be and was read all the same.

    `code` has a text in i18n.problems with {count} and {line}; `lines` are the first lines of
    `count`, and `texts` what they said in the file.
    """

    code: str
    count: int
    lines: list[int]
    texts: list[str]

    @property
    def problem(self) -> Problem:
        """The note as a problem, to be told as those are."""
        return Problem(self.code, {"count": self.count, "line": self.lines[0]})


class Noted:
    """Gathers lines for one note."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._count = 0
        self._lines: list[int] = []
        self._texts: list[str] = []

    def add(self, line: int, text: str) -> None:
        """Note a line and, shortened, what it says."""
        self._count += 1
        if self._count <= _MOST_NOTED:
            self._lines.append(line)
            self._texts.append(text[:_MOST_TEXT])

    def notes(self) -> list[Note]:
        """The note, or none."""
        return [Note(self._code, self._count, self._lines, self._texts)] if self._count else []


@dataclass(frozen=True)
class RawTable:
    """A delimited file, a sheet, or one of several tables in it, read but not yet understood.

    `data` is a Parquet file that `domain.raw.lines_in` gives as `line` (BIGINT: first physical
    line of the record, or sheet row, counted from 1), `width` (INTEGER: cells in that line) and
    `c0` … `c{n-1}` (VARCHAR, n = width of the widest line). Every record of the file is a row,
    title rows, header and blank lines included; a blank line has width 0, and every other row of a
    sheet has the sheet's width. A missing cell is NULL or '' and means the same.
    Of several tables in one file, `sheet` says which it is, after the sheet's name if there is one:
    "#2", or "#2 Orders" where a title stands above its header; each line is in one of them, and in
    several only where they stand side by side. `first_line` is the table's first line.
    Numbers of a workbook are written with up to 15 significant digits and no needless '.0',
    dates as ISO 8601, truth values as TRUE and FALSE.
    """

    path: Path
    rows: int
    columns: int
    data: Path
    sheet: str | None = None
    hidden: bool = False
    encoding: str | None = None
    dialect: Dialect | None = None
    notes: list[Note] = field(default_factory=list)
    first_line: int = 1

    @property
    def aside(self) -> bool:
        """Whether it is a sheet that exports carry along beside their data: a hidden one, a note in
        one column. Nobody needs to do anything about one that holds nothing known."""
        return self.sheet is not None and (self.hidden or self.columns <= 1)

    def rows_below(self, header_line: int) -> int:
        """How many rows stand below the header at that line (0: there is none), about."""
        return max(self.rows - max(header_line - self.first_line + 1, 0), 0)


def name_of(sheet: str | None, number: int, title: str) -> str:
    """What one of several tables goes by, as `RawTable.sheet`; `number` counts from 1."""
    return f"{sheet or ''}#{number}{' ' if title else ''}{title}"


@dataclass(frozen=True)
class ReadFile:
    """The outcome for one file: its tables, or the one reason why there are none."""

    path: Path
    tables: list[RawTable] = field(default_factory=list)
    problem: Problem | None = None
