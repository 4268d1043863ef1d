"""The first rows of a sheet before and after cleaning, and what a load would do: a rehearsal."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.fates import Fate
from crm_core.domain.raw import lines_in
from crm_core.pipeline.automatic import Automatic, automatic
from crm_core.pipeline.clean import trimmed
from crm_core.pipeline.judge import Warned
from crm_core.pipeline.references import note_targets, referred
from crm_core.pipeline.segments import SegmentNames
from crm_core.pipeline.stage import Staged, stage
from crm_core.pipeline.steps import Effect
from crm_core.pipeline.values import Repair
from crm_core.reference import entities
from crm_core.services.imports import edit
from crm_core.services.imports.load import rules_of
from crm_core.services.imports.upload import Table, Upload
from crm_core.sources import Note
from crm_core.store import Store

LOOKED_AT = 10_000
"""So many lines of a sheet, below its header, are cleaned for a preview."""
SHOWN = 20
SAMPLED = 200
REFUSED_SHOWN = 100
NOTED_SHOWN = 100


@dataclass(frozen=True)
class CleanColumn:
    """A column of the cleaned rows: field of an entity (None: the sheet's own) and its source."""

    entity: str | None
    field: str
    index: int | None
    """The source column; None for what follows from others."""


@dataclass(frozen=True)
class CleanLine:
    """One source line: its raw cells, its values in the order of the columns, and its fate."""

    line: int
    raw: tuple[str | None, ...]
    values: tuple[Any, ...]
    fate: Fate | None
    """None: the line becomes a row."""
    reason: str | None


@dataclass(frozen=True)
class RefusedLine:
    """A line that would be set aside, with the rule and the cell that broke it."""

    line: int
    rule: str
    column: str | None
    value: str | None
    """None where no cell alone is wrong, as in a line with too many or too few."""
    cells: int
    """How many the line has."""
    expected: int
    """How many the header has."""


@dataclass(frozen=True)
class NotedLine:
    """A line that a reader noted: what the file says, and the cells that were made of it."""

    line: int
    text: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What a load would do with the lines looked at."""

    columns: tuple[CleanColumn, ...]
    lines: tuple[CleanLine, ...]
    repairs: tuple[Repair, ...]
    effects: tuple[Effect, ...]
    """What each step of the plan did to them."""
    automatic: tuple[Automatic, ...]
    """What was done to each column without being asked for."""
    warnings: tuple[Warned, ...]
    """Lines that would be loaded although something is wrong with them."""
    refused: tuple[RefusedLine, ...]
    fates: dict[Fate | None, int]
    """None counts the lines that become rows."""
    whole: bool
    """Whether every line of the sheet was looked at."""


def preview(store: Store, actor: Actor, upload: Upload, table: Table) -> Preview:
    """Clean the table's first lines as its plan says, in temporary tables.

    Sheets of the upload that it refers to are known to it, as they are in a load.
    The plan must name an entity.
    """
    with tempfile.TemporaryDirectory() as folder, store.read() as cursor:
        names = SegmentNames.held(cursor)
        note_targets(cursor, referred([table.plan]))
        for number, other in enumerate(_referred(upload, table)):
            stage(cursor, number, _first(cursor, other, Path(folder)), other.plan, names)
        number = len(upload.tables)
        first, kept = _first(cursor, table, Path(folder)), rules_of(store, actor)
        staged = stage(cursor, number, first, table.plan, names, kept[str(table.plan.entity)])
        return Preview(
            columns := _columns(staged),
            _lines(cursor, staged, columns),
            staged.repairs,
            staged.effects,
            automatic(cursor, staged),
            staged.warnings,
            _refused(cursor, staged),
            _fates(cursor, staged),
            _is_short(table),
        )


def samples(table: Table, *, most: int = 3) -> dict[int, list[str]]:
    """For each column a few different values from the first lines; none for an empty column.

    Where nobody can tell day from month, those that leave it open, wherever they stand.
    """
    with duckdb.connect() as connection:
        source = lines_in(connection, table.raw.data)
        lines = connection.execute(
            f"SELECT * EXCLUDE (line, width) FROM {source} WHERE line > ? ORDER BY line LIMIT ?",
            [table.plan.header_line, SAMPLED],
        ).fetchall()
        columns = enumerate(zip(*lines, strict=True)) if lines else ()
        seen = {
            i: [cell.strip() for cell in cells if cell and cell.strip()] for i, cells in columns
        }
        for column in table.plan.columns:
            if edit.needs_date_order(table.plan, column):
                found = _day_month(connection, source, table.plan.header_line, column.index, most)
                seen[column.index] = found or seen[column.index]
    return {index: list(dict.fromkeys(cells))[:most] for index, cells in seen.items()}


def noted(table: Table, note: Note) -> list[NotedLine]:
    """The first lines that a note is about. One within a record has no cells of its own."""
    said = dict(zip(note.lines[:NOTED_SHOWN], note.texts, strict=False))
    with duckdb.connect() as connection:
        source = lines_in(connection, table.raw.data)
        found = connection.execute(
            f"FROM {source} WHERE line IN (SELECT unnest(?::BIGINT[]))", [list(said)]
        ).fetchall()
    cells = {line: tuple(cell or "" for cell in read[:width]) for line, width, *read in found}
    return [NotedLine(line, text, cells.get(line, ())) for line, text in said.items()]


def _day_month(
    cursor: duckdb.DuckDBPyConnection, source: str, header_line: int, index: int, most: int
) -> list[str]:
    """The first cells of a column that have no year of four digits in front."""
    found = cursor.execute(
        rf"""SELECT trim(c{index}) AS cell FROM {source}
            WHERE line > ? AND regexp_matches(cell, '^\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d')
            GROUP BY cell ORDER BY min(line) LIMIT ?""",
        [header_line, most],
    ).fetchall()
    return [cell for (cell,) in found]


def _referred(upload: Upload, table: Table) -> list[Table]:
    """The sheets whose ids and names the table's cells may mean, in the order of a load."""
    meant, order = referred([table.plan]), list(entities())
    found = [one for one in upload.tables if one is not table and one.plan.entity in meant]
    return sorted(found, key=lambda one: order.index(str(one.plan.entity)))


def _first(cursor: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> Path:
    """The first lines of a table, as the reader writes them."""
    if _is_short(table):
        return table.raw.data
    target = folder / f"{table.raw.data.parent.name}-{table.raw.data.name}"
    header = table.plan.header_line
    lines = cursor.sql(f"FROM {lines_in(cursor, table.raw.data)}")
    first = lines.filter(f"line > {header}").order("line").limit(LOOKED_AT)
    lines.filter(f"line <= {header}").union(first).write_parquet(str(target))
    return target


def _is_short(table: Table) -> bool:
    """Whether all lines below the header are looked at."""
    return table.raw.rows_below(table.plan.header_line) <= LOOKED_AT


def _columns(staged: Staged) -> tuple[CleanColumn, ...]:
    index = {(c.entity, c.field): c.index for c in staged.plan.columns if c.sure and c.field}
    named: list[tuple[str | None, str]] = [(None, name) for name in staged.fields]
    named += [(entity, name) for entity, names in staged.derived.items() for name in names]
    places = [CleanColumn(entity, name, index.get((entity, name))) for entity, name in named]
    return tuple(sorted(places, key=lambda c: (c.index is None, c.index or 0)))


def _lines(
    cursor: duckdb.DuckDBPyConnection, staged: Staged, columns: Sequence[CleanColumn]
) -> tuple[CleanLine, ...]:
    raw = [trimmed(f"c{index}") for index in range(staged.cells.columns)]
    clean = [f"{c.entity}__{c.field}" if c.entity else c.field for c in columns]
    found = cursor.execute(
        f"SELECT line, fate, why, {', '.join((*raw, *clean))} FROM {staged.name}"
        f" JOIN {lines_in(cursor, staged.cells.data)} USING (line) ORDER BY line LIMIT {SHOWN}"
    ).fetchall()
    return tuple(
        CleanLine(
            line, values[: len(raw)], values[len(raw) :], Fate(fate) if fate else None, reason
        )
        for line, fate, reason, *rest in found
        for values in [tuple(rest)]
    )


def _refused(cursor: duckdb.DuckDBPyConnection, staged: Staged) -> tuple[RefusedLine, ...]:
    cells = ", ".join(f"c{index}" for index in range(staged.cells.columns))
    header = {column.index: column.header for column in staged.plan.columns}
    found = cursor.execute(
        f"SELECT line, why, bad_column, [{cells}][bad_column + 1], width FROM {staged.name}"
        f" JOIN {staged.cells.name} USING (line) WHERE fate = '{Fate.QUARANTINED}'"
        f" ORDER BY line LIMIT {REFUSED_SHOWN}"
    ).fetchall()
    expected = staged.cells.header_width
    return tuple(
        RefusedLine(line, rule, header.get(bad), cell, width, expected)
        for line, rule, bad, cell, width in found
    )


def _fates(cursor: duckdb.DuckDBPyConnection, staged: Staged) -> dict[Fate | None, int]:
    found = cursor.execute(f"SELECT fate, count(*) FROM {staged.name} GROUP BY fate").fetchall()
    return {Fate(fate) if fate else None: int(count) for fate, count in found}
