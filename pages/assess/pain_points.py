"""Pain points: the register, where it hurts, what solving is worth, and what was said twice."""

from collections.abc import Callable

import streamlit as st

from crm_core.domain.pain_points import REGISTER
from crm_core.services import registers
from pages._ui import filters, session
from pages._ui.head import page_head
from pages._ui.register import form, page
from pages.assess import _pain_heat, _pain_panel, _pain_repeats, _pain_value

_LIST, _HURTS, _VALUE, _REPEATS = "list", "hurts", "value", "repeats"
_VIEWS: dict[str, Callable[[], None]] = {
    _HURTS: _pain_heat.show,
    _VALUE: _pain_value.show,
    _REPEATS: _pain_repeats.show,
}


def show() -> None:
    """The page; which of its views stands in the address."""
    view = st.query_params.get("view", _LIST)
    if view not in _VIEWS:
        page.show(REGISTER, _choose, _pain_panel.show)
        return
    texts = session.texts()
    text = texts.text
    sentences = {
        _HURTS: text("Which team suffers most, and from what."),
        _VALUE: text("What solving each pain point is worth a year, and how sure that order is."),
        _REPEATS: text("Complaints that several people made: one row keeps what all of them said."),
    }
    page_head(texts.label(registers.known(REGISTER).plural), sentences[view])
    _choose()
    form.show_done()
    _VIEWS[view]()
    page.open_wished(REGISTER, _pain_panel.show)


def _choose() -> None:
    text = session.texts().text
    names = {
        _LIST: text("List"),
        _HURTS: text("Where it hurts"),
        _VALUE: text("What solving is worth"),
        _REPEATS: text("Said twice"),
    }
    filters.choice(text("View"), names, name="view")


show()
