"""Phases and gates: what each phase costs, whom it serves, and what opens the way in and out."""

import streamlit as st

from crm_core.i18n import DASH
from crm_core.services import gates, planning, registers
from crm_core.services.gates import Phase
from crm_core.services.planning import Plan
from crm_core.services.registers import Query
from pages._ui import filters, kept, session
from pages._ui.cards import Card, cards
from pages._ui.charts import Span, show_chart, span_chart
from pages._ui.charts.base import with_beside
from pages._ui.head import page_head
from pages._ui.notices import empty_state
from pages._ui.palette import ACCENT, COLOURS
from pages._ui.register import form, page, places
from pages.plan import _phase_card, _phase_gate, _warnings
from pages.plan import _phase_words as words
from pages.plan import _plan_words as plan_words

_NAME = "phase"
_GATES, _LIST = "gates", "list"
_AREAS = ("programme", "plan", "checklist", "settings")


def show() -> None:
    """The page; which of its two views stands in the address."""
    if st.query_params.get("view") == _LIST:
        page.show(_NAME, _choose)
    else:
        _overview()
        page.open_wished(_NAME)


def _choose() -> None:
    text = session.texts().text
    filters.choice(text("View"), {_GATES: text("Gates"), _LIST: text("List")}, name="view")


def _overview() -> None:
    texts = session.texts()
    text = texts.text
    found = kept.until(_AREAS, gates.phases, session.today())
    page_head(
        text("Phases and gates"),
        text("What each phase costs, whom it serves, and what opens the way into it and out."),
        [texts.plural("{n} phase", "{n} phases", len(found)), _plan()],
    )
    _choose()
    form.show_done()
    _, every = kept.read(registers.listed, _NAME, Query(limit=0))
    page.actions(registers.known(_NAME), every)
    if not found:
        empty_state(
            text("No phase is planned"),
            text("Add phases with their days and money, and choose what opens their gates."),
            icon=":material/flag_circle:",
        )
        return
    _figures(found)
    _chart(found)
    _warnings.show()
    is_planned = _standing() is not None
    for one in found:
        _phase_card.show(one, is_planned=is_planned)
    _phase_gate.dialog(found)


def _plan() -> str:
    """By which plan initiatives lie where they lie."""
    text = session.texts().text
    plan = _standing()
    if plan is None or plan.header.accepted_at is None:
        return text("no plan is agreed yet: only what has begun or names its phase is placed")
    day = session.local(plan.header.accepted_at).date()
    return text("by plan {id}, agreed on {day}", id=plan.header.plan_id, day=day)


def _standing() -> Plan | None:
    return kept.until(("plan",), planning.standing)


def _figures(found: list[Phase]) -> None:
    text, formats = session.texts().text, session.formats()
    each = [gate for one in found for gate in one.gates]
    is_open = sum(words.is_open(gate) for gate in each)
    by_hand = sum(gate.verdict.way == "by_hand" for gate in each)
    booked = sum(one.booked for one in found)
    budgets = [float(one.budget) for one in found if one.budget is not None]
    is_planned = _standing() is not None
    going = [one for one in found if one.status != "done" and (is_planned or one.initiatives)]
    empty = sum(bool(one.without) for one in going)
    cards(
        [
            Card(
                text("Gates that are open"),
                text("{n} of {all}", n=is_open, all=len(each)),
                change=text("{n} of them by hand", n=by_hand) if by_hand else "",
            ),
            Card(
                text("Money booked"),
                plan_words.money(booked),
                change=text("of {budget}", budget=plan_words.money(sum(budgets)))
                if budgets
                else "",
            ),
            Card(
                text("Phases that leave a group empty-handed"),
                text("{n} of {all}", n=empty, all=len(going)) if going else DASH,
            ),
            Card(text("What the plan lacks"), formats.number(len(_warnings.found()))),
        ]
    )


def _chart(found: list[Phase]) -> None:
    text, day = session.texts().text, session.formats().day
    spans = [
        Span(
            with_beside(one.title, words.gates(one)),
            one.first,
            one.last,
            words.status(one),
            faint=one.status == "done",
            colour=ACCENT if words.is_open(one.entry) else COLOURS[1],
            key=one.id,
        )
        for one in found
    ]
    show_chart(
        span_chart(
            spans,
            min(one.first for one in found),
            max(one.last for one in found),
            day,
            today=text("Today"),
        ),
        key="phases",
        finding=_finding(found),
        counted=text("Orange: its entry is closed. Choose a bar to open its row."),
        on_click=lambda chosen: filters.put(places.ITEM, chosen.key),
    )


def _finding(found: list[Phase]) -> str:
    texts = session.texts()
    closed = words.next_closed(found)
    if closed is None:
        return texts.text("All gates ahead are open")
    phase, gate = closed
    return texts.plural(
        "Next: {gate} of {phase}, {n} thing is missing",
        "Next: {gate} of {phase}, {n} things are missing",
        len(gate.verdict.missing),
        gate=words.end(gate.end),
        phase=phase.title,
    )


show()
