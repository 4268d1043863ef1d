"""A goal's measure over time, with the days on which something went live for it."""

from collections.abc import Callable, Sequence
from datetime import date

import plotly.graph_objects as go

from crm_core.domain.effect import Verdict, mean
from crm_core.services.effect import Course, Effect
from pages._ui import session
from pages._ui.charts import Event, Line, line_chart, show_chart
from pages._ui.palette import GREY
from pages._ui.segment.words import month
from pages.plan import _effect_words as words

_MOST = {"week": 78, "month": 36}
"""Periods that are drawn: a year and a half, and three years."""
_OTHERS = "others"


def show(course: Course, told: Sequence[Effect]) -> None:
    """The chart under its finding; why there is none where the goal has no course."""
    texts = session.texts()
    text = texts.text
    series = course.series[-_MOST.get(course.step or "", 0) :]
    problem = session.problem(course.problem) if course.problem else ""
    show_chart(
        _made(course, told) if len(series) > 1 else None,
        key="effect",
        finding=_finding(course, told),
        counted=" · ".join(
            part
            for part in (
                words.measured_by(course),
                text("by week") if course.step == "week" else text("by month"),
                _others(course),
            )
            if part
        )
        if not course.problem
        else "",
        empty=(text("This goal has no course"), problem),
    )


def _made(course: Course, told: Sequence[Effect]) -> go.Figure:
    texts = session.texts()
    series = course.series[-_MOST[course.step or "month"] :]
    moments = [one.first for one in series]
    lines = [Line(course.goal, texts.text("This goal"), [one.value for one in series])]
    if course.others:
        lines.append(Line(None, texts.text("Others"), _at(course, moments), GREY))
    return line_chart(
        moments,
        lines,
        lambda value: words.mark_of(course, value),
        lambda value: words.value(course, value),
        _written(course),
        [Event(one.live.day, one.live.title) for one in told if moments[0] <= one.live.day],
        month,
    )


def _at(course: Course, moments: Sequence[date]) -> list[float | None]:
    """The others at these moments; amounts brought to the size of the goal's own."""
    shown = [one for one in course.others if one.first in set(moments)]
    usual, own = mean(shown), mean([one for one in course.series if one.first in set(moments)])
    factor = 1.0 if course.kind == "ratio" or not usual else own / usual
    known = {one.first: one.value * factor for one in shown}
    return [known.get(moment) for moment in moments]


def _written(course: Course) -> Callable[[date], str]:
    return month if course.step == "month" else session.formats().day


def _others(course: Course) -> str:
    text = session.texts().text
    if not course.others:
        return ""
    if course.kind == "ratio":
        return text("dotted: the others, which nobody touched")
    return text("dotted: the others, which nobody touched, brought to the same size")


def _finding(course: Course, told: Sequence[Effect]) -> str:
    """That of the go-live of which most can be told."""
    order = (Verdict.BETTER, Verdict.WORSE, Verdict.UNTOLD)
    first = min(told, key=lambda one: order.index(one.verdict))
    if course.problem:
        return session.texts().text("What went live for “{goal}” cannot be measured",
                                    goal=course.title)  # fmt: skip
    return words.finding(first)
