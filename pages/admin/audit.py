"""Audit: who changed what, when, in words."""

import pandas as pd
import streamlit as st

from crm_core.services import audit
from crm_core.services.audit import Entry
from pages._ui import filters, import_words, session, workspace
from pages._ui.head import page_head
from pages._ui.notices import empty_state
from pages._ui.tables import Column, table
from pages.admin import _audit_words as words

_A_PAGE = 50
_ALL = ""
_MOST = 400


def show() -> None:
    """The page."""
    texts = session.texts()
    text = texts.text
    store, actor = workspace.store(), workspace.actor()
    every = audit.count(store, actor)
    page_head(
        text("Audit"),
        text("Every change of data and settings, written in the moment it was made."),
        [texts.plural("{n} change", "{n} changes", every)],
    )
    if not every:
        empty_state(
            text("Nothing has been changed yet"),
            text("Loads, settings and corrections appear here with who made them and when."),
            icon=":material/history_edu:",
        )
        return
    with filters.filter_row():
        area = _choice(
            text("Area"), {code: words.area(code) for code in audit.areas(store, actor)}, "area"
        )
        people = {name: import_words.person(name) for name in audit.people(store, actor)}
        person = _choice(text("Who"), people, "person")
    wanted = audit.Filter(area or None, person or None)
    _list(wanted, audit.count(store, actor, wanted))


def _choice(label: str, options: dict[str, str], name: str) -> str:
    return filters.select(label, {_ALL: session.texts().text("All")} | options, name=name)


def _list(wanted: audit.Filter, found: int) -> None:
    text = session.texts().text
    pages = max(1, -(-found // _A_PAGE))
    number = st.pagination(pages, key="audit-page") if pages > 1 else 1
    rows = _rows(wanted, _A_PAGE, (number - 1) * _A_PAGE)
    heads = [
        Column("at", text("When"), "moment"),
        Column("person", text("Who")),
        Column("action", text("What")),
        Column("subject", text("Subject"), width="medium"),
        Column("area", text("Area")),
        Column("detail", text("Details"), width="medium"),
    ]
    if len(rows):
        table(
            rows,
            heads,
            key="audit",
            height="auto" if len(rows) < 17 else 640,
            saved_as="audit",
            every=session.later(lambda: _rows(wanted, found)),
        )


def _rows(wanted: audit.Filter, limit: int, offset: int = 0) -> pd.DataFrame:
    entries = audit.trail(workspace.store(), workspace.actor(), wanted, limit=limit, offset=offset)
    return pd.DataFrame([_row(entry) for entry in entries])


def _row(entry: Entry) -> dict[str, object]:
    return {
        "at": session.local(entry.at),
        "person": import_words.person(entry.person),
        "action": words.action(entry.action),
        "subject": words.subject(entry),
        "detail": words.detail(entry)[:_MOST],
        "area": words.area(entry.area),
    }


show()
