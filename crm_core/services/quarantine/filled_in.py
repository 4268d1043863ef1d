"""The rows of a worklist that comes back as a file."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import duckdb

from crm_core import sources
from crm_core.domain.problems import Refused
from crm_core.domain.raw import lines_in
from crm_core.reports.flat import meant, printable
from crm_core.services.quarantine.exchange import NUMBERED, known_heads
from crm_core.services.quarantine.worklist import MOST_EXPORTED
from crm_core.sources import RawTable


@dataclass(frozen=True)
class Row:
    """A row of the file."""

    file: str
    number: int
    """Line of the text file, or row of the sheet."""
    own: dict[str, str]
    """Code of a head of ours -> text."""
    raw: dict[str, str]
    """Head of a raw cell -> text."""
    heads: dict[str, str]
    """Code of a head of ours -> as the file writes it."""
    plain: bool
    """Of a text file: whatever program saved it may have rewritten numbers."""

    def refuse(self, code: str, head: str) -> NoReturn:
        """Refused, with file, row, column, value and how the column of corrections is called."""
        raise Refused(
            code,
            file=self.file,
            row=self.number,
            column=self.heads.get(head, head),
            value=self.own.get(head, self.raw.get(head, "")),
            correction=self.heads.get("correction", "correction"),
        )


def read_rows(path: Path) -> list[Row]:
    """The rows of the first sheet that is a worklist; blank ones are left out.

    Refused: what a file cannot be read for; worklist_not_found; worklist_too_long.
    """
    with tempfile.TemporaryDirectory() as folder:
        read = sources.read(path, Path(folder))
        if read.problem:
            raise Refused(read.problem.code, **read.problem.params | {"file": path.name})
        for table in read.tables:
            lines = [line for line in _lines(table) if any(line[1])]
            heads = lines[0][1] if lines else []
            if any(known_heads().get(head.casefold()) == "quarantine_id" for head in heads):
                return _rows(path.name, table, lines)
    raise Refused("worklist_not_found", file=path.name, column="quarantine_id")


def _rows(file: str, table: RawTable, lines: list[tuple[int, list[str]]]) -> list[Row]:
    if len(lines) > MOST_EXPORTED + 1:
        raise Refused("worklist_too_long", file=file, limit=MOST_EXPORTED)
    (_, titles), *rest = lines
    codes = [known_heads().get(title.casefold()) for title in titles]
    heads = {code: title for code, title in zip(codes, titles, strict=True) if code}
    found = []
    for number, cells in rest:
        own, raw = {}, {}
        for code, title, cell in zip(codes, titles, cells, strict=True):
            if code:
                own[code] = cell
            else:
                raw[title] = cell
        found.append(Row(file, number, own, raw, heads, table.sheet is None))
    return found


def _lines(table: RawTable) -> Iterator[tuple[int, list[str]]]:
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT line, * EXCLUDE (line, width)"
            f" FROM {lines_in(connection, table.data)} ORDER BY line LIMIT ?",
            [MOST_EXPORTED + 2],
        ).fetchall()
    return ((line, [as_read(cell) for cell in cells]) for line, *cells in found)


def as_read(cell: str | None) -> str:
    """A text as it comes back from a file that it was written into."""
    return meant(printable(cell).strip()).strip()


def place_of(head: str, places: dict[str, int], width: int) -> int | None:
    """The cell that the head of a raw one means: by its number, else by the source's header."""
    number = head.removeprefix(NUMBERED)
    if head.startswith(NUMBERED) and number.isascii() and number.isdecimal():
        return int(number) - 1 if 0 < int(number) <= width else None
    return places.get(head)
