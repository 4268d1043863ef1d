"""Rows that the system they come from keeps, but marks as deleted."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from crm_core.domain.plan import TablePlan
from crm_core.domain.raw import lines_in
from crm_core.domain.steps import DropLines
from crm_core.pipeline.clean import trimmed
from crm_core.pipeline.recognise.match import Column
from crm_core.reference import booleans, header_words, plain_key

_MARKS = 20
"""Distinct cells beyond which a column is no mark, however its title reads."""


def steps(
    cursor: duckdb.DuckDBPyConnection, data: Path, plan: TablePlan, columns: Sequence[Column]
) -> list[DropLines]:
    """Rows marked so are left out, by a step that a person sees and may switch off."""
    titles = plan.titles()
    marks = {
        column.index: gone
        for column in columns
        if any(key in header_words().deleted for key, _ in column.header.words)
        and (gone := _marked(cursor, data, plan.header_line, column.index))
    }
    return [DropLines(column=titles[index], values=gone) for index, gone in marks.items()]


def _marked(
    cursor: duckdb.DuckDBPyConnection, data: Path, header_line: int, column: int
) -> tuple[str, ...]:
    """The cells that say yes; none where a cell says neither yes nor no."""
    found = cursor.execute(
        f"SELECT DISTINCT {trimmed(f'c{column}')} AS cell FROM {lines_in(cursor, data)}"
        f" WHERE line > ? AND cell IS NOT NULL ORDER BY cell LIMIT {_MARKS + 1}",
        [header_line],
    ).fetchall()
    said = {cell: booleans().get(plain_key(cell)) for (cell,) in found}
    return () if None in said.values() else tuple(cell for cell, yes in said.items() if yes)
