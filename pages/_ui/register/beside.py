"""What stands beside a row: what people say about it, and what refers to it."""

from collections.abc import Sequence

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.domain.registers import Register
from crm_core.services.registers import Row
from crm_core.services.registers import comments as said
from crm_core.services.registers import links as linked
from pages._ui import kept, session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register import around, places, words

_MOST = 50
"""References that are shown of each kind."""


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
    """What the row explains or serves, and what refers to it: as a picture, and one by one."""
    text = session.texts().text
    to = kept.read(linked.referred, register.name, row.id)
    back = kept.read(linked.referring, register.name, row.id)
    if not to and not back:
        st.info(text("Nothing is linked to this row yet."), icon=":material/link_off:")
        return
    around.show(register, row)
    _references(text("Refers to"), [(one, register.name) for one in to])
    _references(text("Referred to by"), [(one, one.register) for one in back])


def _references(head: str, found: Sequence[tuple[linked.Reference, str]]) -> None:
    """References below the field that holds them; each with the register whose field it is."""
    if not found:
        return
    with st.container(gap="xxsmall"):
        st.markdown(f"**{plain(head)}**")
        for at, (one, owner) in enumerate(found[:_MOST]):
            if at == 0 or (one.field, owner) != (found[at - 1][0].field, found[at - 1][1]):
                st.caption(plain(places.field_label(owner, one.field)))
            places.reference(one)
        if len(found) > _MOST:
            rest = len(found) - _MOST
            st.caption(session.texts().plural("{n} more", "{n} more", rest))
