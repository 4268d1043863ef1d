"""IT windows: the list, and a calendar of what cannot be changed when."""

import streamlit as st

from pages._ui import filters, session
from pages._ui.register import page
from pages.assess import _window_calendar

_LIST, _CALENDAR = "list", "calendar"


def show() -> None:
    """The page; which of its two views stands in the address."""
    if st.query_params.get("view") == _CALENDAR:
        _window_calendar.show(_choose)
    else:
        page.show("it_window", _choose)


def _choose() -> None:
    text = session.texts().text
    filters.choice(text("View"), {_LIST: text("List"), _CALENDAR: text("Calendar")}, name="view")


show()
