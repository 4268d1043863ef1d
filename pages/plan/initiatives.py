"""Initiatives: the register, what none answers yet, their ranking, and what that rests on."""

from collections.abc import Callable

import streamlit as st

from crm_core.services import registers
from crm_core.services.initiatives.making import REGISTER
from crm_core.services.registers import Query
from pages._ui import filters, kept, session
from pages._ui.head import page_head
from pages._ui.register import form, page
from pages.plan import (
    _initiative_making,
    _initiative_panel,
    _ranking,
    _rests_on,
    _unanswered,
)

_LIST, _UNANSWERED, _RANKING, _RESTS = "list", "unanswered", "ranking", "rests"
_VIEWS: dict[str, Callable[[], None]] = {
    _UNANSWERED: _unanswered.show,
    _RANKING: _ranking.show,
    _RESTS: _rests_on.show,
}


def show() -> None:
    """The page; which of its views stands in the address."""
    view = st.query_params.get("view", _LIST)
    if view in _VIEWS:
        _view(view)
        page.open_wished(REGISTER, _initiative_panel.show)
    else:
        _list()
    _initiative_making.open_wished()


def _view(view: str) -> None:
    texts = session.texts()
    text = texts.text
    sentences = {
        _UNANSWERED: text("What was found and nobody has planned anything for yet."),
        _RANKING: text("Four methods rank the initiatives by the same inputs, side by side."),
        _RESTS: text("What ranking and planning read, and what nobody has said yet."),
    }
    page_head(texts.label(registers.known(REGISTER).plural), sentences[view])
    _choose()
    form.show_done()
    _VIEWS[view]()


def _list() -> None:
    text = session.texts().text
    unserving = {"goals": text("✕ no goal")}
    page.show(
        REGISTER, _choose, _initiative_panel.show, _initiative_panel.goalless, blank=unserving
    )
    _, every = kept.read(registers.listed, REGISTER, Query(limit=0))
    if not every:
        _unanswered.begin()


def _choose() -> None:
    text = session.texts().text
    names = {
        _LIST: text("List"),
        _UNANSWERED: text("Not answered yet"),
        _RANKING: text("Ranking"),
        _RESTS: text("What ranking rests on"),
    }
    filters.choice(text("View"), names, name="view")


show()
