"""What is known as a range only: a dot at the mean, a line over what is likely."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages._ui.charts.base import (
    captions,
    figure,
    lines_of,
    rows_axis,
    shortened,
    value_axis,
)
from pages._ui.palette import ACCENT, GREY

_ROW = 46
_LONGEST = 270


@dataclass(frozen=True)
class Range:
    """One row: what a click returns, what is read, where it lies."""

    key: str
    name: str
    low: float
    mean: float
    high: float
    text: str
    """The mean as written at the row's right end."""
    tooltip: str
    """The whole truth, lines parted by newlines."""
    faint: bool = False
    """It counts for less: grey."""


def range_chart(rows: Sequence[Range], write: Callable[[float], str]) -> go.Figure:
    """The rows in their order on one axis from zero, each named above its line."""
    places = list(range(len(rows)))
    colours = [GREY if row.faint else ACCENT for row in rows]
    lines = [
        _lines([(at, row) for at, row in enumerate(rows) if row.faint is faint], colour)
        for faint, colour in ((False, ACCENT), (True, GREY))
    ]
    dots = go.Scatter(
        x=[row.mean for row in rows],
        y=places,
        mode="markers",
        marker={"size": 13, "color": colours, "opacity": 1},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
        customdata=[[row.key, lines_of(row.tooltip)] for row in rows],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )
    high = max(row.high for row in rows) or 1.0
    return figure(
        [*lines, dots],
        _ROW * len(rows) + 30,
        hovermode="closest",
        hoverdistance=30,
        annotations=captions([(shortened(row.name, _LONGEST), row.text) for row in rows]),
        xaxis=value_axis(0.0, high, write) | {"range": [0, 1.04 * high]},
        yaxis=rows_axis(len(rows)),
    )


def _lines(rows: Sequence[tuple[int, Range]], colour: str) -> go.Scatter:
    """One trace with gaps: a trace for each line would take plotly as many times as long."""
    return go.Scatter(
        x=[x for _, row in rows for x in (row.low, row.high, None)],
        y=[y for place, _ in rows for y in (place, place, None)],
        mode="lines",
        line={"color": colour, "width": 5},
        opacity=0.45,
        hoverinfo="skip",
    )
