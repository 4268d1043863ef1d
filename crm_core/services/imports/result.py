"""What a load tells about itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Problem
from crm_core.pipeline.judge import Warned

Progress = Callable[[str, str, float], None]
"""Told while a load goes on: step (read, recognise, clean, publish, match), file, share 0 … 1."""


def silent(_step: str, _file: str, _share: float) -> None:
    """Progress that nobody watches."""


class FileResult(BaseModel):
    """What became of one table; rows_read is the sum of the five fates."""

    model_config = {"arbitrary_types_allowed": True}

    path: str
    sheet: str | None = None
    file_id: int | None = None
    entity: str | None = None
    encoding: str | None = None
    rows_read: int = 0
    loaded: int = 0
    updated: int = 0
    merged: int = 0
    quarantined: int = 0
    skipped: int = 0
    derived: dict[str, int] = {}
    mapping: dict[str, str | None] = {}
    repairs: list[tuple[str, str, str, int]] = []
    """Field, raw value, clean value, lines."""
    warnings: list[Warned] = []
    """Lines that are loaded although something is wrong with them."""
    notes: list[Problem] = []
    """What was not as it should be in the file and was read all the same."""
    repeats: int = 0
    """Rows that repeat an earlier line of the file to the letter; nothing tells them apart."""
    problem: Problem | None = None
    """Why nothing of it was loaded."""


@dataclass(frozen=True)
class Arrivals:
    """What matching made of a load's rows: entity -> records merged away, pairs for people."""

    merged: dict[str, int]
    review: dict[str, int]
    problem: Problem | None = None
    """Why the rows were not matched; they are in the store all the same."""


@dataclass
class ImportResult:
    """What a load did; `batch` is None when nothing was loaded."""

    batch: int | None
    files: list[FileResult]
    seconds: float
    fates: list[dict[str, Any]] | None = None
    """Of a rehearsal, if they were asked for: every line's, as loads.fates tells a load's."""
    arrivals: Arrivals | None = None
    """None where nothing was loaded, or the store's records were never matched."""

    @property
    def refused(self) -> list[FileResult]:
        """The tables of which nothing was loaded."""
        return [file for file in self.files if file.problem]


def refused(paths: Sequence[Path], problem: Problem) -> ImportResult:
    """What is told of files and folders when nothing of any was loaded, for one reason."""
    return ImportResult(None, [FileResult(path=str(path), problem=problem) for path in paths], 0.0)


def mapping_of(plan: TablePlan) -> dict[str, str | None]:
    """Header -> the field it fills (entity.field for a derived one), None for an extra."""
    titles = plan.titles()
    found: dict[str, str | None] = {}
    for column in plan.columns:
        field = column.field if column.sure else None
        code = f"{column.entity}.{field}" if field and column.entity else field
        found[titles[column.index]] = code
    return found
