"""The end of a sheet: what is still open, and handing it in."""

from collections.abc import Callable

import streamlit as st

from crm_core.domain.assessments import OPEN, State
from crm_core.domain.problems import Refused
from crm_core.services.checklists import respondents
from crm_core.services.checklists.answers import Filled
from crm_core.services.checklists.assessments import Assessment
from pages._ui import session
from pages._ui.checklist.answering import Desk
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register.words import moment

_MOST = 8
"""Open questions that are named."""


def is_over(filled: Filled) -> bool:
    """Whether the sheet takes no answers: it was handed in, or the assessment takes none."""
    return filled.respondent.submitted_at is not None or filled.assessment.state not in OPEN


def over(filled: Filled) -> None:
    """Why the sheet takes no answers."""
    text = session.texts().text
    if at := filled.respondent.submitted_at:
        said = text("Handed in on {at}. Thank you.", at=moment(at))
        st.success(plain(said), icon=":material/task_alt:")
    else:
        st.info(plain(text("No answers are taken here now.")), icon=":material/lock:")


def returned(assessment: Assessment) -> None:
    """Why answers are taken once more: whoever is to mend them has to know what."""
    if assessment.state is State.RETURNED and assessment.reason:
        told = session.texts().text("Returned: {reason}", reason=assessment.reason)
        st.warning(plain(told), icon=":material/reply:")


def show(desk: Desk, filled: Filled, go: Callable[[str], None], *, may_reopen: bool) -> None:
    """The end of the sheet; `go` leads to a question."""
    text = session.texts().text
    if is_over(filled):
        over(filled)
        if may_reopen and filled.assessment.state in OPEN:
            _act(text("Answer again"), ":material/lock_open:", desk, respondents.reopen)
        return
    _still_open(filled, go)
    _act(text("Hand in"), ":material/send:", desk, respondents.submit)
    st.caption(text("Afterwards your answers can be read but no longer changed."))


def _still_open(filled: Filled, go: Callable[[str], None]) -> None:
    texts = session.texts()
    count = len(filled.open)
    if not count:
        every = texts.text("Every question is answered.")
        st.markdown(f":material/check: {plain(every)}")
        return
    said = texts.plural(
        "{n} question is still open. You can hand in without it.",
        "{n} questions are still open. You can hand in without them.",
        count,
    )
    st.markdown(plain(said))
    with st.container(gap="xxsmall"):
        for one in filled.open[:_MOST]:
            st.button(
                plain(texts.label(filled.asked[one].text)),
                key=f"still-open-{one}",
                type="tertiary",
                icon=":material/radio_button_unchecked:",
                wrap=True,
                on_click=go,
                args=(one,),
            )
        if count > _MOST:
            st.caption(texts.plural("{n} more", "{n} more", count - _MOST))


def _act(label: str, icon: str, desk: Desk, act: Callable[..., None]) -> None:
    """A button that changes the whole page: who is done stands outside the sheet as well."""
    if not st.button(label, type="primary", icon=icon, key="checklist-hand-in"):
        return
    try:
        act(desk.store, desk.actor, desk.respondent)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.rerun()
