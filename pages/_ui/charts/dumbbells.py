"""How far several look at the same thing apart: a mark for each on one line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages._ui.charts.base import caption, figure, in_two_lines, lines_of, rows_axis, value_axis
from pages._ui.palette import GREY
from pages._ui.plain import chart_text

_ROW = 68
_WIDEST = 38
_ABOVE = 0.16
"""Of a row: how far above its line its name ends."""
_SYMBOLS = ("circle", "diamond", "square", "triangle-up", "star")


@dataclass(frozen=True)
class Dumbbell:
    """One row: what a click returns, what is read, where each one's mark stands (0 … 1)."""

    key: str
    name: str
    marks: Mapping[str, float]
    """Whose mark -> where it stands."""
    text: str
    """How far apart they are, at the row's right end."""
    tooltip: str
    """The whole truth, lines parted by newlines."""


def dumbbell_chart(
    rows: Sequence[Dumbbell], colours: Mapping[str, str], write: Callable[[float], str]
) -> go.Figure:
    """The rows in their order, each named above its line; `colours`: whose mark -> its colour, in
    the order in which they have symbols, so that they are told apart without colour too."""
    lines = go.Scatter(
        x=[x for row in rows for x in (min(row.marks.values()), max(row.marks.values()), None)],
        y=[y for place in range(len(rows)) for y in (place, place, None)],
        mode="lines",
        line={"color": GREY, "width": 4},
        opacity=0.45,
        hoverinfo="skip",
        showlegend=False,
    )
    marks = [
        _marks(rows, whose, colour, symbol)
        for (whose, colour), symbol in zip(colours.items(), _SYMBOLS, strict=False)
    ]
    return figure(
        [lines, *marks],
        _ROW * len(rows) + 60,
        hovermode="closest",
        hoverdistance=30,
        showlegend=True,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        margin={"t": 30},
        annotations=[
            caption(text, row - _ABOVE, side) | {"yanchor": "bottom", "align": "left"}
            for row, told in enumerate(rows)
            for side, text in enumerate((in_two_lines(told.name, _WIDEST), chart_text(told.text)))
        ],
        xaxis=value_axis(0.0, 1.0, write) | {"range": [-0.02, 1.03]},
        yaxis=rows_axis(len(rows)),
    )


def _marks(rows: Sequence[Dumbbell], whose: str, colour: str, symbol: str) -> go.Scatter:
    there = [(place, row) for place, row in enumerate(rows) if whose in row.marks]
    seen = {"marker": {"opacity": 1}}
    return go.Scatter(
        x=[row.marks[whose] for _, row in there],
        y=[place for place, _ in there],
        name=chart_text(whose),
        mode="markers",
        marker={"size": 13, "color": colour, "symbol": symbol, "opacity": 1},
        selected=seen,
        unselected=seen,
        cliponaxis=False,
        customdata=[[row.key, lines_of(row.tooltip)] for _, row in there],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )
