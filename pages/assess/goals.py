"""Goals: the register, and whether each is on the line that was agreed."""

import streamlit as st

from crm_core.domain.goals import REGISTER
from crm_core.services import registers
from pages._ui import filters, kept, session
from pages._ui.register import page
from pages.assess import _goal_lines, _goal_panel
from pages.assess import _goal_words as words

_LIST, _LINES = "list", "lines"


def show() -> None:
    """The page; which of its two views stands in the address."""
    if st.query_params.get("view") == _LINES:
        _goal_lines.show(_choose)
        page.open_wished(REGISTER, _goal_panel.show)
    else:
        rows, _ = kept.read(registers.listed, REGISTER)
        units = {row.id: unit for row in rows if (unit := words.unit(row.values))}
        page.show(REGISTER, _choose, _goal_panel.show, blank={"unit": units})


def _choose() -> None:
    text = session.texts().text
    filters.choice(text("View"), {_LIST: text("List"), _LINES: text("On line?")}, name="view")


show()
