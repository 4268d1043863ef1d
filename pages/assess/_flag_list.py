"""The red flags: how many of which severity, and the list to filter and open."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from crm_core.domain.flags import REGISTER
from crm_core.domain.registers import Register
from crm_core.services import flags, registers
from crm_core.services.flags import Flag, Origin, Wanted
from crm_core.services.registers import Query
from pages._ui import filters, kept, session
from pages._ui.cards import Card, cards
from pages._ui.notices import empty_state
from pages._ui.register import page, places
from pages._ui.tables import Column, row_for, table_to_open_or_narrow
from pages.assess import _flag_words as words

_ALL = ""
_TITLE = 330
"""Pixels of its column."""


def show(register: Register, standing: Sequence[Flag]) -> None:
    """Figures, filters and the list."""
    _, every = kept.read(registers.listed, REGISTER, Query(limit=0))
    if standing:
        _figures(standing)
    page.actions(register, every)
    if not every:
        _empty()
        return
    found = kept.read(flags.listed, _wanted(register))
    if found:
        _list(found)
    else:
        text = session.texts().text
        st.info(text("No flag fits these filters."), icon=":material/filter_alt:")


def _empty() -> None:
    text = session.texts().text
    empty_state(
        text("No danger is known"),
        text(
            "No rule found anything, and nobody raised a flag. Rules look at the data and the "
            "registers whenever these change; add what only people can see."
        ),
        icon=":material/flag:",
    )


def _figures(standing: Sequence[Flag]) -> None:
    text, number = session.texts().text, session.formats().compact
    said = [one.values for one in standing]
    today = session.today()
    late = sum(isinstance(due := one.get("due"), date) and due < today for one in said)
    cards(
        [
            *(
                Card(words.severity(code), number(sum(one.get("severity") == code for one in said)))
                for code in ("high", "medium")
            ),
            Card(text("Without an owner"), number(sum("owner" not in one for one in said))),
            Card(text("Overdue"), number(late)),
        ]
    )


def _wanted(register: Register) -> Wanted:
    text = session.texts().text
    origins = {Origin.RULE.value: text("Rules"), Origin.PERSON.value: text("People")}
    states = {"standing": text("Standing"), "all": text("All, also those that are over")}
    answers = {
        name: {code: words.option(name, code) for code in register.field(name).options}
        for name in ("severity", "category")
    }
    owners = page.answers(register).get("owner", {})
    shown: list[str] = []
    with filters.folding_row(lambda: " · ".join(shown)):
        search = filters.search(width=160)
        where = page.asked(register, answers | ({"owner": owners} if owners else {}))
        origin = filters.select(
            text("Raised by"), {_ALL: text("All")} | origins, name="origin", width=150
        )
        state = filters.select(text("Show"), states, name="show", width=150)
        shown += page.told(register, search, where)
        shown += [origins[origin]] if origin else []
        shown.append(states[state])
    return Wanted(
        search=search,
        severity=tuple(where.get("severity", ())),
        category=tuple(where.get("category", ())),
        owner=tuple(where.get("owner", ())),
        origin=Origin(origin) if origin else None,
        standing=state == "standing",
    )


def _list(found: Sequence[Flag]) -> None:
    text = session.texts().text
    heads = [
        Column("severity", text("Severity"), width=95),
        Column("title", text("Red flag"), width=_TITLE),
        Column("owner", text("Owner"), width=115),
        Column("status", text("Status"), width="small"),
        Column("due", text("Due"), "day", width=122),
        Column("raised", text("Raised"), "day", width=122),
        Column("origin", text("Raised by"), width="small"),
        Column("why", text("Why"), width="large"),
        Column("id", text("No."), width="small"),
    ]
    rows = pd.DataFrame([_row(one) for one in found])
    narrow = [
        Column("severity", text("Severity"), width=95),
        Column("title", text("Red flag"), width=230),
        *heads[2:],
    ]
    row = row_for(list(rows["title"]), _TITLE)
    at = table_to_open_or_narrow(rows, heads, narrow, key="flags", row=row)
    if at is not None:
        places.show_row(found[at].id)


def _row(one: Flag) -> dict[str, object]:
    texts = session.texts()
    return {
        "severity": words.severity(one.values.get("severity")),
        "title": one.title(texts),
        "why": one.why(texts),
        "status": words.option("status", one.values.get("status")),
        "owner": one.values.get("owner"),
        "due": one.values.get("due"),
        "raised": session.local(one.raised_at),
        "origin": texts.text("Rule") if one.rule else texts.text("Person"),
        "id": one.id,
    }
