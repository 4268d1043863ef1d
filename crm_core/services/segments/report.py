"""The figures of the segment page: what was asked, answered from the metrics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.periods import Choice, Compare, Period, is_year_before
from crm_core.services.segments import targets
from crm_core.services.segments.ground import Cover, Ground, ground
from crm_core.store import Store

UNCLASSIFIED = ""
"""How a filter names what has no segment, region, team or currency; None is no filter."""


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see; text filters: None is all, "" the rows without one."""

    period: Choice = Choice.TWELVE_MONTHS
    compare: Compare = Compare.BEFORE
    region: str | None = None
    team: str | None = None
    segment: str | None = None
    currency: str | None = None
    """None: the store's main one. Currencies are never added."""
    basis: str | None = None
    """sales or opportunities; None: the store's own."""


@dataclass(frozen=True)
class Figures:
    """One segment, or all of them, in the period and currency. None: there is nothing to tell."""

    segment: str | None
    revenue: Decimal | None
    before: Decimal | None
    """Revenue in the period it is compared with."""
    share: float | None
    """Of the revenue of all segments, 0 … 1."""
    returned: Decimal | None
    deals: int | None
    """Orders on the basis sales, else won opportunities."""
    won: int
    lost: int
    open: int
    pipeline: Decimal | None
    customers: int
    leads: int
    target: Decimal | None
    """Of revenue, summed over the period's months."""

    @property
    def change(self) -> float | None:
        """Against the period before, as a share of it: 0.18 is 18% more."""
        if self.revenue is None or not self.before or self.before < 0:
            return None
        return float(self.revenue / self.before) - 1

    @property
    def net(self) -> Decimal | None:
        """Revenue without what was returned; None where nobody tells of returns."""
        if self.revenue is None or self.returned is None:
            return None
        return self.revenue - self.returned

    @property
    def average_deal(self) -> Decimal | None:
        """Revenue per deal."""
        return self.revenue / self.deals if self.deals and self.revenue is not None else None

    @property
    def win_rate(self) -> float | None:
        """Won of all that were decided."""
        return self.won / (self.won + self.lost) if self.won + self.lost else None

    @property
    def attainment(self) -> float | None:
        """Revenue as a share of the target."""
        return float((self.revenue or 0) / self.target) if self.target else None


@dataclass(frozen=True)
class Report:
    """The answer, with what it rests on."""

    asked: Asked
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
    revenue_classified: float | None
    customers_classified: float | None
    """Coverage, 0 … 1."""

    @property
    def has_targets(self) -> bool:
        """Whether any segment has one in the period."""
        return any(row.target is not None for row in self.segments)


def report(store: Store, actor: Actor, asked: Asked, known: Ground | None = None) -> Report:
    """The figures for what was asked; refuses what the metrics refuse.

    A currency or basis that the store does not have counts as not asked for.
    """
    cover = (known or ground(store, actor)).cover(asked.basis)
    period, before = periods(cover, asked)
    currency = currency_of(cover, asked)
    with store.read() as cursor:
        rows = _overview(cursor, cover, asked, None if asked.period is Choice.ALL else period)
        earlier = _overview(cursor, cover, asked, before) if before else []
        aims = targets.sums(cursor, period, currency) if period else {}
        months, trend = _trend(cursor, cover, asked, period, currency)
    segments = _segments(rows, earlier if before else None, currency, aims, cover.basis)
    chosen = [row for row in segments if asked.segment in (None, row.segment or UNCLASSIFIED)]
    return Report(
        asked=asked,
        basis=cover.basis,
        currency=currency,
        as_of=cover.calendar.as_of if cover.calendar else None,
        period=period if asked.period is not Choice.ALL else None,
        before=before,
        is_year_before=bool(period and before and is_year_before(period, before)),
        is_running=bool(period and cover.calendar and cover.calendar.is_running(period)),
        segments=segments,
        total=_total(chosen),
        months=months,
        trend=trend,
        revenue_classified=_classified(segments),
        customers_classified=_known_share(segments),
    )


def periods(cover: Cover, asked: Asked) -> tuple[Period | None, Period | None]:
    """The months asked for and those to compare with; None where no row is dated."""
    if cover.calendar is None:
        return None, None
    return (
        cover.calendar.period(asked.period),
        cover.calendar.compared(asked.period, asked.compare),
    )


