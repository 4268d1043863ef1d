"""The figures of one segment, and how they are put together from a metric's rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]


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
    """Of open opportunities; None where no amount of any is known."""
    customers: int
    leads: int
    target: Decimal | None
    """Of revenue, summed over the period's months."""

    @property
    def opportunities(self) -> int:
        """Open now, won and lost in the period."""
        return self.open + self.won + self.lost

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


def by_segment(
    rows: Sequence[Row],
    earlier: Sequence[Row] | None,
    currency: str | None,
    aims: Mapping[str, Decimal],
    basis: str,
) -> tuple[Figures, ...]:
    """A line per segment, the largest first: its money in one currency, its customers in all.

    rows, earlier: of segment_overview, now and in the period to compare with (None: there is
    none). aims: targets by segment.
    """
    money = {row["segment"]: row for row in rows if row["currency"] == currency}
    was = {row["segment"]: row["revenue"] for row in earlier or [] if row["currency"] == currency}
    found = [
        _figures(
            segment,
            money.get(segment),
            [row for row in rows if row["segment"] == segment],
            before=was.get(segment, Decimal(0)) if earlier is not None else None,
            target=aims.get(segment) if segment is not None else None,
            tells_returns=basis == "sales",
        )
        for segment in dict.fromkeys(row["segment"] for row in rows)
    ]
    return tuple(sorted(found, key=lambda row: (row.segment is None, -(row.revenue or 0))))


def _figures(
    segment: str | None,
    money: Row | None,
    every: Sequence[Row],
    *,
    before: Decimal | None,
    target: Decimal | None,
    tells_returns: bool,
) -> Figures:
    """`every` has the segment's row in each currency; customers and leads stand in one of them."""
    # An order of several segments is one deal, of its first line's segment: the others have
    # revenue without a deal.
    sold = money is not None and bool(money["deals"] or money["revenue"])
    return Figures(
        segment=segment,
        revenue=money["revenue"] if money and sold else None,
        before=before,
        share=money["revenue_share"] if money and sold else None,
        returned=money["returned"] if money and sold and tells_returns else None,
        deals=money["deals"] or None if money else None,
        won=money["won_opportunities"] if money else 0,
        lost=money["lost_opportunities"] if money else 0,
        open=money["open_opportunities"] if money else 0,
        pipeline=money["pipeline_value"] if money else None,
        customers=sum(row["customers"] or 0 for row in every),
        leads=sum(row["leads"] or 0 for row in every),
        target=target,
    )


def total(rows: Sequence[Figures]) -> Figures:
    """The sum of the lines; of a single one, that line with its name."""
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
