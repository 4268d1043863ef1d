"""All assessments, and the checklists to begin one from."""

import pandas as pd
import streamlit as st

from crm_core.domain.assessments import OPEN
from crm_core.domain.checklists import Checklist
from crm_core.services.checklists import assessments, editions, progress
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.progress import Progress
from pages._ui import kept, session, workspace
from pages._ui.checklist import begin, places, words
from pages._ui.head import page_head, section
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages._ui.tables import Column, row_for, table_to_open_or_narrow
from pages.assess import _checklist_own

_AREA = ("checklist",)
_NAME = 205
"""Pixels of the columns of checklists and of what they are about."""


def show() -> None:
    """The page."""
    texts = session.texts()
    text = texts.text
    found = kept.until(_AREA, assessments.listed)
    offered = editions.offered(workspace.store(), workspace.actor())
    page_head(
        text("Checklists"),
        text("Where the programme stands, as those see it who know: answered by several people."),
        [
            texts.plural("{n} assessment", "{n} assessments", len(found)),
            texts.plural("{n} checklist", "{n} checklists", len(offered)),
        ],
    )
    if found:
        _assessments(found, {name: one.checklist for name, one in offered.items()})
    else:
        empty_state(
            text("Nothing has been assessed yet"),
            text("Choose a checklist below, say what it is about, and invite who knows about it."),
            icon=":material/fact_check:",
        )
    with st.container(gap="small"):
        section(text("Begin an assessment"), text("In the order in which a programme meets them."))
        grid = st.grid(3, min_column_width=270, gap="small")
        for one in offered.values():
            with grid:
                _card(one.checklist, is_own=one.is_own)
    _checklist_own.show(texts, workspace.store())


def _assessments(found: list[Assessment], known: dict[str, Checklist]) -> None:
    texts = session.texts()
    done = kept.until(_AREA, progress.by_assessment)
    rows = pd.DataFrame(
        {
            "id": one.id,
            "title": _title(one, known),
            "subject": words.subject(one),
            "named": f"{_title(one, known)} · {words.subject(one)}",
            "day": one.day,
            "state": words.state(one.state),
            "people": _people(done.get(one.id, Progress(0, 0, 0))),
            "due": _due(one),
            "owner": one.owner,
        }
        for one in found
    )
    heads = [
        Column("id", texts.text("No."), width=55, pinned=True),
        Column("title", texts.text("Checklist"), width=_NAME),
        Column("subject", texts.text("About"), width=_NAME),
        Column("day", texts.text("Assessed as of"), "day", width=115),
        Column("state", texts.text("State"), width=115),
        Column("due", texts.text("Due"), width=150),
        Column("people", texts.text("Respondents"), width=215),
        Column("owner", texts.text("Looks after it"), width=120),
    ]
    narrow = [
        Column("named", texts.text("Checklist"), width=195),
        Column("state", texts.text("State"), width=125),
        Column("people", texts.text("Respondents"), width=125),
    ]
    row = row_for([*rows["title"], *rows["subject"]], _NAME)
    at = table_to_open_or_narrow(rows, heads, narrow, key="assessments", row=row)
    if at is not None:
        places.open_assessment(found[at].id)


def _title(one: Assessment, known: dict[str, Checklist]) -> str:
    found = known.get(one.checklist)
    return session.texts().label(found.title) if found else one.checklist


def _people(one: Progress) -> str:
    texts = session.texts()
    if not one.people:
        return texts.text("No one added yet")
    if one.begun == one.done:
        return texts.text("{n} of {all} handed in", n=one.done, all=one.people)
    return texts.text(
        "{n} of {all} handed in, {begun} under way",
        n=one.done,
        all=one.people,
        begun=one.begun - one.done,
    )


def _due(one: Assessment) -> str | None:
    text = session.texts().text
    if one.due is None:
        return None
    if one.state in OPEN and one.due < session.today():
        return text("{day}, overdue", day=one.due)
    return session.formats().day(one.due)


def _card(one: Checklist, *, is_own: bool) -> None:
    """What a checklist finds out, how long it takes, what it can be about."""
    texts = session.texts()
    with st.container(border=True, height="stretch", gap="small"):
        st.markdown(f"**{plain(texts.label(one.title))}**")
        st.markdown(plain(texts.label(one.about)))
        with st.container(gap="xxsmall"):
            st.caption(plain(words.length(sum(1 for _ in one.items))))
            own = [texts.text("Your own")] if is_own else []
            st.caption(plain(" · ".join([*map(words.scope, one.scopes), *own])))
        if st.button(texts.text("Begin"), key=f"begin-{one.id}", icon=":material/play_arrow:"):
            begin.dialog(one)
