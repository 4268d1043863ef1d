"""Horizontal bars from zero, the longest first, each with its value beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages._ui.charts.base import SIZE, ZERO, figure, in_two_lines, lines_of, names_axis, text_width
from pages._ui.palette import ACCENT
from pages._ui.plain import chart_text

_ROW = 34
_LETTERS = 24
"""Of a name in a line: two of them fit a row."""


@dataclass(frozen=True)
class Bar:
    """One bar: what a click returns, what is read, how long it is."""

    key: str | None
    """The segment (or whatever else is compared); None is unclassified: last, hatched."""
    label: str
    value: float
    text: str
    """The value as written at the bar's end."""
    tooltip: str
    """The whole truth, lines parted by newlines."""
    colour: str = ACCENT


def bar_chart(bars: Sequence[Bar]) -> go.Figure:
    """Bars from zero, sorted by value, unclassified at the end; each tells its own value."""
    rows = sorted(bars, key=lambda bar: (bar.key is None, -bar.value))
    longest = max((text_width(bar.text) for bar in rows), default=0.0)
    trace = go.Bar(
        x=[bar.value for bar in rows],
        y=list(range(len(rows))),
        orientation="h",
        marker={
            "color": [bar.colour for bar in rows],
            "cornerradius": 3,
            "pattern": {
                "shape": ["/" if bar.key is None else "" for bar in rows],
                "size": 6,
                "solidity": 0.35,
                "fillmode": "overlay",
            },
        },
        text=[chart_text(bar.text) for bar in rows],
        textposition="outside",
        textfont={"size": SIZE},
        cliponaxis=False,
        customdata=[[bar.key, lines_of(bar.tooltip)] for bar in rows],
        hovertemplate="%{customdata[1]}<extra></extra>",
        width=0.62,
    )
    low = min([0.0, *(bar.value for bar in rows)])
    high = max([0.0, *(bar.value for bar in rows)]) or 1.0
    return figure(
        [trace],
        height=_ROW * max(3, len(rows)) + 12,
        xaxis={
            "range": [low * 1.02, high * 1.02],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": True,
            "zerolinecolor": ZERO,
            "fixedrange": True,
        },
        yaxis=names_axis([bar.label for bar in rows])
        | {"ticktext": [in_two_lines(bar.label, _LETTERS, parts_words=True) for bar in rows]},
        margin={"r": int(longest) + 12},
    )
