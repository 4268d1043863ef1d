"""What a report of a migration says, fact by fact."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from crm_core.domain.problems import Problem
from crm_core.domain.steps import Step


@dataclass(frozen=True)
class Batch:
    """A load that the report tells of."""

    batch: int
    at: datetime
    """UTC."""
    actor: str
    undone: bool


@dataclass(frozen=True)
class File:
    """A file, or a sheet of one, and what became of its lines."""

    batch: int
    file: str
    sheet: str | None
    entity: str | None
    encoding: str | None
    rows_read: int
    loaded: int
    updated: int
    merged: int
    quarantined: int
    skipped: int
    problem: Problem | None


@dataclass(frozen=True)
class Fate:
    """Lines that went the same way for the same reason."""

    fate: str
    reason: str | None
    lines: int


@dataclass(frozen=True)
class Repair:
    """A field whose spellings were mended."""

    entity: str | None
    field: str
    values: int
    lines: int
    examples: tuple[tuple[str, str], ...]
    """Raw and clean, the most frequent first."""


@dataclass(frozen=True)
class StepDone:
    """A step of a recipe and the lines that it touched."""

    file: str
    sheet: str | None
    step: Step
    lines: int
    sample: tuple[str | None, str | None] | None
    """A cell before and after."""


@dataclass(frozen=True)
class Waiting:
    """Lines that wait in quarantine under one rule."""

    entity: str
    rule: str
    lines: int
    example: str | None
    file: str
    line: int
    """Of the example."""


@dataclass(frozen=True)
class Warned:
    """Loaded lines that break a rule."""

    entity: str | None
    rule: str
    lines: int


@dataclass(frozen=True)
class Gap:
    """A column that is not filled everywhere, as it is now."""

    entity: str
    field: str
    rows: int
    missing: int


@dataclass(frozen=True)
class Control:
    """Revenue before and after, and what made the difference: after = before + new + changed."""

    basis: str
    currency: str | None
    rows: int
    """That carry money after."""
    before: Decimal
    new: Decimal
    changed: Decimal
    after: Decimal


@dataclass(frozen=True)
class Migration:
    """Everything of one report, of one state of the store."""

    batches: tuple[Batch, ...]
    files: tuple[File, ...]
    fates: tuple[Fate, ...]
    repairs: tuple[Repair, ...]
    steps: tuple[StepDone, ...]
    waiting: tuple[Waiting, ...]
    settled: int
    """Lines that these loads set aside and that have been loaded or dropped since."""
    warnings: tuple[Warned, ...]
    gaps: tuple[Gap, ...]
    controls: tuple[Control, ...]

    def lines(self, fate: str) -> int:
        """How many lines had that fate; "rows_read": all of them."""
        return sum(getattr(file, fate) for file in self.files)
