"""Two amounts against each other, in four corners that have a name each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from pages._ui.charts.base import (
    SIZE,
    ZERO,
    figure,
    lines_of,
    shortened,
    text_width,
    value_axis,
)
from pages._ui.palette import ACCENT, GREY
from pages._ui.plain import chart_text

_HEIGHT = 420
_LONGEST = 150
_NARROWEST = 300
"""Pixels that the marks have on a phone: names that would collide there are left out."""
_BESIDE, _BELOW, _LINE, _MARK = 10, 44, 18, 13
Write = Callable[[float], str]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spot:
    """One mark: what a click returns, what is read, where it stands."""

    key: str
    name: str
    x: float
    y: float
    tooltip: str
    """The whole truth, lines parted by newlines."""
    faint: bool = False
    """It counts for less: grey."""


@dataclass(frozen=True)
class Corners:
    """The names of the corners."""

    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str


def quadrant_chart(
    spots: Sequence[Spot],
    middle: tuple[float, float],
    corners: Corners,
    write: tuple[Write, Write],
    axes: tuple[str, str],
) -> go.Figure:
    """Marks over two axes from zero, parted at `middle`; as many are named as there is room for,
    those first that stand first. The tooltip names each."""
    wide = max(spot.x for spot in spots) * 1.12 or 1.0
    high = max(spot.y for spot in spots) * 1.16 or 1.0
    trace = go.Scatter(
        x=[spot.x for spot in spots],
        y=[spot.y for spot in spots],
        mode="markers",
        marker={
            "size": _MARK,
            "opacity": 0.85,
            "color": [GREY if spot.faint else ACCENT for spot in spots],
        },
        selected={"marker": {"opacity": 0.85}},
        unselected={"marker": {"opacity": 0.85}},
        cliponaxis=False,
        customdata=[[spot.key, lines_of(spot.tooltip)] for spot in spots],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )
    return figure(
        [trace],
        _HEIGHT,
        hovermode="closest",
        hoverdistance=30,
        margin={"t": 26, "b": 64},
        shapes=list(_lines(middle)),
        annotations=[*_corners(corners), *_names(spots, wide, high)],
        xaxis=value_axis(0.0, wide, write[0]) | {"range": [0, wide], "title": _title(axes[0])},
        yaxis=value_axis(0.0, high, write[1]) | {"range": [0, high], "title": _title(axes[1])},
    )


def _title(text: str) -> dict[str, Any]:
    return {"text": chart_text(text), "font": {"size": SIZE - 1}, "standoff": 6}


def _lines(middle: tuple[float, float]) -> Iterator[dict[str, Any]]:
    """Through the middle, from side to side."""
    line = {"color": ZERO, "width": 1.2, "dash": "dot"}
    across, up = {"x0": 0, "x1": 1, "xref": "paper"}, {"y0": 0, "y1": 1, "yref": "paper"}
    shape = {"type": "line", "line": line, "layer": "below"}
    yield shape | up | dict.fromkeys(("x0", "x1"), middle[0])
    yield shape | across | dict.fromkeys(("y0", "y1"), middle[1])


def _corners(corners: Corners) -> Iterator[dict[str, Any]]:
    """The upper names above the chart, the lower ones beside the title below it."""
    for side, (upper, lower) in enumerate(
        ((corners.top_left, corners.bottom_left), (corners.top_right, corners.bottom_right))
    ):
        name = {
            "x": side,
            "xref": "paper",
            "xanchor": ("left", "right")[side],
            "showarrow": False,
            "font": {"size": SIZE - 1, "color": GREY},
        }
        yield name | {"text": _bold(upper), "y": 1, "yref": "paper", "yanchor": "bottom"}
        below = {"y": 0, "yref": "paper", "yanchor": "top", "yshift": -_BELOW}
        yield name | below | {"text": _bold(lower)}


def _bold(text: str) -> str:
    return f"<b>{chart_text(text)}</b>"


def _names(spots: Sequence[Spot], wide: float, high: float) -> Iterator[dict[str, Any]]:
    """The names that collide with no mark and no name before them, at the right of their marks or,
    where that has no room, at the left."""
    taken = [_box(spot, _MARK, wide, high, 0) for spot in spots]
    for spot in spots:
        name = shortened(spot.name, _LONGEST)
        for way in (1, -1):
            box = _box(spot, text_width(name), wide, high, way)
            if box[0] < 0 or box[2] > _NARROWEST or any(_touch(box, one) for one in taken):
                continue
            taken.append(box)
            yield {
                "text": chart_text(name),
                "x": spot.x,
                "y": spot.y,
                "xanchor": "left" if way > 0 else "right",
                "xshift": way * _BESIDE,
                "showarrow": False,
                "font": {"size": SIZE - 1},
            }
            break


def _box(spot: Spot, width: float, wide: float, high: float, way: int) -> Box:
    """Left, top, right and bottom in pixels of a narrow screen; `way`: at the mark's right (1) or
    left (-1), or around it (0)."""
    x, y = spot.x / wide * _NARROWEST, (1 - spot.y / high) * _HEIGHT
    left = x - width / 2 + way * (width / 2 + _BESIDE)
    return left, y - _LINE / 2, left + width, y + _LINE / 2


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
