"""A rule replayed on the store's history: when it would have raised a flag, and for nothing."""

from datetime import datetime, time

import pandas as pd
import streamlit as st

from crm_core.domain.replay import QUIET_DAYS, Episode
from crm_core.services import flags
from crm_core.services.clock import utc_now
from crm_core.services.flags import Replay, RuleState
from crm_core.services.flags.words import said
from pages._ui import filters, kept, session
from pages._ui.charts import Span, show_chart, span_chart
from pages._ui.head import section
from pages._ui.plain import plain
from pages._ui.tables import Column, table

_REPLAY = "replay"
_DAYS = ("30", "90", "365")
_MOST = 12


def show(state: RuleState) -> None:
    """The replay of a rule, once it is asked for."""
    text, rule = session.texts().text, state.rule
    if rule.no_replay:
        section(text("Replay on history"))
        st.info(plain(session.texts().label(rule.no_replay)), icon=":material/history_toggle_off:")
        return
    if st.query_params.get(_REPLAY) != rule.id:
        section(
            text("Replay on history"),
            text("When this rule, with its limits of now, would have raised a flag in the past."),
        )
        st.button(
            text("Replay the rule"),
            icon=":material/replay:",
            key=f"flag-replay-{rule.id}",
            on_click=filters.put,
            args=(_REPLAY, rule.id),
        )
        return
    options = {days: session.texts().plural("{n} day", "{n} days", int(days)) for days in _DAYS}
    days = int(filters.choice(text("Look back"), options, name="days"))
    # The day's end stands for now, so that the answer is kept until the store changes.
    now = datetime.combine(utc_now().date(), time.max)
    with st.spinner(plain(text("Replaying the rule"))):
        found = kept.read(flags.replay, rule.id, now, days)
    _chart(state, found)
    if found.episodes:
        _episodes(state, found)


def _chart(state: RuleState, found: Replay) -> None:
    texts = session.texts()
    finding = texts.plural(
        "It would have raised {n} flag, {nothing} for nothing",
        "It would have raised {n} flags, {nothing} for nothing",
        found.raised,
        nothing=found.for_nothing,
    )
    counted = texts.text(
        "From {first}, as far as the store's history goes, to {last}. For nothing: over within "
        "{days} days, and nobody wrote anything in the flag meanwhile.",
        first=found.first,
        last=found.last,
        days=QUIET_DAYS,
    )
    spans = [
        Span(_title(state, found, one), one.first, one.last, _told(one), faint=one.for_nothing)
        for one in found.episodes
    ]
    names = [*dict.fromkeys(span.name for span in spans)][:_MOST]
    shown = [span for span in spans if span.name in names]
    made = span_chart(shown, found.first, found.last, session.formats().day) if shown else None
    empty = texts.text("No flag"), texts.text("Within these limits all the time.")
    show_chart(made, key="flag-replay", finding=finding, counted=counted, empty=empty)


def _told(one: Episode) -> str:
    texts = session.texts()
    days = texts.plural("{n} day", "{n} days", one.days)
    if one.for_nothing:
        return texts.text("{days}, for nothing", days=days)
    return days if one.is_over else texts.text("{days}, still standing", days=days)


def _title(state: RuleState, found: Replay, one: Episode) -> str:
    rule = state.rule
    return said(session.texts(), rule.title, rule, found.seen[one.subject].facts)


def _episodes(state: RuleState, found: Replay) -> None:
    text = session.texts().text
    yes_no = {True: text("yes"), False: text("no")}
    rows = pd.DataFrame(
        {
            "title": _title(state, found, one),
            "first": one.first,
            "last": one.last if one.is_over else None,
            "days": one.days,
            "acted": yes_no[one.acted],
            "nothing": yes_no[one.for_nothing],
        }
        for one in found.episodes
    )
    heads = [
        Column("title", text("Red flag"), width="large"),
        Column("first", text("First day"), "day"),
        Column("last", text("Last day"), "day"),
        Column("days", text("Days"), "number"),
        Column("acted", text("Somebody acted")),
        Column("nothing", text("For nothing")),
    ]
    table(rows, heads, key="flag-episodes")
