"""Matching under way: what is done, that it can be left alone, and what came of it."""

import streamlit as st

from crm_core.services.matching import jobs
from crm_core.services.matching.jobs import Job
from pages._ui import import_words as words
from pages._ui import session
from pages._ui.notices import problem_box
from pages._ui.plain import plain

_POLLED = 1.0
"""Seconds between two looks."""


def show_done(job: Job | None) -> bool:
    """What a work that is over came to, once; whether there was one."""
    if job is None or job.busy:
        return False
    jobs.forget(job)
    if job.problem:
        problem_box(job.problem)
    elif job.after is not None:
        st.success(plain(_outcome(job)), icon=":material/check_circle:")
    return True


def _outcome(job: Job) -> str:
    """How many records were merged, for whose sake, and how many pairs wait."""
    texts = session.texts()
    assert job.after is not None
    people = job.after.by_people - job.before.by_people
    rule = job.after.by_rule - job.before.by_rule
    said = [
        people > 0
        and texts.plural(
            "{n} record was merged because people said so.",
            "{n} records were merged because people said so.",
            people,
        ),
        (rule > 0 or people <= 0)
        and texts.plural(
            "{n} record was merged by rule.", "{n} records were merged by rule.", max(rule, 0)
        ),
        texts.plural("{n} pair waits for you.", "{n} pairs wait for you.", job.after.waiting),
        job.before.matched
        and texts.text("Before: {n}.", n=texts.formats.number(job.before.waiting)),
    ]
    return " ".join(sentence for sentence in said if sentence)


def show(job: Job) -> None:
    """A search for pairs that is under way; the page is drawn anew when it is over."""
    text = session.texts().text
    with st.container(border=True):
        title = text(
            "Finding duplicates among {entities}", entities=words.entity(job.entity).lower()
        )
        st.markdown(f"#### :material/hourglass_top: {plain(title)}")
        st.fragment(_look, run_every=_POLLED)(job)
        st.caption(
            plain(text("You may leave this page; the work goes on, and you find its result here."))
        )


def line(job: Job) -> None:
    """That answers are being used; the review goes on meanwhile."""
    st.fragment(_teaching, run_every=_POLLED)(job)


def _look(job: Job) -> None:
    if not job.busy:
        st.rerun()
    text = session.texts().text
    first = text("1 of 2: comparing every record with those it may be")
    second = text("2 of 2: merging what is sure, keeping the rest for you")
    done, said = (0.1, first) if job.step == "compare" else (0.8, second)
    seconds = text("{n} s", n=round(job.seconds))
    st.progress(done, text=plain(f"{said} · {seconds}"))
    if job.stopping:
        st.caption(plain(text("Stopping after this step …")))
    elif job.step == "compare":
        st.button(
            text("Stop"), icon=":material/stop:", key="match-stop", on_click=jobs.stop, args=(job,)
        )


def _teaching(job: Job) -> None:
    if not job.busy:
        st.rerun()
    said = session.texts().text("Your answers are being used. Go on as you like.")
    st.caption(f":material/hourglass_top: {plain(said)}")
