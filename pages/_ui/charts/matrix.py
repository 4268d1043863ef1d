"""What sells where: a field of shares, darker where more."""

import textwrap
from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from pages._ui.charts.base import SIZE, figure, names_axis, shortened
from pages._ui.plain import chart_text

_ROW = 36
_LONGEST = 160
_NARROW = 9


def matrix_chart(
    rows: Sequence[str],
    columns: Sequence[str],
    shares: Sequence[Sequence[float | None]],
    tooltips: Sequence[Sequence[str]],
    write: Callable[[float], str],
) -> go.Figure:
    """One row per segment, one column per product; a cell is the product's share of the row (0…1).

    None is a cell without business: it stays empty. `write` writes a share in its cell.
    """
    trace = go.Heatmap(
        z=[list(line) for line in shares],
        x=list(range(len(columns))),
        y=list(range(len(rows))),
        text=[
            ["" if share is None else chart_text(write(share)) for share in line] for line in shares
        ],
        texttemplate="%{text}",
        textfont={"size": SIZE},
        customdata=[[[_lines(tip)] for tip in line] for line in tooltips],
        hovertemplate="%{customdata[0]}<extra></extra>",
        colorscale=[[0, "rgba(47,127,174,0.04)"], [1, "rgba(47,127,174,0.5)"]],
        zmin=0,
        showscale=False,
        xgap=3,
        ygap=3,
        hoverongaps=False,
    )
    made = figure([trace], height=_ROW * max(2, len(rows)) + 40)
    made.update_xaxes(
        tickvals=list(range(len(columns))),
        ticktext=[_head(name) for name in columns],
        side="top",
        ticks="",
        autotickangles=[0, 45, 90],
        tickfont={"size": SIZE - 1},
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    made.update_yaxes(names_axis([shortened(name, _LONGEST) for name in rows]))
    return made


def _head(name: str) -> str:
    """A column's name in at most two short lines, so that it fits on a phone."""
    chinese = any(ord(letter) > 0x2E80 for letter in name)
    width = _NARROW // 2 if chinese else _NARROW
    lines = textwrap.wrap(name, width, max_lines=2, placeholder="…", break_long_words=chinese)
    return "<br>".join(chart_text(line) for line in lines)


def _lines(text: str) -> str:
    return "<br>".join(chart_text(line) for line in text.splitlines())
