"""Progress against the plan that was agreed: what is done, what slips, what is to be expected."""

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from crm_core.i18n import DASH
from crm_core.services import planning
from crm_core.services.planning.progress import Line, progress
from pages._ui import filters, session
from pages._ui.cards import Card, cards
from pages._ui.head import section
from pages._ui.register import form, places
from pages._ui.tables import TWO_LINES, Column, table_to_open_or_narrow
from pages.plan import _plan_agreeing
from pages.plan import _plan_words as words
from pages.plan._plan_kept import read


def show(header: planning.Header) -> None:
    """The view: agreeing the plan that is looked at, then how it goes."""
    lines = read(progress, session.today())
    if lines:
        _figures(lines)
        _rows(lines)
    if header.accepted_at is None:
        _plan_agreeing.show({header.plan_id: ""})
    if key := st.query_params.get(places.ITEM):
        form.open_row("initiative", key)


def _figures(lines: list[Line]) -> None:
    texts, formats = session.texts(), session.formats()
    late = [one for one in lines if (one.days_late or 0) > 0]
    worst = max(late, key=lambda one: one.days_late or 0, default=None)
    agreed = max((one.agreed[1] for one in lines if one.agreed), default=None)
    ends = [one.ended or (one.expected[1] if one.expected else None) for one in lines]
    expected = max((day for day in ends if day), default=None)
    cards(
        [
            Card(texts.text("Done"), formats.number(sum(one.state == "done" for one in lines)),
                 texts.text("of {all}", all=len(lines))),
            Card(texts.text("Late"), formats.number(len(late))),
            Card(
                texts.text("Furthest behind"),
                formats.number(worst.days_late) if worst else DASH,
                texts.plural("day late", "days late", worst.days_late or 0) if worst else "",
                help=worst.title if worst else None,
            ),
            Card(texts.text("Agreed finish"), formats.month(agreed)),
            Card(texts.text("Expected finish"), formats.month(expected)),
        ]
    )  # fmt: skip


def _rows(lines: list[Line]) -> None:
    texts = session.texts()
    said = {
        "done": texts.text("Done"),
        "begun": texts.text("In work"),
        "waiting": texts.text("Not begun"),
        "dropped": texts.text("Dropped"),
        "new": texts.text("New since"),
    }
    with st.container(gap="small"):
        section(
            _finding(lines),
            texts.text("Choose a row to enter its start, its progress or its end."),
        )
        rows = pd.DataFrame(
            {
                "title": f"{one.id} {one.title}",
                "name": one.title,
                "state": said[one.state],
                "agreed": words.span(one.agreed),
                "expected": words.span(_now(one)),
                "end": now[1] if (now := _now(one)) else None,
                "progress": one.progress,
                "late": "" if one.days_late is None else words.late(one.days_late),
                "owner": one.owner,
            }
            for one in lines
        )
        title = Column("title", texts.text("Initiative"), width=208)
        late = Column("late", texts.text("Late"), width=95)
        expected = Column("expected", texts.text("As it is or is expected"), width=198)
        heads = [
            title,
            late,
            Column("state", texts.text("State"), width=88),
            Column("agreed", texts.text("As agreed"), width=198),
            expected,
            Column("progress", texts.text("Progress (%)"), "number", width=95),
            Column("owner", texts.text("Owner"), width=85),
        ]
        narrow = [
            replace(title, name="name", width=120),
            replace(late, width=80),
            Column("end", texts.text("Expected finish"), "day", width=122),
        ]
        at = table_to_open_or_narrow(rows, heads, narrow, key="plan-progress", row=TWO_LINES)
        if at is not None:
            filters.put(places.ITEM, lines[at].id)
            st.rerun()


def _now(one: Line) -> tuple[date, date] | None:
    """From its start to its end, or as the newest plan has it."""
    if one.ended:
        return one.started or one.ended, one.ended
    return one.expected


def _finding(lines: list[Line]) -> str:
    texts = session.texts()
    late = [one for one in lines if (one.days_late or 0) > 0]
    if not late:
        return texts.text("Everything is on its agreed time")
    worst = max(late, key=lambda one: one.days_late or 0)
    return texts.text(
        "{title} is the furthest behind: {late}",
        title=worst.title,
        late=words.late(worst.days_late or 0),
    )
