"""Filling in an assessment: whose sheet, and the sheet."""

import streamlit as st

from crm_core.i18n import Texts
from crm_core.services.checklists import respondents
from crm_core.services.checklists.assessments import Assessment
from crm_core.store import Store
from pages._ui import filters, session, workspace
from pages._ui.checklist import sheet, words
from pages._ui.checklist.answering import Desk
from pages._ui.plain import plain

_WHO = "who"


def show(texts: Texts, store: Store, now: Assessment) -> None:
    """The sheet of one of those whose sheets are seen here, who is not done first."""
    every = respondents.listed(store, workspace.actor(), now.id)
    every.sort(key=lambda one: one.submitted_at is not None)
    shown = {one.id: one for one in every if not respondents.is_private(now, one)}
    if not shown:
        told = (
            texts.text("Names are hidden: each answers through their own link, seen by nobody.")
            if every
            else texts.text("Nobody answers yet. Add people under Respondents.")
        )
        st.info(plain(told), icon=":material/group_add:")
        return
    who = next(iter(shown))
    if len(shown) > 1:
        named = {one.id: _named(one) for one in shown.values()}
        who = filters.select(session.texts().text("Whose answers"), named, name=_WHO, width=360)
    sheet.show(Desk(store, workspace.actor(), who), may_reopen=True)


def _named(one: respondents.Respondent) -> str:
    said = f"{one.name} · {words.voice(one.voice)}"
    return f"{said} ✓" if one.submitted_at else said
