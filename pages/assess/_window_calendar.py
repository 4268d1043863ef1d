"""The calendar of IT windows: bars by what they touch, what nobody may change, what collides."""

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from crm_core.services import it_windows, registers
from crm_core.services.it_windows import Calendar, Window
from pages._ui import filters, kept, links, session
from pages._ui.charts import Chosen, Span, show_chart, span_chart
from pages._ui.charts.base import with_beside
from pages._ui.head import page_head, section
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages._ui.register import form, page, places
from pages._ui.tables import Column, table_to_open
from pages.assess import _window_words as words
from pages.assess._window_periods import Period, periods_of

_NAME = "it_window"
_MONTHS = {"year": 12, "quarter": 3}
"""Zoom -> months that are seen."""
_MOST_ROWS = 40
"""Bars; more of them are no picture."""


def show(choose: Callable[[], object]) -> None:
    """The view; `choose` draws the way to the other one."""
    texts = session.texts()
    register = registers.known(_NAME)
    page_head(texts.label(register.plural), texts.label(register.about))
    choose()
    form.show_done()
    whole = kept.read(it_windows.span)
    page.actions(register, 1 if whole else 0)
    if whole is None:
        empty_state(
            texts.text("No IT window is known"),
            texts.text(
                "Add freezes, overhauls, deployments and changes in people or skills with their "
                "days, what they touch and whether they forbid, delay or ease work."
            ),
            icon=":material/event_busy:",
        )
    else:
        _calendar(*whole)
    if key := st.query_params.get(places.ITEM):
        form.open_row(_NAME, key)


def _calendar(first: date, last: date) -> None:
    period, kinds, effects = _asked(first, last)
    found = kept.read(it_windows.calendar, period.first, period.last, session.today())
    shown = [
        one
        for one in found.windows
        if (not kinds or one.kind in kinds) and (not effects or one.effect in effects)
    ]
    _chart(found, shown, period)
    if found.collisions:
        _collisions(found)
    if shown:
        _rows(shown)


def _asked(first: date, last: date) -> tuple[Period, list[str], list[str]]:
    """The period, and the kinds and effects that are asked for; [] for all."""
    text, register = session.texts().text, registers.known(_NAME)
    with filters.filter_row():
        zooms = {"year": text("Year"), "quarter": text("Quarter")}
        months = _MONTHS[filters.choice(text("Zoom"), zooms, name="zoom")]
        periods = {one.code: one for one in periods_of(first, last, months, session.today())}
        code = filters.select(
            text("Period"), {key: _named(one) for key, one in periods.items()}, name="period"
        )
        kinds, effects = (
            filters.select_many(
                session.texts().label(register.field(name).label),
                {code: words.option(name, code) for code in register.field(name).options},
                name=name,
                all_text=text("All"),
            )
            for name in ("kind", "effect")
        )
    return periods[code], kinds, effects


def _named(one: Period) -> str:
    """From its first month to its last."""
    month = session.formats().month
    return session.texts().text("{first} to {last}", first=month(one.first), last=month(one.last))


def _chart(found: Calendar, shown: Sequence[Window], period: Period) -> None:
    texts = session.texts()
    spans = [
        Span(
            with_beside(one.title, words.effect(one)),
            one.starts,
            one.ends,
            _told(one),
            group=group,
            colour=words.look(one)[0],
            pattern=words.look(one)[1],
            key=one.id,
        )
        for group, members in _groups(shown).items()
        for one in members
    ]
    formats = session.formats()
    made = span_chart(
        spans[:_MOST_ROWS],
        period.first,
        period.last,
        formats.day,
        marks=[(day, formats.month(day)) for day in period.marks],
        today=texts.text("Today"),
    )
    counted = texts.text("By what they touch. Choose a bar to open its row.")
    if len(spans) > _MOST_ROWS:
        counted += " " + texts.text("The first {n} are shown; narrow them.", n=_MOST_ROWS)
    show_chart(
        made if spans else None,
        key="it-windows",
        finding=_finding(found),
        counted=counted,
        empty=(texts.text("Nothing in this period"), texts.text("Choose another one.")),
        on_click=_open,
    )


def _finding(found: Calendar) -> str:
    texts, most = session.texts(), found.forbidden
    if most is None:
        return texts.text("Nothing forbids work in this period")
    month = session.formats().month(most.month)
    if most.applications:
        return texts.plural(
            "{n} application cannot be changed in {month}",
            "{n} applications cannot be changed in {month}",
            most.applications,
            month=month,
        )
    return texts.plural(
        "{n} technology cannot be changed in {month}",
        "{n} technologies cannot be changed in {month}",
        most.things,
        month=month,
    )


def _groups(shown: Sequence[Window]) -> dict[str, list[Window]]:
    """Windows by what they touch, the most touched first; changes of people by themselves."""
    text = session.texts().text
    found: dict[str, list[Window]] = {}
    for one in shown:
        if not one.is_about_people:
            for thing in one.touches or (text("Touches nothing that is named"),):
                found.setdefault(thing, []).append(one)
    ordered = dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))
    people = [one for one in shown if one.is_about_people]
    return ordered | ({text("People and skills"): people} if people else {})


def _told(one: Window) -> str:
    return " · ".join(filter(None, [one.title, words.option("kind", one.kind), one.owner]))


def _open(chosen: Chosen) -> None:
    filters.put(places.ITEM, chosen.key)


def _collisions(found: Calendar) -> None:
    """Each in words, with the way to both windows and to the red flag."""
    texts = session.texts()
    with st.container(gap="small"):
        section(
            texts.plural(
                "{n} pair of windows collides",
                "{n} pairs of windows collide",
                found.collision_count,
            )
        )
        for one in found.collisions:
            title, why = one.why(texts)
            with st.container(border=True, gap="xxsmall"):
                st.markdown(f":material/warning: **{plain(title)}**")
                st.markdown(plain(why))
                with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                    for key in one.windows:
                        st.button(
                            plain(key),
                            key=f"collision-{'-'.join(one.windows)}-{key}",
                            type="tertiary",
                            icon=":material/event:",
                            on_click=filters.put,
                            args=(places.ITEM, key),
                        )
                    if one.flag:
                        address = places.address("red_flag", one.flag)
                        links.address_link(address, texts.text("Red flag"), ":material/flag:")
        if rest := found.collision_count - len(found.collisions):
            st.caption(texts.plural("{n} more", "{n} more", rest))


def _rows(shown: Sequence[Window]) -> None:
    label, register = session.texts().label, registers.known(_NAME)
    named = {name: label(register.field(name).label) for name in ("title", "kind", "effect")}
    heads = [
        Column("title", named["title"], width="medium"),
        Column("kind", named["kind"], width=110),
        Column("effect", named["effect"], width="medium"),
        Column("starts", label(register.field("starts").label), "day", width=122),
        Column("ends", label(register.field("ends").label), "day", width=122),
        Column("touches", label(register.field("touches").label), width="medium"),
        Column("id", session.texts().text("No."), width="small"),
    ]
    rows = pd.DataFrame(
        {
            "title": one.title,
            "kind": words.option("kind", one.kind),
            "effect": words.effect(one),
            "starts": one.starts,
            "ends": one.ends,
            "touches": session.formats().listing(one.touches),
            "id": one.id,
        }
        for one in shown
    )
    at = table_to_open(rows, heads, key="it-windows-rows")
    if at is not None:
        places.show_row(shown[at].id)
