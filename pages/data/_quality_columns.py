"""The columns of all tables: where the gaps are, what is wrong, and the rows behind each figure."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import cast

import pandas as pd
import streamlit as st

from crm_core.services.quality import rows as quality_rows
from crm_core.services.quality import words
from crm_core.services.quality.standing import Column as Quality
from crm_core.services.quality.standing import Standing
from pages._ui import filters, kept, links, session
from pages._ui.charts import Bar, Chosen, bar_chart, show_chart
from pages._ui.head import section
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _profile

_MOST_BARS = 12
QUARANTINE = "pages/data/quarantine.py"


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
