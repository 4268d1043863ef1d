"""What the parts of the generator share: the firm's shapes, the words, the end date, the dice."""

import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from crm_core.sample.calendar import Calendar

YEARS = 3
EARLIER = 9  # months

Array = NDArray[Any]
"""A column: one value per row."""


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Segment(_Shape):
    """A market segment: who is in it and how it buys."""

    name: str
    variants: tuple[str, ...]
    """Other ways in which staff write it."""
    share: float
    """Of the customers."""
    deal: float
    """Median amount of an opportunity, in yuan."""
    sigma: float
    """Spread of the amounts' logarithm."""
    win: float
    """Share of the decided opportunities that are won."""
    cycle: float
    """Median days from the first entry to the decision."""
    growth: float
    """Of its business per year: 0.1 means a tenth more."""
    mix: dict[str, float]
    """Product family -> how often it is bought, in any unit."""
    trades_zh: tuple[str, ...]
    trades_en: tuple[str, ...]


class Family(_Shape):
    """A product family; prices are list prices in yuan."""

    margin: float
    returned: float
    products: dict[str, float]


class Team(_Shape):
    """A team of the staff; `kind` says what it does, `region` where, if that matters."""

    name: str
    size: int
    role: str
    kind: Literal["management", "inside", "field", "key", "tier1", "tier2", "marketing"]
    region: str


class Firm(_Shape):
    """Everything in firm.yaml."""

    segments: tuple[Segment, ...]
    families: dict[str, Family]
    phasing_out: tuple[str, ...]
    teams: tuple[Team, ...]
    regions: dict[str, float]
    channels: dict[str, float]
    sources: dict[str, float]
    stages: dict[str, float]
    """Stage of an open opportunity -> probability of winning."""
    season: tuple[float, ...]
    """Business of an average day, January to December, in any unit."""
    yuan_per_dollar: float


@cache
def _read(name: str) -> Any:
    return yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


@cache
def _firm() -> Firm:
    return Firm.model_validate(_read("firm.yaml"))


@dataclass(frozen=True)
class World:
    """One sample company before it has any data."""

    seed: int
    until: date
    """The last day on which anything happened; the exports are of that evening."""
    scale: float

    @property
    def firm(self) -> Firm:
        """The shapes of the business."""
        return _firm()

    @property
    def words(self) -> dict[str, Any]:
        """Everything in words.yaml."""
        words: dict[str, Any] = _read("words.yaml")
        return words

    @property
    def calendar(self) -> Calendar:
        """The three years that end with the month of `until`."""
        start = np.datetime64(self.until, "M") - (12 * YEARS - 1)
        return self._calendar(start)

    @property
    def longer_calendar(self) -> Calendar:
        """Some months more: the exports also hold what began earlier and ended in these years."""
        start = np.datetime64(self.until, "M") - (12 * YEARS - 1 + EARLIER)
        return self._calendar(start)

    def _calendar(self, start: np.datetime64) -> Calendar:
        day = start.astype("datetime64[D]")
        return Calendar(day, self.until, self.firm.season)

    @property
    def programme_start(self) -> np.datetime64:
        """The day on which staff began to capture segments in earnest."""
        return np.datetime64(self.until - timedelta(days=90), "D")

    @property
    def end(self) -> np.datetime64:
        """The evening of the last day."""
        return np.datetime64(self.until, "m") + np.timedelta64(19, "h")

    def dice(self, part: str) -> np.random.Generator:
        """Random numbers of one part: a change in one part leaves the others as they were."""
        return np.random.default_rng([self.seed, zlib.crc32(part.encode())])

    def count(self, rows: int) -> int:
        """How many rows a table has that has `rows` at scale 1."""
        return max(round(rows * self.scale), 10)


def draw(dice: np.random.Generator, chances: dict[str, float], count: int) -> Array:
    """`count` keys of `chances`, drawn in proportion to their values."""
    weights = np.array(list(chances.values()), dtype=float)
    picks = dice.choice(len(weights), size=count, p=weights / weights.sum())
    return np.array(list(chances), dtype=object)[picks]


def among(dice: np.random.Generator, values: Any, count: int) -> Array:
    """`count` of the values, each as likely as the other."""
    pool = np.array(list(values), dtype=object)
    return pool[dice.integers(len(pool), size=count)]


def numbered(prefix: str, count: int, digits: int, first: int = 1) -> Array:
    """Running ids with leading zeros."""
    return np.array([f"{prefix}{n:0{digits}d}" for n in range(first, first + count)], dtype=object)
