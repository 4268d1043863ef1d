"""A person works on lines that wait: types other cells, says who sees to them, drops them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.quarantine.waiting import Waiting, read_waiting, suggestions
from crm_core.services.quarantine.worklist import Filter, numbers, same_value
from crm_core.store import Change, Store

AREA = "crm"
LONGEST = 100_000
"""Letters that a corrected cell may have."""
Cells = Mapping[int, str | None]
"""Cell -> its value; None or "": blank."""


@dataclass(frozen=True)
class Cell:
    """A cell of a line that waits."""

    title: str
    raw: str | None
    """As it stands in the file."""
    corrected: bool
    value: str | None
    """As it was corrected, else as it stands."""


@dataclass(frozen=True)
class Line:
    """A line that waits, as the file has it and as it was corrected."""

    quarantine_id: int
    cells: tuple[Cell, ...]
    broken: int | None
    """The cell that broke the rule; None where the whole line did."""
    suggestion: dict[int, str | None]
    """Cell -> what it probably should be; empty where nobody can tell, or it is that already."""


def line(store: Store, _actor: Actor, quarantine_id: int) -> Line:
    """One line. Refused: line_not_waiting; line_unknown."""
    found = read_waiting(store, [quarantine_id])
    one = found[quarantine_id]
    cells = tuple(
        Cell(title, raw, at in one.said, value)
        for at, (title, raw, value) in enumerate(
            zip(one.table.titles, one.raw, one.values, strict=True)
        )
    )
    suggestion = suggestions(store, found).get(quarantine_id, {})
    return Line(quarantine_id, cells, one.broken, suggestion)


def correct(store: Store, actor: Actor, lines: Mapping[int, Cells]) -> None:
    """Type other cells: quarantine_id -> cell -> value (None or "": blank), all or nothing.

    Refused: line_not_waiting; column_unknown; cell_too_long.
    """
    require(read_waiting(store, list(lines)), lines)
    with store.change(actor, "quarantine.correct", area=AREA) as change:
        type_cells(change, lines)
        change.subject, change.detail = subject_of(lines), {"lines": len(lines)}


def count_suggestions(store: Store, actor: Actor, wanted: Filter) -> int:
    """How many lines of the filter take_suggestions would correct."""
    return len(suggestions(store, read_waiting(store, numbers(store, actor, wanted))))


def take_suggestions(store: Store, actor: Actor, wanted: Filter) -> int:
    """Correct the lines of the filter as it is suggested; how many there were to correct.

    Refused("nothing_suggested") for none.
    """
    found = suggestions(store, read_waiting(store, numbers(store, actor, wanted)))
    if not found:
        raise Refused("nothing_suggested")
    correct(store, actor, found)
    return len(found)


def correct_all(
    store: Store, actor: Actor, wanted: Filter, column: str, value: str, instead: str | None
) -> int:
    """Make `value` in `column` that `instead` on every line of the filter; how many lines.

    Refused: column_unknown where no line of the filter broke a rule in that column so.
    """
    waiting = read_waiting(store, same_value(store, actor, wanted, column, value))
    lines = {
        number: {one.broken: instead} for number, one in waiting.items() if one.broken is not None
    }
    if not lines:
        raise Refused("column_unknown", column=column)
    require(waiting, lines)
    with store.change(actor, "quarantine.correct", area=AREA) as change:
        type_cells(change, lines)
        change.subject = subject_of(lines)
        change.detail = {"column": column, "value": value, "instead": instead, "lines": len(lines)}
    return len(lines)


def assign(
    store: Store, actor: Actor, lines: Sequence[int], *, owner: str | None, due: date | None
) -> None:
    """Say who sees to the lines, and until when. Refused: line_not_waiting."""
    read_waiting(store, lines)
    with store.change(actor, "quarantine.assign", area=AREA) as change:
        assign_lines(change, lines, owner, due)
        change.detail = {"owner": owner, "due": str(due) if due else None, "lines": len(lines)}


def drop(store: Store, actor: Actor, lines: Sequence[int]) -> None:
    """Take lines off the worklist for good: nobody wants them. Refused: line_not_waiting."""
    read_waiting(store, lines)
    with store.change(actor, "quarantine.drop", area=AREA) as change:
        change.cursor.execute(
            "UPDATE crm.quarantine SET status = 'dropped'"
            " WHERE quarantine_id IN (SELECT unnest(?::BIGINT[]))",
            [list(lines)],
        )
        change.detail = {"lines": len(lines)}


def require(waiting: Mapping[int, Waiting], lines: Mapping[int, Cells]) -> None:
    """Refused: column_unknown, cell_too_long, where the lines cannot be corrected so."""
    for quarantine_id, cells in lines.items():
        one = waiting[quarantine_id]
        for at, value in cells.items():
            if not 0 <= at < len(one.raw):
                raise Refused("column_unknown", column=at)
            if value is not None and len(value) > LONGEST:
                raise Refused("cell_too_long", line=one.line, limit=LONGEST)


def type_cells(change: Change, lines: Mapping[int, Cells]) -> None:
    """Take cells down as they were typed, inside a larger change."""
    rows = [
        (quarantine_id, at, (value or "").strip() or None)
        for quarantine_id, cells in lines.items()
        for at, value in cells.items()
    ]
    ids, cells, values = (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 3
    change.retire(
        "crm.correction",
        "(quarantine_id, cell) IN (SELECT unnest(?::BIGINT[]), unnest(?::INTEGER[]))",
        [ids, cells],
    )
    change.cursor.execute(
        "INSERT INTO crm.correction"
        " SELECT unnest(?::BIGINT[]), unnest(?::INTEGER[]), unnest(?::VARCHAR[]), ?",
        [ids, cells, values, change.change_id],
    )


def subject_of(lines: Mapping[int, Cells]) -> str:
    """What the audit trail names of a change that types cells: its first lines."""
    return ", ".join(map(str, list(lines)[:20]))


def assign_lines(change: Change, lines: Sequence[int], owner: str | None, due: date | None) -> None:
    """Say who sees to lines, inside a larger change."""
    change.cursor.execute(
        "UPDATE crm.quarantine SET owner = ?, due = ?"
        " WHERE quarantine_id IN (SELECT unnest(?::BIGINT[]))",
        [(owner or "").strip() or None, due, list(lines)],
    )
