"""The head of a page: what is seen, and what it rests on."""

from collections.abc import Iterable

import streamlit as st

from pages._ui.plain import plain


def page_head(title: str, sentence: str = "", facts: Iterable[str] = ()) -> None:
    """Title, one sentence of what is seen, and in small type as-of date, basis and coverage."""
    with st.container(key="crm-head", gap="xxsmall"):
        st.title(plain(title), anchor=False)
        if sentence:
            st.markdown(plain(sentence))
        small = " · ".join(plain(fact) for fact in facts if fact)
        if small:
            st.caption(small)


def section(title: str, sentence: str = "") -> None:
    """A part of a page: its heading, or the finding a chart shows, and what is counted in it."""
    with st.container(gap="xxsmall"):
        st.subheader(plain(title), anchor=False)
        if sentence:
            st.caption(plain(sentence))
