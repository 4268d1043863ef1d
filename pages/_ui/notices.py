"""Short messages that say what happened and what to do next."""

from collections.abc import Callable

import streamlit as st

from crm_core.domain.problems import Problem
from pages._ui import session
from pages._ui.plain import plain


def problem_box(problem: Problem) -> None:
    """A problem in the reader's language, with a sign for those who do not see the colour."""
    st.error(plain(session.problem(problem)), icon=":material/error:")


def empty_state(
    title: str,
    text: str,
    *,
    icon: str = ":material/inbox:",
    actions: Callable[[], object] | None = None,
) -> None:
    """What belongs here and how to begin; `actions` draws the one or two buttons or links."""
    with st.container(border=True, horizontal_alignment="center"):
        st.markdown(f"#### {icon} {plain(title)}", text_alignment="center")
        st.markdown(plain(text), text_alignment="center")
        if actions:
            with st.container(horizontal=True, horizontal_alignment="center"):
                actions()