def currency_of(cover: Cover, asked: Asked) -> str | None:
    """The currency asked for where the store has it, else its main one."""
    wished = asked.currency or None
    if asked.currency is not None and wished in cover.currencies:
        return wished
    return cover.currencies[0]


def parameters(cover: Cover, asked: Asked, period: Period | None) -> dict[str, object]:
    """What a metric is asked, the segment left out."""
    return {
        "basis": cover.basis,
        "from": period.first if period else None,
        "to": period.last if period else None,
        "region": asked.region,
        "team": asked.team,
    }


def _overview(
    cursor: duckdb.DuckDBPyConnection, cover: Cover, asked: Asked, period: Period | None
) -> list[dict[str, Any]]:
    found = metrics.run(cursor, "segment_overview", parameters(cover, asked, period))
    return list(found.to_pylist())


def _segments(
    rows: list[dict[str, Any]],
    earlier: list[dict[str, Any]] | None,
    currency: str | None,
    aims: Mapping[str, Decimal],
    basis: str,
) -> tuple[Figures, ...]:
    """A line per segment: its money in one currency, its customers and leads in all."""
    of_currency = {row["segment"]: row for row in rows if row["currency"] == currency}
    was = {row["segment"]: row["revenue"] for row in earlier or [] if row["currency"] == currency}
    found = []
    for segment in dict.fromkeys(row["segment"] for row in rows):
        money = of_currency.get(segment)
        deals = _deals(money)
        found.append(
            Figures(
                segment=segment,
                revenue=money["revenue"] if money and deals else None,
                before=was.get(segment, Decimal(0)) if earlier is not None else None,
                share=money["revenue_share"] if money and deals else None,
                returned=money["returned"] if money and deals and basis == "sales" else None,
                deals=deals,
                won=money["won_opportunities"] if money else 0,
                lost=money["lost_opportunities"] if money else 0,
                open=money["open_opportunities"] if money else 0,
                pipeline=money["pipeline_value"] if money and money["open_opportunities"] else None,
                customers=sum(row["customers"] for row in rows if row["segment"] == segment),
                leads=sum(row["leads"] for row in rows if row["segment"] == segment),
                target=aims.get(segment) if segment is not None else None,
            )
        )
    return tuple(sorted(found, key=lambda row: (row.segment is None, -(row.revenue or 0))))


def _deals(money: Mapping[str, Any] | None) -> int | None:
    """How many deals an average was taken over; None where there was none."""
    if money is None or money["average_deal"] is None:
        return None
    if not money["average_deal"]:
        return int(money["won_opportunities"]) or None
    return round(float(money["revenue"]) / float(money["average_deal"]))


def _total(rows: Sequence[Figures]) -> Figures:
    return Figures(
        segment=rows[0].segment if len(rows) == 1 else None,
        revenue=_sum(row.revenue for row in rows),
        before=_sum(row.before for row in rows),
        share=sum(row.share or 0 for row in rows) if any(row.revenue for row in rows) else None,
        returned=_sum(row.returned for row in rows),
        deals=sum(row.deals or 0 for row in rows) or None,
        won=sum(row.won for row in rows),
        lost=sum(row.lost for row in rows),
        open=sum(row.open for row in rows),
        pipeline=_sum(row.pipeline for row in rows),
        customers=sum(row.customers for row in rows),
        leads=sum(row.leads for row in rows),
        target=_sum(row.target for row in rows),
    )


def _sum(values: Any) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _trend(
    cursor: duckdb.DuckDBPyConnection,
    cover: Cover,
    asked: Asked,
    period: Period | None,
    currency: str | None,
) -> tuple[tuple[date, ...], dict[str | None, tuple[Decimal, ...]]]:
    """Revenue by segment over the period; a year up to its end where it is shorter."""
    if period is None or cover.calendar is None:
        return (), {}
    first = cover.calendar.first.replace(day=1)
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


def _classified(segments: Sequence[Figures]) -> float | None:
    """The share of the revenue that has a segment."""
    if not any(row.revenue for row in segments):
        return None
    return 1 - sum(row.share or 0 for row in segments if row.segment is None)


def _known_share(segments: Sequence[Figures]) -> float | None:
    customers = sum(row.customers for row in segments)
    unknown = sum(row.customers for row in segments if row.segment is None)
    return 1 - unknown / customers if customers else None
