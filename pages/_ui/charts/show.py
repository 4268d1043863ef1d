"""Putting a chart on the page, and reading which mark was clicked."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages._ui.head import section
from pages._ui.notices import empty_state


@dataclass(frozen=True)
class Chosen:
    """The mark that was clicked; key None is the unclassified one."""

    key: str | None


CONFIG = {"displayModeBar": False, "scrollZoom": False, "responsive": True}


def show_chart(
    made: go.Figure | None,
    *,
    key: str,
    finding: str,
    counted: str = "",
    empty: tuple[str, str] = ("", ""),
    select: bool = False,
) -> Chosen | None:
    """A chart under its finding; the mark that is chosen, if any.

    `counted` says in small type what is counted in which unit. `made` None, or without a mark,
    shows `empty` (title, text) in the same place. With `select`, a click on a bar or line chooses
    it and a double click gives it back.
    """
    with st.container(key=f"crm-chart-{key}"):
        section(finding, counted)
        if made is None or not made.data:
            empty_state(*empty, icon=":material/bar_chart:")
            return None
        state = st.plotly_chart(
            made,
            key=key,
            config=CONFIG,
            on_select="rerun" if select else "ignore",
            selection_mode="points",
            alt=finding,
        )
    return chosen(state) if select else None


def chosen(state: Any) -> Chosen | None:
    """What a chart's selection says, whatever the browser sent."""
    points = (state or {}).get("selection", {}).get("points", [])
    custom = points[0].get("customdata") if points else None
    if isinstance(custom, dict):
        custom = list(custom.values())
    if not isinstance(custom, (list, tuple)) or not custom:
        return None
    return Chosen(None if custom[0] is None else str(custom[0]))
