"""Every process in one line: how many teams, how long, how differently, where it hurts."""

import pandas as pd
import streamlit as st

from crm_core.services import processes
from crm_core.services.processes import Overview
from pages._ui import dialogs, filters, kept, session
from pages._ui.head import section
from pages._ui.notices import empty_state
from pages._ui.process import acts, words
from pages._ui.tables import Column, table_to_open

PROCESS = "process"
"""The parameter of the address that says which process is looked at."""
FUNCTION = "function"
_APART = 0.5
"""From which mean difference on teams do a process in ways of their own."""


def show() -> None:
    """The catalogue, or how to begin one."""
    every = kept.read(processes.overview)
    if not every:
        _empty()
        return
    lines = _wanted(every)
    section(
        _finding(every),
        session.texts().text(
            "Teams differ by: the mean of any two teams, 0% where both do the same. A click opens "
            "a process."
        ),
    )
    if lines:
        _table(lines)
    else:
        st.info(session.texts().text("No row fits these filters."), icon=":material/filter_alt:")


def _empty() -> None:
    text = session.texts().text

    def begin() -> None:
        dialogs.offer(text("Take the starter set"), acts.STARTER, type="primary")

    empty_state(
        text("Nothing is here yet"),
        text("Take the starter set of CRM processes over, or add the first process yourself."),
        icon=":material/account_tree:",
        actions=begin,
    )


def _wanted(every: list[Overview]) -> list[Overview]:
    text = session.texts().text
    functions = dict.fromkeys(one.process.function for one in every if one.process.function)
    with filters.filter_row():
        search = st.text_input(
            text("Search"), key="process-search", width=240, icon=":material/search:"
        )
        chosen = filters.select_many(
            text("Function"), {one: one for one in functions}, name=FUNCTION, all_text=text("All")
        )
    return [
        one
        for one in every
        if (not chosen or one.process.function in chosen)
        and search.casefold() in f"{one.process.id} {one.process.title}".casefold()
    ]


def _finding(every: list[Overview]) -> str:
    """Which process differs most between its teams."""
    texts = session.texts()
    compared = [one for one in every if one.difference is not None]
    if not compared:
        described = len([one for one in every if one.teams])
        return texts.text(
            "{described} of {all} processes are described by a team; none by two yet",
            described=described,
            all=len(every),
        )
    most = max(compared, key=lambda one: one.difference or 0)
    if not most.difference:
        return texts.text("Every process that teams share is done the same way")
    apart = len([one for one in compared if (one.difference or 0) >= _APART])
    names = {"name": most.process.title, "share": words.percent(most.difference)}
    if not apart:
        return texts.text("Teams differ most in {name}: {share}", **names)
    return texts.text(
        "In {n} of {all} shared processes teams go ways of their own, most in {name}: {share}",
        n=apart,
        all=len(compared),
        **names,
    )


def _table(lines: list[Overview]) -> None:
    text = session.texts().text
    rows = pd.DataFrame(
        [
            {
                "id": one.process.id,
                "function": one.process.function,
                "title": one.process.title,
                "teams": one.teams,
                "steps": _range(one.steps and tuple(map(str, one.steps))),
                "minutes": _range(
                    one.minutes and tuple(map(session.formats().compact, one.minutes))
                ),
                "difference": one.difference,
                "hurting": one.hurting,
                "best": one.process.best_practice,
            }
            for one in lines
        ]
    )
    heads = [
        Column("id", text("No."), width=60),
        Column("function", text("Function")),
        Column("title", text("Process"), width="medium"),
        Column("teams", text("Teams"), "number"),
        Column("steps", text("Steps"), "written"),
        Column("minutes", text("Minutes"), "written", width=110),
        Column("difference", text("Teams differ by"), "percent"),
        Column(
            "hurting",
            text("Steps that hurt"),
            "number",
            text("Steps with an experience of 1 or 2, or with waste"),
        ),
        Column("best", text("Best practice")),
    ]
    at = table_to_open(rows, heads, key="processes")
    if at is not None:
        st.query_params[PROCESS] = lines[at].process.id
        st.rerun()


def _range(ends: tuple[str, ...] | None) -> str | None:
    """From the least to the most; one figure where they are the same."""
    return " – ".join(dict.fromkeys(ends)) if ends else None
