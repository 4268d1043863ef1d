"""Scenarios: the list, and the newest plans of up to four of them side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from crm_core.services import planning, registers
from crm_core.services.planning.comparing import MOST, Difference, Side, differences, sides
from pages._ui import filters, kept, links, session
from pages._ui.charts import Line, line_chart, show_chart
from pages._ui.head import section
from pages._ui.notices import empty_state
from pages._ui.palette import COLOURS
from pages._ui.tables import TWO_LINES, Column, table_or_narrow
from pages.plan import _plan_agreeing
from pages.plan import _plan_words as words
from pages.plan._plan_kept import read

PARAMETER = "scenario"
_MOST_MOVED = 40


def titles() -> dict[str, str]:
    """Scenario -> its title, of those that are not dropped."""
    rows, _ = kept.read(registers.listed, "scenario")
    return {
        row.id: str(row.values["title"]) for row in rows if row.values.get("status") != "dropped"
    }


def removed() -> dict[str, str]:
    """Scenarios that are no more and have a plan still, called what they were called then."""
    text, known = session.texts().text, titles()
    newest: dict[str, int] = {}
    for one in read(planning.listed):
        if one.scenario and one.scenario not in known and one.status in ("optimal", "feasible"):
            newest.setdefault(one.scenario, one.plan_id)
    return {
        code: text("{title} (removed)", title=read(planning.whole, plan).titles.get(code, code))
        for code, plan in newest.items()
    }


def choose() -> None:
    """The choice of the scenario that is looked at; the address holds it, "" by default."""
    named = titles()
    options = {"": words.scenario("", named)} | named | removed()
    filters.select(session.texts().text("Scenario"), options, name=PARAMETER)


def show(_header: planning.Header) -> None:
    """The comparison of the newest plans."""
    text = session.texts().text
    with st.container(horizontal=True):
        label = text("Edit the scenarios")
        links.address_link("lists?list=scenario", label, ":material/edit_note:")
    named = titles()
    chosen = _chosen(named)
    if len(chosen) < 2:
        empty_state(
            text("Nothing to compare yet"),
            text(
                "Add a scenario with other money, staff, dates or contents, choose it above and "
                "make its plan. Two to four plans then stand side by side here."
            ),
            icon=":material/compare_arrows:",
        )
        return
    found = read(sides, tuple(chosen))
    _course(found, named)
    _figures(found, named)
    for one in found[1:]:
        _differences(found[0], one, named)
    _plan_agreeing.show({one.plan.header.plan_id: _name(one, named) for one in found})


def _chosen(named: dict[str, str]) -> list[int]:
    """The newest plan of each scenario that has one, of those that are asked for."""
    newest: dict[str, planning.Header] = {}
    for one in read(planning.listed):
        if one.status in ("optimal", "feasible") and (not one.scenario or one.scenario in named):
            newest.setdefault(one.scenario, one)
    ordered = sorted(newest, key=lambda code: (code != "", code))
    asked = filters.select_many(
        session.texts().text("Side by side"),
        {code or "-": words.scenario(code, named) for code in ordered},
        name="compare",
        all_text=session.texts().text("All"),
    )
    wanted = [code for code in ordered if not asked or (code or "-") in asked]
    return [newest[code].plan_id for code in wanted[:MOST]]


def _name(one: Side, named: dict[str, str]) -> str:
    return words.scenario(one.plan.header.scenario, named)


def _course(found: Sequence[Side], named: dict[str, str]) -> None:
    """Value over time, a line for each plan."""
    texts, formats = session.texts(), session.formats()
    days = sorted({day for one in found for day, _ in one.course})
    best = max(found, key=lambda one: one.value)
    lines = [
        Line(
            str(one.plan.header.plan_id),
            _name(one, named),
            _on(days, dict(one.course)),
            COLOURS[at],
        )
        for at, one in enumerate(found)
    ]
    show_chart(
        line_chart(
            days,
            lines,
            lambda value: formats.mark(value, words.currency()),
            lambda value: formats.compact(value, words.currency()),
            formats.month,
        ),
        key="plan-course",
        finding=texts.text("“{title}” brings the most", title=_name(best, named)),
        counted=texts.text("Value less cost by the end of each period, discounted to the start"),
    )


def _on(days: Sequence[date], known: Mapping[date, float]) -> list[float | None]:
    """The course on all of these days: the last value that is known, within its own days."""
    found: list[float | None] = []
    for day in days:
        last = found[-1] if found and day <= max(known) else None
        found.append(known.get(day, last))
    return found


def _figures(found: Sequence[Side], named: dict[str, str]) -> None:
    texts, formats = session.texts(), session.formats()
    rows = pd.DataFrame(
        {
            "name": _name(one, named),
            "value": words.money(one.value),
            "cost": words.money(one.cost),
            "risk": words.money(one.at_risk),
            "finish": one.finish,
            "count": len(one.plan.spans),
            "peak": f"{one.peak[0]} {formats.percent(one.peak[1], 0)}" if one.peak else "–",
            "agreed": texts.text("agreed") if one.plan.header.accepted_at else "",
        }
        for one in found
    )
    heads = [
        Column("name", texts.text("Scenario"), width="medium", pinned=True),
        Column("value", texts.text("Net value"), "written"),
        Column("cost", texts.text("Cost once"), "written"),
        Column("risk", texts.text("At risk a year"), "written"),
        Column("finish", texts.text("Done by"), "day", width=122),
        Column("count", texts.text("Initiatives"), "number"),
        Column("peak", texts.text("Fullest"), width="medium"),
        Column("agreed", texts.text("Agreed")),
    ]
    narrow = [
        replace(heads[0], width=130),
        replace(heads[1], width=95),
        replace(heads[4], width=130),
    ]
    table_or_narrow(rows, heads, narrow, key="plan-sides", row=TWO_LINES)


def _differences(first: Side, other: Side, named: dict[str, str]) -> None:
    """What the other plan does otherwise, and why."""
    texts = session.texts()
    found = differences(first.plan, other.plan)
    said = {"one": _name(other, named), "other": _name(first, named)}
    title = texts.plural(
        "“{one}”: {n} initiative is scheduled differently from “{other}”",
        "“{one}”: {n} initiatives are scheduled differently from “{other}”",
        len(found),
        **said,
    )
    if not found:
        title = texts.text("“{one}” schedules everything as “{other}” does", **said)
    with st.container(gap="small"):
        section(title)
        if found:
            rows = pd.DataFrame(_row(other, one) for one in found[:_MOST_MOVED])
            title_head = Column("title", texts.text("Initiative"), width=200)
            before = Column("before", _name(first, named), width=212)
            after = Column("after", _name(other, named), width=212)
            later = Column("later", texts.text("Ends"), width=112)
            why = Column("why", texts.text("Why then"), width=272)
            table_or_narrow(
                rows,
                [title_head, before, after, later, why],
                [
                    replace(title_head, width=110),
                    replace(after, width=140),
                    replace(later, width=108),
                ],
                key=f"plan-moved-{other.plan.header.plan_id}",
                row=TWO_LINES,
            )


def _row(side: Side, one: Difference) -> dict[str, object]:
    return {
        "title": one.title,
        "before": words.span(one.moved.before),
        "after": words.span(one.moved.after),
        "later": words.later(one.moved.days_later),
        "why": words.why(side.plan, one.reason, is_placed=one.moved.after is not None),
    }
