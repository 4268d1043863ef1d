"""How values are written in a cell, and the light dirt that people leave in it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from crm_core.sample.world import Array

EXCEL_EPOCH = np.datetime64("1899-12-30", "s")


def _each(column: pd.Series, write: Callable[[Any], str]) -> Array:
    """The column's texts; written once per distinct value, '' where there is none."""
    codes, values = pd.factorize(column)
    texts = np.array([*map(write, values), ""], dtype=object)
    return np.asarray(texts[codes])


def slashes(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def characters(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def days(column: pd.Series, write: Callable[[date], str] = date.isoformat) -> Array:
    """Days as text; a date that writes itself."""
    return _each(column.dt.date, write)


def minutes(column: pd.Series) -> Array:
    """Moments as 2024-03-05 14:20."""
    texts = np.datetime_as_string(column.to_numpy().astype("datetime64[m]"))
    return np.where(column.isna(), "", np.char.replace(texts, "T", " ")).astype(object)


def money(column: pd.Series) -> Array:
    """Amounts with two decimals and thousands separators."""
    return np.array([f"{amount:,.2f}" for amount in column], dtype=object)


def whole(column: pd.Series) -> Array:
    """Whole numbers as text."""
    return column.astype(int).astype(str).to_numpy(dtype=object)


def yes_no(column: pd.Series) -> Array:
    """是 or 否."""
    return np.where(column, "是", "否").astype(object)


def serial(column: pd.Series) -> Array:
    """Moments as a spreadsheet counts them, in days; None where there is none."""
    day = (column.to_numpy().astype("datetime64[s]") - EXCEL_EPOCH) / np.timedelta64(1, "D")
    return np.array([None if np.isnan(moment) else moment for moment in day], dtype=object)


def text(column: pd.Series) -> Array:
    """The texts as they are, in a column of their own."""
    return column.to_numpy(dtype=object, copy=True)


def touch(
    dice: np.random.Generator, cells: Array, count: int, change: Callable[[Any], object]
) -> None:
    """Changes about `count` of the filled cells, in place."""
    filled = np.flatnonzero((cells != "") & (cells != None))  # noqa: E711 - by element
    for row in dice.choice(filled, min(count, len(filled) // 4), replace=False):
        cells[row] = change(cells[row])


def full_width(value: str) -> str:
    """Digits and signs as an input method for Chinese writes them."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in value)
