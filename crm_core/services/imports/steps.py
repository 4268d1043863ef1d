"""A person edits the steps of a sheet's recipe, and looks at what a column holds to find some."""

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.domain.steps import Replace, Step
from crm_core.pipeline import steps
from crm_core.pipeline.clusters import METHODS, Cluster, Method, clusters
from crm_core.pipeline.facets import Facet, facet
from crm_core.services.imports.upload import Table
from crm_core.store import Store

MOST_STEPS = 200
MOST_VALUES = 20_000
"""So many different values, the most frequent ones, are looked at for clusters."""
_STEP: TypeAdapter[Step] = TypeAdapter(Step)


@dataclass(frozen=True)
class Values:
    """What a column holds after the steps, and which of its values are probably one."""

    facet: Facet
    clusters: list[Cluster]


def values(
    store: Store, _actor: Actor, table: Table, column: str, method: Method, search: str = ""
) -> Values:
    """The values of the column titled so on every line of the sheet, and clusters of them.

    Refused: step_column_unknown; step_unknown for a method that there is not; sheet_not_recognised
    where nobody has said what the sheet holds.
    """
    index = next((at for at, title in table.plan.titles().items() if title == column), None)
    if index is None:
        raise Refused("step_column_unknown", column=column)
    if method not in METHODS:
        raise Refused("step_unknown", step=method)
    if table.plan.entity is None:
        params = {"file": table.raw.path.name, "sheet": table.raw.sheet}
        raise Refused("sheet_not_recognised", **params)
    with store.read() as cursor:
        found = facet(cursor, table.raw.data, table.plan, index, search=search, most=MOST_VALUES)
    return Values(found, clusters(dict(found.values), method))


def add(table: Table, step: dict[str, Any] | Step) -> None:
    """Put a step at the end. Refused: step_unknown; step_column_unknown; step_pattern_bad."""
    if len(table.plan.steps) >= MOST_STEPS:
        raise Refused("too_many_steps", limit=MOST_STEPS)
    _put(table, [*table.plan.steps, _checked(table, step)])


def replace(table: Table, place: int, step: dict[str, Any] | Step) -> None:
    """Change the step at `place`. Refused as `add` says."""
    found = list(table.plan.steps)
    _at(table, place)
    found[place] = _checked(table, step)
    _put(table, found)


def make_all(table: Table, column: str, raw: list[str], value: str | None) -> None:
    """Make all of these cells that; None: blank. Joins the last step where that makes the same.

    Refused: step_column_unknown; step_unknown where there is nothing to change.
    """
    wanted = {cell: value for cell in raw if cell != value}
    last = table.plan.steps[-1] if table.plan.steps else None
    if isinstance(last, Replace) and last.on and last.column == column:
        # What was made `raw` before is meant too, as the reader sees the cells after it.
        earlier = {cell: wanted.get(made or "", made) for cell, made in last.values.items()}
        if set(earlier.values()) == {value}:
            step = {"do": "replace", "column": column, "values": earlier | wanted}
            replace(table, len(table.plan.steps) - 1, step)
            return
    add(table, {"do": "replace", "column": column, "values": wanted})


def switch(table: Table, place: int, on: bool) -> None:
    """Switch the step at `place` on or off; it stays in the recipe. Refused("step_unknown")."""
    found = list(table.plan.steps)
    found[place] = _at(table, place).model_copy(update={"on": bool(on)})
    _put(table, found)


def move(table: Table, place: int, by: int) -> None:
    """Do the step at `place` earlier (by < 0) or later. Refused("step_unknown")."""
    step = _at(table, place)
    found = [one for at, one in enumerate(table.plan.steps) if at != place]
    found.insert(max(0, place + by), step)
    _put(table, found)


def remove(table: Table, place: int) -> None:
    """Take the step at `place` out of the recipe. Refused("step_unknown")."""
    _at(table, place)
    _put(table, [one for at, one in enumerate(table.plan.steps) if at != place])


def _at(table: Table, place: int) -> Step:
    if not 0 <= place < len(table.plan.steps):
        raise Refused("step_unknown", step=place + 1)
    return table.plan.steps[place]


def _checked(table: Table, step: dict[str, Any] | Step) -> Step:
    try:
        made = _STEP.validate_python(step)
    except ValidationError as fault:
        raise Refused("step_unknown", step=fault.errors()[0]["msg"]) from fault
    steps.check(table.plan, made)
    return made


def _put(table: Table, found: list[Step]) -> None:
    table.plan = table.plan.model_copy(update={"steps": found})
