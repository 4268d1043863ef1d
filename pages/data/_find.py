"""A record that a person looks for by name."""

from collections.abc import Callable, Iterable

import streamlit as st

from crm_core.services.merging import search
from crm_core.services.merging.search import Found
from pages._ui import kept
from pages._ui.plain import plain


def record(
    label: str,
    entity: str,
    key: str,
    *,
    hint: str,
    nobody: str,
    told: Callable[[Found], Iterable[str | None]],
) -> int | None:
    """The row chosen of those that fit what was typed; `told`: what is said of each."""
    part = st.text_input(plain(label), key=key, placeholder=hint)
    if not part.strip():
        return None
    found = kept.read(search.find, entity, part)
    if not found:
        st.caption(plain(nobody))
        return None
    names = {one.row_id: " · ".join(filter(None, told(one))) for one in found}
    return st.selectbox(
        plain(label),
        list(names),
        format_func=lambda row: names[row],
        key=f"{key}-chosen",
        label_visibility="collapsed",
    )
