"""Which dialog is open stands in the address, as an open row of a register does."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from crm_core.domain.problems import Refused
from pages._ui.notices import problem_box
from pages._ui.register import form, places

DO = places.DO
"""The parameter of the address."""
_OF_A_DIALOG = "_of_a_dialog"


def offer(label: str, name: str, **look: Any) -> None:
    """A button that opens the dialog of that name when the page comes to `opened`."""
    if st.button(label, key=f"open-{name}", **look):
        st.query_params[DO] = name


def opened() -> str | None:
    """The name of the dialog that is open; where none is, nothing of one is remembered."""
    name = st.query_params.get(DO)
    if name is None:
        st.session_state.pop(_OF_A_DIALOG, None)
    return name


def show(title: str, body: Callable[..., None], *given: Any) -> None:
    """Draw a dialog."""
    st.dialog(title, width="large", on_dismiss=close)(body)(*given)


def held() -> dict[Any, Any]:
    """What a dialog remembers as long as it is open."""
    kept: dict[Any, Any] = st.session_state.setdefault(_OF_A_DIALOG, {})
    return kept


def close() -> None:
    """Close it; nothing of it is remembered."""
    st.query_params.pop(DO, None)
    st.session_state.pop(_OF_A_DIALOG, None)


def attempt(act: Callable[[], object], done: str) -> None:
    """Do it, close and say so; what it was refused for is said in the dialog, which stays."""
    try:
        act()
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    close()
    form.say(done)
    st.rerun()
