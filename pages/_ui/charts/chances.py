"""How probable it is that something is over by a day: a curve that rises, days marked on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import plotly.graph_objects as go

from pages._ui.charts.base import SIZE, figure, lines_of, value_axis
from pages._ui.palette import ACCENT, COLOURS, GREY
from pages._ui.plain import chart_text

_HEIGHT = 320
_TOP = 1.04
_ROOM, _BEFORE = 0.28, 0.05
"""Of the time that the curve takes: so much is shown after it, for labels there, and before."""
_BELOW = "rgba(47,127,174,0.14)"
_PLANNED = COLOURS[1]


@dataclass(frozen=True)
class Chance:
    """How probable it is by a moment."""

    at: datetime
    chance: float
    told: str
    """The day as it is written."""


@dataclass(frozen=True)
class Mark:
    """A moment on the curve, and what is written there."""

    at: datetime
    chance: float
    text: str
    is_planned: bool = False
    """The day that was told: another colour, and a line over the whole height."""


def chance_chart(
    points: Sequence[Chance], marks: Sequence[Mark], write: Callable[[float], str]
) -> go.Figure:
    """The curve from 0 to 1 over moments in order, at least two; marks stand on it, each named to
    its right."""
    first, last = points[0], points[-1]
    span = last.at - first.at
    ends = first.at - span * _BEFORE, last.at + span * _ROOM
    return figure(
        [_curve(points, ends, write), _dots(marks)],
        _HEIGHT,
        annotations=[_named(mark) for mark in marks],
        shapes=[_line(mark) for mark in marks if mark.is_planned],
        hovermode="x",
        xaxis={
            "range": list(ends),
            "type": "date",
            "tickvals": [first.at, last.at],
            "ticktext": [chart_text(first.told), chart_text(last.told)],
            "tickangle": 0,
            "tickfont": {"size": SIZE - 1},
            "ticklabelstandoff": 6,
            "showgrid": False,
            "fixedrange": True,
        },
        yaxis=value_axis(0.0, 1.0, write) | {"range": [0, _TOP]},
        margin={"t": 10},
    )


def _curve(
    points: Sequence[Chance], ends: tuple[datetime, datetime], write: Callable[[float], str]
) -> go.Scatter:
    """From nothing before the first moment to what is reached after the last one."""
    first, last = points[0], points[-1]
    return go.Scatter(
        x=[ends[0], first.at, *(one.at for one in points), ends[1]],
        y=[0.0, 0.0, *(one.chance for one in points), last.chance],
        mode="lines",
        line={"color": ACCENT, "width": 2.4},
        fill="tozeroy",
        fillcolor=_BELOW,
        customdata=[
            [None, lines_of(f"{one.told}\n{write(one.chance)}")]
            for one in (first, first, *points, last)
        ],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _dots(marks: Sequence[Mark]) -> go.Scatter:
    return go.Scatter(
        x=[mark.at for mark in marks],
        y=[mark.chance for mark in marks],
        mode="markers",
        marker={"size": 10, "color": [_PLANNED if mark.is_planned else ACCENT for mark in marks]},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _named(mark: Mark) -> dict[str, Any]:
    return {
        "x": mark.at,
        "y": mark.chance,
        "text": chart_text(mark.text),
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "middle",
        "xshift": 10,
        "font": {"size": SIZE, "color": _PLANNED if mark.is_planned else None},
    }


def _line(mark: Mark) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": mark.at,
        "x1": mark.at,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": GREY, "width": 1.5, "dash": "dot"},
        "layer": "below",
    }
