"""What makes a plan late, and what time held back would buy."""

from collections.abc import Sequence

import streamlit as st

from crm_core.domain.planning.drivers import Buffer, Driver
from crm_core.domain.planning.risk import Risk
from crm_core.services.planning import Plan
from pages._ui import session
from pages._ui.charts import Bar, bar_chart, show_chart
from pages._ui.head import section
from pages._ui.palette import ACCENT, COLOURS
from pages._ui.plain import plain
from pages.plan import _risk_words as words

_LEAST = 0.05
"""Periods: what costs less is no driver."""
_EVENT = COLOURS[1]


def show(plan: Plan, found: Risk) -> None:
    """The strongest drivers as bars, then buffers in words."""
    strong = [one for one in found.drivers if one.gain >= _LEAST]
    _drivers(plan, strong)
    _buffers(plan, found, next((one for one in strong if not one.is_event), None))


def _drivers(plan: Plan, strong: list[Driver]) -> None:
    text = session.texts().text
    if not strong:
        section(text("No single item drives the end"))
        return
    bars = [
        Bar(
            one.id,
            words.name(plan, one.id),
            one.gain,
            words.lasting(plan.calendar, one.gain),
            _told(plan, one),
            _EVENT if one.is_event else ACCENT,
        )
        for one in strong
    ]
    counted = text(
        "How much earlier the date with a chance of 80% would be if this one went as planned. "
        "Blue: its duration; orange: a risk event."
    )
    finding = text("“{name}” drives the end most", name=words.name(plan, strong[0].id))
    show_chart(bar_chart(bars), key="risk-drivers", finding=finding, counted=counted)


def _told(plan: Plan, one: Driver) -> str:
    text = session.texts().text
    lines = [
        words.name(plan, one.id),
        text("As planned: {time} earlier", time=words.lasting(plan.calendar, one.gain)),
        text(
            "The end follows it by {correlation} (rank correlation)",
            correlation=round(one.correlation, 2),
        ),
    ]
    if one.critical is not None:
        share = words.chance(one.critical)
        lines.append(text("It holds the end up in {share} of the cases", share=share))
    return "\n".join(lines)


def _buffers(plan: Plan, found: Risk, first: Driver | None) -> None:
    text = session.texts().text
    section(text("What a buffer would buy"))
    st.markdown(plain(_at_end(plan, found)))
    if first and found.buffers[0].before is not None:
        st.markdown(plain(_before(plan, found, first)))


def _at_end(plan: Plan, found: Risk) -> str:
    text, day = session.texts().text, session.formats().day
    now = found.finish.chance
    if words.is_enough(now):
        chance = words.chance(now)
        return text("The planned end needs no buffer: it has a chance of {now}.", now=chance)
    buffer = _enough(found.buffers, [one.at_end for one in found.buffers])
    told = words.done_by(plan, found.finish.planned + buffer.periods)
    return text(
        "Promise the end {time} later, {day}, and its chance rises from {now} to {then}.",
        time=words.lasting(plan.calendar, buffer.periods),
        day=day(told),
        then=words.chance(buffer.at_end),
        now=words.chance(now),
    )


def _before(plan: Plan, found: Risk, first: Driver) -> str:
    text, name = session.texts().text, words.name(plan, first.id)
    now = found.buffers[0].before or 0.0
    if words.is_enough(now):
        return text(
            "“{name}” has a {now} chance of starting on its day; a buffer before it buys little.",
            name=name,
            now=words.chance(now),
        )
    buffer = _enough(found.buffers, [one.before or 0.0 for one in found.buffers])
    return text(
        "“{name}” has a {now} chance of starting on its day; with a buffer of {time}, {then}.",
        name=name,
        now=words.chance(now),
        time=words.lasting(plan.calendar, buffer.periods),
        then=words.chance(buffer.before or 0.0),
    )


def _enough(buffers: Sequence[Buffer], chances: list[float]) -> Buffer:
    """The shortest one that is enough; else the one that was tried last."""
    pairs = zip(buffers, chances, strict=True)
    return next((one for one, share in pairs if words.is_enough(share)), buffers[-1])
