"""How the data stand: each column now, each table after every load."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.services.quality import measure
from crm_core.store import Store


@dataclass(frozen=True)
class Column:
    """One column of a table; see the metric data_quality for what counts."""

    entity: str
    field: str
    rows: int
    missing: int
    invalid: int
    duplicates: int | None
    """None where repeating is no fault."""

    @property
    def in_use(self) -> bool:
        """Whether any row fills it: a column that no source delivers is no gap in the data."""
        return self.missing < self.rows


@dataclass(frozen=True)
class Score:
    """Cells of columns in use, how many of them are filled, and how many values are wrong."""

    cells: int = 0
    filled: int = 0
    invalid: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.cells + other.cells, self.filled + other.filled, self.invalid + other.invalid
        )

    @property
    def completeness(self) -> float | None:
        """The share of cells that are filled, 0 … 1; None without cells."""
        return self.filled / self.cells if self.cells else None

    @property
    def validity(self) -> float | None:
        """The share of filled cells without a fault, 0 … 1; one that waits counts as a fault."""
        return max(0.0, 1 - self.invalid / self.filled) if self.filled else None


@dataclass(frozen=True)
class Moment:
    """The tables as they stood after a load, or after one was taken back."""

    at: datetime
    """UTC."""
    change: int
    scores: dict[str, Score]
    """Entity -> its score, also where this load did not touch it."""

    @property
    def score(self) -> Score:
        """All tables together."""
        return total(self.scores.values())


@dataclass(frozen=True)
class Standing:
    """The columns and tables as they are now."""

    columns: tuple[Column, ...]
    rows: dict[str, int]
    """Entity -> its rows; those without any are left out."""
    scores: dict[str, Score]
    """Entity -> its score now."""
    waiting: dict[str, int]
    """Entity -> lines that wait in quarantine."""


def total(scores: Any) -> Score:
    """Several scores as one."""
    return sum(scores, Score())


def standing(store: Store, _actor: Actor) -> Standing:
    """How the data stand, all of one state of the store."""
    with store.snapshot() as cursor:
        measure.note_broken_values(cursor)
        found = metrics.run(cursor, "data_quality", {}).to_pylist()
        waiting = cursor.execute(
            "SELECT entity, count(*) FROM crm.quarantine WHERE status = 'open' GROUP BY entity"
        ).fetchall()
    columns = tuple(
        Column(row["table"], row["column"], *(row[name] for name in _COUNTS)) for row in found
    )
    rows = {column.entity: column.rows for column in columns if column.rows}
    scores = {name: score_of([one for one in columns if one.entity == name]) for name in rows}
    return Standing(columns, rows, scores, dict(waiting))


def history(store: Store, _actor: Actor) -> tuple[Moment, ...]:
    """The tables after each load, the oldest first."""
    with store.read() as cursor:
        kept = cursor.execute(
            "SELECT change_id, committed_at, entity, sum(rows)::BIGINT,"
            " sum(rows - missing)::BIGINT, sum(invalid)::BIGINT"
            " FROM (SELECT entity, change_id, rows * (missing < rows)::INTEGER AS rows,"
            " missing * (missing < rows)::INTEGER AS missing, invalid FROM crm.quality)"
            " JOIN app.change USING (change_id) GROUP BY ALL ORDER BY change_id, entity"
        ).fetchall()
    return _moments(kept)


_COUNTS = ("rows", "missing", "invalid", "duplicates")


def score_of(columns: Sequence[Column]) -> Score:
    """The columns of a table as one score."""
    used = [column for column in columns if column.in_use]
    return Score(
        sum(column.rows for column in used),
        sum(column.rows - column.missing for column in used),
        sum(column.invalid for column in columns),
    )


def _moments(kept: Sequence[tuple[Any, ...]]) -> tuple[Moment, ...]:
    """A load measures the tables that it touched; the others stand as they stood before."""
    found: list[Moment] = []
    for change, at, entity, *counts in kept:
        if not found or found[-1].change != change:
            found.append(Moment(at, change, dict(found[-1].scores) if found else {}))
        found[-1].scores[entity] = Score(*counts)
    return tuple(found)


@dataclass(frozen=True)
class Came:
    """A file or sheet of a load in force whose lines are kept."""

    file_id: int
    batch: int
    file: str
    sheet: str | None


MOST_FILES = 200


def files(store: Store, _actor: Actor) -> list[Came]:
    """What can be profiled as it came, the newest first."""
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT file_id, batch_id, source_file, sheet FROM crm.batch_file"
            " JOIN crm.batch USING (batch_id) WHERE undone_by IS NULL AND archive IS NOT NULL"
            f" AND rows_read > 0 ORDER BY batch_id DESC, file_id LIMIT {MOST_FILES}"
        ).fetchall()
    return [Came(*row) for row in rows]
