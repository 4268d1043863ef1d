"""What cleaning did to each column by itself, told as the steps of a recipe are."""

from dataclasses import dataclass

import duckdb

from crm_core.domain.plan import ColumnPlan
from crm_core.pipeline.stage import Staged
from crm_core.pipeline.standards import Standard, can_stay, standard_of
from crm_core.pipeline.steps import SHOWN, Effect, Sample

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Automatic:
    """The standardiser of a column and what it did."""

    column: int
    """Index of the source column."""
    title: str
    standard: Standard
    on: bool
    can_stay: bool
    """Whether it may be switched off."""
    effect: Effect


def automatic(cursor: Cursor, staged: Staged) -> tuple[Automatic, ...]:
    """A step for every mapped column that has a standardiser, in the order of the columns."""
    titles = staged.plan.titles()
    found: list[Automatic] = []
    for column in sorted(staged.plan.columns, key=lambda column: column.index):
        standard = standard_of(staged.plan, column) if column.field and column.sure else None
        if standard:
            free = can_stay(standard)
            on = not (free and column.as_is == "all")
            effect = _effect(cursor, staged, column) if on else Effect()
            title = titles[column.index]
            found.append(Automatic(column.index, title, standard, on, free, effect))
    return tuple(found)


def _effect(cursor: Cursor, staged: Staged, column: ColumnPlan) -> Effect:
    """The records whose value says other than the cell; what could not be read says nothing."""
    name = f"{column.entity}__{column.field}" if column.entity else str(column.field)
    cell = f"{staged.cells.name}.c{column.index}"
    text = "regexp_replace(value::VARCHAR, ' 00:00:00$', '')"
    rows = cursor.execute(
        f"WITH cell AS (SELECT {cell} AS raw, {name} AS value FROM {staged.name}"
        f" JOIN {staged.cells.name} USING (line) WHERE {cell} IS NOT NULL"
        f" AND fate IS DISTINCT FROM 'skipped' AND (fate IS NULL OR {name} IS NOT NULL)),"
        " apart AS (SELECT * FROM cell WHERE value IS DISTINCT FROM"
        f" try_cast(raw AS {_type(cursor, staged.name, name)}))"
        f" SELECT raw, {text} AS clean, count(*) AS lines, sum(count(*)) OVER ()"
        f" FROM apart GROUP BY ALL ORDER BY lines DESC, raw, clean LIMIT {SHOWN}"
    ).fetchall()
    samples = tuple(Sample(raw, clean, int(lines)) for raw, clean, lines, _ in rows)
    return Effect(int(rows[0][3]) if rows else 0, samples)


def _type(cursor: Cursor, table: str, column: str) -> str:
    described = cursor.execute(f"SELECT typeof({column}) FROM {table} LIMIT 1").fetchone()
    return str(described[0]) if described else "VARCHAR"
