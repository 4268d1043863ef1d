"""Team and training: who speaks for whom, who does what, who was trained, what problems came."""

from collections.abc import Callable

import streamlit as st

from pages._ui import dialogs, filters, session
from pages._ui.register import page
from pages.assess import _team_duties, _team_people, _team_problems, _team_starter, _team_training

_PEOPLE, _DUTIES, _TRAINING, _PROBLEMS = "people", "duties", "training", "problems"
_LISTS: dict[str, tuple[str, Callable[[], None], Callable[[], None]]] = {
    _DUTIES: ("duty", _team_duties.show, _team_starter.offer),
    _TRAINING: ("training", _team_training.show, _team_starter.offer),
    _PROBLEMS: ("problem_report", _team_problems.show, lambda: None),
}
"""View -> its register, what its rows say together, what else can be done with them."""


def show() -> None:
    """The page; which of its views stands in the address."""
    view = st.query_params.get("view", _PEOPLE)
    if view in _LISTS:
        name, findings, more = _LISTS[view]
        page.show(name, _choose, findings=findings, more=more)
    else:
        _team_people.show(_choose)
    if dialogs.opened() == _team_starter.STARTER:
        _team_starter.show()


def _choose() -> None:
    text = session.texts().text
    names = {
        _PEOPLE: text("People and groups"),
        _DUTIES: text("Duties"),
        _TRAINING: text("Training"),
        _PROBLEMS: text("Problem reports"),
    }
    filters.choice(text("View"), names, name="view")


show()
