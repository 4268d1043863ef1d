"""Rows that were taken out of a register, by whom and when, and the way back for each."""

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.domain.registers import Register
from crm_core.services import registers
from crm_core.services.registers import Gone
from pages._ui import filters, kept, session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register import form, words

_GONE = "gone"
"""The parameter of the address that says that these rows are shown."""
_MOST = 30
"""Rows that are shown at once; the search finds the others."""


def button(register: Register) -> None:
    """The way to the rows that were taken out; nothing where there are none."""
    gone = kept.read(registers.taken_out, register.name)
    text = session.texts().text
    if not gone:
        return
    st.button(
        text("Taken out ({n})", n=len(gone)),
        icon=":material/restore_from_trash:",
        key="register-gone",
        on_click=filters.put,
        args=(_GONE, "yes"),
    )
    if _GONE in st.query_params:
        title = text("Rows that were taken out")
        st.dialog(title, width="large", on_dismiss=_closed)(_show)(register)


def _closed() -> None:
    filters.clear(_GONE)


def _show(register: Register) -> None:
    texts = session.texts()
    search = st.text_input(texts.text("Search"), icon=":material/search:", key="gone-search")
    gone = kept.read(registers.taken_out, register.name, search)
    if not gone:
        st.info(texts.text("No row fits this search."), icon=":material/filter_alt:")
    for one in gone[:_MOST]:
        _row(register, one)
    if len(gone) > _MOST:
        st.caption(texts.plural("{n} more", "{n} more", len(gone) - _MOST))


def _row(register: Register, one: Gone) -> None:
    text = session.texts().text
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap="xxsmall", width="stretch"):
            st.markdown(f"**{plain(one.id)}** {plain(one.title or '')}")
            st.caption(plain(text("taken out by {who}", who=words.written_by(one.by, one.at))))
        if st.button(text("Put back"), key=f"gone-{one.id}", icon=":material/undo:"):
            _bring_back(register, one)


def _bring_back(register: Register, one: Gone) -> None:
    try:
        registers.bring_back(workspace.store(), workspace.actor(), register.name, one.id)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    _closed()
    form.say(session.texts().text("{id} is back as it was.", id=one.id))
    st.rerun()
