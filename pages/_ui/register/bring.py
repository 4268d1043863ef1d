"""Rows pasted from a spreadsheet or brought as a file: what would change first, then kept."""

import tempfile
from pathlib import Path

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.domain.registers import Register
from crm_core.services import registers
from crm_core.services.registers import exchange, workbook
from crm_core.services.registers.exchange import Preview
from crm_core.services.registers.heads import Meant
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.register import brought, form

_MEANT = "_register_meant"
_BY_TITLE = "register-by-title"
"""Whether lines without a number are taken for the rows of their titles."""


def dialog(name: str) -> None:
    """Open the dialog."""
    for key in (_MEANT, _BY_TITLE):
        st.session_state.pop(key, None)
    title = session.texts().text("Paste or import")
    st.dialog(title, width="large")(_body)(registers.known(name))


def _body(register: Register) -> None:
    text = session.texts().text
    pasted = st.text_area(
        text("Paste cells from a spreadsheet with their heads"),
        height=140,
        key=f"register-paste-{register.name}",
    )
    # Leaving the field is what hands its text over: the button is there to be clicked.
    st.button(text("Show what it would change"), key="register-look")
    file = st.file_uploader(text("Or take a file"), type=[form[1:] for form in workbook.FORMS])
    meaning: Meant = st.session_state.get(_MEANT, {})
    try:
        found = _held(register.name, pasted, file, meaning)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    if found is not None:
        brought.columns(register, found, meaning, _mean)
        brought.ask_alike(found, _BY_TITLE)
        brought.show(register, found)
        _keep(found)


def _mean(said: Meant) -> None:
    """From now on these heads mean what is said."""
    st.session_state[_MEANT] = {**st.session_state.get(_MEANT, {}), **said}


def _held(name: str, pasted: str, file: object, meaning: Meant) -> Preview | None:
    store, actor = workspace.store(), workspace.actor()
    by_title = bool(st.session_state.get(_BY_TITLE, True))
    if file is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(file.name).name  # type: ignore[attr-defined]
            path.write_bytes(file.getvalue())  # type: ignore[attr-defined]
            return exchange.preview(store, actor, name, path, meaning, by_title=by_title)
    if not pasted.strip():
        return None
    return exchange.pasted(store, actor, name, pasted, meaning, by_title=by_title)


def _keep(found: Preview) -> None:
    """Keeping it is possible when nothing is wrong."""
    texts = session.texts()
    if st.button(
        texts.text("Keep this"),
        type="primary",
        disabled=bool(found.wrong) or not (found.added or found.changed),
        key="register-keep",
    ):
        try:
            done = exchange.apply(workspace.store(), workspace.actor(), found)
        except Refused as refusal:
            problem_box(refusal.problem)
            return
        form.say(texts.plural("{n} row is kept.", "{n} rows are kept.", len(done)))
        st.rerun()
