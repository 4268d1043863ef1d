"""Ways to other pages. They keep the language and the company that the address names."""

import streamlit as st
from streamlit.errors import StreamlitAPIException

from pages._ui import workspace
from pages._ui.plain import plain

IMPORT = "pages/data/bring_in.py"
SEGMENTS = "pages/steer/segments.py"
_KEPT = ("lang", workspace.PARAMETER)


def page_link(page: str, label: str, icon: str | None = None, **address: str) -> None:
    """A link to a page; nothing where this reader's navigation does not have it."""
    try:
        st.page_link(page, label=plain(label), icon=icon, query_params=_address(address))
    except (StreamlitAPIException, KeyError):
        return


def go_to(page: str, **address: str) -> None:
    """Open a page; stay where this reader's navigation does not have it."""
    try:
        st.switch_page(page, query_params=_address(address))
    except StreamlitAPIException:
        return


def _address(added: dict[str, str]) -> dict[str, str]:
    return {name: st.query_params[name] for name in _KEPT if name in st.query_params} | added
