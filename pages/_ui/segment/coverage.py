"""Where the segment is captured, against what should be reached in 60 days."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from crm_core.i18n import DASH
from crm_core.services.segments import Place
from pages._ui import session
from pages._ui.cards import Card, cards
from pages._ui.head import section
from pages._ui.segment import words
from pages._ui.tables import Column, table

WEEKS = 26
"""So many of them are drawn."""


def coverage(places: Sequence[Place], as_of: date | None) -> None:
    """A card per place of capture; the teams below, on demand."""
    text = session.texts().text
    if not places:
        return
    section(
        text("Is the segment captured where it should be?"),
        text(
            "Share with a segment; target {share} within 60 days of starting.",
            share=words.share(places[0].target),
        ),
    )
    cards([_card(place, as_of) for place in places])
    with st.expander(text("By team"), icon=":material/groups:"):
        _teams(places)


def _names() -> dict[str, str]:
    text = session.texts().text
    return {
        "lead": text("Leads qualified"),
        "customer": text("Active customers"),
        "support_case": text("Cases, known at opening"),
    }


def _card(place: Place, as_of: date | None) -> Card:
    texts = session.texts()
    counted = texts.text("{known} of {total}", known=place.classified, total=place.total)
    span = (
        texts.text("now") if place.due is None and not place.weeks else texts.text("last 60 days")
    )
    return Card(
        _names()[place.entity],
        words.share(place.coverage) if place.classified else DASH,
        change=f"{_state(place, as_of)} · {counted} · {span}",
        history=[share for _, share in place.weeks[-WEEKS:]] if place.classified else (),
    )


def _state(place: Place, as_of: date | None) -> str:
    """Always in words: the colour of a figure says nothing to some readers."""
    text = session.texts().text
    if not place.classified:
        return text("! not captured yet")
    if place.reached:
        return text("✓ target reached")
    if place.due and as_of and as_of < place.due:
        return text("on the way, due {day}", day=place.due)
    return text("! below target")


def _teams(places: Sequence[Place]) -> None:
    text = session.texts().text
    names = _names()
    found: dict[str | None, dict[str, float | None]] = {}
    for place in places:
        for team, classified, total in place.teams:
            found.setdefault(team, {})[place.entity] = classified / total if total else None
    frame = pd.DataFrame(
        [
            {"team": team or text("Not given")}
            | {place.entity: shares.get(place.entity) for place in places}
            for team, shares in found.items()
        ]
    )
    columns = [Column("team", text("Owner's team"))]
    columns += [Column(place.entity, names[place.entity], "percent") for place in places]
    table(frame, columns, key="coverage-teams")
