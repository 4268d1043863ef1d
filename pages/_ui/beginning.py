"""The sample company and the empty store: where a reader begins."""

import streamlit as st

from pages._ui import links, session, workspace
from pages._ui.notices import empty_state
from pages._ui.plain import plain

_BEGIN = "begin-own"


def sample_banner() -> None:
    """Says that the sample company is shown, with the way to own data; else nothing."""
    if workspace.company() != "sample":
        return
    text = session.texts().text
    with st.container(
        key="sample-banner", border=True, horizontal=True, vertical_alignment="center"
    ):
        st.markdown(
            ":material/science: "
            + plain(
                text("You are looking at an invented sample company, kept apart from your data.")
            ),
            width="stretch",
        )
        if st.button(
            text("Start with my data"),
            key=_BEGIN,
            type="primary",
            icon=":material/upload_file:",
        ):
            workspace.choose("own")
            links.go_to(links.IMPORT)


def nothing_yet() -> None:
    """An empty store: what belongs here and how to begin."""
    text = session.texts().text
    empty_state(
        text("No customer data yet"),
        text(
            "Import customers, opportunities or orders as your CRM exports them. "
            "Then revenue, pipeline and coverage by segment stand here."
        ),
        actions=_actions,
    )


def _actions() -> None:
    text = session.texts().text
    if st.button(text("Import data"), key=_BEGIN, type="primary", icon=":material/upload_file:"):
        links.go_to(links.IMPORT)
    st.button(
        text("Look at the sample company"),
        key="see-sample",
        icon=":material/science:",
        on_click=workspace.choose,
        args=("sample",),
    )
