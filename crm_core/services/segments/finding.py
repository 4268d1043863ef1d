"""What a chart says, as a code and parameters: computed, so that it is true of what is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crm_core.services.segments.figures import Figures
from crm_core.services.segments.mix import OTHER, Mix
from crm_core.services.segments.report import Report

HALF = 0.5
FLAT = 0.005
"""A change of less than half a percent is none: it would be written as 0%."""
TELLING = 1.25
"""A product stands out in a segment that buys at least so many times the usual share of it."""
_LEAST = 0.05


@dataclass(frozen=True)
class Finding:
    """One sentence: a code, and what to fill in (segments by name, None unclassified)."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def revenue_finding(report: Report) -> Finding:
    """Who brings the revenue.

    Codes: no_revenue; unclassified (share); leads, leads_up, leads_down, leads_flat (segment,
    share, change: the size of the change, 0 or more). With a segment asked for, it is that one.
    """
    rows = [row for row in report.segments if row.revenue and row.revenue > 0]
    if report.asked.segment is not None:
        rows = [row for row in rows if (row.segment or "") == report.asked.segment]
    if not rows:
        return Finding("no_revenue")
    unclassified = next((row for row in rows if row.segment is None), None)
    if unclassified and ((unclassified.share or 0) >= HALF or len(rows) == 1):
        return Finding("unclassified", {"share": unclassified.share})
    first = max(rows, key=_known_share)
    code, change = _direction(first.change)
    return Finding(
        f"leads{code}", {"segment": first.segment, "share": first.share, "change": change}
    )


def trend_finding(report: Report) -> Finding:
    """Which line runs on top, and when it is highest: what the lines over time show.

    Codes: led (segment, count: of how many months it was the largest, months, month of its
    highest), peak (segment, month) where there is one segment only; over_time without any.
    """
    lines = {segment: values for segment, values in report.trend.items() if segment is not None}
    if not lines:
        return Finding("over_time")
    best = [max(values) for values in zip(*lines.values(), strict=True)]
    led = {
        segment: sum(value == top > 0 for value, top in zip(values, best, strict=True))
        for segment, values in lines.items()
    }
    first = max(lines, key=lambda segment: (led[segment], sum(lines[segment])))
    highest = report.months[lines[first].index(max(lines[first]))]
    if len(lines) == 1:
        return Finding("peak", {"segment": first, "month": highest})
    params = {"segment": first, "count": led[first], "months": len(best), "month": highest}
    return Finding("led", params)


def mix_finding(mix: Mix) -> Finding:
    """What a segment buys far more of than others do: stands_out (segment, product, share, usual).

    Where none does, the product that sells best: sells_best (product, share); no_mix without any.
    """
    cells = [
        (segment, column, share, usual)
        for segment, line in zip(mix.segments, mix.shares, strict=True)
        for column, share, usual in zip(mix.columns, line, mix.overall, strict=True)
        if segment is not None and column not in (None, OTHER) and share and share >= _LEAST
    ]
    telling = [cell for cell in cells if cell[2] >= cell[3] * TELLING]
    if len(mix.segments) > 1 and telling:
        # The widest gap in points, so that it matters as well as stands out.
        segment, column, share, usual = max(telling, key=lambda cell: cell[2] - cell[3])
        return Finding(
            "stands_out", {"segment": segment, "product": column, "share": share, "usual": usual}
        )
    named = [
        (share, column)
        for column, share in zip(mix.columns, mix.overall, strict=True)
        if column not in (None, OTHER)
    ]
    if not named:
        return Finding("no_mix")
    share, column = max(named, key=lambda cell: cell[0])
    return Finding("sells_best", {"product": column, "share": share})


def top(segments: Sequence[Figures], count: int) -> list[Figures]:
    """The largest segments that have revenue, unclassified left out."""
    return [row for row in segments if row.segment is not None and row.revenue][:count]


def _known_share(row: Figures) -> float:
    return -1.0 if row.segment is None else row.share or 0.0


def _direction(change: float | None) -> tuple[str, float | None]:
    if change is None:
        return "", None
    if abs(change) < FLAT:
        return "_flat", abs(change)
    return ("_up", change) if change > 0 else ("_down", -change)
