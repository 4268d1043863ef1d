"""What a step did: how many lines, and on demand a few cells before and after."""

import streamlit as st

from crm_core.pipeline.steps import Effect
from pages._ui import session
from pages._ui.plain import plain


def popover(effect: Effect, instead: str | None = None) -> None:
    """The lines that were touched, to be opened; `instead`: what is said in place of them."""
    texts = session.texts()
    said = instead or texts.plural("{n} line", "{n} lines", effect.lines)
    with st.popover(plain(said), type="tertiary", disabled=not effect.samples):
        blank = texts.text("blank")
        for one in effect.samples:
            before, after = plain(one.before or blank), plain(one.after or blank)
            lines = plain(texts.plural("{n} line", "{n} lines", one.lines))
            st.markdown(f"{before} → **{after}** · {lines}")
