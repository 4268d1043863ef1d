"""The few figures read first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from pages._ui.plain import plain

MOST = 5


@dataclass(frozen=True)
class Card:
    """One figure, already written the reader's way (at most three significant digits)."""

    label: str
    value: str
    unit: str = ""
    change: str = ""
    """Against which period, in words: "8% more than in 2024 Q3"."""
    direction: Literal["up", "down"] | None = None
    """Which way it changed; whether that is good is for the reader to say."""
    history: Sequence[float] = ()
    """The figure over time, oldest first; drawn as a sparkline."""
    help: str | None = None


def cards(row: Sequence[Card]) -> None:
    """A row of at most five figures that wraps on a narrow screen. ValueError for more."""
    if len(row) > MOST:
        raise ValueError(f"{len(row)} cards in a row; {MOST} are as many as can be read")
    grid = st.grid(len(row), min_column_width=160, gap="small")
    for card in row:
        with grid:
            _card(card)


def _card(card: Card) -> None:
    unit = f" :small[{plain(card.unit)}]" if card.unit else ""
    st.metric(
        plain(card.label),
        plain(card.value) + unit,
        delta=plain(card.change) or None,
        delta_color="off",
        delta_arrow=card.direction or "off",
        help=plain(card.help) if card.help else None,
        chart_data=[float(point) for point in card.history] or None,
        border=True,
        height="stretch",
    )
