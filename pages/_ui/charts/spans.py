"""Spans of time: a row for each name, a bar from one day to another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from pages._ui.charts.base import GRID, SIZE, captions, figure
from pages._ui.palette import ACCENT, GREY
from pages._ui.plain import chart_text

_ROW = 46
_DAY = timedelta(days=1)
_MARKS = 3


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


def span_chart(
    spans: Sequence[Span], first: date, last: date, write: Callable[[date], str]
) -> go.Figure:
    """Bars over the days from `first` to `last`, each row named above its bars."""
    names = list(dict.fromkeys(span.name for span in spans))
    made = figure(
        [_bar(span, names.index(span.name), write) for span in spans],
        _height(names),
        barmode="overlay",
    )
    captions(made, [(name, "") for name in names])
    marks = [first + (last - first) * n / _MARKS for n in range(_MARKS)]
    made.update_xaxes(
        range=[first, last + _DAY],
        type="date",
        tickvals=marks,
        ticktext=[write(mark) for mark in marks],
        ticklabelposition="outside right",
        tickangle=0,
        tickfont={"size": SIZE - 1},
        gridcolor=GRID,
        fixedrange=True,
    )
    made.update_yaxes(range=[len(names) - 0.4, -0.7], visible=False, fixedrange=True)
    return made


def _height(names: Sequence[str]) -> int:
    return _ROW * len(names) + 40


def _bar(span: Span, row: int, write: Callable[[date], str]) -> go.Bar:
    days = (span.last + _DAY - span.first).days
    tip = f"{write(span.first)} – {write(span.last)}"
    return go.Bar(
        base=[span.first],
        x=[days * 86_400_000],
        y=[row],
        width=0.34,
        orientation="h",
        marker={
            "color": GREY if span.faint else ACCENT,
            "pattern": {"shape": "/" if span.faint else "", "solidity": 0.3},
        },
        hovertext=[
            f"{chart_text(span.name)}<br>{chart_text(tip)}<br><b>{chart_text(span.told)}</b>"
        ],
        hoverinfo="text",
    )
