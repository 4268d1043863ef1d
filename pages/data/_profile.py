"""The profile of a table or of a load's file: a line per column, the chosen one in detail."""

from collections.abc import Callable
from datetime import datetime

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.i18n import DASH
from crm_core.services import profile
from crm_core.services.profile import ColumnProfile, Profile, Value
from crm_core.services.quality import words
from crm_core.services.quality.standing import Standing, files
from pages._ui import filters, kept, links, session
from pages._ui.charts import Bar, bar_chart, show_chart
from pages._ui.head import section
from pages._ui.import_words import sheet_name
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table

LOOK = "look"
TABLE, FILE = "table-", "file-"
LOADS = "pages/data/loads.py"
_SHOWN = 3


def show(now: Standing) -> None:
    """What to look at, and its profile."""
    texts = session.texts()
    section(
        texts.text("Profile"),
        texts.text("What each column of a table, or of a file as it came, really holds."),
    )
    names = sorted(now.rows, key=lambda name: -now.rows[name])
    options = {TABLE + name: words.table_name(texts, name) for name in names}
    came = {str(one.file_id): one for one in kept.read(files)}
    for number, one in came.items():
        name = sheet_name(one.file, one.sheet)
        options[FILE + number] = texts.text("{file} (load {batch})", file=name, batch=one.batch)
    if not options:
        return
    chosen = filters.select(texts.text("Look at"), options, name=LOOK)
    try:
        with st.spinner(plain(texts.text("Looking at every value"))):
            found = _read(chosen)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    entity = chosen.removeprefix(TABLE) if chosen.startswith(TABLE) else None
    _caption(found, is_table=entity is not None)
    if chosen.startswith(FILE):
        one = came[chosen.removeprefix(FILE)]
        links.page_link(
            LOADS,
            texts.text("What became of its lines"),
            ":material/history:",
            batch=str(one.batch),
            file=str(one.file_id),
        )
    _table(found, entity, chosen)


def _read(chosen: str) -> Profile:
    if chosen.startswith(TABLE):
        return kept.read(profile.of_table, chosen.removeprefix(TABLE))
    return kept.read(profile.of_file, int(chosen.removeprefix(FILE)))


def _caption(found: Profile, *, is_table: bool) -> None:
    texts = session.texts()
    said = [texts.plural("{n} row", "{n} rows", found.rows)]
    if found.repeated:
        said.append(
            texts.plural(
                "{n} says the same as another in all but its number",
                "{n} say the same as another in all but their number",
                found.repeated,
            )
            if is_table
            else texts.plural(
                "{n} repeats an earlier line", "{n} repeat an earlier line", found.repeated
            )
        )
    if found.sampled:
        said.append(
            texts.text("estimated from {count} of them, drawn at random", count=profile.LOOKED_AT)
        )
    said.append(texts.text("far out: more than three interquartile ranges beyond the middle half"))
    st.caption(plain(" · ".join(said)))


def _table(found: Profile, entity: str | None, chosen: str) -> None:
    text = session.texts().text
    rows = pd.DataFrame([_row(column, entity) for column in found.columns])
    heads = [
        Column("name", text("Column"), pinned=True),
        Column("forms", text("Looks like")),
        Column("filled", text("Filled in"), "percent"),
        Column("different", text("Different"), "number"),
        Column("bars", text("Distribution"), "bars", width="small"),
        Column("span", text("Least · median · most")),
        Column("outliers", text("Far out"), "number"),
        Column("frequent", text("Most frequent")),
    ]
    at = table(
        rows,
        heads,
        key=f"profile-{chosen}",
        select=True,
    )
    if at is not None:
        _detail(found, found.columns[at], entity)


def _row(column: ColumnProfile, entity: str | None) -> dict[str, object]:
    rows = column.filled + column.missing
    ends = (column.least, column.middle, column.most)
    counts = [count for _, count in column.frequent]
    number = session.formats().number
    said = _values(column, entity)
    named = [f"{said(value)} ({number(count)})" for value, count in column.frequent[:_SHOWN]]
    return {
        "name": _name(column, entity),
        "forms": _forms(column),
        "filled": column.filled / rows if rows else None,
        "different": column.different,
        "bars": list(column.bins) or counts or None,
        "span": " · ".join(_written(end) or DASH for end in ends)
        if column.most is not None
        else None,
        "outliers": column.outliers,
        "frequent": ", ".join(named) or None,
    }


def _name(column: ColumnProfile, entity: str | None) -> str:
    return words.field_name(session.texts(), entity, column.name) if entity else column.name


def _values(column: ColumnProfile, entity: str | None) -> Callable[[str], str]:
    """How the values of a column are shown: what the product itself writes, in the language."""
    if not entity or column.name != "outcome":
        return str
    text = session.texts().text
    written = {"won": text("Won"), "lost": text("Lost"), "open": text("Open")}
    return lambda value: written.get(value, value)


def _forms(column: ColumnProfile) -> str:
    """Number 96.4%, text 3.6%; one form alone needs no share."""
    text = session.texts().text
    said = {
        "text": text("Text"),
        "number": text("Numbers"),
        "date": text("Date"),
        "flag": text("Yes or no"),
    }
    ordered = sorted(column.forms.items(), key=lambda one: -one[1])
    if len(ordered) == 1:
        return said[ordered[0][0]]
    return " · ".join(
        f"{said[form]} {words.share(session.texts(), part)}" for form, part in ordered
    )


def _written(value: Value | None) -> str | None:
    formats = session.formats()
    if value is None:
        return None
    if isinstance(value, datetime):
        return formats.day(value)
    return formats.number(float(f"{value:.6g}")) if isinstance(value, float) else value


def _detail(found: Profile, column: ColumnProfile, entity: str | None) -> None:
    texts = session.texts()
    total = sum(count for _, count in column.frequent)
    looked = min(found.rows, profile.LOOKED_AT) if found.sampled else column.filled
    bars = _bars(column, entity, looked)
    name, facts = _name(column, entity), " · ".join(_facts(column))
    if bars and looked:
        finding = texts.text(
            "{column}: the {count} most frequent values have {share} of the rows",
            column=name,
            count=len(bars),
            share=words.share(texts, min(1.0, total / looked)),
        )
        show_chart(bar_chart(bars), key="profile-values", finding=finding, counted=facts)
    else:
        nothing = texts.text("Nothing stands out.") if looked else texts.text("No row fills it.")
        section(name, facts or nothing)


def _facts(column: ColumnProfile) -> list[str]:
    """How long its texts are, and which values lie far out."""
    texts = session.texts()
    facts = []
    if column.lengths:
        shortest, mean, longest = column.lengths
        facts.append(
            texts.text(
                "{shortest} to {longest} characters, {mean} on average",
                shortest=shortest,
                longest=longest,
                mean=round(mean, 1),
            )
        )
    if column.outliers:
        far = texts.formats.listing([_written(value) or DASH for value in column.furthest])
        facts.append(
            texts.plural(
                "{n} value lies far out, such as {values}",
                "{n} values lie far out, such as {values}",
                column.outliers,
                values=far,
            )
        )
    return facts


def _bars(column: ColumnProfile, entity: str | None, looked: int) -> list[Bar]:
    """The most frequent values; the tooltip says which share of those looked at each has."""
    texts, said = session.texts(), _values(column, entity)
    return [
        Bar(
            str(place),
            said(value),
            count,
            texts.formats.number(count),
            f"{said(value)}\n{words.share(texts, count / looked)}",
        )
        for place, (value, count) in enumerate(column.frequent)
    ]
