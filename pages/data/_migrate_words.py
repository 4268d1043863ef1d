"""How runs, rules and the standing of a migration are said."""

from datetime import datetime
from decimal import Decimal

import streamlit as st

from crm_core.i18n import DASH, mark
from crm_core.i18n.migration import KINDS, REJECTS
from crm_core.services.migration import sheet
from crm_core.services.migration.readiness import Readiness
from crm_core.services.migration.runs import Run
from crm_core.services.migration.template import Template
from pages._ui import session, workspace
from pages._ui.cards import Card, cards
from pages._ui.plain import plain

_SAID = "_migrate_said"
_STATES = {
    "not_started": (":material/radio_button_unchecked:", mark("Not started")),
    "rehearsed": (":material/play_circle:", mark("Rehearsed, not signed")),
    "totals_differ": (":material/error:", mark("Totals differ")),
    "signed": (":material/verified:", mark("Signed")),
}
_WRITTEN = mark("Written, not signed")
"""What a delta or the cut-over is where a rehearsal is rehearsed."""


def say(sentence: str) -> None:
    """Keep a sentence for the run of the page that follows."""
    st.session_state[_SAID] = sentence


def show_said() -> None:
    """What the last action did, once."""
    if said := st.session_state.pop(_SAID, None):
        st.success(plain(said), icon=":material/check_circle:")


def moment(at: datetime) -> str:
    """A moment of the store on the reader's clock."""
    return session.formats().moment(session.local(at))


def kind(code: str) -> str:
    """Rehearsal, delta or cut-over."""
    return session.texts().text(KINDS[code])


def amount(value: Decimal | None) -> str | None:
    """A total, as the sheet that is signed has it."""
    return None if value is None else sheet.amount(session.texts(), value)


RUN_WIDTH = 620
"""Pixels for the name of a run in a list to choose from."""


def run_name(one: Run) -> str:
    """A run in a list: number, kind, moment and what it was for."""
    return " · ".join((str(one.run), kind(one.kind), moment(one.made_at), _title_of(one.target)))


def title(one: Template) -> str:
    """A template in the reader's language."""
    return session.texts().label(one.target.label) if one.target.label else one.target.name


def _title_of(target: str) -> str:
    return sheet.title(workspace.store(), workspace.actor(), session.texts(), target)


def rule(code: str, limit: str | None = None) -> str:
    """Why a record is rejected or altered, with what the target asks for."""
    said = session.texts().text(REJECTS[code]) if code in REJECTS else code
    limited = ("length", "scale", "precision", "range")
    return f"{said} ({limit})" if limit and code in limited else said


def line(now: Readiness) -> None:
    """How far the migration is: the state in a sentence, its figures below."""
    texts = session.texts()
    icon, state = _STATES[now.state]
    if now.state == "rehearsed" and now.kind != "rehearsal":
        state = _WRITTEN
    parts = [texts.text(state)]
    if now.run is not None:
        parts += [texts.text("run {run}", run=now.run), _title_of(now.target or "")]
    if now.signed_by and now.signature_fits:
        signed = texts.text("by {name}, {at}", name=now.signed_by, at=moment(_at(now)))
        parts.append(signed)
    st.markdown(f"{icon} **{plain(parts[0])}** {plain(' · '.join(['', *parts[1:]]))}")
    if now.signature_fits is False:
        said = texts.text(
            "The signature of {name} no longer fits: totals or files were changed afterwards.",
            name=now.signed_by,
        )
        st.warning(plain(said), icon=":material/gpp_maybe:")
    if now.run is not None:
        _figures(now)


def _at(now: Readiness) -> datetime:
    assert now.signed_at
    return now.signed_at


def _figures(now: Readiness) -> None:
    text, number = session.texts().text, session.formats().number
    told = now.totals - now.missing
    cards(
        [
            Card(text("Records for the target"), number(now.accepted)),
            Card(text("Rejected in this run"), number(now.rejected)),
            Card(text("Rejects that wait"), number(now.waiting)),
            Card(text("Totals told by the target"), f"{number(told)} / {number(now.totals)}"),
            Card(text("Totals that differ"), number(now.differing) if told else DASH),
        ]
    )
