"""What sells where: a field of shares, darker where more."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from pages._ui.charts.base import SIZE, figure, in_lines, in_two_lines, lines_of, names_axis
from pages._ui.charts.show import Chosen
from pages._ui.palette import GREY
from pages._ui.plain import chart_text

_ROW = 36
_LETTERS = 22
"""Of a row's name in a line: two of them fit a row."""
_FEW = 5
"""Columns whose names have five lines; those of more are turned where room is short, with two."""
_PHONE, _ALL, _NARROW = 36, 100, 9
"""Letters above a few columns on a phone, above all columns on a desk, above one at least."""
_LINE = 15
_CELL = re.compile("([0-9]{1,6}),([0-9]{1,6})")


def matrix_chart(
    rows: Sequence[str],
    columns: Sequence[str],
    shares: Sequence[Sequence[float | None]],
    tooltips: Sequence[Sequence[str]],
    write: Callable[[float], str],
) -> go.Figure:
    """One row per segment, one column per product; a cell is the product's share of the row (0…1),
    or any other amount from 0 on.

    None is a cell without business: it stays empty. NaN is an amount that nobody knows. `write`
    writes an amount in its cell. A click tells the cell by its places, see `cell_of`.
    """
    heads = _heads(columns)
    above = max((head.count("<br>") for head in heads), default=0) + 1
    return figure(
        [_field(shares, len(columns), write), _cells(tooltips)],
        height=_ROW * max(2, len(rows)) + max(40, _LINE * above + 10),
        # The nearest mark, however far: on a grid that is the cell under the pointer.
        hovermode="closest",
        hoverdistance=-1,
        xaxis=_heads_axis(heads),
        yaxis=names_axis(rows)
        | {
            "ticktext": [in_two_lines(name, _LETTERS, parts_words=True) for name in rows],
            "autorange": False,
            "range": [len(rows) - 0.5, -0.5],
        },
    )


def _field(
    shares: Sequence[Sequence[float | None]], columns: int, write: Callable[[float], str]
) -> go.Heatmap:
    """The cells, darker where more, each with its amount."""
    return go.Heatmap(
        z=[[0 if share != share else share for share in line] for line in shares],
        x=list(range(columns)),
        y=list(range(len(shares))),
        text=[
            ["" if share is None else chart_text(write(share)) for share in line] for line in shares
        ],
        texttemplate="%{text}",
        textfont={"size": SIZE},
        colorscale=[[0, "rgba(47,127,174,0.04)"], [1, "rgba(47,127,174,0.5)"]],
        zmin=0,
        showscale=False,
        xgap=3,
        ygap=3,
        hoverinfo="skip",
    )


def _heads_axis(heads: Sequence[str]) -> dict[str, Any]:
    return {
        "tickvals": list(range(len(heads))),
        "ticktext": heads,
        "side": "top",
        "ticks": "",
        "autotickangles": _angles(heads),
        "tickfont": {"size": SIZE - 1},
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "range": [-0.5, len(heads) - 0.5],
    }


def cell_of(chosen: Chosen) -> tuple[int, int] | None:
    """The row and column of the cell that was clicked, from 0; None for anything else."""
    match = _CELL.fullmatch(chosen.key or "")
    return (int(match[1]), int(match[2])) if match else None


def _heads(names: Sequence[str]) -> list[str]:
    """The names of columns in lines that fit above them."""
    few = len(names) <= _FEW
    room, lines = (_PHONE, 5) if few else (_ALL, 2)
    width = max(_NARROW, room // max(1, len(names)))
    heads = [in_lines(name, width, lines, parts_words=few) for name in names]
    return [
        f"{name}<br> " if few and _stands_above(names, at, width) else heads[at]
        for at, name in enumerate(names)
    ]


def _stands_above(names: Sequence[str], at: int, width: int) -> bool:
    """Whether a word that is wider than its column has room in whole above its neighbours."""
    beside = [names[near] for near in (at - 1, at + 1) if 0 <= near < len(names)]
    is_wide = names[at].isascii() and names[at].isalpha() and width < len(names[at]) <= 2 * width
    return is_wide and all(len(name) <= width for name in beside)


def _angles(heads: Sequence[str]) -> list[int]:
    """How far heads may be turned: those of two lines run into each other at a slant."""
    if len(heads) <= _FEW:
        return [0]
    return [0, 90] if any("<br>" in head for head in heads) else [0, 45, 90]


def _cells(tooltips: Sequence[Sequence[str]]) -> go.Scatter:
    """A mark at each cell that is not seen: fields of colour cannot be clicked, marks can."""
    places = [(row, column) for row, line in enumerate(tooltips) for column in range(len(line))]
    unseen = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=[column for _, column in places],
        y=[row for row, _ in places],
        mode="markers",
        marker={"symbol": "square", "size": _ROW - 6, "opacity": 0, "color": GREY},
        selected=unseen,
        unselected=unseen,
        customdata=[[f"{row},{column}", lines_of(tooltips[row][column])] for row, column in places],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )
