"""What sells where: each segment's revenue by product family, or by product."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from crm_core import metrics
from crm_core.services.segments.asked import Asked, currency_of, limits, parameters
from crm_core.services.segments.ground import Ground

By = Literal["family", "product"]
MOST = 5
"""So many columns are told apart; the rest is summed up."""
OTHER = "\0other"
"""The column of the rest; no product is called so."""


@dataclass(frozen=True)
class Part:
    """The products or families behind a column; a column of the rest has several."""

    products: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    """Both: none is all of them, "" what has none."""


@dataclass(frozen=True)
class Mix:
    """Shares of revenue; None where a segment bought nothing of it."""

    by: By
    segments: tuple[str | None, ...]
    columns: tuple[str | None, ...]
    """Families or products, the largest first; OTHER sums up the rest, None has no product."""
    rest: tuple[str | None, ...]
    """What OTHER sums up."""
    shares: tuple[tuple[float | None, ...], ...]
    """A line per segment, a share (0 … 1) of its revenue per column."""
    revenue: tuple[tuple[float, ...], ...]
    overall: tuple[float, ...]
    """The columns' shares of all revenue."""

    def part(self, column: str | None) -> Part:
        """What a column is made of, for the rows behind it."""
        names = tuple(name or "" for name in (self.rest if column == OTHER else (column,)))
        return Part(families=names) if self.by == "family" else Part(products=names)

    @property
    def all_columns(self) -> tuple[str | None, ...]:
        """Every family or product, those that OTHER sums up included, the largest first."""
        return (*(column for column in self.columns if column != OTHER), *self.rest)


def read_mixes(cursor: duckdb.DuckDBPyConnection, known: Ground, asked: Asked) -> Mapping[By, Mix]:
    """What each segment buys, from a cursor's state of the store: by product, and before it by
    family where families tell more of the revenue than not."""
    cover = known.cover(asked.basis)
    asking = parameters(cover, asked, limits(cover, asked)) | {"segment": asked.segment}
    sold = metrics.run(cursor, "segment_product_mix", asking)
    rows = _sums(sold, currency_of(cover, asked))
    [(families,)] = cursor.execute("SELECT count(DISTINCT family) FROM crm.product").fetchall()
    total = sum(row["revenue"] for row in rows)
    in_families = sum(row["revenue"] for row in rows if row["family"] is not None)
    found: dict[By, Mix] = {}
    if families > 1 and in_families * 2 > total:
        found["family"] = _mix(rows, "family")
    found["product"] = _mix(rows, "product")
    return found


def _sums(sold: pa.Table, currency: str | None) -> list[dict[str, Any]]:
    """segment, product, family and revenue (a float: charts need no more) in one currency."""
    wanted = (
        pc.is_null(sold["currency"]) if currency is None else pc.equal(sold["currency"], currency)
    )
    kept = sold.filter(pc.fill_null(wanted, False)).select(
        ["segment", "product", "family", "revenue"]
    )
    revenue = kept["revenue"].cast(pa.float64())
    return list(kept.set_column(3, "revenue", revenue).to_pylist())


def _mix(rows: list[dict[str, Any]], by: By) -> Mix:
    columns = _largest(rows, by)
    kept = columns if len(columns) <= MOST + 1 else columns[:MOST]
    rest = columns[len(kept) :]
    shown = [*kept, OTHER] if rest else kept
    told = set(kept)
    cells: dict[tuple[str | None, str | None], float] = {}
    for row in rows:
        key = (row["segment"], row[by] if row[by] in told else OTHER)
        cells[key] = cells.get(key, 0.0) + row["revenue"]
    segments = sorted(_largest(rows, "segment"), key=lambda name: name is None)
    revenue = [[cells.get((segment, column), 0.0) for column in shown] for segment in segments]
    total = sum(map(sum, revenue)) or 1.0
    return Mix(
        by=by,
        segments=tuple(segments),
        columns=tuple(shown),
        rest=tuple(rest),
        shares=tuple(
            tuple(value / sum(line) if value and sum(line) else None for value in line)
            for line in revenue
        ),
        revenue=tuple(map(tuple, revenue)),
        overall=tuple(sum(column) / total for column in zip(*revenue, strict=True)),
    )


def _largest(rows: list[dict[str, Any]], name: str) -> list[str | None]:
    """The distinct values of a column by their revenue, the largest first."""
    sums: dict[str | None, float] = {}
    for row in rows:
        sums[row[name]] = sums.get(row[name], 0.0) + row["revenue"]
    return sorted(sums, key=lambda value: -sums[value])
