"""What is done with a process as a whole: agree on a way, keep a baseline, take the starter set."""

from datetime import date

import streamlit as st

from crm_core.services import processes
from crm_core.services.processes import Compared
from pages._ui import dialogs, kept, session, workspace
from pages._ui.plain import plain

STARTER = "starter"
"""The name of the dialog of the starter set."""


def agree(found: Compared) -> None:
    """Whose way all agree on, and who should hear of it: the others, unless somebody says else."""
    dialogs.show(session.texts().text("Agree on the best practice"), _agree, found)


def _agree(found: Compared) -> None:
    text = session.texts().text
    one, names = found.process, [team.name for team in found.teams]
    team = st.selectbox(
        text("The way of"),
        names,
        names.index(one.best_practice) if found.agreed else None,
        placeholder=text("nobody yet"),
        key="agree-team",
    )
    others = [name for name in names if name != team]
    told = st.multiselect(
        text("Should hear of it"),
        list(dict.fromkeys([*others, *one.share_with])),
        one.share_with or others,
        accept_new_options=True,
        key=f"agree-share-{team}",
    )
    if st.button(text("Save"), type="primary", key="agree-save"):
        store, actor = workspace.store(), workspace.actor()
        share = told if team else []
        done = text("The way of {team} is agreed.", team=team) if team else text("Saved.")
        dialogs.attempt(
            lambda: processes.agree(store, actor, one.id, one.version, team, share), done
        )


def baseline(found: Compared) -> None:
    """Copy steps of today under a day."""
    dialogs.show(session.texts().text("Keep as baseline"), _baseline, found)


def _baseline(found: Compared) -> None:
    text = session.texts().text
    st.markdown(
        plain(text("The steps of today are copied under a day, to compare with them later."))
    )
    names = [team.name for team in found.teams]
    team = st.selectbox(text("Team"), names, key="baseline-team")
    day = st.date_input(text("Day"), _today(), format="YYYY-MM-DD", key="baseline-day")
    if st.button(text("Keep as baseline"), type="primary", key="baseline-save"):
        store, actor, key = workspace.store(), workspace.actor(), found.process.id
        chosen = day if isinstance(day, date) else _today()
        done = text("{team} of {day} is kept.", team=team, day=chosen)
        dialogs.attempt(lambda: processes.keep_baseline(store, actor, key, str(team), chosen), done)


def _today() -> date:
    return session.today()


def starter() -> None:
    """Take the processes of the starter set over that are not there yet."""
    dialogs.show(session.texts().text("Starter set of CRM processes"), _starter)


def _starter() -> None:
    texts = session.texts()
    offered = kept.read(processes.offered)
    if not offered:
        st.info(texts.text("Everything in the set is here already."), icon=":material/check:")
        return
    said = texts.plural(
        "{n} process that is not here yet", "{n} processes that are not here yet", len(offered)
    )
    st.markdown(f"**{plain(said)}**")
    functions = list(dict.fromkeys(function.label for function, _ in offered))
    wanted = st.pills(
        texts.text("Functions"),
        range(len(functions)),
        selection_mode="multi",
        default=range(len(functions)),
        format_func=lambda place: plain(texts.label(functions[place])),
        key="starter-functions",
    )
    chosen = [one for function, one in offered if functions.index(function.label) in wanted]
    with st.container(height=260):
        for one in chosen:
            st.markdown(f"**{plain(texts.label(one.label))}**  \n{plain(texts.label(one.purpose))}")
    take = texts.plural("Take {n} process over", "Take {n} processes over", len(chosen))
    if st.button(take, type="primary", disabled=not chosen, key="starter-take"):
        numbers = {one.number for one in chosen}
        store, actor = workspace.store(), workspace.actor()
        done = texts.plural("{n} process is kept.", "{n} processes are kept.", len(chosen))
        dialogs.attempt(lambda: processes.take_over(store, actor, texts, numbers), done)
