"""Putting a chart on the page, and reading which mark was clicked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
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
    on_click: Callable[[Chosen], None] | None = None,
) -> None:
    """A chart under its finding.

    `counted` says in small type what is counted in which unit. `made` None, or without a mark,
    shows `empty` (title, text) in the same place. `on_click` is told of a mark that is clicked,
    before the page runs anew; the chart forgets the click, so that the next one is as good.
    """
    with st.container(key=f"crm-chart-{key}"):
        section(finding, counted)
        if made is None or not made.data:
            empty_state(*empty, icon=":material/bar_chart:")
            return
        widget = f"{key}-{st.session_state.get(_clicks(key), 0)}"
        st.plotly_chart(
            made,
            key=widget,
            config=CONFIG,
            on_select=partial(_clicked, key, widget, on_click) if on_click else "ignore",
            selection_mode="points",
            alt=finding,
        )


def _clicks(key: str) -> str:
    return f"_clicks-{key}"


def _clicked(key: str, widget: str, on_click: Callable[[Chosen], None]) -> None:
    """A chart keeps what was chosen as long as it is the same one: it becomes another."""
    mark = chosen(st.session_state.get(widget))
    st.session_state[_clicks(key)] = st.session_state.get(_clicks(key), 0) + 1
    if mark:
        on_click(mark)


def chosen(state: Any) -> Chosen | None:
    """What a chart's selection says, whatever the browser sent."""
    points = (state or {}).get("selection", {}).get("points", [])
    custom = points[0].get("customdata") if points else None
    if isinstance(custom, dict):
        custom = list(custom.values())
    if not isinstance(custom, (list, tuple)) or not custom:
        return None
    return Chosen(None if custom[0] is None else str(custom[0]))
