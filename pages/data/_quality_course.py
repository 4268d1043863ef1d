"""Data quality over time: what got better or worse with each load."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import cast

from crm_core.services.quality import words
from crm_core.services.quality.standing import Moment
from pages._ui import filters, session
from pages._ui.charts import Line, line_chart, show_chart
from pages._ui.charts.lines import MOST
from pages._ui.palette import COLOURS
from pages.data._quality import MOST_MOMENTS, SAME


def course(moments: Sequence[Moment]) -> None:
    """What got better or worse, of all tables and of the largest ones."""
    texts = session.texts()
    text = texts.text
    options = {"completeness": text("Filled in"), "validity": text("Keeps the rules")}
    if len(moments) > 1:
        measure = filters.choice(text("Over time"), options, name="measure")
    else:
        measure = "completeness"
    shown = moments[-MOST_MOMENTS:]
    whole = Line("", text("All tables"), [getattr(one.score, measure) for one in shown], COLOURS[0])
    lines = [whole, *(_line(shown, measure, name, place) for place, name in _telling(shown))]
    moment = session.formats().moment
    at = [session.local(one.at) for one in shown]
    show_chart(
        line_chart(
            at,
            lines,
            lambda part: session.formats().percent(part, 0),
            lambda part: words.share(texts, part),
            lambda one: moment(cast(datetime, one)),
            write_axis=_below_axis(at),
        )
        if len(shown) > 1
        else None,
        key="quality-course",
        finding=_course_finding(moments, measure),
        counted=text("After each load, and after one was taken back"),
        empty=(
            text("There is one measurement so far"),
            text("From the next load on, this shows what got better or worse."),
        ),
    )


def _below_axis(at: Sequence[datetime]) -> Callable[[date], str]:
    """The day alone; where all happened on one, the time of it."""
    formats = session.formats()
    if len({one.date() for one in at}) > 1:
        return formats.day
    return lambda one: formats.clock(cast(datetime, one))


def _telling(shown: Sequence[Moment]) -> list[tuple[int, str]]:
    """The largest tables, as many as can be told apart; each with its place, so with its colour."""
    scores = shown[-1].scores if shown else {}
    largest = sorted(scores, key=lambda name: -scores[name].cells)
    return list(enumerate(largest[: MOST - 1], start=1))


def _line(shown: Sequence[Moment], measure: str, name: str, place: int) -> Line:
    values = [getattr(one.scores[name], measure) if name in one.scores else None for one in shown]
    return Line(name, words.table_name(session.texts(), name), values, COLOURS[place])


def _course_finding(moments: Sequence[Moment], measure: str) -> str:
    """Which table moved most with the last load."""
    texts = session.texts()
    if len(moments) < 2:
        return texts.text("Quality over time")
    before, after = moments[-2].scores, moments[-1].scores
    moved = {
        name: (first, last)
        for name in after
        if name in before
        and (first := getattr(before[name], measure)) is not None
        and (last := getattr(after[name], measure)) is not None
        and abs(last - first) >= SAME
    }
    if not moved:
        return texts.text("The last load left the quality as it was")
    name = max(moved, key=lambda one: abs(moved[one][1] - moved[one][0]))
    first, last = moved[name]
    said = {
        "table": words.table_name(texts, name),
        "before": words.share(texts, first),
        "after": words.share(texts, last),
    }
    if last > first:
        return texts.text("{table} got better with the last load: {before} → {after}", **said)
    return texts.text("{table} got worse with the last load: {before} → {after}", **said)
