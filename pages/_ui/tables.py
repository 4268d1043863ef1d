"""Rows in full precision, numbers at the right, written the reader's way."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st

from crm_core.i18n import DASH
from crm_core.reports import flat
from pages._ui import session
from pages._ui.charts.base import text_width
from pages._ui.downloads import download_button

Kind = Literal[
    "text",
    "written",
    "number",
    "measure",
    "identifier",
    "money",
    "percent",
    "day",
    "month",
    "moment",
    "flag",
    "bars",
    "line",
]
"""A written column holds numbers as texts, each with its own digits: they stand at the right. One
of measures holds numbers of different units, each with its own digits, three decimals at most."""
_DATES = {
    "en": {"day": "MMM D, YYYY", "month": "MMM YYYY", "moment": "MMM D, YYYY HH:mm"},
    "zh": {"day": "YYYY年M月D日", "month": "YYYY年M月", "moment": "YYYY年M月D日 HH:mm"},
}
_MOST_DIGITS = 4
ONE_LINE, TWO_LINES = 35, 66
"""Pixels of a row, and of one whose texts go on in a further line: up to 64 they are cut off."""
_PHONE = 80
"""The same on a phone, where texts have less room."""
_BORDER, _PADDING = 2, 8
_LINE, _BROKEN = 17, 1.15
_LETTER, _LEAST_WIDTH = 9, 75
"""Pixels of a figure, and of a column."""
_MOST_ROWS = 12
"""So many are seen before the table scrolls: whole ones, none by half."""


@dataclass(frozen=True)
class Column:
    """A column to show: its name in the data, its head (unit included), what it holds."""

    name: str
    head: str
    kind: Kind = "text"
    help: str | None = None
    width: Literal["small", "medium", "large"] | int | None = None
    pinned: bool = False


def table(
    rows: pd.DataFrame,
    columns: Sequence[Column],
    *,
    key: str,
    select: bool = False,
    height: int | Literal["auto"] = "auto",
    row: int = ONE_LINE,
    saved_as: str = "",
    every: Callable[[], pd.DataFrame] | None = None,
) -> int | None:
    """The rows as a table; with `select`, the position of the row that was chosen, if any: by a
    click anywhere on it or Enter (`shell/rows.js`).

    Numbers stay numbers, so that a click on a head sorts by size; they show every digit the source
    has. The currency stands above, or in a column of its own where rows differ. Percent columns
    hold shares of 1, bars and line columns a list of numbers. The table scrolls inside itself;
    `height` is given where room is short, and no row is seen by half. `saved_as` names a file in
    which the rows can be taken away, or `every` row where the table has a page of them.
    """
    mode: Literal["single-row"] | None = "single-row" if select else None
    state = _shown(rows, columns, key=key, height=height, mode=mode, row=row)
    _take_away(rows, columns, saved_as, every)
    return _chosen(state, len(rows)) if select else None


def row_for(texts: Sequence[str], width: int) -> int:
    """The height of rows in which none of these texts is cut off in a column of such a width."""
    room = width - 2 * _PADDING
    longest = max(map(text_width, texts), default=0.0)
    if longest <= room:
        return ONE_LINE
    # Words that do not fit leave room at the ends of lines; two lines have room for a third.
    return TWO_LINES + max(0, math.ceil(_BROKEN * longest / room) - 3) * _LINE


def table_to_open(
    rows: pd.DataFrame,
    columns: Sequence[Column],
    *,
    key: str,
    row: int = ONE_LINE,
    saved_as: str = "",
) -> int | None:
    """The rows as `table` shows them; the position of one that was chosen just now, told once.

    The table that is drawn next has nothing chosen, so that what the choice opens is not opened
    again.
    """
    counter = f"_{key}-opened"
    opened = st.session_state.setdefault(counter, 0)
    how: Any = {"height": "auto", "mode": "single-row", "row": row}
    at = _chosen(_shown(rows, columns, key=f"{key}-{opened}", **how), len(rows))
    _take_away(rows, columns, saved_as)
    if at is not None:
        st.session_state[counter] = opened + 1
    return at


def table_to_open_or_narrow(
    rows: pd.DataFrame,
    columns: Sequence[Column],
    narrow: Sequence[Column],
    *,
    key: str,
    row: int = ONE_LINE,
    saved_as: str = "",
) -> int | None:
    """The same; on a phone the `narrow` columns, whose texts go on in further lines. The style
    sheet alone knows how wide the screen is: it shows one of the two tables."""
    with st.container(key=f"crm-wide-{key}"):
        at = table_to_open(rows, columns, key=key, row=row)
    with st.container(key=f"crm-narrow-{key}"):
        tapped = table_to_open(rows, narrow, key=f"{key}-narrow", row=_PHONE)
    _take_away(rows, columns, saved_as)
    return tapped if at is None else at


def table_or_narrow(
    rows: pd.DataFrame,
    columns: Sequence[Column],
    narrow: Sequence[Column],
    *,
    key: str,
    row: int = ONE_LINE,
    narrow_row: int = _PHONE,
) -> None:
    """Rows that open nothing; on a phone the `narrow` columns, in further lines."""
    with st.container(key=f"crm-wide-{key}"):
        _shown(rows, columns, key=key, height="auto", mode=None, row=row)
    with st.container(key=f"crm-narrow-{key}"):
        _shown(rows, narrow, key=f"{key}-narrow", height="auto", mode=None, row=narrow_row)


def _shown(
    rows: pd.DataFrame,
    columns: Sequence[Column],
    *,
    key: str,
    height: int | Literal["auto"],
    mode: Literal["single-row", "multi-row"] | None,
    row: int = ONE_LINE,
) -> Any:
    shown = rows[[column.name for column in columns]].copy()
    for column in columns:
        if column.kind == "percent":
            shown[column.name] = _percent(shown[column.name])
    return st.dataframe(
        shown,
        key=f"crm-rows-{key}" if mode == "single-row" else key,
        hide_index=True,
        height=_whole_rows(len(rows), row) if height == "auto" else _whole(height, row),
        row_height=row,
        placeholder=DASH,
        column_config={column.name: _config(column, shown[column.name]) for column in columns},
        on_select="rerun" if mode else "ignore",
        selection_mode=mode or "single-row",
    )


def table_of_several(
    rows: pd.DataFrame,
    columns: Sequence[Column],
    *,
    key: str,
    height: int | Literal["auto"] = "auto",
) -> list[int]:
    """The rows as `table` shows them; the positions of those that were chosen, in their order."""
    state = _shown(rows, columns, key=key, height=height, mode="multi-row")
    positions = (state or {}).get("selection", {}).get("rows", [])
    return sorted(at for at in positions if isinstance(at, int) and 0 <= at < len(rows))


def _take_away(
    rows: pd.DataFrame,
    columns: Sequence[Column],
    name: str,
    every: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """A button for the rows as a file that no spreadsheet obeys; the framework's own would hold
    texts that one does (style.css hides it)."""
    if not name or rows.empty:
        return
    text = session.texts().text
    told = text("Every row, as a file") if every else text("What the table shows, as a file")
    with st.container(horizontal=True, horizontal_alignment="right"):
        download_button(
            "CSV",
            f"{name}.csv",
            lambda: as_csv(every() if every else rows, columns),
            key=f"save-{name}",
            help=told,
            type="tertiary",
        )


def as_csv(rows: pd.DataFrame, columns: Sequence[Column]) -> bytes:
    """The rows with the heads that are read above them; days without a clock, shares in percent."""
    shown = pd.DataFrame()
    for column in columns:
        values = rows[column.name]
        match column.kind:
            case "bars" | "line":
                continue
            case "percent":
                values = _percent(values).map("{:.1f}%".format, na_action="ignore")
            case "day" | "month":
                values = pd.to_datetime(values).dt.strftime("%Y-%m-%d")
        shown[column.head] = values
    return flat.as_csv(shown)


def _config(column: Column, values: pd.Series) -> Any:
    common: dict[str, Any] = {
        "label": column.head,
        "help": column.help,
        "width": column.width,
        "pinned": column.pinned,
    }
    match column.kind:
        case "number" | "money":
            digits = _digits(values, least=2 if column.kind == "money" else 1)
            common["width"] = column.width or _room(column.head, values, f",.{digits}f")
            return st.column_config.NumberColumn(**common, format=f"%,.{digits}f")
        case "measure":
            common["width"] = column.width or _room(column.head, values, ",.1f")
            return st.column_config.NumberColumn(**common, format="localized")
        case "percent":
            return st.column_config.NumberColumn(**common, format="%,.1f%%")
        case "identifier":
            return st.column_config.NumberColumn(**common, format="%d")
        case "day" | "month" | "moment":
            written = _DATES[session.texts().language][column.kind]
            kind = st.column_config.DatetimeColumn
            return kind(**common, format=written, alignment="right")
        case "bars":
            return st.column_config.BarChartColumn(**common, y_min=0)
        case "line":
            return st.column_config.LineChartColumn(**common)
        case "written":
            return st.column_config.TextColumn(**common, alignment="right")
        case "flag":
            return st.column_config.CheckboxColumn(**common)
        case _:
            return st.column_config.TextColumn(**common)


def _room(head: str, values: pd.Series, written: str) -> int:
    """Pixels in which no figure is cut off: left to itself the table takes what is much longer than
    most for an outlier, and shows 25,307 of 225,307."""
    longest = max((len(format(value, written)) for value in values.dropna()), default=0)
    named = math.ceil(text_width(head)) + 2 * _PADDING
    return max(_LEAST_WIDTH, named, _LETTER * longest + 2 * _PADDING)


def _percent(shares: pd.Series) -> pd.Series:
    """In percent, rounded here: the browser would cut the digits off."""
    return (pd.to_numeric(shares).astype("float64") * 100).round(1)


def _whole_rows(count: int, row: int) -> int:
    """Pixels for the head and all rows, or for as many as are seen at once."""
    return ONE_LINE + min(max(count, 1), _MOST_ROWS) * row + _BORDER


def _whole(height: int, row: int) -> int:
    """The most pixels below a height that no row is cut by."""
    return ONE_LINE + (height - ONE_LINE) // row * row + _BORDER


def _digits(values: pd.Series, least: int) -> int:
    """How many decimals the values have: none, or at least `least`, at most four."""
    numbers = pd.to_numeric(values.dropna().astype("float64"), errors="coerce")
    digits: int
    for digits in (0, *range(least, _MOST_DIGITS)):
        if (numbers - numbers.round(digits)).abs().max() < 10.0 ** -(_MOST_DIGITS + 2) or (
            numbers.empty
        ):
            return digits
    return _MOST_DIGITS


def _chosen(state: Any, rows: int) -> int | None:
    """The selected position; a forged one beyond the rows is none."""
    positions = (state or {}).get("selection", {}).get("rows", [])
    if positions and isinstance(positions[0], int) and 0 <= positions[0] < rows:
        return positions[0]
    return None
