"""Agreeing a plan: it stands from then on."""

from collections.abc import Mapping

import streamlit as st

from crm_core.services import planning
from pages._ui import dialogs, session, workspace
from pages._ui.head import section

_SEEN = "_plan_agreeing_seen"
"""How often a plan had been agreed when the form that was sent was drawn."""


def show(offered: Mapping[int, str]) -> None:
    """The form, of plans by number with their names; with one of them nothing is to be chosen."""
    text = session.texts().text
    first, *others = offered
    seen = st.session_state.pop(_SEEN, None)
    now = planning.agreements(workspace.store(), workspace.actor())
    with st.container(border=True):
        section(
            text("Agree a plan") if others else text("Agree plan {id}", id=first),
            text("It stands from then on: progress is held against it. Earlier ones are kept."),
        )
        with st.form("plan-agree", border=False):
            chosen = first
            if others:
                named = offered.__getitem__
                chosen = st.radio(text("Plan"), list(offered), format_func=named, horizontal=True)
            reason = st.text_input(text("Why"), max_chars=500)
            if st.form_submit_button(
                text("Agree"), type="primary", shortcut="Ctrl+Enter",
                on_click=_remember, args=(now,),
            ):  # fmt: skip
                dialogs.attempt(
                    lambda: planning.accept(
                        workspace.store(), workspace.actor(), int(chosen), reason, acts_seen=seen
                    ),
                    text("Plan {id} stands from now on.", id=chosen),
                )


def _remember(seen: int) -> None:
    st.session_state[_SEEN] = seen
