"""The figures of the segment page: what was asked, answered from the metrics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.periods import Choice, Period, is_year_before
from crm_core.services.segments import targets
from crm_core.services.segments.asked import (
    UNCLASSIFIED,
    Asked,
    calendar_of,
    currency_of,
    limits,
    parameters,
    periods,
)
from crm_core.services.segments.figures import Figures, Row, by_segment, total
from crm_core.services.segments.ground import Cover, Ground, read_ground
from crm_core.store import Store


@dataclass(frozen=True)
class Report:
    """The answer, with what it rests on."""

    asked: Asked
    ground: Ground
    """Of the same state of the store."""
    basis: str
    currency: str | None
    as_of: date | None
    period: Period | None
    """None: all time, or no row is dated."""
    before: Period | None
    is_year_before: bool
    """Whether `before` is the same months a year earlier."""
    is_running: bool
    """Whether the last month is not over."""
    segments: tuple[Figures, ...]
    """Every segment, whatever segment is asked for; the largest first, unclassified last."""
    total: Figures
    """Of the segment that is asked for, else of all."""
    months: tuple[date, ...]
    """Those of the trend: the period's, at least a year where the data reach back."""
    trend: Mapping[str | None, tuple[Decimal, ...]]
    """Revenue per segment and month."""
    elsewhere: Choice | None
    """The shortest period with revenue, where this one has none; None: it has, or none does."""
    others: Mapping[str | None, Decimal | None]
    """The store's other currencies, each with its revenue in the same months, if any."""
    revenue_classified: float | None
    customers_classified: float | None
    """Coverage, 0 … 1."""

    @property
    def unclassified(self) -> Figures | None:
        """What has no segment."""
        return next((row for row in self.segments if row.segment is None), None)

    @property
    def has_targets(self) -> bool:
        """Whether any segment has one in the period."""
        return any(row.target is not None for row in self.segments)


def report(store: Store, _actor: Actor, asked: Asked) -> Report:
    """The figures for what was asked; refuses what the metrics refuse.

    A currency or basis that the store does not have counts as not asked for.
    """
    with store.snapshot() as cursor:
        return read_report(cursor, read_ground(cursor), asked)


def read_report(cursor: duckdb.DuckDBPyConnection, known: Ground, asked: Asked) -> Report:
    """The same, from a cursor's state of the store."""
    cover = known.cover(asked.basis)
    period, before = periods(cover, asked)
    currency = currency_of(cover, asked)
    rows = _overview(cursor, cover, asked, limits(cover, asked))
    earlier = _overview(cursor, cover, asked, before) if before else None
    aims = targets.sums(cursor, period, currency) if period else {}
    segments = by_segment(rows, earlier, currency, aims, cover.basis)
    chosen = [row for row in segments if asked.segment in (None, row.segment or UNCLASSIFIED)]
    months, trend = _trend(cursor, cover, asked, period, currency)
    calendar = calendar_of(cover, asked)
    whole = total(chosen)
    return Report(
        asked=asked,
        ground=known,
        basis=cover.basis,
        currency=currency,
        as_of=calendar.as_of if calendar else None,
        period=period if asked.period is not Choice.ALL else None,
        before=before,
        is_year_before=bool(period and before and is_year_before(period, before)),
        is_running=bool(period and calendar and calendar.is_running(period)),
        segments=segments,
        total=whole,
        months=months,
        trend=trend,
        elsewhere=_elsewhere(cursor, cover, asked) if whole.revenue is None else None,
        others=_others(cover, asked, rows),
        revenue_classified=_classified(segments),
        customers_classified=_known_share(segments),
    )


def _overview(
    cursor: duckdb.DuckDBPyConnection, cover: Cover, asked: Asked, period: Period | None
) -> list[Row]:
    found = metrics.run(cursor, "segment_overview", parameters(cover, asked, period))
    return list(found.to_pylist())


def _trend(
    cursor: duckdb.DuckDBPyConnection,
    cover: Cover,
    asked: Asked,
    period: Period | None,
    currency: str | None,
) -> tuple[tuple[date, ...], dict[str | None, tuple[Decimal, ...]]]:
    """Revenue by segment over the period; a year up to its end where it is shorter."""
    calendar = calendar_of(cover, asked)
    if period is None or calendar is None:
        return (), {}
    first = calendar.first.replace(day=1)
    wide = period.at_least(12)
    months = tuple(month for month in wide if month >= min(first, period.first))
    asking = parameters(cover, asked, Period(months[0], months[-1]))
    if asked.segment is not None:
        asking["segment"] = asked.segment
    by_segment: dict[str | None, dict[date, Decimal]] = {}
    for row in metrics.run(cursor, "segment_trend", asking).to_pylist():
        if row["currency"] == currency and row["month"]:
            by_segment.setdefault(row["segment"], {})[row["month"]] = row["revenue"]
    none = Decimal(0)
    return months, {
        segment: tuple(values.get(month, none) for month in months)
        for segment, values in by_segment.items()
        if any(values.values())
    }


def _elsewhere(cursor: duckdb.DuckDBPyConnection, cover: Cover, asked: Asked) -> Choice | None:
    """The shortest period, as they can be chosen, that reaches the last revenue."""
    calendar = calendar_of(cover, asked)
    asking = parameters(cover, asked, None) | {"segment": asked.segment}
    found = metrics.run(cursor, "segment_trend", asking).to_pylist()
    sold = [row for row in found if row["currency"] == currency_of(cover, asked) and row["revenue"]]
    months = [row["month"] for row in sold if row["month"]]
    if not sold or asked.period is Choice.ALL:
        return None
    if calendar is None or not months:
        return Choice.ALL
    reaching = [each for each in Choice if max(months) in set(calendar.period(each))]
    return min(reaching, key=lambda each: calendar.period(each).months, default=Choice.ALL)


def _others(cover: Cover, asked: Asked, rows: Sequence[Row]) -> dict[str | None, Decimal | None]:
    """Revenue in each other currency of the store, over the same months and segment."""
    chosen = [row for row in rows if asked.segment in (None, row["segment"] or UNCLASSIFIED)]
    return {
        currency: sum(row["revenue"] for row in chosen if row["currency"] == currency) or None
        for currency in cover.currencies
        if currency != currency_of(cover, asked)
    }


def _classified(segments: Sequence[Figures]) -> float | None:
    """The share of the revenue that has a segment."""
    if not any(row.revenue for row in segments):
        return None
    return 1 - sum(row.share or 0 for row in segments if row.segment is None)


def _known_share(segments: Sequence[Figures]) -> float | None:
    customers = sum(row.customers for row in segments)
    unknown = sum(row.customers for row in segments if row.segment is None)
    return 1 - unknown / customers if customers else None
