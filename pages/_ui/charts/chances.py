"""How probable it is that something is over by a day: a curve that rises, days marked on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go

from pages._ui.charts.base import SIZE, figure, lines_of, text_width, value_axis
from pages._ui.palette import ACCENT, COLOURS, GREY
from pages._ui.plain import chart_text

_HEIGHT = 320
_TOP = 1.04
_ROOM = 1.3
"""Of the time that the curve takes: so much is shown, that labels at its end have a place."""
_BELOW = "rgba(47,127,174,0.14)"
_PLANNED = COLOURS[1]


@dataclass(frozen=True)
class Mark:
    """A day on the curve, and what is written there."""

    day: date
    chance: float
    text: str
    is_planned: bool = False
    """The day that was told: another colour, and a line over the whole height."""


def chance_chart(
    points: Sequence[tuple[date, float]],
    marks: Sequence[Mark],
    write_day: Callable[[date], str],
    write_chance: Callable[[float], str],
) -> go.Figure:
    """The curve from 0 to 1 over days in order; marks stand on it, each named to its right."""
    curve = go.Scatter(
        x=[day for day, _ in points],
        y=[chance for _, chance in points],
        mode="lines",
        line={"color": ACCENT, "width": 2.4},
        fill="tozeroy",
        fillcolor=_BELOW,
        customdata=[[None, _tip(day, chance, write_day, write_chance)] for day, chance in points],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )
    dots = go.Scatter(
        x=[mark.day for mark in marks],
        y=[mark.chance for mark in marks],
        mode="markers",
        marker={"size": 10, "color": [_PLANNED if mark.is_planned else ACCENT for mark in marks]},
        cliponaxis=False,
        hoverinfo="skip",
    )
    first, last = points[0][0], points[-1][0]
    return figure(
        [curve, dots],
        _HEIGHT,
        annotations=[_named(mark) for mark in marks],
        shapes=[_line(mark) for mark in marks if mark.is_planned],
        hovermode="x",
        xaxis={
            "range": [first, first + (last - first) * _ROOM],
            "type": "date",
            "tickvals": [first, last],
            "ticktext": [write_day(first), write_day(last)],
            "tickangle": 0,
            "tickfont": {"size": SIZE - 1},
            "ticklabelstandoff": 6,
            "showgrid": False,
            "fixedrange": True,
        },
        yaxis=value_axis(0.0, 1.0, write_chance) | {"range": [0, _TOP]},
        margin={"l": int(text_width(write_day(first)) / 2), "t": 10},
    )


def _tip(
    day: date, chance: float, write_day: Callable[[date], str], write: Callable[[float], str]
) -> str:
    return lines_of(f"{write_day(day)}\n{write(chance)}")


def _named(mark: Mark) -> dict[str, Any]:
    return {
        "x": mark.day,
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
        "x0": mark.day,
        "x1": mark.day,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": GREY, "width": 1.5, "dash": "dot"},
        "layer": "below",
    }
