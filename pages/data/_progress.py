"""An import under way: what is being done, how far it is, and the button that stops it."""

import streamlit as st

from crm_core.services.imports import jobs
from crm_core.services.imports.jobs import ImportJob, State
from pages._ui import import_words as words
from pages._ui import session
from pages._ui.plain import plain

_POLLED = 0.7
"""Seconds between two looks at an import."""


def show(job: ImportJob) -> None:
    """Progress that goes on by itself; the page is drawn anew when the work is over."""
    text = session.texts().text
    title = {
        State.READING: text("Reading your files"),
        State.REHEARSING: text("Finding out what would change"),
    }.get(job.state, text("Loading"))
    with st.container(border=True):
        st.markdown(f"#### :material/hourglass_top: {plain(title)}")
        st.fragment(_look, run_every=_POLLED)(job)
        st.caption(
            plain(
                text(
                    "You may leave this page; the work goes on, and you find its result here. "
                    "Nothing is kept before everything is loaded."
                )
            )
        )


def _look(job: ImportJob) -> None:
    text = session.texts().text
    if not job.busy:
        st.rerun()
    st.progress(min(1.0, job.share), text=plain(words.step(job.step, job.file)))
    if job.stopping:
        st.caption(plain(text("Stopping after this step …")))
    else:
        st.button(
            text("Stop"), icon=":material/stop:", key="import-stop", on_click=jobs.stop, args=(job,)
        )
