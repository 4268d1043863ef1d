"""A worklist that was taken away comes back filled in: what differs becomes corrections."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from crm_core.domain.actor import Actor
from crm_core.services.quarantine import correct
from crm_core.services.quarantine.filled_in import Row, as_read, place_of, read_rows
from crm_core.services.quarantine.waiting import Waiting, read_waiting
from crm_core.store import Store

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")
_NUMBER = re.compile(r"[-+]?\d{1,300}(?:,\d{3})*(?:\.\d{1,300})?(?:[eE][-+]?\d{1,3})?")
_MOST_DIGITS = 18
Assigned = dict[tuple[str | None, date | None], list[int]]
"""Owner and day -> quarantine_ids."""


@dataclass(frozen=True)
class Brought:
    """What a file changed."""

    corrected: tuple[int, ...]
    """The quarantine_ids of lines with another correction than before."""
    assigned: int
    """Lines with another owner or day."""
    gone: int
    """Lines of the file that wait no longer; they were left out."""


def bring_back(store: Store, actor: Actor, path: Path) -> Brought:
    """Read an exported worklist and take down what is different in it, all or nothing.

    An unchanged export changes nothing. A blank correction says nothing; an emptied raw cell is
    blank from now on. Refused: what a file cannot be read for; worklist_not_found,
    worklist_number, worklist_twice, worklist_moved, worklist_two_values, worklist_no_cell,
    worklist_column, worklist_due, worklist_too_long; cell_too_long.
    """
    rows, gone = _known(store, read_rows(path))
    lines = read_waiting(store, list(rows))
    cells: dict[int, dict[int, str | None]] = {}
    assigned: Assigned = {}
    for number, line in lines.items():
        _require_same(rows[number], line)
        if changed := _changed(rows[number], line):
            cells[number] = changed
        seen_to = _seen_to(rows[number], line)
        if seen_to != (line.owner, line.due):
            assigned.setdefault(seen_to, []).append(number)
    correct.require(lines, cells)
    _write(store, actor, path.name, cells, assigned)
    return Brought(tuple(cells), sum(map(len, assigned.values())), gone)


def _write(
    store: Store,
    actor: Actor,
    file: str,
    cells: dict[int, dict[int, str | None]],
    assigned: Assigned,
) -> None:
    if not cells and not assigned:
        return
    with store.change(actor, "quarantine.import", area=correct.AREA) as change:
        correct.type_cells(change, cells)
        for (owner, due), numbers in assigned.items():
            correct.assign_lines(change, numbers, owner, due)
        lines = sum(map(len, assigned.values()))
        change.subject = correct.subject_of(cells)
        change.detail = {"file": file, "lines": len(cells), "assigned": lines}


def _known(store: Store, rows: list[Row]) -> tuple[dict[int, Row], int]:
    """quarantine_id -> row, of lines that wait; and how many rows are of lines that do not."""
    found: dict[int, Row] = {}
    for row in rows:
        written = row.own["quarantine_id"]
        if not re.fullmatch(rf"[0-9]{{1,{_MOST_DIGITS}}}", written):
            row.refuse("worklist_number", "quarantine_id")
        if int(written) in found:
            row.refuse("worklist_twice", "quarantine_id")
        found[int(written)] = row
    with store.read() as cursor:
        status = dict(
            cursor.execute(
                "SELECT quarantine_id, status FROM crm.quarantine"
                " WHERE quarantine_id IN (SELECT unnest(?::BIGINT[]))",
                [list(found)],
            ).fetchall()
        )
    for number, row in found.items():
        if number not in status:
            row.refuse("worklist_number", "quarantine_id")
    waiting = {number: row for number, row in found.items() if status[number] == "open"}
    return waiting, len(found) - len(waiting)


def _require_same(row: Row, line: Waiting) -> None:
    """What is only for looking is as it was: a column that was sorted by itself is not."""
    for head, value in (("file", line.file), ("line", str(line.line)), ("value", line.value)):
        if head in row.own and not _same(row, row.own[head], value):
            row.refuse("worklist_moved", head)


def _changed(row: Row, line: Waiting) -> dict[int, str | None]:
    """Cell -> what the file says instead of what it was when it was taken away."""
    places = _places(line.table.titles)
    found: dict[int, str | None] = {}
    heads: dict[int, str] = {}
    for head, written in row.raw.items():
        at = place_of(head, places, len(line.raw))
        if at is None:
            if written:
                row.refuse("worklist_column", head)
        elif not _same(row, written, line.values[at]):
            found[at], heads[at] = written or None, head
    written, at = row.own.get("correction", ""), line.broken
    if written and at is None:
        row.refuse("worklist_no_cell", "correction")
    if written and at is not None and written != as_read(line.said.get(at)):
        if found.get(at, written) != written:
            row.refuse("worklist_two_values", heads[at])
        found[at] = written
    return found


@lru_cache(maxsize=256)
def _places(titles: tuple[str, ...]) -> dict[str, int]:
    return {as_read(title): at for at, title in enumerate(titles)}


def _seen_to(row: Row, line: Waiting) -> tuple[str | None, date | None]:
    """Owner and day; as they are where the file has no such column."""
    owner = (row.own["owner"] or None) if "owner" in row.own else line.owner
    return owner, _day(row) if "due" in row.own else line.due


def _day(row: Row) -> date | None:
    written = row.own["due"]
    if not written:
        return None
    found = _DAY.fullmatch(written)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:  # the 31st of February
        pass
    return row.refuse("worklist_due", "due")


def _same(row: Row, written: str, value: str | None) -> bool:
    """Whether a cell still says what was exported, as far as a spreadsheet leaves it so.

    A spreadsheet that opens and saves a CSV takes zeros and digits from what looks like a number:
    an identifier must not change for that.
    """
    shown = as_read(value)
    if written == shown:
        return True
    shortened = row.plain and len(written) < len(shown)
    return shortened and _same_number(written, shown)


def _same_number(written: str, shown: str) -> bool:
    if not (_NUMBER.fullmatch(written) and _NUMBER.fullmatch(shown)):
        return False
    one, other = Decimal(written.replace(",", "")), Decimal(shown.replace(",", ""))
    if "e" not in written.casefold():
        return one == other
    digits = len(re.sub(r"[eE].*|\D", "", written))
    return one == Decimal(f"{other:.{digits - 1}e}")
