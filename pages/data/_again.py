"""A load is made again with other steps: its proposal, what that would change, and doing it."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from crm_core.domain.fates import Fate
from crm_core.services.imports import jobs
from crm_core.services.imports.jobs import ImportJob, State
from crm_core.services.imports.replay import Rehearsal
from pages._ui import filters, session, workspace
from pages._ui import import_words as words
from pages._ui.head import section
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _acting, _progress, _sheet, _sheets

_MADE = "_made_again"


def current() -> ImportJob | None:
    """The load that the reader is making again, if any."""
    return jobs.current(workspace.store(), workspace.actor(), again=True)


def finish() -> None:
    """Once it is made: forget the proposal and open the new load."""
    job = current()
    if job and job.state is State.DONE and job.result:
        st.session_state[_MADE] = job.again, job.result.batch, job.problem
        filters.put("batch", str(job.result.batch))
        _leave()


def show_made() -> None:
    """That a load has taken the place of another, once."""
    if made := st.session_state.pop(_MADE, None):
        said = session.texts().text(
            "Load no. {batch} was made again and is now no. {id}. Take no. {id} back to have the "
            "first one again.",
            batch=made[0],
            id=made[1],
        )
        st.success(plain(said), icon=":material/replay:")
        if made[2]:
            problem_box(made[2])


def button(batch: int) -> None:
    """Opens the proposal of a load."""
    st.button(
        session.texts().text("Load again with other steps"),
        icon=":material/replay:",
        key="again",
        on_click=_acting.attempt,
        args=(_open, batch),
    )


def _open(batch: int) -> None:
    filters.clear("sheet")
    jobs.reopen(workspace.store(), workspace.actor(), batch)


def show(job: ImportJob) -> None:
    """The proposal with what was read then, or how far the work is."""
    text = session.texts().text
    section(
        text("Make load no. {batch} again", batch=job.again),
        text(
            "Switch a step off to take it back alone, add one, or say otherwise what a column "
            "means. The same lines are then loaded again in place of the first load."
        ),
    )
    if job.busy:
        _progress.show(job)
        return
    if job.state is State.DONE:  # since `finish` looked
        st.rerun()
    if job.problem:
        problem_box(job.problem)
    with st.container(border=True, key="again-summary"):
        _summary(job)
    _sheet.show(job, _sheets.choose(job))


def _summary(job: ImportJob) -> None:
    text = session.texts().text
    found, changed = job.rehearsal, job.plans != job.first
    if found:
        _consequences(found)
    else:
        said = text("Changed, and not loaded yet") if changed else text("Nothing is changed yet")
        st.markdown(f"**{plain(said)}**")
    with st.container(horizontal=True):
        if found:
            _act(job, "again-load", text("Load again"), ":material/replay:", _load)
        else:
            label = text("See what would change")
            _act(job, "again-rehearse", label, ":material/compare:", _rehearse, changed)
        st.button(
            text("Leave the load as it is"),
            key="again-leave",
            on_click=_acting.attempt,
            args=(_leave,),
        )


def _act(
    job: ImportJob,
    key: str,
    label: str,
    icon: str,
    act: Callable[[ImportJob], None],
    ready: bool = True,
) -> None:
    st.button(
        label,
        type="primary",
        icon=icon,
        key=key,
        disabled=not ready,
        on_click=_acting.attempt,
        args=(act, job),
    )


def _consequences(found: Rehearsal) -> None:
    """Lines by what became of them, before and after."""
    texts = session.texts()
    said = texts.plural("{n} line comes out otherwise", "{n} lines come out otherwise", found.lines)
    st.markdown(f"**{plain(said)}**")
    rows = pd.DataFrame(
        [
            (words.fate(fate), found.before[fate], found.after[fate])
            for fate in Fate
            if found.before[fate] or found.after[fate]
        ],
        columns=["fate", "before", "after"],
    )
    heads = [
        Column("fate", texts.text("Lines")),
        Column("before", texts.text("As loaded"), "number"),
        Column("after", texts.text("Loaded again"), "number"),
    ]
    table(rows, heads, key="again-fates")
    st.caption(plain(texts.text("One change: it is done as a whole, and can be taken back.")))


def _rehearse(job: ImportJob) -> None:
    jobs.rehearse(job)
    job.wait(0.8)


def _load(job: ImportJob) -> None:
    jobs.load(job)
    job.wait(0.8)


def _leave() -> None:
    jobs.discard(workspace.store(), workspace.actor(), again=True)
    filters.clear("sheet")
