"""What shows an answer to be true: files and links, each with the day until which it does."""

from collections.abc import Callable
from datetime import date

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from crm_core.domain.checklists import Item
from crm_core.domain.problems import Problem, Refused
from crm_core.domain.registers import FIRST_DAY, LAST_DAY
from crm_core.services.checklists import evidence
from crm_core.services.checklists.evidence import Evidence
from pages._ui import session
from pages._ui.checklist.answering import Desk
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register.words import written_by

_MEGABYTE = 1_000_000


def show(desk: Desk, item: Item, *, locked: bool) -> None:
    """What is shown of an answer, and the way to show more."""
    texts = session.texts()
    found = evidence.of_answer(desk.store, desk.actor, desk.respondent, item.id)
    if locked and not found:
        return
    head = texts.text("Evidence ({n})", n=len(found)) if found else texts.text("Add evidence")
    with st.expander(
        head, icon=":material/attach_file:", key=f"evidence-{desk.respondent}-{item.id}"
    ):
        if item.evidence:
            wanted = texts.text("Shown by: {what}", what=texts.label(item.evidence))
            st.caption(plain(wanted))
        for one in found:
            _one(desk, one, locked=locked)
        if not locked:
            _taken_away(desk, item)
            _add(desk, item, len(found))


def _one(desk: Desk, one: Evidence, *, locked: bool) -> None:
    text = session.texts().text
    with st.container(border=True, gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            if one.link:
                st.link_button(plain(one.title), one.link, type="tertiary", icon=":material/link:")
            else:
                st.download_button(
                    plain(one.title),
                    lambda: evidence.content(desk.store, desk.actor, one.sha256),
                    one.title,
                    key=f"evidence-file-{one.id}",
                    type="tertiary",
                    icon=":material/download:",
                    on_click="ignore",
                )
            if not locked and st.button(
                text("Take this away"),
                key=f"evidence-off-{one.id}",
                type="tertiary",
                icon=":material/delete:",
            ):
                _attempt(lambda: _take_away(desk, one))
        st.caption(" · ".join(plain(said) for said in _said(one)))
        if one.sha256:
            st.caption(f"SHA-256 `{one.sha256}`")


def _take_away(desk: Desk, one: Evidence) -> None:
    evidence.remove(desk.store, desk.actor, one.id)
    st.session_state[_gone(desk.respondent, one.item)] = one


def _taken_away(desk: Desk, item: Item) -> None:
    """What was taken away last, and the way back: one click takes it away."""
    text, key = session.texts().text, _gone(desk.respondent, item.id)
    one: Evidence | None = st.session_state.get(key)
    if one is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(text("{title} was taken away.", title=one.title)))
        if st.button(
            text("Put back"), key=f"evidence-back-{one.id}", type="tertiary", icon=":material/undo:"
        ):
            _attempt(lambda: _put_back(desk, one))


def _put_back(desk: Desk, one: Evidence) -> None:
    evidence.put_back(desk.store, desk.actor, one.id)
    st.session_state.pop(_gone(desk.respondent, one.item), None)


def _gone(respondent: str, item: str) -> str:
    return f"_evidence-gone-{respondent}-{item}"


def _said(one: Evidence) -> list[str]:
    text = session.texts().text
    said = [written_by(one.by, one.at)]
    if one.expires and one.expires < session.today():
        said.append(text("expired on {day}", day=one.expires))
    elif one.expires:
        said.append(text("valid until {day}", day=one.expires))
    return said


def _add(desk: Desk, item: Item, count: int) -> None:
    """A file, a link, or both at once; the form is another one once something was added."""
    text = session.texts().text
    with st.form(f"evidence-add-{desk.respondent}-{item.id}-{count}", border=False):
        limit = evidence.LARGEST_FILE // _MEGABYTE
        file = st.file_uploader(text("File"), max_upload_size=limit)
        link = st.text_input(text("Link"), placeholder="https://…")
        title = st.text_input(text("What the link leads to"))
        expires = st.date_input(
            text("Valid until"), None, min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD"
        )
        if not st.form_submit_button(text("Add the evidence"), icon=":material/add:"):
            return
    if file is None and not link.strip():
        problem_box(Problem("evidence_nothing"))
        return
    _attempt(lambda: _keep(desk, item, file, link, title, expires))


def _keep(
    desk: Desk, item: Item, file: UploadedFile | None, link: str, title: str, expires: date | None
) -> None:
    whose = (desk.store, desk.actor, desk.respondent, item.id)
    if link.strip():
        evidence.add_link(*whose, link, title=title, expires=expires)
    if file is not None:
        evidence.add_file(*whose, file.name, file.getvalue(), expires=expires)


def _attempt(act: Callable[[], object]) -> None:
    try:
        act()
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.rerun()
