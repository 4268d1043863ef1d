"""Small curves under one another, each with a line of what there is at the most."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import plotly.graph_objects as go

from pages._ui.charts.base import GRID, SIZE, captions, figure
from pages._ui.palette import ACCENT, GREY
from pages._ui.plain import chart_text

_ROW = 62
_FILLED = 0.62
"""Of a row, how high the highest curve is; its name stands above."""


@dataclass(frozen=True)
class Curve:
    """One row: an amount for each moment, and how much there is of it."""

    name: str
    values: Sequence[float]
    limits: Sequence[float] | None
    told: str
    """What stands at the right of its name."""


def curves_chart(
    moments: Sequence[date],
    curves: Sequence[Curve],
    write: Callable[[float], str],
    write_moment: Callable[[date], str],
) -> go.Figure:
    """Steps from zero over `moments`, each row to its own scale, which its limit shares."""
    traces = []
    if len(moments) == 1:  # a step needs an end to be seen
        moments = [*moments, moments[0] + timedelta(days=1)]
        curves = [_twice(curve) for curve in curves]
    for row, curve in enumerate(curves):
        top = max([*curve.values, *(curve.limits or ()), 1e-9])
        traces += [
            _ground(row, moments),
            _steps(row, moments, curve, top, write, write_moment),
            *([_limit(row, moments, curve.limits, top)] if curve.limits else []),
        ]
    step = max(1, -(-len(moments) // 3))
    marks = moments[::step]
    return figure(
        traces,
        _ROW * len(curves) + 40,
        annotations=captions([(curve.name, curve.told) for curve in curves], above=0.38),
        xaxis={
            "tickvals": list(marks),
            "ticktext": [write_moment(mark) for mark in marks],
            "ticklabelposition": "outside right",
            "tickangle": 0,
            "tickfont": {"size": SIZE - 1},
            "gridcolor": GRID,
            "fixedrange": True,
        },
        yaxis={"range": [len(curves) - 0.45, -0.6], "visible": False, "fixedrange": True},
    )


def _twice(curve: Curve) -> Curve:
    limits = curve.limits and [*curve.limits, *curve.limits]
    return replace(curve, values=[*curve.values, *curve.values], limits=limits)


def _ground(row: int, moments: Sequence[date]) -> go.Scatter:
    """The zero line, which the curve is filled down to."""
    return go.Scatter(
        x=[moments[0], moments[-1]], y=[row + 0.45] * 2, mode="lines",
        line={"width": 1, "color": GREY}, hoverinfo="skip",
    )  # fmt: skip


def _steps(
    row: int,
    moments: Sequence[date],
    curve: Curve,
    top: float,
    write: Callable[[float], str],
    write_moment: Callable[[date], str],
) -> go.Scatter:
    tips = [
        f"{chart_text(curve.name)}<br>{chart_text(write_moment(moment))}"
        f"<br><b>{chart_text(amount)}</b>"
        for moment, amount in zip(moments, _amounts(curve, write), strict=True)
    ]
    return go.Scatter(
        x=list(moments),
        y=[row + 0.45 - _FILLED * value / top for value in curve.values],
        mode="lines",
        line={"shape": "hv", "width": 2, "color": ACCENT},
        fill="tonexty",
        customdata=[[None, tip] for tip in tips],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _limit(row: int, moments: Sequence[date], limits: Sequence[float], top: float) -> go.Scatter:
    return go.Scatter(
        x=list(moments),
        y=[row + 0.45 - _FILLED * most / top for most in limits],
        mode="lines",
        line={"shape": "hv", "width": 1.5, "color": GREY, "dash": "dash"},
        hoverinfo="skip",
    )


def _amounts(curve: Curve, write: Callable[[float], str]) -> list[str]:
    """Each value, with what there is beside it where that is known."""
    if curve.limits is None:
        return [write(value) for value in curve.values]
    pairs = zip(curve.values, curve.limits, strict=True)
    return [f"{write(value)} / {write(most)}" for value, most in pairs]
