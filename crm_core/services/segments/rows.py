"""From a figure to its rows, and from a row to its file, line and cleaning."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import duckdb

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.entities import Label
from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Refused
from crm_core.reference import entities
from crm_core.services import loads
from crm_core.services.segments.asked import (
    UNCLASSIFIED,
    Asked,
    currency_of,
    limits,
    parameters,
)
from crm_core.services.segments.ground import Ground, read_ground
from crm_core.services.segments.mix import Part
from crm_core.store import Store, as_dicts

Kind = Literal["revenue", "open", "won", "lost"]
PAGE = 50
ALL = Part()
_TRACED = ("sale", "opportunity", "customer", "contact", "lead")


@dataclass(frozen=True)
class Rows:
    """A page of rows, and what all of them are together."""

    lines: list[dict[str, Any]]
    count: int
    """Of all pages."""
    amount: Decimal
    """Of all pages, in the one currency that was asked for."""


@dataclass(frozen=True)
class Cell:
    """A cell of the source line, and what the product made of it."""

    header: str
    raw: str | None
    field: Label | None
    """The field it fills; None: kept unchanged beside the row."""
    clean: Any = None
    """The cleaned value, where it stands on this row itself."""


@dataclass(frozen=True)
class Traced:
    """The line that a row was last told by."""

    source_file: str
    sheet: str | None
    line: int
    cells: tuple[Cell, ...]


def rows(
    store: Store,
    _actor: Actor,
    asked: Asked,
    kind: Kind = "revenue",
    *,
    part: Part = ALL,
    page: int = 0,
    limit: int = PAGE,
) -> Rows:
    """The rows behind the figures for what was asked, the latest first.

    `part` narrows them to products or families. `page` counts from 0, each of `limit` rows.
    """
    with store.snapshot() as cursor:
        return read_rows(cursor, read_ground(cursor), asked, kind, part, page, limit)


def read_rows(
    cursor: duckdb.DuckDBPyConnection,
    known: Ground,
    asked: Asked,
    kind: Kind = "revenue",
    part: Part = ALL,
    page: int = 0,
    limit: int = PAGE,
) -> Rows:
    """The same, from a cursor's state of the store."""
    cover = known.cover(asked.basis)
    asking = parameters(cover, asked, limits(cover, asked)) | {
        "kind": kind,
        "segment": asked.segment,
        "product": part.products,
        "family": part.families,
        "currency": currency_of(cover, asked) or UNCLASSIFIED,
    }
    paged = asking | {"limit": limit, "offset": max(0, page) * limit}
    totals = metrics.run(cursor, "rows_total", asking).to_pylist()
    return Rows(
        lines=metrics.run(cursor, "rows", paged).to_pylist(),
        count=sum(total["rows"] for total in totals),
        amount=sum((total["amount"] for total in totals), Decimal(0)),
    )


def trace(store: Store, actor: Actor, entity: str, row_id: int) -> Traced:
    """The raw cells of the line a row came from, beside the cleaned values.

    Refused: row_unknown (row) where there is no such row, or no file told of it; line_unknown.
    """
    if entity not in _TRACED:
        raise Refused("row_unknown", row=row_id)
    with store.read() as cursor:
        result = cursor.execute(
            f"SELECT r.*, f.plan FROM crm.{entity} AS r JOIN crm.batch_file AS f USING (file_id)"
            " WHERE row_id = ?",
            [row_id],
        )
        rows = as_dicts(result)
    if not rows:
        raise Refused("row_unknown", row=row_id)
    held = rows[0]
    line = loads.source_line(store, actor, held["file_id"], held["source_line"])
    plan = TablePlan.model_validate_json(held["plan"])
    return Traced(
        source_file=line["source_file"],
        sheet=line["sheet"],
        line=line["line"],
        cells=tuple(
            _cell(plan, index, header, raw, held, entity)
            for index, (header, raw) in enumerate(line["cells"].items())
        ),
    )


def _cell(
    plan: TablePlan,
    index: int,
    header: str,
    raw: str | None,
    held: dict[str, Any],
    entity: str,
) -> Cell:
    """A cell with what the plan says of its column."""
    for column in plan.columns:
        if column.index == index and column.field and column.sure:
            owner = column.entity or str(plan.entity)
            spec = entities()[owner].field(column.field)
            clean = held.get(column.field) if owner == entity else None
            return Cell(header, raw, spec.label, clean)
    return Cell(header, raw, None)
