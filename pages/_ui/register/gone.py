"""A row that somebody took out, under its address or under a person who was writing in it."""

from collections.abc import Callable

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.domain.registers import Register
from crm_core.services import registers
from crm_core.services.registers import Row
from crm_core.services.registers.history import differences
from crm_core.services.registers.values import Values
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register import words


def show(register: Register, key: str, refusal: Refused, back: Callable[[], object]) -> None:
    """Who took it out, and the way back; what was refused where nobody did."""
    if _told(register, key, refusal) and st.button(
        session.texts().text("Put back"), type="primary", key="item-back", icon=":material/undo:"
    ):
        _attempt(register, key, None, back)


def show_written(
    register: Register, was: Row, mine: Values, refusal: Refused, back: Callable[[], object]
) -> None:
    """The same where somebody wrote in it meanwhile: what they wrote, and the way to keep it."""
    text = session.texts().text
    if not _told(register, was.id, refusal):
        return
    head = text("You wrote")
    st.markdown(f"**{plain(head)}**")
    for name, _, now in differences(was.values, mine):
        field = register.field(name)
        said = text("{label}: {value}", label=words.label(field), value=words.shown(field, now))
        st.markdown(plain(said))
    if st.button(
        text("Put back with what you wrote"),
        type="primary",
        key="item-back",
        icon=":material/undo:",
    ):
        _attempt(register, was.id, mine, back)


def _told(register: Register, key: str, refusal: Refused) -> bool:
    found = registers.taken_out(workspace.store(), workspace.actor(), register.name, key)
    one = next((one for one in found if one.id == key), None)
    if one is None:
        problem_box(refusal.problem)
        return False
    texts = session.texts()
    who = words.written_by(one.by, one.at)
    said = texts.text("{row} was taken out by {who}.", row=f"{key} {one.title or ''}", who=who)
    st.warning(plain(said), icon=":material/delete:")
    return True


def _attempt(
    register: Register, key: str, values: Values | None, back: Callable[[], object]
) -> None:
    try:
        registers.bring_back(workspace.store(), workspace.actor(), register.name, key, values)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    back()
