"""Several matters at a glance: a spoke for each, a line for each voice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages._ui.charts.base import GRID, SIZE, figure, in_lines, lines_of
from pages._ui.plain import chart_text

_HEIGHT = 400
_WIDEST = 14
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")


@dataclass(frozen=True)
class Outline:
    """One line: a value from 0 to 1 on each spoke, None where nothing is known."""

    label: str
    values: Sequence[float | None]
    colour: str


def radar_chart(
    spokes: Sequence[str], outlines: Sequence[Outline], write: Callable[[float], str]
) -> go.Figure:
    """Lines around a middle of nothing, the outermost circle being all; told apart by colour and
    by how they are drawn."""
    marks = [0.25, 0.5, 0.75, 1.0]
    return figure(
        [_trace(spokes, one, write, dash) for one, dash in zip(outlines, _DASHES, strict=False)],
        _HEIGHT,
        margin={"l": 100, "r": 100, "t": 44, "b": 34},
        showlegend=len(outlines) > 1,
        legend={"orientation": "h", "y": -0.2, "x": 0.5, "xanchor": "center"},
        polar={
            "bgcolor": "rgba(0,0,0,0)",
            "radialaxis": {
                "range": [0, 1],
                "tickvals": marks,
                "ticktext": [write(mark) for mark in marks],
                "tickfont": {"size": SIZE - 3},
                "gridcolor": GRID,
                "showline": False,
                "angle": 90,
                "tickangle": 90,
            },
            "angularaxis": {
                "tickvals": list(range(len(spokes))),
                "ticktext": [in_lines(spoke, _WIDEST, 3) for spoke in spokes],
                "type": "category",
                "rotation": 90,
                "direction": "clockwise",
                "gridcolor": GRID,
                "showline": False,
                "tickfont": {"size": SIZE - 1},
            },
        },
    )


def _trace(
    spokes: Sequence[str], one: Outline, write: Callable[[float], str], dash: str
) -> go.Scatterpolar:
    """Neighbours alone are joined: a line across what nobody answered would say something."""
    places = [*range(len(spokes)), 0]
    tips = [(spokes[at], one.values[at]) for at in places]
    return go.Scatterpolar(
        r=[value for _, value in tips],
        theta=[str(at) for at in places],
        name=chart_text(one.label),
        mode="lines+markers",
        line={"color": one.colour, "width": 2.2, "dash": dash},
        marker={"size": 6},
        hovertext=[
            "" if value is None else lines_of(f"{spoke}\n{one.label}: {write(value)}")
            for spoke, value in tips
        ],
        hoverinfo="text",
    )
