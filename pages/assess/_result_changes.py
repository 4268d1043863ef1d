"""How the subject developed: the course of its score, and what was answered otherwise."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

import pandas as pd
import streamlit as st

from crm_core.domain.scoring import Rules
from crm_core.services.checklists import assessments, results, results_changes
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.results import Point, Shown
from crm_core.services.checklists.results_changes import Changed, Difference, Event
from crm_core.services.checklists.words import with_more
from pages._ui import filters, import_words, kept, session
from pages._ui.charts import Line, line_chart, show_chart
from pages._ui.checklist import words as checklist_words
from pages._ui.head import section
from pages._ui.notices import empty_state
from pages._ui.register import places
from pages._ui.tables import Column, row_for, table_to_open
from pages.assess import _result_words as words

_HISTORY = "itself"
_LATEST = 500
_QUESTION, _BEFORE, _AFTER = 250, 255, 345
"""Pixels of columns: the later answer is more often one of several people."""


def show(found: Shown, rules: Rules) -> None:
    """The course, then the difference that is asked for."""
    _course(kept.until(("checklist",), results.course, found.assessment.id, rules))
    others = [
        one
        for one in kept.until(("checklist",), assessments.listed, found.assessment.checklist)
        if one.id != found.assessment.id
    ]
    text = session.texts().text
    options = {one.id: _named(one) for one in _nearest_first(found.assessment, others)}
    options[_HISTORY] = text("Its own history, answer by answer")
    with st.container(horizontal=True):
        against = filters.select(text("Held against"), options, name="against", width=340)
    if against == _HISTORY:
        _history(found)
    else:
        difference = kept.until(
            ("checklist",), results_changes.difference, found.assessment.id, against
        )
        _difference(found, difference)


def _nearest_first(one: Assessment, others: Sequence[Assessment]) -> list[Assessment]:
    """The one before of the same subject, then others of it, then all others, the latest first."""
    alike = (one.scope, one.subject.lower())
    return sorted(
        others,
        key=lambda other: ((other.scope, other.subject.lower()) != alike, other.day > one.day),
    )


def _named(one: Assessment) -> str:
    return f"{one.id} · {checklist_words.subject(one)} · {session.formats().day(one.day)}"


def _course(points: Sequence[Point]) -> None:
    """One moment is no course."""
    if len(points) < 2:
        return
    texts, formats = session.texts(), session.formats()
    before, now = points[-2:]
    shares = [float(one.whole.share or 0) for one in points]
    moved = _whole(now.whole.share) - _whole(before.whole.share)
    finding = texts.text(
        "{before} on {then}, {now} on {day}",
        before=words.percent(before.whole.share),
        then=before.assessment.day,
        now=words.percent(now.whole.share),
        day=now.assessment.day,
    )
    if moved:
        by = words.points(abs(moved))
        change = texts.text("{points} better", points=by)
        if moved < 0:
            change = texts.text("{points} worse", points=by)
        finding = texts.text("{finding}: {change}", finding=finding, change=change)
    show_chart(
        line_chart(
            [one.assessment.day for one in points],
            [Line("score", texts.text("Score"), shares)],
            lambda share: formats.percent(share, 0),
            lambda share: formats.percent(share, 1),
            formats.day,
        ),
        key="result-course",
        finding=finding,
        counted=texts.text("Score of each assessment of the same checklist and subject."),
    )


def _whole(share: Fraction | None) -> Fraction:
    """A score as it is read, in whole percent: what is told of two is the difference of those."""
    return Fraction(round((share or 0) * 100), 100)


def _difference(found: Shown, told: Difference) -> None:
    texts = session.texts()
    if not told.changed:
        title = (
            texts.text("Nothing can be compared")
            if told.withheld and not told.same
            else texts.text("Nothing is answered otherwise")
        )
        empty_state(title, _unchanged(told), icon=":material/equal:")
        return
    with st.container(gap="small"):
        section(
            texts.plural(
                "{n} question is answered otherwise than in {other}",
                "{n} questions are answered otherwise than in {other}",
                len(told.changed),
                other=_called(told.before, told.after),
            ),
            _unchanged(told),
        )
        rows = pd.DataFrame([_row(found, one) for one in told.changed])
        rows["at"] = pd.to_datetime(rows["at"])
        moved = Column("moved", texts.text("Change in points"), "number", width=120)
        called = (_called(told.before, told.after), _called(told.after, told.before))
        sides = [texts.text("Answer in {id}", id=one) for one in called]
        _open(rows, _columns(sides, moved), [one.item.id for one in told.changed])


def _called(one: Assessment, other: Assessment) -> str:
    """Its number, and whom it is about where that is what parts the two."""
    said, against = checklist_words.subject(one), checklist_words.subject(other)
    return one.id if said == against else f"{one.id} · {said}"


def _unchanged(told: Difference) -> str:
    texts = session.texts()
    said = texts.plural("{n} is the same", "{n} are the same", told.same)
    if told.withheld:
        few = texts.plural(
            "{n} is not compared, since names are hidden and few answered",
            "{n} are not compared, since names are hidden and few answered",
            told.withheld,
        )
        said = texts.text("; ").join([said, few])
    return said


def _row(found: Shown, one: Changed) -> dict[str, object]:
    label = session.texts().label
    titles = {each.id: label(each.title) for each in found.checklist.sections}
    before = {(each.who, each.voice): each.value for each in one.before.said}
    new = [each for each in one.after.said if before.get((each.who, each.voice)) != each.value]
    moved = None
    if one.before.share is not None and one.after.share is not None:
        moved = round(float(one.after.share - one.before.share) * 100, 1)
    at = max((each.at for each in new if each.at), default=None)
    return {
        "question": label(one.item.text),
        "before": words.answers(one.item, one.before.said),
        "after": words.answers(one.item, one.after.said),
        "moved": moved,
        "who": session.texts().text("; ").join(filter(None, map(words.by, new))) or None,
        "at": session.local(at) if at else None,
        "why": " / ".join(dict.fromkeys(each.note for each in new if each.note)) or None,
        "section": titles.get(one.section),
    }


def _columns(sides: Sequence[str], *moved: Column) -> list[Column]:
    """`sides`: how the two answers are headed."""
    text = session.texts().text
    before, after = sides
    return [
        Column("question", text("Question"), width=_QUESTION),
        Column("before", before, width=_BEFORE),
        Column("after", after, width=_AFTER),
        *moved,
        Column("who", text("Answered by"), width=250),
        Column("at", text("When"), "moment", width=150),
        Column("why", text("Why"), width=220),
        Column("section", text("Section"), width="small"),
    ]


def _history(found: Shown) -> None:
    texts = session.texts()
    events = kept.until(("checklist",), results_changes.history, found.assessment.id)[:_LATEST]
    if not events:
        empty_state(
            texts.text("No history is shown"),
            texts.text("Where names are hidden, when an answer came could tell whose it is."),
            icon=":material/visibility_off:",
        )
        return
    titles = {
        item.id: texts.label(part.title) for part in found.checklist.sections for item in part.items
    }
    with st.container(gap="small"):
        section(
            texts.plural(
                "{n} answer was given or changed",
                "{n} answers were given or changed",
                len(events),
            ),
            texts.text("The newest first, the {n} latest at most.", n=_LATEST),
        )
        rows = pd.DataFrame([_event(one, titles) for one in events])
        rows["at"] = pd.to_datetime(rows["at"])
        sides = [texts.text("Earlier answer"), texts.text("Answer now")]
        _open(rows, _columns(sides), [one.item.id for one in events])


def _event(one: Event, titles: Mapping[str, str]) -> dict[str, object]:
    texts = session.texts()
    at: datetime = session.local(one.at)
    who = with_more(one.who, checklist_words.voice(one.voice), texts)
    by = import_words.person(one.by)
    return {
        "question": texts.label(one.item.text),
        "before": words.answer(one.item, one.before) if one.before else None,
        "after": words.answer(one.item, one.after) if one.after else texts.text("taken back"),
        "who": who if by == one.who else f"{who} · {by}",
        "at": at,
        "why": (one.after.note if one.after else "") or None,
        "section": titles.get(one.item.id),
    }


def _open(rows: pd.DataFrame, columns: Sequence[Column], items: Sequence[str]) -> None:
    row = max(
        row_for(list(rows["question"]), _QUESTION),
        row_for(list(rows["before"].dropna()), _BEFORE),
        row_for(list(rows["after"].dropna()), _AFTER),
    )
    at = table_to_open(rows, columns, key="result-changes", row=row)
    if at is not None:
        places.show_row(items[at])
