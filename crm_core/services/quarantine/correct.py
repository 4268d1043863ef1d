"""A person works on lines that wait: types other cells, says who sees to them, drops them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crm_core.domain.actor import Actor
from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Refused
from crm_core.pipeline.suggest import suggested
from crm_core.services import loads
from crm_core.services.quarantine.worklist import Filter
from crm_core.store import Change, Store

AREA = "crm"
LONGEST = 100_000
"""Letters that a corrected cell may have."""


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
    """Cell -> what it probably should be; empty where nobody can tell."""


def line(store: Store, actor: Actor, quarantine_id: int) -> Line:
    """One line. Refused: line_unknown."""
    found = _waiting(store, [quarantine_id])
    file_id, source_line, title, rule = found[quarantine_id]
    raw = loads.source_line(store, actor, file_id, source_line)["cells"]
    titles = list(raw)
    said = corrections(store, [quarantine_id]).get(quarantine_id, {})
    cells = tuple(
        Cell(title, cell or None, place in said, said.get(place, cell or None))
        for place, (title, cell) in enumerate(raw.items())
    )
    broken = titles.index(title) if title in titles else None
    plan = plan_of(store, file_id)
    values = [cell.value for cell in cells]
    with store.read() as cursor:
        suggestion = suggested(cursor, plan, rule, broken, values)
    return Line(quarantine_id, cells, broken, suggestion)


def correct(store: Store, actor: Actor, lines: Mapping[int, Mapping[int, str | None]]) -> None:
    """Type other cells: quarantine_id -> cell -> value (None or "": blank), all or nothing.

    Refused: line_unknown; column_unknown; cell_too_long.
    """
    waiting = _waiting(store, list(lines))
    for quarantine_id, cells in lines.items():
        file_id, source_line, *_ = waiting[quarantine_id]
        width = len(loads.source_line(store, actor, file_id, source_line)["cells"])
        for cell, value in cells.items():
            if not 0 <= cell < width:
                raise Refused("column_unknown", column=cell)
            if value is not None and len(value) > LONGEST:
                raise Refused("cell_too_long", line=source_line, limit=LONGEST)
    with store.change(actor, "quarantine.correct", area=AREA) as change:
        for quarantine_id, cells in lines.items():
            for cell, value in cells.items():
                _type(change, quarantine_id, cell, (value or "").strip() or None)
        change.subject = ", ".join(map(str, list(lines)[:20]))
        change.detail = {"lines": len(lines)}


def correct_all(
    store: Store, actor: Actor, wanted: Filter, column: str, value: str, instead: str | None
) -> int:
    """Make `value` in `column` that `instead` on every line of the filter; how many lines.

    Refused: column_unknown where no line of the filter broke a rule in that column so.
    """
    condition, params = wanted.condition()
    with store.change(actor, "quarantine.correct", area=AREA) as change:
        same = f'{condition} AND "column" = ? AND value = ?'
        rows = change.cursor.execute(
            "SELECT quarantine_id, file_id FROM crm.quarantine WHERE " + same,
            [*params, column, value],
        ).fetchall()
        if not rows:
            raise Refused("column_unknown", column=column)
        places = {file: _index(plan_of(store, file), column) for file in {row[1] for row in rows}}
        for quarantine_id, file in rows:
            _type(change, quarantine_id, places[file], (instead or "").strip() or None)
        change.detail = {"column": column, "value": value, "instead": instead, "lines": len(rows)}
    return len(rows)


def assign(
    store: Store, actor: Actor, lines: Sequence[int], *, owner: str | None, due: date | None
) -> None:
    """Say who sees to the lines, and until when. Refused: line_unknown."""
    _waiting(store, lines)
    with store.change(actor, "quarantine.assign", area=AREA) as change:
        change.cursor.execute(
            "UPDATE crm.quarantine SET owner = ?, due = ?"
            " WHERE quarantine_id IN (SELECT unnest(?::BIGINT[]))",
            [(owner or "").strip() or None, due, list(lines)],
        )
        change.detail = {"owner": owner, "due": str(due) if due else None, "lines": len(lines)}


def drop(store: Store, actor: Actor, lines: Sequence[int]) -> None:
    """Take lines off the worklist for good: nobody wants them. Refused: line_unknown."""
    _waiting(store, lines)
    with store.change(actor, "quarantine.drop", area=AREA) as change:
        change.cursor.execute(
            "UPDATE crm.quarantine SET status = 'dropped'"
            " WHERE quarantine_id IN (SELECT unnest(?::BIGINT[]))",
            [list(lines)],
        )
        change.detail = {"lines": len(lines)}


def corrections(store: Store, lines: Sequence[int]) -> dict[int, dict[int, str | None]]:
    """quarantine_id -> cell -> what was typed, for the lines that were corrected."""
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT quarantine_id, cell, value FROM crm.correction"
            " WHERE quarantine_id IN (SELECT unnest(?::BIGINT[]))",
            [list(lines)],
        ).fetchall()
    found: dict[int, dict[int, str | None]] = {}
    for quarantine_id, cell, value in rows:
        found.setdefault(quarantine_id, {})[cell] = value
    return found


def plan_of(store: Store, file_id: int) -> TablePlan:
    """How the table of a load was understood. Refused: line_unknown."""
    with store.read() as cursor:
        row = cursor.execute(
            "SELECT plan FROM crm.batch_file WHERE file_id = ?", [file_id]
        ).fetchone()
    if row is None:
        raise Refused("line_unknown", line=file_id)
    return TablePlan.model_validate_json(row[0])


def _waiting(store: Store, lines: Sequence[int]) -> dict[int, tuple[int, int, str, str]]:
    """quarantine_id -> file, source line, column and rule, of lines that all still wait."""
    with store.read() as cursor:
        rows = cursor.execute(
            'SELECT quarantine_id, file_id, source_line, "column", rule FROM crm.quarantine'
            " WHERE status = 'open' AND quarantine_id IN (SELECT unnest(?::BIGINT[]))",
            [list(lines)],
        ).fetchall()
    found = {row[0]: tuple(row[1:]) for row in rows}
    for quarantine_id in lines:
        if quarantine_id not in found:
            raise Refused("line_not_waiting", line=quarantine_id)
    return found


def _type(change: Change, quarantine_id: int, cell: int, value: str | None) -> None:
    change.retire("crm.correction", "quarantine_id = ? AND cell = ?", [quarantine_id, cell])
    change.cursor.execute(
        "INSERT INTO crm.correction VALUES (?, ?, ?, ?)",
        [quarantine_id, cell, value, change.change_id],
    )


def _index(plan: TablePlan, column: str) -> int:
    for one in plan.columns:
        if one.header.strip() == column:
            return one.index
    raise Refused("column_unknown", column=column)
