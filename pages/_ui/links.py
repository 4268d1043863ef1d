"""Ways to other pages. They keep the language and the company that the address names."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from streamlit.errors import StreamlitAPIException

from pages._ui import workspace
from pages._ui.plain import plain

IMPORT = "pages/data/bring_in.py"
SEGMENTS = "pages/steer/segments.py"
TOKEN = "token"
"""The parameter of the address by which somebody outside reaches their own sheet."""
_PAGES = "_pages"
_KEPT = ("lang", workspace.PARAMETER)


def is_guest() -> bool:
    """Whether the reader came by a link that opens one page for them."""
    return TOKEN in st.query_params


def page_link(page: Any, label: str, icon: str | None = None, **address: str) -> None:
    """A link to a page (its file, or itself); nothing where this reader's navigation has it not."""
    try:
        st.page_link(page, label=plain(label), icon=icon, query_params=_address(address))
    except (StreamlitAPIException, KeyError):
        return


def remember(navigation: Mapping[str, Sequence[Any]]) -> None:
    """Know the pages of this reader's navigation by their addresses."""
    pages = [page for section in navigation.values() for page in section]
    st.session_state[_PAGES] = {page.url_path: page for page in pages}


def address_link(address: str, label: str, icon: str | None = None) -> None:
    """A link to an address within the app, such as segments?period=all; nothing where this
    reader's navigation does not have it."""
    path, _, query = address.partition("?")
    page = st.session_state.get(_PAGES, {}).get(path)
    if page is not None:
        page_link(page, label, icon, **dict(parse_qsl(query, keep_blank_values=True)))


def whole(address: str) -> str:
    """The same address for a picture or a file, with the language and the company kept."""
    path, _, query = address.partition("?")
    return f"{path}?{urlencode(_address(dict(parse_qsl(query, keep_blank_values=True))))}"


def go_to_address(address: str) -> None:
    """Open an address within the app; stay where this reader's navigation does not have it."""
    path, _, query = address.partition("?")
    page = st.session_state.get(_PAGES, {}).get(path)
    if page is not None:
        go_to(page, **dict(parse_qsl(query, keep_blank_values=True)))


def go_to(page: Any, **address: str) -> None:
    """Open a page; stay where this reader's navigation does not have it."""
    try:
        st.switch_page(page, query_params=_address(address))
    except StreamlitAPIException:
        return


def _address(added: dict[str, str]) -> dict[str, str]:
    return {name: st.query_params[name] for name in _KEPT if name in st.query_params} | added
