"""How deals ended: open, won or lost, as their outcome says, else as their stage does."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from crm_core.domain.plan import ColumnPlan
from crm_core.pipeline.cells import Cells
from crm_core.pipeline.mending import Doubt, is_blank
from crm_core.pipeline.standardise.stages import stages
from crm_core.pipeline.vocabulary import ValueMap, distinct, keep_map
from crm_core.reference import outcome_of

Cursor = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Told:
    """What one column tells."""

    index: int
    words: ValueMap
    """Its cells -> open, won or lost."""
    unknown: tuple[str, ...]
    """Its cells that say neither."""


def told(cursor: Cursor, cells: Cells, columns: Sequence[ColumnPlan]) -> list[Told]:
    """What each of the columns tells, the one that counts first: at most an outcome, a stage."""
    return [
        _told(cursor, cells, column) for column in sorted(columns, key=lambda one: str(one.field))
    ]


def sql(found: Sequence[Told]) -> str:
    """The outcome over the joined maps; what no list knows is open."""
    return f"coalesce({', '.join(f'{one.words.name}.clean' for one in found)}, 'open')"


def doubts(cursor: Cursor, cells: Cells, found: Sequence[Told]) -> list[list[Doubt]]:
    """Of each column the cells that leave a deal open although nobody knows what they mean."""
    if len(found) == 1:
        return [[Doubt(raw, "stage_unknown") for raw in found[0].unknown]]
    outcome, stage = found
    return [
        _doubts(cursor, cells, outcome, stage, "true"),
        _doubts(cursor, cells, stage, outcome, f"c{outcome.index} IS NULL"),
    ]


def _doubts(cursor: Cursor, cells: Cells, one: Told, other: Told, where: str) -> list[Doubt]:
    """The unknown cells of `one` beside which `other` tells nothing."""
    if not one.unknown:
        return []
    rows = cursor.execute(
        f"SELECT DISTINCT c{one.index}, coalesce(c{other.index}, '') FROM {cells.name}"
        f" LEFT JOIN {other.words.name} AS said ON said.raw = c{other.index}"
        f" WHERE c{one.index} IN (SELECT unnest($raw::VARCHAR[])) AND said.clean IS NULL"
        f" AND {where} ORDER BY ALL",
        {"raw": list(one.unknown)},
    ).fetchall()
    return [Doubt(raw, "stage_unknown", (other.index, beside)) for raw, beside in rows]


def _told(cursor: Cursor, cells: Cells, column: ColumnPlan) -> Told:
    lines = distinct(cursor, cells, column.index)
    said = {raw: count for raw, count in lines.items() if not is_blank(raw)}
    meant = stages(said) if column.as_is != "all" else {}
    kept = () if column.as_is == "all" else column.as_is
    ended = {raw: outcome_of(raw if raw in kept else meant.get(raw, raw)) for raw in said}
    words = keep_map(
        cursor, cells, column.index, [*ended], [*ended.values()], "VARCHAR", "_outcome"
    )
    return Told(column.index, words, tuple(raw for raw, end in ended.items() if end is None))
