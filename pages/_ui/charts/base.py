"""What all charts share: ground, grid, type and axes written the reader's way."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go
import wcwidth

from pages._ui.plain import chart_text

FONT = (
    "'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', 'Noto Sans', 'PingFang SC', "
    "'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
)
ZERO = "rgba(128,140,152,0.6)"
GRID = "rgba(128,140,152,0.22)"
SIZE = 13
_TIP = "#24313d"
"""White on it can be read in either theme; the theme's own pair cannot."""
_EM = 0.57
"""Width of a Latin letter in ems, on the generous side; a Chinese one is one em."""

_PHONE, _TITLE = 340, 90
"""Pixels of a phone for a bar's title and what stands beside it; those of the title at least."""


def figure(traces: Sequence[Any], height: int, **layout: Any) -> go.Figure:
    """A figure on a clear ground; the text's colour is left to the light or dark theme.

    Plotly checks a layout anew with each update: one that is whole from the start is made in a
    fraction of the time.
    """
    settings: dict[str, Any] = {
        "height": height,
        "minreducedheight": 2,  # else a low chart leaves no room for what stands below its axis
        "margin": {"l": 0, "r": 0, "t": 4, "b": 0} | layout.pop("margin", {}),
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": SIZE},
        "showlegend": False,
        "hoverlabel": {
            "align": "left",
            "bgcolor": _TIP,
            "bordercolor": _TIP,
            "font": {"family": FONT, "size": SIZE, "color": "#ffffff"},
        },
        "dragmode": False,
    }
    return go.Figure(list(traces), settings | layout)


def value_axis(low: float, high: float, write: Callable[[float], str]) -> dict[str, Any]:
    """An axis through zero with about four round marks, written by `write`."""
    marks = round_marks(min(low, 0.0), max(high, 0.0))
    return {
        "tickvals": marks,
        "ticktext": [write(mark) for mark in marks],
        "showgrid": True,
        "gridcolor": GRID,
        "zeroline": True,
        "zerolinecolor": ZERO,
        "showline": False,
        "fixedrange": True,
        "tickfont": {"size": SIZE - 1},
    }


def names_axis(names: Sequence[str]) -> dict[str, Any]:
    """An axis that names a row at each whole number, the first on top."""
    return {
        "tickvals": list(range(len(names))),
        "ticktext": [chart_text(name) for name in names],
        "autorange": "reversed",
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "ticklabelstandoff": 8,
        "tickfont": {"size": SIZE},
    }


def rows_axis(rows: float) -> dict[str, Any]:
    """An unseen axis of rows at 0, 1, 2 …, the first on top, with room for names above them."""
    return {"range": [rows - 0.5, -0.7], "visible": False, "fixedrange": True}


def caption(text: str, place: float, side: int = 0) -> dict[str, Any]:
    """An annotation at the left (0) or right (1) edge; `text` as plotly takes it."""
    return {
        "x": side,
        "xref": "paper",
        "xanchor": ("left", "right")[side],
        "y": place,
        "text": text,
        "showarrow": False,
        "font": {"size": SIZE},
    }


def captions(rows: Sequence[tuple[str, str]], above: float = 0.36) -> list[dict[str, Any]]:
    """A name at the left above each row (at 0, 1, 2 …), and a figure at the right."""
    return [
        caption(chart_text(text), row - above, side)
        for row, told in enumerate(rows)
        for side, text in enumerate(told)
        if text
    ]


def lines_of(text: str) -> str:
    """A tooltip of several lines."""
    return "<br>".join(chart_text(line) for line in text.splitlines())


def round_marks(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers (1, 2, 2.5 or 5 times a power of ten) from at most `low` up to `high`."""
    span = high - low
    if span <= 0:
        return [0.0]
    raw = span / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= raw * 0.999)
    first, last = math.floor(low / step), math.floor(high / step + 1e-9)
    return [place * step for place in range(first, last + 1)]


def text_width(text: str, size: int = SIZE) -> float:
    """About how many pixels a label takes, to make room for it."""
    return sum(size if ord(letter) > 0x2E80 else size * _EM for letter in text)


def shortened(text: str, most: int) -> str:
    """A label of at most `most` pixels; the tooltip has the whole one."""
    if text_width(text) <= most:
        return text
    kept = text
    while kept and text_width(kept + "…") > most:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def with_beside(title: str, beside: str) -> str:
    """A bar's title, so long that what stands beside it, if anything, is read on a phone too."""
    told = f" · {beside}" if beside else ""
    return shortened(title, max(_TITLE, int(_PHONE - text_width(told)))) + told


def in_two_lines(text: str, width: int, *, parts_words: bool = False) -> str:
    """A name in at most two lines, see `in_lines`."""
    return in_lines(text, width, 2, parts_words=parts_words)


def _hyphened(name: str, width: int) -> str:
    """A single word that takes two lines, with a hyphen in its middle; any other name as it is."""
    half = len(name) // 2 + 1
    is_parted = name.isalpha() and half < width < len(name)
    return f"{name[:half]}-{name[half:]}" if is_parted else name


def in_lines(text: str, width: int, most: int, *, parts_words: bool = False) -> str:
    """A name in at most so many lines of `width` Latin letters or half as many Chinese signs, these
    as long as each other: there are no words to part them by. A word that is longer than a line
    goes on in the next one with `parts_words`, after a hyphen where it is the whole name, else it
    stays whole."""
    wide = wcwidth.width(text)
    is_chinese = wide > len(text)
    needed = -(-wide // (width - width % 2))
    if is_chinese and 1 < needed <= most and " " not in text:
        width = 2 * -(-wide // (2 * needed))
    elif parts_words and not is_chinese:
        text = _hyphened(text, width)
    lines = wcwidth.wrap(text, width, break_long_words=is_chinese or parts_words)
    if len(lines) > most:
        # The library's own way of cutting drops the whole of a last line that fills its width.
        lines[most - 1 :] = [f"{wcwidth.clip(lines[most - 1], 0, width - 1).rstrip()}…"]
    return "<br>".join(chart_text(line) for line in lines)
