"""Beginning an assessment, and what is said of one later on."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from crm_core.domain.checklists import Checklist, Scope
from crm_core.domain.problems import Problem, Refused
from crm_core.domain.registers import FIRST_DAY, LAST_DAY
from crm_core.services.checklists import assessments, respondents, subjects
from crm_core.services.checklists.assessments import Assessment
from pages._ui import kept, session, workspace
from pages._ui.checklist import places, words
from pages._ui.notices import problem_box
from pages._ui.plain import plain


@dataclass(frozen=True)
class _Said:
    """What the form says."""

    scope: Scope
    subject: str
    day: date
    due: date | None
    owner: str
    is_unnamed: bool


def dialog(checklist: Checklist, subject: str | None = None) -> None:
    """Begin to fill in a checklist; `subject`: the phase that it is about, where it can be."""
    title = session.texts().label(checklist.title)
    st.dialog(plain(title), width="medium")(_begin)(checklist, subject)


def _begin(checklist: Checklist, about: str | None) -> None:
    text = session.texts().text
    scope = "phase" if about and "phase" in checklist.scopes else checklist.scopes[0]
    if len(checklist.scopes) > 1:
        scope = st.segmented_control(
            text("About"),
            checklist.scopes,
            default=scope,
            format_func=words.scope,
            required=True,
            key="begin-scope",
        )
    said = _form(scope, None, text("Begin"), about)
    if said is None:
        return
    if not said.owner.strip():
        problem_box(Problem("assessment_owner"))
        return
    store, actor = workspace.store(), workspace.actor()
    try:
        key = assessments.begin(store, actor, checklist.id, **vars(said))
        respondents.add(store, actor, key, said.owner, "lead")
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    places.go_to_assessment(key)


def change_dialog(now: Assessment) -> None:
    """Say something else of an assessment."""
    st.dialog(plain(session.texts().text("Change {id}", id=now.id)), width="medium")(_change)(now)


def _change(now: Assessment) -> None:
    said = _form(now.scope, now, session.texts().text("Save"))
    if said is None:
        return
    try:
        assessments.describe(workspace.store(), workspace.actor(), replace(now, **vars(said)))
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.rerun()


def _form(
    scope: Scope, now: Assessment | None, label: str, about: str | None = None
) -> _Said | None:
    """The fields; what they say once they are sent."""
    text = session.texts().text
    limits: dict[str, Any] = {
        "min_value": FIRST_DAY,
        "max_value": LAST_DAY,
        "format": "YYYY-MM-DD",
    }
    with st.form(f"assessment-{scope}-{now.version if now else 0}", border=False):
        held = now.subject if now else about if scope == "phase" else None
        subject = _subject(scope, held) if scope != "programme" else ""
        grid = st.grid(2, min_column_width=200)
        with grid:
            day = st.date_input(
                text("Assessed as of"), now.day if now else session.today(), **limits
            )
        with grid:
            due = st.date_input(text("Due"), now.due if now else None, **limits)
        owner = st.text_input(
            text("Looks after it") + ("" if now else " \\*"),
            now.owner if now else "",
            help=text("Who begins it answers first, as the programme lead."),
        )
        unnamed = st.checkbox(
            text("Hide who answered what"),
            now.is_unnamed if now else False,
            help=text(
                "Then results show groups of five or more only, and whoever answers through their "
                "own link is the only one to see their sheet. It cannot be taken back."
            ),
            disabled=now is not None and now.is_unnamed,
        )
        if st.form_submit_button(label, type="primary", shortcut="Ctrl+Enter"):
            return _Said(scope, subject, day, due, owner, unnamed)
    return None


def _subject(scope: Scope, now: str | None) -> str:
    """One that is known, or another that is typed."""
    text = session.texts().text
    known = kept.until(("checklist", "programme", "crm"), subjects.offered, scope)
    held = [now] if now else []
    options = list(dict.fromkeys([*known, *held]))
    chosen = st.selectbox(
        words.scope(scope),
        options,
        options.index(held[0]) if held else None,
        accept_new_options=True,
        placeholder=text("Choose, or type and press Enter"),
    )
    return chosen or ""
