"""The starter set of working groups, duties and courses, taken over in one step."""

import streamlit as st

from crm_core.services import registers, team
from pages._ui import dialogs, kept, session, workspace
from pages._ui.plain import plain

STARTER = "starter"
"""The name of the dialog."""


def offer() -> None:
    """The button that opens it, as long as something of the set is not here."""
    text = session.texts().text
    if _offered():
        dialogs.offer(text("Take a starter set over"), STARTER, icon=":material/library_add:")


def show() -> None:
    """The dialog."""
    dialogs.show(session.texts().text("Starter set for team and training"), _body)


def _offered() -> team.Offered:
    return kept.read(team.offered, session.texts().language)


def _body() -> None:
    texts, found = session.texts(), _offered()
    if not found:
        st.info(texts.text("Everything in the set is here already."), icon=":material/check:")
        return
    labels = {name: texts.label(registers.known(name).plural) for name in found}
    wanted = st.pills(
        texts.text("Take over"),
        list(found),
        selection_mode="multi",
        default=list(found),
        format_func=lambda name: plain(f"{labels[name]} · {len(found[name])}"),
        key="starter-lists",
    )
    with st.container(height=260):
        for name in wanted:
            st.markdown(f"**{plain(labels[name])}**")
            for row in found[name]:
                role = f" · {row['role']}" if "role" in row else ""
                st.markdown(plain(f"{row['title']}{role}"))
    count = sum(len(found[name]) for name in wanted)
    take = texts.plural("Take {n} row over", "Take {n} rows over", count)
    if st.button(take, type="primary", disabled=not wanted, key="starter-take"):
        store, actor = workspace.store(), workspace.actor()
        done = texts.plural("{n} row is kept.", "{n} rows are kept.", count)
        dialogs.attempt(lambda: team.take_over(store, actor, texts.language, wanted), done)
