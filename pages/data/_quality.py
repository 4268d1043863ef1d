"""The figures and charts of the quality page."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import cast

import pandas as pd
import streamlit as st

from crm_core.services.quality import rows as quality_rows
from crm_core.services.quality import words
from crm_core.services.quality.standing import Column as Quality
from crm_core.services.quality.standing import Moment, Score, Standing, total
from pages._ui import filters, kept, links, session
from pages._ui.cards import Card, cards
from pages._ui.charts import Bar, Chosen, Line, bar_chart, line_chart, show_chart
from pages._ui.charts.lines import MOST
from pages._ui.head import section
from pages._ui.palette import COLOURS
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _profile

_MOST_BARS = 12
_MOST_MOMENTS = 60
_SAME = 0.0005
"""A change of less than a twentieth of a point is none."""
_TELLING = 0.005
QUARANTINE = "pages/data/quarantine.py"


def cards_of(now: Standing, course: Sequence[Moment]) -> None:
    """The few figures read first."""
    texts, number = session.texts(), session.formats().number
    text = texts.text
    score = total(now.scores.values())
    doubled = sum(column.duplicates or 0 for column in now.columns)
    waiting = sum(now.waiting.values())
    cards(
        [
            _share_card("completeness", text("Filled in"), score, course),
            _share_card("validity", text("Keeps the rules"), score, course),
            Card(
                text("Wrong values"),
                number(score.invalid) if score.invalid else "–",
                help=text("Values that break a rule, and cells that wait in quarantine."),
            ),
            Card(
                text("Lines in quarantine"),
                number(waiting) if waiting else "–",
                help=text(
                    "Lines that broke a rule. They are in no figure until they are corrected."
                ),
            ),
            Card(
                text("Doubled values"),
                number(doubled) if doubled else "–",
                help=text("Numbers, names, e-mails and phones that more than one row has."),
            ),
        ]
    )


def _share_card(measure: str, label: str, score: Score, course: Sequence[Moment]) -> Card:
    text = session.texts().text
    helps = {
        "completeness": text("Share of cells that are filled, in columns that any row fills."),
        "validity": text("Share of filled cells that break no rule."),
    }
    points = [getattr(moment.score, measure) for moment in course]
    known = [point for point in points if point is not None]
    change = known[-1] - known[-2] if len(known) > 1 else None
    return Card(
        label,
        words.share(session.texts(), getattr(score, measure)),
        change=_moved(change),
        direction=None
        if change is None or abs(change) < _SAME
        else ("up" if change > 0 else "down"),
        history=_drawn(known[-_MOST_MOMENTS:]),
        help=helps[measure],
    )


def _drawn(points: list[float]) -> list[float]:
    """A sparkline fills its height: where hardly anything moved it would show a fall or a rise."""
    moved = len(points) > 1 and max(points) - min(points) >= _TELLING
    return [100 * point for point in points] if moved else []


def _moved(change: float | None) -> str:
    text = session.texts().text
    if change is None:
        return ""
    if abs(change) < _SAME:
        return text("as before the last load")
    points = session.formats().number(round(abs(change) * 100, 1), 1)
    if change > 0:
        return text("{points} points more than before the last load", points=points)
    return text("{points} points less than before the last load", points=points)


def tables(now: Standing, course: Sequence[Moment]) -> None:
    """A line per table."""
    text = session.texts().text
    section(text("Each table"), text("Filled and valid cells of the columns in use, as of now."))
    before = course[-2].scores if len(course) > 1 else {}
    after = course[-1].scores if len(course) > 1 else {}
    shown = [
        {
            "table": words.table_name(session.texts(), name),
            "rows": now.rows[name],
            "filled": now.scores[name].completeness,
            "change": _points(before.get(name), after.get(name)),
            "valid": now.scores[name].validity,
            "invalid": now.scores[name].invalid,
            "waiting": now.waiting.get(name, 0),
            "doubled": sum(one.duplicates or 0 for one in now.columns if one.entity == name),
        }
        for name in now.rows
    ]
    heads = [
        Column("table", text("Table"), pinned=True),
        Column("rows", text("Number of rows"), "number"),
        Column("filled", text("Filled in"), "percent"),
        Column("change", text("Points since the last load"), "number"),
        Column("valid", text("Keeps the rules"), "percent"),
        Column("invalid", text("Wrong values"), "number"),
        Column("waiting", text("Lines in quarantine"), "number"),
        Column("doubled", text("Doubled values"), "number"),
    ]
    if not before:
        heads = [head for head in heads if head.name != "change"]
    table(pd.DataFrame(shown), heads, key="quality-tables")


def _points(before: Score | None, after: Score | None) -> float | None:
    first = before.completeness if before else None
    last = after.completeness if after else None
    return round(100 * (last - first), 1) if first is not None and last is not None else None


def course(moments: Sequence[Moment]) -> None:
    """What got better or worse, of all tables and of the largest ones."""
    texts = session.texts()
    text = texts.text
    options = {"completeness": text("Filled in"), "validity": text("Keeps the rules")}
    if len(moments) > 1:
        measure = filters.choice(text("Over time"), options, name="measure")
    else:
        measure = "completeness"
    shown = moments[-_MOST_MOMENTS:]
    whole = Line("", text("All tables"), [getattr(one.score, measure) for one in shown], COLOURS[0])
    lines = [whole, *(_line(shown, measure, name, place) for place, name in _telling(shown))]
    moment = session.formats().moment
    show_chart(
        line_chart(
            [session.local(one.at) for one in shown],
            lines,
            lambda part: session.formats().percent(part, 0),
            lambda part: words.share(texts, part),
            lambda at: moment(cast(datetime, at)),
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
        and abs(last - first) >= _SAME
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


def worst(now: Standing) -> None:
    """The columns with the most gaps; a click opens the profile of the table."""
    texts = session.texts()
    gaps = [one for one in now.columns if one.in_use and one.missing]
    gaps = sorted(gaps, key=lambda one: -one.missing / one.rows)[:_MOST_BARS]
    bars = [
        Bar(
            f"{one.entity}.{one.field}",
            _column_name(one),
            one.missing / one.rows,
            words.share(texts, one.missing / one.rows),
            texts.text(
                "{column}: {missing} of {rows} rows have no value",
                column=_column_name(one),
                missing=one.missing,
                rows=one.rows,
            ),
        )
        for one in gaps
    ]
    finding = texts.text("No gaps: every column in use is filled")
    if gaps:
        finding = texts.text(
            "{column} is missing most often: in {share} of its rows",
            column=_column_name(gaps[0]),
            share=words.share(texts, gaps[0].missing / gaps[0].rows),
        )
    show_chart(
        bar_chart(bars) if bars else None,
        key="quality-worst",
        finding=finding,
        counted=texts.text(
            "Share of rows without a value, in columns that any row fills; "
            "a click opens the table's profile"
        ),
        empty=(texts.text("Nothing is missing"), texts.text("Every column in use is filled.")),
        on_click=_look_at,
    )


def _look_at(chosen: Chosen) -> None:
    entity, _, _ = (chosen.key or "").partition(".")
    filters.put(_profile.LOOK, _profile.TABLE + entity)


def _column_name(column: Quality) -> str:
    texts = session.texts()
    field = words.field_name(texts, column.entity, column.field)
    return f"{words.table_name(texts, column.entity)} · {field}"


def every_column(now: Standing) -> None:
    """The metric in full; a chosen column leads to its rows."""
    text = session.texts().text
    section(
        text("Every column"), text("Wrong ones first. Choose a column to see the rows behind it.")
    )
    ordered = sorted(now.columns, key=lambda one: (-one.invalid, -one.missing))
    shown = pd.DataFrame(
        [
            {
                "table": words.table_name(session.texts(), one.entity),
                "column": words.field_name(session.texts(), one.entity, one.field),
                "rows": one.rows,
                "missing": one.missing,
                "filled": 1 - one.missing / one.rows if one.rows else None,
                "invalid": one.invalid,
                "doubled": one.duplicates,
            }
            for one in ordered
        ]
    )
    heads = [
        Column("table", text("Table")),
        Column("column", text("Column")),
        Column("rows", text("Number of rows"), "number"),
        Column("missing", text("Missing"), "number"),
        Column("filled", text("Filled in"), "percent"),
        Column("invalid", text("Wrong values"), "number"),
        Column("doubled", text("Doubled values"), "number"),
    ]
    chosen = table(shown, heads, key="quality-columns", select=True, height=330)
    if chosen is not None:
        _ways(ordered[chosen])


def _ways(column: Quality) -> None:
    """To the rows behind the figures of the chosen column."""
    texts = session.texts()
    counts = {
        "missing": texts.plural("{n} row without it", "{n} rows without it", column.missing),
        "invalid": texts.plural("{n} wrong value", "{n} wrong values", column.invalid),
        "duplicates": texts.plural(
            "{n} doubled value", "{n} doubled values", column.duplicates or 0
        ),
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(_column_name(column))}**")
        for what, label in counts.items():
            if getattr(column, what):
                st.button(
                    plain(label),
                    key=f"quality-rows-{what}",
                    icon=":material/table_rows:",
                    on_click=partial(_open, column, cast(quality_rows.What, what), label),
                )
        links.page_link(
            QUARANTINE, texts.text("In quarantine"), ":material/rule:", entity=column.entity
        )


def _open(column: Quality, what: quality_rows.What, label: str) -> None:
    st.dialog(f"{plain(_column_name(column))}: {plain(label)}", width="large")(_rows)(column, what)


def _rows(column: Quality, what: quality_rows.What) -> None:
    texts = session.texts()
    text = texts.text
    found = kept.read(quality_rows.behind, column.entity, column.field, what)
    heads = [
        Column("number", text("Number")),
        Column("name", text("Name")),
        Column("value", text("Value")),
        Column("file", text("File")),
        Column("line", text("Line")),
    ]
    shown = pd.DataFrame(
        [[one.number, one.name, _value(one.value), one.file, _value(one.line)] for one in found],
        columns=["number", "name", "value", "file", "line"],
    )
    table(shown, heads, key="quality-rows")
    if len(found) == quality_rows.MOST:
        st.caption(plain(text("The first {count} rows.", count=quality_rows.MOST)))
    elif what == "invalid" and len(found) < column.invalid:
        said = text("The other wrong values wait in quarantine and are in no row yet.")
        st.caption(plain(said))


def _value(value: object) -> str | None:
    if isinstance(value, datetime):
        return session.formats().moment(value)
    if isinstance(value, date):
        return session.formats().day(value)
    if isinstance(value, Decimal):
        return session.formats().number(value.normalize())
    return None if value is None else str(value)
