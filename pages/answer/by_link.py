"""The page behind a respondent's link: their own part of one assessment, and nothing else."""

import streamlit as st

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.problems import Problem, Refused
from crm_core.services.checklists import answers, links
from crm_core.services.checklists.answers import Filled
from crm_core.services.checklists.respondents import Respondent
from crm_core.store import Store
from pages._ui import links as ways
from pages._ui import session, workspace
from pages._ui.checklist import finish, sheet, words
from pages._ui.checklist.answering import Desk
from pages._ui.head import page_head
from pages._ui.notices import problem_box


def show() -> None:
    """The page; a link that opens nothing says why."""
    found = _opened(st.query_params.get(ways.TOKEN, ""))
    if isinstance(found, Problem):
        problem_box(found)
        return
    store, who = found
    filled = answers.filled(store, LOCAL, who.id)
    _head(filled)
    finish.returned(filled.assessment)
    if not filled.answers and finish.is_over(filled):
        finish.over(filled)
        return
    name = LOCAL.name if filled.assessment.is_unnamed else who.name
    sheet.show(Desk(store, Actor(who.id, name), who.id), may_reopen=False)


def _opened(token: str) -> tuple[Store, Respondent] | Problem:
    """The store that signed the link, and whose sheet it opens; else what is wrong with it."""
    problem = Problem("link_wrong")
    for store in workspace.every_store():
        try:
            return store, links.respondent(store, token)
        except Refused as refusal:
            if refusal.problem.code != "link_wrong":
                problem = refusal.problem
    return problem


def _head(filled: Filled) -> None:
    texts = session.texts()
    one, about = filled.assessment, filled.checklist
    page_head(
        texts.label(about.title),
        "" if filled.answers else _greeting(filled),
        [
            words.subject(one),
            words.length(len(filled.asked)),
            texts.text("please hand in by {day}", day=one.due) if one.due else "",
            texts.text("who answered what is not shown") if one.is_unnamed else "",
        ],
    )


def _greeting(filled: Filled) -> str:
    return session.texts().text(
        "Welcome, {name}. Each answer is saved as you choose it; you can stop at any time and go "
        "on later with the same link.",
        name=filled.respondent.name,
    )


show()
