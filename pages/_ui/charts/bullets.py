"""How far something has come on its way: a bar from the start, a mark where it should be."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages._ui.charts.base import captions, figure, lines_of, rows_axis, shortened
from pages._ui.palette import ACCENT, COLOURS

_ROW = 46
_LONGEST = 240
_MOST = 1.12
_ABOVE = 0.42
"""Of a row: how far above the bar it is named, clear of the mark."""
_TRACK = "rgba(128,140,152,0.2)"
_MARK = "rgba(128,140,152,1)"


@dataclass(frozen=True)
class Bullet:
    """One row; shares are of the way from the start (0) to the target (1)."""

    key: str
    name: str
    done: float
    planned: float
    text: str
    """How it stands, at the row's right end."""
    tooltip: str
    """The whole truth, lines parted by newlines."""
    late: bool
    colour: str | None = None
    """Of the bar, where lateness does not say it."""


def bullet_chart(rows: Sequence[Bullet]) -> go.Figure:
    """The rows in their order, each named above its bar; what is late has another colour, and its
    words say so. A bar that went the wrong way has no length, one beyond the target ends behind it.
    """
    places = list(range(len(rows)))
    track = go.Bar(
        x=[1.0] * len(rows), y=places, orientation="h", width=0.3,
        marker={"color": _TRACK}, hoverinfo="skip",
    )  # fmt: skip
    done = go.Bar(
        x=[min(max(row.done, 0.0), _MOST) for row in rows],
        y=places,
        orientation="h",
        width=0.3,
        marker={"color": [row.colour or (COLOURS[1] if row.late else ACCENT) for row in rows]},
        hoverinfo="skip",
    )
    # Clicked and pointed at as a whole, bars of no length too.
    planned = go.Scatter(
        x=[row.planned for row in rows],
        y=places,
        mode="markers",
        marker={
            "symbol": "line-ns", "size": 14, "opacity": 1, "line": {"width": 3, "color": _MARK},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
        customdata=[[row.key, lines_of(row.tooltip)] for row in rows],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )  # fmt: skip
    return figure(
        [track, done, planned],
        _ROW * len(rows) + 8,
        barmode="overlay",
        hovermode="closest",
        hoverdistance=-1,
        annotations=captions([(shortened(row.name, _LONGEST), row.text) for row in rows], _ABOVE),
        xaxis={"range": [0, _MOST], "visible": False, "fixedrange": True},
        yaxis=rows_axis(len(rows)),
    )
