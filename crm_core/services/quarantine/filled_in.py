"""The rows of a worklist that comes back as a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from crm_core.domain.problems import Refused
from crm_core.reports.cells import meant, printable
from crm_core.services import brought
from crm_core.services.brought import Lines
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
    for table, read in brought.tables(path, MOST_EXPORTED + 2):
        every = ((number, [as_read(cell) for cell in cells]) for number, cells in read)
        lines = [(number, cells) for number, cells in every if any(cells)]
        heads = lines[0][1] if lines else []
        if any(known_heads().get(head.casefold()) == "quarantine_id" for head in heads):
            return _rows(path.name, table, lines)
    raise Refused("worklist_not_found", file=path.name, column="quarantine_id")


def _rows(file: str, table: RawTable, lines: Lines) -> list[Row]:
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


def as_read(cell: str | None) -> str:
    """A text as it comes back from a file that it was written into."""
    return meant(printable(cell).strip()).strip()


def place_of(head: str, places: dict[str, int], width: int) -> int | None:
    """The cell that the head of a raw one means: by its number, else by the source's header."""
    number = head.removeprefix(NUMBERED)
    if head.startswith(NUMBERED) and number.isascii() and number.isdecimal():
        return int(number) - 1 if 0 < int(number) <= width else None
    return places.get(head)
