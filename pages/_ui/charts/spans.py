"""Spans of time: a row for each name, a bar from one day to another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, groupby
from typing import Any

import plotly.graph_objects as go

from pages._ui import session
from pages._ui.charts.base import GRID, SIZE, caption, figure, rows_axis
from pages._ui.palette import ACCENT, GREY
from pages._ui.plain import chart_text

_ROW = 46
_HEAD = 0.75
"""Height of a group's name, in rows."""
_DAY = timedelta(days=1)
_MARKS = 3
_THICK, _THIN, _BELOW = 0.34, 0.12, 0.26
"""Of a row: how high a bar is and one below it, and how much lower that lies."""
_BESIDE = -0.2, 0.46
"""Of a row: from where to where a day's line runs, so that it crosses no name."""
_THINNER = {"color": GREY, "width": 1}
_DOTTED = {"color": GREY, "width": 1.5, "dash": "dot"}
_Places = dict[tuple[str, str], float]
"""Group and name, none for that of the group itself -> where the row stands, in rows."""


@dataclass(frozen=True)
class Span:
    """From a day to another, both included."""

    name: str
    first: date
    last: date
    told: str
    """What the tooltip says besides name and days."""
    faint: bool = False
    """It counts for little: grey and hatched."""
    group: str = ""
    """Under which name the row stands; spans of one group follow one another."""
    colour: str = ACCENT
    pattern: str = ""
    """Plotly's name of one, for those who do not see the colour."""
    key: str | None = None
    """What a click returns."""
    is_below: bool = False
    """A thin bar under the others of its row."""


@dataclass(frozen=True)
class Milestone:
    """A day that all bars are seen against: a line with a diamond on top, which names it."""

    day: date
    name: str


def span_chart(
    spans: Sequence[Span],
    first: date,
    last: date,
    write: Callable[[date], str],
    *,
    marks: Sequence[tuple[date, str]] = (),
    today: str = "",
    milestones: Sequence[Milestone] = (),
) -> go.Figure:
    """Bars over the days from `first` to `last`, each row named above its bars.

    `marks`: the days that are written below, else about three; `today`: what is written at the line
    that marks it, none where it lies outside.
    """
    places, height = _places(spans)
    annotations = _captions(places)
    rows = [place for (_, name), place in places.items() if name]
    days = (last - first) / _MARKS
    shown = marks or [(first + days * n, write(first + days * n)) for n in range(_MARKS)]
    now = session.today()
    is_marked = bool(today) and first <= now <= last
    return figure(
        [
            _bars(spans, [places[span.group, span.name] for span in spans], write),
            *_diamonds([one for one in milestones if first <= one.day <= last], write),
        ],
        int(_ROW * height) + 40,
        annotations=[*annotations, _today(today, now)] if is_marked else annotations,
        shapes=[
            *chain.from_iterable(_line(one.day, rows, _THINNER) for one in milestones),
            *(_line(now, rows, _DOTTED) if is_marked else []),
        ],
        margin={"t": 22} if is_marked else {},
        xaxis=_days_axis(first, last, shown),
        yaxis=rows_axis(height),
    )


def _days_axis(first: date, last: date, marks: Sequence[tuple[date, str]]) -> dict[str, Any]:
    return {
        "range": [first, last + _DAY],
        "type": "date",
        "tickvals": [mark for mark, _ in marks],
        "ticktext": [text for _, text in marks],
        "ticklabelposition": "outside right",
        "tickangle": 0,
        "tickfont": {"size": SIZE - 1},
        "gridcolor": GRID,
        "fixedrange": True,
    }


def _captions(places: _Places) -> list[dict[str, Any]]:
    """The name of each row above its bars, a group's in bold where a row would be."""
    return [
        caption(chart_text(name), place - 0.36)
        if name
        else caption(f"<b>{chart_text(group)}</b>", place)
        for (group, name), place in places.items()
    ]


def _line(day: date, rows: Sequence[float], pen: dict[str, Any]) -> list[dict[str, Any]]:
    """The line of a day behind the bars, row by row."""
    above, below = _BESIDE
    line = {"type": "line", "x0": day, "x1": day, "line": pen, "layer": "below"}
    return [line | {"y0": row + above, "y1": row + below} for row in rows]


def _diamonds(milestones: Sequence[Milestone], write: Callable[[date], str]) -> list[go.Scatter]:
    """A diamond on top of each line; none where there is no milestone."""
    if not milestones:
        return []
    return [
        go.Scatter(
            x=[one.day for one in milestones],
            y=[-0.62] * len(milestones),
            mode="markers",
            marker={"symbol": "diamond", "size": 11, "color": ACCENT},
            hovertext=[
                f"{chart_text(one.name)}<br>{chart_text(write(one.day))}" for one in milestones
            ],
            hoverinfo="text",
            cliponaxis=False,
        )
    ]


def _places(spans: Sequence[Span]) -> tuple[_Places, float]:
    """Where each row stands, those of groups' names among them, and how many rows that are."""
    places: _Places = {}
    place = 0.0
    for group, members in groupby(spans, key=lambda span: span.group):
        if group:
            places[group, ""] = place - 0.2
            place += _HEAD
        for name in dict.fromkeys(span.name for span in members):
            places[group, name] = place
            place += 1
    return places, place


def _today(text: str, now: date) -> dict[str, Any]:
    return {
        "x": now,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": chart_text(text),
        "showarrow": False,
        "font": {"size": SIZE - 1},
    }


def _bars(spans: Sequence[Span], places: Sequence[float], write: Callable[[date], str]) -> go.Bar:
    """All bars as one trace: plotly takes its time for each."""
    return go.Bar(
        base=[span.first for span in spans],
        x=[(span.last + _DAY - span.first).days * 86_400_000 for span in spans],
        y=[place + _BELOW * span.is_below for span, place in zip(spans, places, strict=True)],
        width=[_THIN if span.is_below else _THICK for span in spans],
        orientation="h",
        marker={
            "color": [GREY if span.faint else span.colour for span in spans],
            "pattern": {
                "shape": ["/" if span.faint else span.pattern for span in spans],
                "size": 6,
                "solidity": 0.3,
                "fillmode": "overlay",
            },
        },
        customdata=[[span.key, ""] for span in spans],
        hovertext=[_tip(span, write) for span in spans],
        hoverinfo="text",
    )


def _tip(span: Span, write: Callable[[date], str]) -> str:
    days = f"{write(span.first)} – {write(span.last)}"
    lines = [chart_text(span.name), chart_text(days), f"<b>{chart_text(span.told)}</b>"]
    return "<br>".join(lines)
