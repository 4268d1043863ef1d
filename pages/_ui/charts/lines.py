"""Lines over time, each named at its end instead of in a legend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go

from pages._ui.charts.base import SIZE, figure, shortened, text_width, value_axis
from pages._ui.palette import ACCENT, GREY
from pages._ui.plain import chart_text

MOST = 6
"""So many lines can be told apart, unclassified not counted; sum up the others into one more."""
_HEIGHT = 340
_LABEL = 150
_MARKS, _FEWER, _WIDE = 3, 2, 80
"""Moments below the axis, and how many where texts there or at the lines' ends are wide."""
_MOMENTS = 28
"""Pixels below the axis for its moments. Those that would reach beyond a side are not drawn at
all, so there is room for half of the first and of the last as well."""
_INSIDE = _HEIGHT - 40
_EVENT, _ROW, _ROWS = 200, 20, 4
"""Pixels of an event's name, and of a row of names; further ones begin in the first row again."""


@dataclass(frozen=True)
class Line:
    """One line: a value for each moment, None where nothing is known."""

    key: str | None
    """The segment; None is unclassified: grey and dashed."""
    label: str
    values: Sequence[float | None]
    colour: str = ACCENT


@dataclass(frozen=True)
class Event:
    """What happened on a day: a vertical mark with its name above the lines."""

    day: date
    name: str


def line_chart(
    moments: Sequence[date],
    lines: Sequence[Line],
    write_mark: Callable[[float], str],
    write_full: Callable[[float], str],
    write_moment: Callable[[date], str],
    events: Sequence[Event] = (),
    write_axis: Callable[[date], str] | None = None,
) -> go.Figure:
    """Lines from zero over `moments`, each named at its end, without overlap; what happened
    meanwhile is marked and named above. `write_axis`: a shorter way to write the moments below."""
    ordered = sorted(lines, key=lambda line: (line.key is None, -_weight(line)))
    known = [value for line in lines for value in line.values if value is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    ends = [(line, value) for line in ordered if (value := _last(line)) is not None]
    span = min(low, 0.0), max(high, 0.0) * 1.04 or 1.0
    longest = max((text_width(_end_of(line)) for line, _ in ends), default=-14.0)
    above = _ROW * min(len(events), _ROWS)
    write = write_axis or write_moment
    widest = max((text_width(write(one)) for one in moments), default=0.0)
    marks = _marks(moments, _FEWER if max(longest, widest) > _WIDE else _MARKS)
    named = [write(mark) for mark in marks]
    half = [int(text_width(name) / 2) for name in named]
    return figure(
        [_trace(line, moments, write_full, write_moment) for line in reversed(ordered)],
        _HEIGHT + above,
        hovermode="closest",
        shapes=[_event_mark(event) for event in events],
        xaxis={
            "tickvals": marks,
            "ticktext": named,
            "tickangle": 0,
            "tickfont": {"size": SIZE - 1},
            "ticklabelstandoff": 6,
            "showgrid": False,
            "fixedrange": True,
        },
        yaxis=value_axis(low, high, write_mark) | ({"range": span} if ends else {}),
        annotations=[*_end_names(ends, *span), *_event_names(events, moments)],
        margin={
            "l": half[0] if half and marks[0] == moments[0] else 0,
            "r": max([int(longest) + 14, *half[-1:]]),
            "t": SIZE // 2 + 4 + above,
            "b": _MOMENTS,
        },
    )


def _weight(line: Line) -> float:
    return sum(value for value in line.values if value is not None)


def _trace(
    line: Line,
    moments: Sequence[date],
    write: Callable[[float], str],
    write_moment: Callable[[date], str],
) -> go.Scatter:
    tips = [
        f"{chart_text(line.label)}<br>{chart_text(write_moment(moment))}"
        f"<br><b>{chart_text(write(value)) if value is not None else ''}</b>"
        for moment, value in zip(moments, line.values, strict=True)
    ]
    return go.Scatter(
        x=list(moments),
        y=list(line.values),
        mode="lines",
        line={
            "color": line.colour,
            "width": 2.4,
            "dash": "dot" if line.key is None else "solid",
        },
        customdata=[[line.key, tip] for tip in tips],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _marks(moments: Sequence[date], most: int) -> list[date]:
    """At most so many moments to write below the axis, the last among them: they fit on a phone."""
    step = max(1, -(-len(moments) // most))
    return list(moments[::-1][::step])[::-1]


def _event_mark(event: Event) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": event.day,
        "x1": event.day,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": GREY, "width": 1.5, "dash": "dash"},
    }


def _event_names(events: Sequence[Event], moments: Sequence[date]) -> list[dict[str, Any]]:
    """Each event's name in a row of its own, on that side of its mark where there is room."""
    if not moments:
        return []
    middle = moments[0] + (moments[-1] - moments[0]) / 2
    return [
        {
            "x": event.day,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": _ROW * (place % _ROWS),
            "xanchor": "left" if event.day <= middle else "right",
            "text": chart_text(shortened(event.name, _EVENT)),
            "showarrow": False,
            "font": {"size": SIZE - 1},
        }
        for place, event in enumerate(events)
    ]


def _end_names(ends: Sequence[tuple[Line, float]], low: float, high: float) -> list[dict[str, Any]]:
    """Each line's name beside its last value."""
    gap = (SIZE + 4) / _INSIDE * (high - low)
    places = spread([value for _, value in ends], gap, low, high)
    return [
        {
            "x": 1,
            "xref": "paper",
            "y": place,
            "text": chart_text(_end_of(line)),
            "showarrow": False,
            "xanchor": "left",
            "xshift": 8,
            "font": {"color": line.colour, "size": SIZE},
        }
        for (line, _), place in zip(ends, places, strict=True)
    ]


def _end_of(line: Line) -> str:
    return shortened(line.label, _LABEL)


def _last(line: Line) -> float | None:
    return next((value for value in reversed(line.values) if value is not None), None)


def spread(values: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near to `values` as can be with `gap` between any two, from `low` to `high`."""
    order = sorted(range(len(values)), key=values.__getitem__)
    places: list[float] = []
    for position in order:
        places.append(max(values[position], places[-1] + gap if places else low))
    ceiling = high
    for place in reversed(range(len(places))):
        places[place] = min(places[place], ceiling)
        ceiling = places[place] - gap
    return [place for _, place in sorted(zip(order, places, strict=True))]
