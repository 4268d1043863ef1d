"""What solving each pain point is worth: sorted, each with its range and how sure its place is."""

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from crm_core.domain.ranking import DRAWS
from crm_core.services import pain_points
from crm_core.services.pain_points import TOP, Ranked, Ranking
from pages._ui import filters, kept, session
from pages._ui.charts import Range, range_chart, show_chart
from pages._ui.head import section
from pages._ui.register import places
from pages._ui.tables import Column, table_to_open
from pages.assess import _pain_words as words
from pages.assess import _phasing_out as phasing_out

_DRAWN = 12


def show() -> None:
    """The view."""
    found = kept.read(pain_points.ranking)
    if not found.ranked and not found.unranked:
        words.nothing()
        return
    text = session.texts().text
    show_chart(
        _chart(found) if found.ranked else None,
        key="pain-value",
        finding=_finding(found),
        counted=_counted(found),
        empty=(
            text("Nothing can be ranked yet"),
            text("Say what a pain point costs a year: at least, at most, or both."),
        ),
        on_click=lambda chosen: filters.put(places.ITEM, chosen.key),
    )
    if found.ranked:
        _table(found)
    if found.unranked:
        _unranked(found.unranked)


def _finding(found: Ranking) -> str:
    text = session.texts().text
    if not found.ranked:
        return text("No pain point has an estimate")
    first = found.ranked[0]
    cost = session.formats().mark(first.weighed.expected, found.currency)
    said = words.in_front(first.in_front)
    if len(found.ranked) <= TOP:
        return text("{title} is worth most: {cost} a year", title=first.title, cost=cost)
    return text("{title} is worth most: {cost} a year; it {said}",
                title=first.title, cost=cost, said=said)  # fmt: skip


def _counted(found: Ranking) -> str:
    texts = session.texts()
    text = texts.text
    unit = words.unit(found.currency)
    said = text(
        "Dot: the mean of the estimate a year ({unit}). Line: 8 of 10 cases lie on it, any value "
        "between least and most being as likely. Places come from {n} draws.",
        unit=unit,
        n=DRAWS,
    )
    if len(found.ranked) > _DRAWN:
        said += " " + text("The first {n} are drawn; the table has all.", n=_DRAWN)
    if any(one.phasing_out for one in found.ranked):
        said += " " + text(
            "Grey: serves only what is phasing out and counts {factor} (a setting).",
            factor=session.formats().percent(found.factor, 0),
        )
    return said


def _chart(found: Ranking) -> go.Figure:
    formats = session.formats()
    rows = [
        Range(
            one.id,
            one.title,
            one.weighed.low,
            one.weighed.expected,
            one.weighed.high,
            formats.mark(one.weighed.expected, found.currency),
            _told(found, one),
            faint=bool(one.phasing_out),
        )
        for one in found.ranked[:_DRAWN]
    ]
    return range_chart(rows, lambda value: formats.mark(value, found.currency))


def _told(found: Ranking, one: Ranked) -> str:
    text, formats = session.texts().text, session.formats()

    def money(value: float) -> str:
        return formats.money(Decimal(round(value)), found.currency)

    lines = [
        f"{one.id} {one.title}",
        text("{cost} a year on average", cost=money(one.weighed.expected)),
        text("8 of 10 cases: {low} to {high}", low=money(one.weighed.low),
             high=money(one.weighed.high)),
        words.in_front(one.in_front),
    ]  # fmt: skip
    return "\n".join([*lines, *filter(None, [phasing_out.served(one.phasing_out)])])


def _table(found: Ranking) -> None:
    text = session.texts().text
    unit = session.formats().unit(found.currency) or "–"
    heads = [
        Column("place", text("Place"), "number", width=70),
        Column("title", text("Pain point"), width=320),
        Column("mean", text("Mean a year ({unit})", unit=unit), "number"),
        Column("low", text("Low"), "number", help=text("In one of ten cases it is less.")),
        Column("high", text("High"), "number", help=text("In one of ten cases it is more.")),
        Column("front", text("Among the first {top}", top=TOP), "percent"),
        Column("owner", text("Owner")),
        Column("remark", text("Remark"), width="medium"),
    ]
    rows = pd.DataFrame(
        [
            {
                "place": place,
                "title": f"{one.id} {one.title}",
                "mean": round(one.weighed.expected),
                "low": round(one.weighed.low),
                "high": round(one.weighed.high),
                "front": one.in_front,
                "owner": one.owner,
                "remark": phasing_out.served(one.phasing_out) or None,
            }
            for place, one in enumerate(found.ranked, 1)
        ]
    )
    at = table_to_open(rows, heads, key="pain-ranked", saved_as="pain-points-by-value")
    if at is not None:
        places.show_row(found.ranked[at].id)


def _unranked(rows: Sequence[tuple[str, str]]) -> None:
    texts = session.texts()
    with st.container(gap="small"):
        section(
            texts.plural(
                "{n} pain point is not ranked", "{n} pain points are not ranked", len(rows)
            ),
            texts.text("Nobody said what they cost a year. That is unknown, not nothing."),
        )
        shown = pd.DataFrame([{"id": key, "title": title} for key, title in rows])
        heads = [
            Column("id", texts.text("No."), width="small"),
            Column("title", texts.text("Pain point"), width="large"),
        ]
        at = table_to_open(shown, heads, key="pain-unranked")
        if at is not None:
            places.show_row(rows[at][0])
