"""The steps of a recipe, done to a table's cells in SQL: on distinct values, then joined back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import assert_never

import duckdb

from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Refused
from crm_core.domain.steps import (
    Case,
    Default,
    DropLines,
    FillDown,
    FullName,
    Replace,
    Step,
    Substitute,
)
from crm_core.pipeline.cells import Cells
from crm_core.pipeline.clean import trimmed

Cursor = duckdb.DuckDBPyConnection
SHOWN = 5
"""So many samples of before and after are kept of a step."""
_TITLE = (
    "array_to_string(list_transform(string_split(lower(raw), ' '),"
    " lambda word: upper(word[1]) || word[2:]), ' ')"
)


@dataclass(frozen=True)
class Sample:
    """A cell before and after a step, None for a blank one, and on how many lines."""

    before: str | None
    after: str | None
    lines: int


@dataclass(frozen=True)
class Effect:
    """What a step did: the lines it touched, and of the most frequent changes a few."""

    lines: int = 0
    samples: tuple[Sample, ...] = ()


def apply(cursor: Cursor, cells: Cells, plan: TablePlan) -> tuple[Effect, ...]:
    """Do the plan's steps in their order; an effect for each, an empty one where it is off.

    Lines that are no records are left alone. Refused: step_column_unknown; step_pattern_bad.
    """
    return tuple(_done(cursor, cells, plan, step) for step in plan.steps)


def check(plan: TablePlan, step: Step) -> None:
    """Refuse what `apply` would: step_column_unknown; step_pattern_bad."""
    for column in step.named:
        _cell(plan, column)
    if isinstance(step, Substitute):
        clean, params = _clean(step)
        with _pattern_of(step), duckdb.connect() as connection:
            connection.execute(f"SELECT {clean} FROM (SELECT '' AS raw)", params).fetchall()


@contextmanager
def _pattern_of(step: Step) -> Iterator[None]:
    try:
        yield
    except (duckdb.InvalidInputException, duckdb.OutOfRangeException) as fault:
        raise Refused("step_pattern_bad", column=step.column) from fault


def _done(cursor: Cursor, cells: Cells, plan: TablePlan, step: Step) -> Effect:
    if not step.on:
        return Effect()
    cell = _cell(plan, step.column)
    beside = _beside(cells, plan, step)
    _note_changes(cursor, cells, cell, step, beside)
    effect = _effect(cursor)
    if effect.lines:
        _write(cursor, cells, cell, step, beside)
    return effect


def _cell(plan: TablePlan, column: str) -> str:
    index = next((at for at, title in plan.titles().items() if title == column), None)
    if index is None:
        raise Refused("step_column_unknown", column=column)
    return f"c{index}"


def _note_changes(cursor: Cursor, cells: Cells, cell: str, step: Step, beside: str) -> None:
    """Temporary table step_change: raw, clean, lines; a row per distinct change.

    `beside`: of a step that looks at other cells, the lines with what they have and what they get.
    """
    records = f"FROM {cells.name} WHERE skip IS NULL"
    params: dict[str, object] = {}
    match step:
        case FillDown() | FullName():
            changes = f"SELECT raw, clean, count(*) AS lines FROM ({beside})"
        case Default():
            changes = f"SELECT NULL AS raw, $value AS clean, count(*) AS lines {records}"
            changes += f" AND {cell} IS NULL HAVING count(*) > 0"
            params = {"value": step.value}
        case DropLines():
            changes = f"SELECT {cell} AS raw, NULL AS clean, count(*) AS lines {records}"
            changes += f" AND ({_is_one_of(cell)})"
            params = {"values": list(step.values), "blank": None in step.values}
        case Replace() | Substitute() | Case():
            clean, params = _clean(step)
            changes = (
                f"SELECT raw, {trimmed(clean)} AS clean, lines FROM (SELECT {cell} AS raw,"
                f" count(*) AS lines {records} AND {cell} IS NOT NULL GROUP BY ALL)"
                " WHERE clean IS DISTINCT FROM raw"
            )
        case _:
            assert_never(step)
    grouped = " GROUP BY ALL" if isinstance(step, FillDown | FullName | DropLines) else ""
    with _pattern_of(step):
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE step_change AS {changes}{grouped}", params)


def _clean(step: Replace | Substitute | Case) -> tuple[str, dict[str, object]]:
    """SQL for the cell `raw` after the step, and what it binds."""
    match step:
        case Replace(values=values):
            found = "list_position($raws, raw)"
            sql = f"CASE WHEN {found} IS NULL THEN raw ELSE $cleans[{found}] END"
            return sql, {"raws": list(values), "cleans": list(values.values())}
        case Substitute(regex=True):
            sql = "regexp_replace(raw, $find, $by, 'g')"
            return sql, {"find": step.find, "by": step.by}
        case Substitute():
            return "replace(raw, $find, $by)", {"find": step.find, "by": step.by}
        case Case(to=to):
            return {"upper": "upper(raw)", "lower": "lower(raw)", "title": _TITLE}[to], {}


def _effect(cursor: Cursor) -> Effect:
    total = cursor.execute("SELECT coalesce(sum(lines), 0) FROM step_change").fetchone()
    rows = cursor.execute(
        f"SELECT raw, clean, lines FROM step_change ORDER BY lines DESC, raw, clean LIMIT {SHOWN}"
    ).fetchall()
    assert total is not None
    return Effect(int(total[0]), tuple(Sample(raw, clean, int(n)) for raw, clean, n in rows))


def _write(cursor: Cursor, cells: Cells, cell: str, step: Step, beside: str) -> None:
    match step:
        case FillDown() | FullName():
            # A line that goes on with another order is another line, also in another file.
            goes_on = (
                ", content = CASE WHEN content IS NOT NULL"
                " THEN md5(content || chr(31) || beside.clean) END"
            )
            cursor.execute(
                f"UPDATE {cells.name} SET {cell} = beside.clean"
                f"{goes_on if isinstance(step, FillDown) else ''}"
                f" FROM ({beside}) AS beside WHERE beside.line = {cells.name}.line"
            )
        case Default():
            cursor.execute(
                f"UPDATE {cells.name} SET {cell} = $value WHERE {cell} IS NULL AND skip IS NULL",
                {"value": step.value},
            )
        case DropLines():
            cursor.execute(
                f"UPDATE {cells.name} SET skip = 'dropped'"
                f" WHERE skip IS NULL AND ({_is_one_of(cell)})",
                {"values": list(step.values), "blank": None in step.values},
            )
        case _:
            cursor.execute(
                f"UPDATE {cells.name} SET {cell} = step_change.clean FROM step_change"
                f" WHERE {cell} = step_change.raw AND skip IS NULL"
            )


def _is_one_of(cell: str) -> str:
    """SQL; binds $values and $blank."""
    return f"list_contains($values, {cell}) OR ($blank AND {cell} IS NULL)"


def _beside(cells: Cells, plan: TablePlan, step: Step) -> str:
    """SQL: line, raw and clean of a step that looks at other cells; "" for any other."""
    match step:
        case FillDown():
            return _above(cells, plan, step)
        case FullName():
            return _full_name(cells, plan, step)
        case _:
            return ""


def _full_name(cells: Cells, plan: TablePlan, step: FullName) -> str:
    """SQL: line, family name and full name, for the lines that have a given name."""
    family, given = _cell(plan, step.column), _cell(plan, step.given)
    chinese = f"regexp_full_match({family} || {given}, '\\p{{Han}}+')"
    full = (
        f"CASE WHEN {chinese} THEN {family} || {given} ELSE concat_ws(' ', {given}, {family}) END"
    )
    records = f"FROM {cells.name} WHERE skip IS NULL AND {given} IS NOT NULL"
    return f"SELECT line, {family} AS raw, {full} AS clean {records}"


def _above(cells: Cells, plan: TablePlan, step: FillDown) -> str:
    """SQL: line and the nearest filled cell above, for the blank cells that have one."""
    cell = _cell(plan, step.column)
    told, filled = "skip IS NULL", cell
    if step.headings:
        told, filled = f"{told} OR skip = 'title'", f"CASE WHEN skip = 'title' THEN {cell} END"
    records, window = f"FROM {cells.name} WHERE {told}", "ORDER BY line"
    if step.within is not None:
        begun = f"count({_cell(plan, step.within)}) OVER (ORDER BY line) AS record"
        records, window = f"FROM (SELECT *, {begun} {records})", "PARTITION BY record ORDER BY line"
    return (
        f"SELECT line, own AS raw, clean FROM (SELECT line, skip, {cell} AS own,"
        f" last_value({filled} IGNORE NULLS) OVER ({window}) AS clean"
        f" {records}) WHERE skip IS NULL AND own IS NULL AND clean IS NOT NULL"
    )
