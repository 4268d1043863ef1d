"""Rows pasted from a spreadsheet or brought as a file: what would change first, then kept."""

from hashlib import sha256

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.domain.registers import Register
from crm_core.services import registers
from crm_core.services.registers import exchange, workbook
from crm_core.services.registers.exchange import Brought, Preview
from crm_core.services.registers.heads import Meant
from pages._ui import session, uploads, workspace
from pages._ui.notices import problem_box
from pages._ui.register import brought, form

_MEANT = "_register_meant"
_GIVEN = "_register_given"
"""What was read, and of which bytes."""
_BY_TITLE = "register-by-title"
"""Whether lines without a number are taken for the rows of their titles."""


def dialog(name: str) -> None:
    """Open the dialog."""
    for key in (_MEANT, _GIVEN, _BY_TITLE):
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
    if file is None and not pasted.strip():
        return None
    given = _read(pasted, file)
    by_title = bool(st.session_state.get(_BY_TITLE, True))
    return exchange.held(
        workspace.store(), workspace.actor(), name, given, meaning, by_title=by_title
    )


def _read(pasted: str, file: object) -> Brought:
    """What the file says, else what was pasted. It is read once: what is said of its columns, and
    keeping it, are no reasons to read it anew."""
    name = file.name if file is not None else ""  # type: ignore[attr-defined]
    content = (
        pasted.encode("utf-8", "replace") if file is None else file.getvalue()  # type: ignore[attr-defined]
    )
    held: tuple[object, Brought | None] = st.session_state.get(_GIVEN, (None, None))
    key, (known, given) = (name, sha256(content).digest()), held
    if given is None or known != key:
        given = (
            uploads.held(name, content, exchange.brought_file)
            if name
            else exchange.brought_cells(pasted)
        )
        st.session_state[_GIVEN] = key, given
    return given


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
        st.session_state.pop(_GIVEN, None)
        form.say(texts.plural("{n} row is kept.", "{n} rows are kept.", len(done)))
        st.rerun()
