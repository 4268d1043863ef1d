"""Queries that describe themselves: what their rows mean, in texts that name their figures."""

from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from crm_core.domain.entities import Label


class Unit(StrEnum):
    """How a figure is written."""

    COUNT = "count"
    RATIO = "ratio"  # 0 … 1, written as a percentage
    DAYS = "days"
    MONEY = "money"  # in the currency that the fact `currency` names, if there is one
    DAY = "day"  # a date
    ENTITY = "entity"  # a kind of record, by its name
    TRAINING_KIND = "training_kind"  # by its label


class Frozen(BaseModel):
    """What is read from a file and stays as it is; what the file says besides is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Threshold(Frozen):
    """A limit that a figure is held against; a company may choose another one."""

    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    """Its parameter in the SQL, and its hole in the texts."""
    value: Decimal
    unit: Unit
    label: Label
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(10) ** 12


class Described(Frozen):
    """A query, and what its texts need to write the figures that it gives."""

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    label: Label
    """What it looks for, in a few words."""
    thresholds: tuple[Threshold, ...] = ()
    units: dict[str, Unit] = {}
    """Fact -> how it is written; otherwise as the query gives it."""
    sql: str
