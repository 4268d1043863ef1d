"""What sells where: each segment's revenue by product family, or by product."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.periods import Choice
from crm_core.services.segments.ground import Ground, ground
from crm_core.services.segments.report import Asked, currency_of, parameters, periods
from crm_core.store import Store

By = Literal["family", "product"]
MOST = 5
"""So many columns are told apart; the rest is summed up."""
OTHER = "\0other"
"""The column of the rest; no product is called so."""


@dataclass(frozen=True)
class Mix:
    """Shares of revenue; None where a segment bought nothing of it."""

    by: By
    has_families: bool
    """Whether products can be summed up by family at all."""
    segments: tuple[str | None, ...]
    columns: tuple[str | None, ...]
    """Families or products, the largest first; OTHER sums up the rest, None has no product."""
    shares: tuple[tuple[float | None, ...], ...]
    """A line per segment, a share (0 … 1) of its revenue per column."""
    revenue: tuple[tuple[float, ...], ...]
    overall: tuple[float, ...]
    """The columns' shares of all revenue."""
    products: tuple[str | None, ...]
    """The products sold, the largest first, at most 200."""


def mix(
    store: Store, actor: Actor, asked: Asked, by: By | None = None, known: Ground | None = None
) -> Mix:
    """What each segment buys; by family, unless products are asked for or have no families."""
    cover = (known or ground(store, actor)).cover(asked.basis)
    period = None if asked.period is Choice.ALL else periods(cover, asked)[0]
    asking = parameters(cover, asked, period)
    if asked.segment is not None:
        asking["segment"] = asked.segment
    with store.read() as cursor:
        sold = metrics.run(cursor, "segment_product_mix", asking)
        families = dict(
            cursor.execute(
                "SELECT name, min(family) FROM crm.product WHERE family IS NOT NULL GROUP BY name"
            ).fetchall()
        )
    return _mix(_sums(sold, currency_of(cover, asked)), families, by)


def _sums(sold: pa.Table, currency: str | None) -> list[dict[str, Any]]:
    """segment, product and revenue (a float: charts need no more) in one currency."""
    wanted = (
        pc.is_null(sold["currency"]) if currency is None else pc.equal(sold["currency"], currency)
    )
    kept = sold.filter(pc.fill_null(wanted, False)).select(["segment", "product", "revenue"])
    revenue = kept["revenue"].cast(pa.float64())
    return list(kept.set_column(2, "revenue", revenue).to_pylist())


def _mix(rows: list[dict[str, Any]], families: Mapping[str, str], by: By | None) -> Mix:
    total = sum(row["revenue"] for row in rows)
    in_families = sum(row["revenue"] for row in rows if row["product"] in families)
    has_families = len(set(families.values())) > 1 and in_families * 2 > total
    by = "family" if has_families and by != "product" else "product"
    for row in rows:
        row["column"] = families.get(row["product"]) if by == "family" else row["product"]
    columns = _largest(rows, "column")
    kept = set(columns if len(columns) <= MOST + 1 else columns[:MOST])
    cells: dict[tuple[str | None, str | None], float] = {}
    for row in rows:
        key = (row["segment"], row["column"] if row["column"] in kept else OTHER)
        cells[key] = cells.get(key, 0.0) + row["revenue"]
    segments = sorted(_largest(rows, "segment"), key=lambda name: name is None)
    shown = [column for column in columns if column in kept]
    shown += [OTHER] if len(shown) < len(columns) else []
    revenue = [[cells.get((segment, column), 0.0) for column in shown] for segment in segments]
    return Mix(
        by=by,
        has_families=has_families,
        segments=tuple(segments),
        columns=tuple(shown),
        shares=tuple(
            tuple(value / sum(line) if value and sum(line) else None for value in line)
            for line in revenue
        ),
        revenue=tuple(map(tuple, revenue)),
        overall=tuple(sum(line[at] for line in revenue) / (total or 1) for at in range(len(shown))),
        products=tuple(_largest(rows, "product")[:200]),
    )


def _largest(rows: list[dict[str, Any]], name: str) -> list[str | None]:
    """The distinct values of a column by their revenue, the largest first."""
    sums: dict[str | None, float] = {}
    for row in rows:
        sums[row[name]] = sums.get(row[name], 0.0) + row["revenue"]
    return sorted(sums, key=lambda value: -sums[value])
