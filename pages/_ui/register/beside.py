"""What stands beside a row: what people say about it, and what refers to it."""

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.domain.registers import Register
from crm_core.services.registers import Row
from crm_core.services.registers import comments as said
from crm_core.services.registers import links as linked
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register import places, words


def comments(register: Register, row: Row) -> None:
    """Say something, or link to a document; what was said before, the newest first."""
    text = session.texts().text
    store, actor = workspace.store(), workspace.actor()
    found = said.comments(store, actor, register.name, row.id)
    with st.form(f"item-comment-{row.id}-{len(found)}", border=False):
        comment = st.text_area(text("Comment"), height=80)
        link = st.text_input(text("Link to a document"), placeholder="https://…")
        if st.form_submit_button(text("Add the comment"), shortcut="Ctrl+Enter"):
            try:
                said.comment(store, actor, register.name, row.id, comment, link)
                st.rerun(scope="fragment")
            except Refused as refusal:
                problem_box(refusal.problem)
    for one in found:
        with st.container(border=True, gap="xxsmall"):
            st.caption(plain(words.written_by(one.by, one.at)))
            if one.text:
                st.markdown(plain(one.text))
            if one.link:
                st.link_button(plain(one.link), one.link, type="tertiary", icon=":material/link:")


def links(register: Register, row: Row) -> None:
    """The rows that refer to this one."""
    text = session.texts().text
    found = linked.referring(workspace.store(), workspace.actor(), register.name, row.id)
    if not found:
        st.info(text("Nothing refers to this row yet."), icon=":material/link_off:")
    for one in found:
        places.reference(one)
