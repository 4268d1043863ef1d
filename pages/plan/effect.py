"""Measured effect: what went live, what it was to move, and whether that moved."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from crm_core.domain.effect import Verdict, mean
from crm_core.services import effect
from crm_core.services.effect import Course, Effect, Effects
from pages._ui import filters, kept, links, session
from pages._ui.beginning import sample_banner
from pages._ui.cards import Card, cards
from pages._ui.head import page_head, section
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages._ui.register import places
from pages._ui.tables import TWO_LINES, Column, table_to_open_or_narrow
from pages.plan import _effect_chart as chart
from pages.plan import _effect_words as words
from pages.plan import _plan_words as plan_words

_AREAS = ("crm", "programme", "settings")


def show() -> None:
    """The page, from the course of one goal to what every go-live promised and brought."""
    texts = session.texts()
    text = texts.text
    head = st.container()
    sample_banner()
    found = kept.until(_AREAS, effect.effects, session.today())
    with head:
        page_head(
            text("Measured effect"),
            text("What went live, and whether the goals that it was meant for have moved since."),
            [
                texts.plural("{n} initiative is live", "{n} initiatives are live", len(found.live)),
                text("intervals of 90 %; weeks and months that are over"),
            ],
        )
    if not found.effects:
        _nothing()
        return
    _figures(found)
    course = _chosen(found.courses)
    told = [one for one in found.effects if one.course.goal == course.goal]
    chart.show(course, told)
    for one in told:
        _compared(one)
    _promised(found.effects)


def _nothing() -> None:
    text = session.texts().text
    empty_state(
        text("Nothing has gone live for a goal yet"),
        text(
            "Write the day on which an initiative ended into its row, and name the goals that it "
            "serves. A goal that is read from the data shows here what came of it."
        ),
        icon=":material/rocket_launch:",
        actions=lambda: links.address_link("initiatives", text("Initiatives")),
    )


def _figures(found: Effects) -> None:
    text = session.texts().text
    told = [one.verdict for one in found.effects]
    all_ = len(told)
    cards(
        [
            Card(text("Moved their goal"), text("{n} of {all}", n=told.count(Verdict.BETTER),
                 all=all_)),
            Card(text("Went the wrong way"), text("{n} of {all}", n=told.count(Verdict.WORSE),
                 all=all_)),
            Card(text("Cannot be told yet"), text("{n} of {all}", n=told.count(Verdict.UNTOLD),
                 all=all_)),
            Card(
                text("Promised a year"),
                plan_words.money(sum(one.promised or 0 for one in found.live)),
            ),
        ]
    )  # fmt: skip


def _chosen(courses: Sequence[Course]) -> Course:
    """The goal that is looked at; first those that have a course."""
    ordered = sorted(courses, key=lambda one: not one.series)
    named = {one.goal: f"{one.goal} {one.title}" for one in ordered}
    with filters.filter_row():
        key = filters.select(session.texts().text("Goal"), named, name="goal", width=420)
    return next(one for one in ordered if one.goal == key)


def _compared(one: Effect) -> None:
    """Before and after one go-live, with both comparisons and what else there was."""
    text, day = session.texts().text, session.formats().day
    with st.container(border=True, gap="xxsmall"):
        head = text(
            "{initiative}, live since {day}", initiative=one.live.title, day=day(one.live.day)
        )
        st.markdown(f"**{plain(head)}** · {plain(words.verdict(one.verdict))}")
        if one.teams:
            teams = session.formats().listing(one.teams)
            st.caption(plain(text("In {teams}, for whom it is", teams=teams)))
        if said := words.sides(one):
            st.markdown(plain(text("{sides}.", sides=said)))
        if one.course.problem:
            st.markdown(plain(session.problem(one.course.problem)))
        else:
            _shifts(one)
        if one.meanwhile:
            also = session.formats().listing([each.title for each in one.meanwhile])
            told = text("Also live in this time, and in the figures: {also}", also=also)
            st.caption(plain(told))


def _shifts(one: Effect) -> None:
    """Both comparisons, each in a line."""
    text = session.texts().text
    for label, found in (
        (text("Against its own trend"), one.own),
        (text("Against others that nobody touched"), one.others),
    ):
        line = text("{label}: {value}", label=label, value=words.shift(one.course, found))
        st.markdown(f"- {plain(line)}")


def _promised(found: Sequence[Effect]) -> None:
    """Every go-live and goal: the value that was promised beside what the measure did."""
    text = session.texts().text
    section(
        text("Value promised against value seen"),
        text(
            "What was promised is money a year; what is seen is the goal's own measure. One is not "
            "turned into the other."
        ),
    )
    title = Column("title", text("Initiative"), width=210, pinned=True)
    verdict = Column("verdict", text("Effect"), width=125)
    own = Column("own", text("Against its own trend"), width=200)
    heads = [
        title,
        verdict,
        Column("goal", text("Goal"), width=190),
        Column("since", text("Live since"), "day", width=110),
        Column("promised", text("Promised a year"), "number", width=110),
        Column("before", text("Before it"), "written", width=85),
        Column("after", text("After it"), "written", width=85),
        own,
        Column("others", text("Against others"), width=200),
        Column("measure", text("Measured by"), width=220),
    ]
    at = table_to_open_or_narrow(
        pd.DataFrame([_row(one) for one in found]),
        heads,
        [replace(title, width=170), replace(verdict, width=105), own],
        key="effects",
        row=TWO_LINES,
        saved_as="effect",
    )
    if at is not None:
        links.go_to_address(places.address("initiative", found[at].live.id))


def _row(one: Effect) -> dict[str, object]:
    course = one.course
    return {
        "title": f"{one.live.id} {one.live.title}",
        "verdict": words.verdict(one.verdict),
        "goal": f"{course.goal} {course.title}",
        "since": pd.Timestamp(one.live.day),
        "promised": one.live.promised,
        "before": words.value(course, mean(one.sides.before)),
        "after": words.value(course, mean(one.sides.after)),
        "own": session.problem(course.problem) if course.problem else words.shift(course, one.own),
        "others": "" if course.problem else words.shift(course, one.others),
        "measure": words.measured_by(course),
    }


show()
