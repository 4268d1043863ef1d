"""Lines that wait, with their cells: as the file has them, and as they were corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Refused
from crm_core.domain.raw import lines_in
from crm_core.pipeline.suggest import Broken, Suggestion, suggested
from crm_core.store import Store


@dataclass(frozen=True)
class Table:
    """A loaded table that lines wait from: how it was understood, and where its raw lines are."""

    file_id: int
    plan: TablePlan
    archive: Path
    """As the source has them, also where its lines were run again before."""
    titles: tuple[str, ...]
    """A name for every cell of its widest line."""


@dataclass(frozen=True)
class Waiting:
    """A line that waits."""

    quarantine_id: int
    table: Table
    file: str
    sheet: str | None
    line: int
    column: str | None
    """Header of the column that broke the rule; None where the whole line did."""
    value: str | None
    rule: str
    owner: str | None
    due: date | None
    raw: tuple[str | None, ...]
    """Its cells as the file has them; as many as the widest line of the file has."""
    said: Mapping[int, str | None]
    """Cell -> what a person typed."""

    @property
    def values(self) -> tuple[str | None, ...]:
        """The cells as they were corrected, else as the file has them."""
        return tuple(self.said.get(at, cell) for at, cell in enumerate(self.raw))

    @property
    def broken(self) -> int | None:
        """The cell that broke the rule; of columns with one header the one with that value.

        None for a ragged line: its cells stand in the wrong columns.
        """
        if self.rule == "ragged":
            return None
        alike = [
            one.index
            for one in self.table.plan.columns
            if self.column is not None and one.header.strip() == self.column
        ]
        same = [
            at for at in alike if self.value in (self.raw[at : at + 1] + self.values[at : at + 1])
        ]
        return next(iter(same or alike), None)


def read_waiting(store: Store, lines: Sequence[int]) -> dict[int, Waiting]:
    """quarantine_id -> line, in the order of the files. Refused: line_not_waiting, line_unknown."""
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT quarantine_id, file_id, source_file, sheet, source_line, "
            ' "column", value, rule, owner, due FROM crm.quarantine'
            " WHERE status = 'open' AND quarantine_id IN (SELECT unnest(?::BIGINT[]))"
            " ORDER BY batch_id DESC, file_id, source_line, quarantine_id",
            [list(lines)],
        ).fetchall()
        known = {row[0] for row in rows}
        if gone := [one for one in lines if one not in known]:
            raise Refused("line_not_waiting", line=gone[0])
        tables = _tables(cursor, store, {row[1]: row[4] for row in rows})
    said = corrections(store, lines)
    raw = {
        file_id: _raw(table, [row[4] for row in rows if row[1] == file_id])
        for file_id, table in tables.items()
    }
    return {
        number: Waiting(
            *(number, tables[file_id], file, sheet, line, column, value, rule, owner, due),
            raw=raw[file_id][line],
            said=said.get(number, {}),
        )
        for number, file_id, file, sheet, line, column, value, rule, owner, due in rows
    }


def suggestions(store: Store, lines: Mapping[int, Waiting]) -> dict[int, Suggestion]:
    """quarantine_id -> what its cells probably should be; only of lines that it would change."""
    by_table: dict[int, list[Waiting]] = {}
    for line in lines.values():
        by_table.setdefault(line.table.file_id, []).append(line)
    found: dict[int, Suggestion] = {}
    with store.read() as cursor:
        for some in by_table.values():
            asked = [Broken(line.rule, line.broken, line.values) for line in some]
            answers = suggested(cursor, some[0].table.plan, asked)
            for line, answer in zip(some, answers, strict=True):
                if any(line.values[at] != cell for at, cell in answer.items()):
                    found[line.quarantine_id] = answer
    return found


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


def _tables(
    cursor: duckdb.DuckDBPyConnection, store: Store, lines: Mapping[int, int]
) -> dict[int, Table]:
    """The tables by their file_id; `lines`: of each a line that waits."""
    rows = cursor.execute(
        """
        WITH RECURSIVE source AS (
            SELECT file_id, plan, archive, corrects FROM crm.batch_file
            WHERE file_id IN (SELECT unnest(?::BIGINT[]))
            UNION ALL
            SELECT source.file_id, source.plan, earlier.archive, earlier.corrects
            FROM source JOIN crm.batch_file AS earlier ON earlier.file_id = source.corrects)
        SELECT file_id, plan, archive FROM source WHERE corrects IS NULL
        """,
        [list(lines)],
    ).fetchall()
    found = {}
    for file_id, kept, archive in rows:
        plan, path = TablePlan.model_validate_json(kept), store.files / str(archive)
        width = _width(path, lines[file_id])
        titles = tuple(plan.titles(width).values())[:width]
        found[file_id] = Table(file_id, plan, path, titles)
    return found


def _width(archive: Path, line: int) -> int:
    """Cells of the widest line. Refused("line_unknown") where the raw lines are gone."""
    try:
        with duckdb.connect() as connection:
            described = connection.execute(
                f"DESCRIBE SELECT * EXCLUDE (line, width) FROM {lines_in(connection, archive)}"
            ).fetchall()
    except duckdb.IOException as error:
        raise Refused("line_unknown", line=line) from error
    return len(described)


def _raw(table: Table, lines: list[int]) -> dict[int, tuple[str | None, ...]]:
    """Line -> its cells, blank ones None. Refused("line_unknown")."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT line, * EXCLUDE (line, width)"
            f" FROM {lines_in(connection, table.archive)}"
            " WHERE line IN (SELECT unnest(?::BIGINT[]))",
            [lines],
        ).fetchall()
    found = {row[0]: tuple(cell or None for cell in row[1:]) for row in rows}
    if missing := [line for line in lines if line not in found]:
        raise Refused("line_unknown", line=missing[0])
    return found
