"""The bars of a plan: by phase, goal, department or owner, with windows and another plan behind."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from crm_core.domain.planning.comparison import Days
from crm_core.services import planning
from crm_core.services.planning.comparing import placed
from crm_core.services.planning.roadmap import GROUPS, Bar, Frozen, Roadmap, Stretch
from pages._ui import filters, session, workspace
from pages._ui.charts import Chosen, Milestone, Span, show_chart, span_chart
from pages._ui.charts.base import with_beside
from pages._ui.palette import ACCENT, COLOURS, LIGHTS
from pages.plan import _plan_item
from pages.plan._plan_kept import read

_MOST_ROWS = 60
"""Bars; more of them are no picture: the table below has all."""
_ZOOMS = {"all": 0, "years": 24, "year": 12, "quarter": 3}
"""Months that are seen; 0: all of the plan."""


def show(found: Roadmap) -> None:
    """The chart with what it is grouped by, how much of it is seen, and what stands behind it."""
    texts, formats = session.texts(), session.formats()
    group, zoom, other = _asked(found)
    first, last = _seen(found, zoom)
    behind = placed(planning.whole(workspace.store(), workspace.actor(), other)) if other else {}
    shown = [bar for bar in found.bars if bar.last >= first and bar.first <= last]
    spans = _spans(shown[:_MOST_ROWS], group, behind) + [
        _window(one) for one in found.windows if one.last >= first and one.first <= last
    ]
    made = span_chart(
        spans,
        first,
        last,
        formats.day,
        marks=[(day, formats.month(day)) for day in _marks(first, last)],
        today=texts.text("Today"),
        milestones=[Milestone(one.last, _end_of(one)) for one in found.phases],
    )
    counted = texts.text(
        "The plan ends later as soon as a critical one does. Choose a bar to see why it lies there."
    )
    if len(shown) > _MOST_ROWS:
        counted += " " + texts.text("The first {n} are shown; narrow them.", n=_MOST_ROWS)
    show_chart(
        made if spans else None,
        key="roadmap",
        finding=_finding(found),
        counted=counted,
        empty=(texts.text("Nothing in this period"), texts.text("Choose another one.")),
        on_click=_open,
    )


def _asked(found: Roadmap) -> tuple[str, str, int]:
    """What bars are grouped by, the zoom, and the plan that stands behind; 0 for none."""
    text = session.texts().text
    grouped = {
        "phase": text("Phase"),
        "goal": text("Goal"),
        "department": text("Department"),
        "owner": text("Owner"),
    }
    zooms = {
        "all": text("All"),
        "years": text("Two years"),
        "year": text("A year"),
        "quarter": text("A quarter"),
    }
    with st.container(horizontal=True, key="crm-filters-bars"):
        group = filters.choice(text("Grouped by"), {one: grouped[one] for one in GROUPS}, name="by")
        zoom = filters.choice(text("Zoom"), zooms, name="zoom")
        other = filters.select(text("Against plan"), _others(found), name="behind")
    return group, zoom, int(other or 0)


def _others(found: Roadmap) -> Mapping[str, str]:
    """Other plans, by number; the one agreed last is named."""
    texts = session.texts()
    headers = [one for one in read(planning.listed) if one.plan_id != found.plan.header.plan_id]
    named = {"": texts.text("No other plan")}
    for one in headers:
        if one.status in ("optimal", "feasible"):
            day = texts.formats.day(session.local(one.made_at).date())
            said = texts.text("Plan {id}, {day}", id=one.plan_id, day=day)
            agreed = texts.text("agreed")
            named[str(one.plan_id)] = f"{said}, {agreed}" if one.accepted_at else said
    return named


def _seen(found: Roadmap, zoom: str) -> tuple[date, date]:
    """The days that are drawn: the whole plan, or so many months from today or its first day on."""
    first = min(bar.first for bar in found.bars) if found.bars else session.today()
    last = max((bar.last for bar in found.bars), default=first)
    if months := _ZOOMS[zoom]:
        now = min(max(first, session.today()), last)
        first = now.replace(day=1)
        last = _month(first, months)
    return first, last


def _month(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _marks(first: date, last: date) -> list[date]:
    """Three months to write below: they fit on a phone."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = max(1, -(-months // 3))
    starts = [_month(first.replace(day=1), number) for number in range(0, months + 1, step)]
    return [day for day in starts if first <= day <= last][:4]


def _spans(bars: list[Bar], group: str, behind: Days) -> list[Span]:
    text = session.texts().text
    none = text("Without any")
    found: dict[str, list[Span]] = {}
    for bar in bars:
        for name in bar.groups[group] or (none,):
            found.setdefault(name, []).extend(_rows(bar, name, behind))
    ordered = sorted(found, key=lambda name: (name == none, list(found).index(name)))
    return [span for name in ordered for span in found[name]]


def _rows(bar: Bar, group: str, behind: Days) -> list[Span]:
    """The bar, and below it faintly where the other plan has it."""
    texts = session.texts()
    told = texts.text("critical") if bar.is_critical else ""
    title = with_beside(f"{bar.id} {bar.title}", told)
    spans = [
        Span(
            title, bar.first, bar.last, told, group=group,
            colour=ACCENT if bar.is_critical else COLOURS[4], key=bar.id,
        )
    ]  # fmt: skip
    if bar.id in behind:
        days = behind[bar.id]
        spans.append(
            Span(title, *days, texts.text("in the other plan"), group=group, faint=True,
                 is_below=True, key=bar.id)
        )  # fmt: skip
    return spans


def _window(one: Frozen) -> Span:
    """A window of IT, in a group of its own under all bars."""
    text = session.texts().text
    effects = {
        "forbid": (text("forbids work"), LIGHTS["red"], "x"),
        "delay": (text("delays work"), LIGHTS["amber"], "/"),
        "ease": (text("eases work"), LIGHTS["green"], ""),
    }
    told, colour, pattern = effects[one.effect]
    name, group = with_beside(one.title, told), text("IT windows")
    return Span(name, one.first, one.last, told, group=group, colour=colour, pattern=pattern)


def _end_of(one: Stretch) -> str:
    return session.texts().text("End of {phase}", phase=one.title)


def _finding(found: Roadmap) -> str:
    """When the plan is done, and what that hangs on."""
    texts = session.texts()
    if not found.bars:
        return texts.text("Nothing is in the plan")
    last = max(found.bars, key=lambda bar: (bar.last, bar.id))
    return texts.text(
        "Done by {day}; {title} ends last",
        day=texts.formats.day(last.last),
        title=last.title,
    )


def _open(chosen: Chosen) -> None:
    filters.put(_plan_item.PARAMETER, chosen.key)
