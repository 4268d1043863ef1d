"""How messages lead back here: the app's address, and the group chats that hear of what is due."""

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.services import outbox, settings
from pages._ui import session, workspace
from pages._ui.head import section
from pages._ui.notices import problem_box
from pages._ui.plain import plain


def show(known: dict[str, object]) -> None:
    """The form; a toast says that it was saved."""
    text = session.texts().text
    section(
        text("Invitations and reminders"),
        text(
            "People who fill in checklists get a link by e-mail. The mail server and the group "
            "chats are set up on the page Feeds."
        ),
    )
    chats = list(outbox.channels(workspace.store(), workspace.actor()).webhooks)
    chosen = known["reminder_webhooks"]
    assert isinstance(chosen, list)
    with st.form("reaching", border=False):
        address = st.text_input(
            text("Address of this app"),
            value=str(known["address"] or ""),
            placeholder="https://crm.example.com",
            help=text("As others type it into their browser. Links in messages begin with it."),
            max_chars=settings.MOST_LETTERS,
        )
        told = st.multiselect(
            text("Group chats that hear how far assessments are"),
            sorted({*chats, *chosen}),
            default=chosen,
            placeholder=text("None"),
        )
        if st.form_submit_button(text("Save")):
            _save({"address": address.strip() or None, "reminder_webhooks": told})


def _save(wanted: dict[str, object]) -> None:
    try:
        for key, value in wanted.items():
            settings.write(workspace.store(), workspace.actor(), key, value)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.toast(plain(session.texts().text("Saved.")), icon=":material/check:")
