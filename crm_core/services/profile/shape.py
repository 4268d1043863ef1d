"""What a profile says of a table or a file, and of each of its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Form = Literal["text", "number", "date", "flag"]
Value = float | datetime | str


@dataclass(frozen=True)
class ColumnProfile:
    """What one column holds. `least`, `middle` and `most` are of the values as measured."""

    name: str
    """The field of a table, the title of a file's column."""
    form: Form
    forms: Mapping[str, float] = field(default_factory=dict)
    """What its filled cells look like: form -> share, 0 … 1."""
    filled: int = 0
    missing: int = 0
    different: int = 0
    least: Value | None = None
    middle: Value | None = None
    most: Value | None = None
    lengths: tuple[int, float, int] | None = None
    """Of texts: the shortest, the mean, the longest, in characters."""
    frequent: tuple[tuple[str, int], ...] = ()
    """Values with how many rows have them, the most frequent first."""
    fences: tuple[float, float] | None = None
    """What lies beyond them is an outlier; days as seconds since 1970."""
    outliers: int | None = None
    """None where nothing can stand out: texts, and numbers that are nearly all alike."""
    furthest: tuple[Value, ...] = ()
    bins: tuple[int, ...] = ()
    """How many values lie in each of equal steps, outliers by distance left out."""


@dataclass(frozen=True)
class Profile:
    """A table or a file; where `sampled`, all but rows, filled, missing, least and most rest on
    a number of rows drawn at random, and `different` is approximate (within some 2%)."""

    rows: int
    repeated: int | None
    """Rows that say the same as an earlier one in all but their own number; None: not counted."""
    sampled: bool
    columns: tuple[ColumnProfile, ...]
