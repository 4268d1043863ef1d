"""What metrics there are: one .sql file each, described by its head."""

from functools import cache
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from crm_core.domain.entities import Label
from crm_core.metrics.folder import FOLDER
from crm_core.reference.sql_files import split


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnSpec(_Frozen):
    """A column of a metric's result."""

    name: str
    label: Label
    type: Literal["text", "integer", "number", "money", "quantity", "date", "boolean"]
    """money: exact, DECIMAL with 10 decimals; quantity: exact, 4 decimals; number: DOUBLE."""
    unit: Literal["none", "count", "money", "ratio"] = "none"
    """money is in the row's currency; a ratio is 0 … 1."""
    together: str | None = None
    """The column of several rows taken together, as SQL over the metric's columns, where that is
    not their sum: a ratio's own parts, summed."""


class ParameterSpec(_Frozen):
    """A parameter of a metric; left out, it is its default."""

    name: str
    label: Label
    type: Literal["text", "texts", "integer", "month", "timestamp"]
    """texts: one text or several of them, any of which will do."""
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    required: bool = False
    default: str | int | None = None
    default_sql: str | None = None
    """Where the default depends on the store: a query for its one value."""


class MetricSpec(_Frozen):
    """A metric: what it means and what it takes. `sql` has each parameter as $name."""

    id: str
    title: Label
    description: Label
    grain: tuple[str, ...]
    """The columns that tell one row from another."""
    columns: tuple[ColumnSpec, ...]
    parameters: tuple[ParameterSpec, ...]
    noted: dict[str, str] = {}
    """Temporary tables that a service may fill before (see prepare): name -> columns, as SQL."""
    sql: str


@cache
def catalogue() -> dict[str, MetricSpec]:
    """Every metric by its id, in alphabetical order."""
    words = yaml.safe_load((FOLDER / "vocabulary.yaml").read_text(encoding="utf-8"))
    specs = [_spec(*split(path), words) for path in sorted(FOLDER.glob("*.sql"))]
    return {spec.id: spec for spec in specs}


def _spec(head: dict[str, Any], sql: str, words: dict[str, Any]) -> MetricSpec:
    """The head with shared columns and parameters, called by name alone, written out."""
    for part in ("columns", "parameters"):
        head[part] = [
            {"name": item} | words[part][item] if isinstance(item, str) else item
            for item in head[part]
        ]
    return MetricSpec.model_validate(head | {"sql": sql})
