"""Where duplicates are born: by the source that told of a record, or by the team of its owner."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from crm_core.services import figures
from pages._ui import filters, kept, session
from pages._ui import import_words as words
from pages._ui.charts import Bar, bar_chart, show_chart
from pages._ui.tables import Column, table

_MOST_BARS = 12


def show(entity: str) -> None:
    """One chart whose title says the finding, and the rows behind it."""
    text = session.texts().text
    names = {"source": text("By source"), "team": text("By team of the owner")}
    by = filters.choice(text("Duplicates"), names, name="cut")
    rows = kept.read(figures.metric, "duplicate_rate", {"entity": entity}).to_pylist()
    grouped = _grouped(rows, by)
    born = [one for one in grouped if one["duplicates"]]
    show_chart(
        bar_chart([_bar(one, by) for one in born[:_MOST_BARS]]) if born else None,
        key="duplicates-born",
        finding=_finding(born, by, entity),
        counted=text(
            "{entities} that were there already when they came", entities=words.entity(entity)
        ),
        empty=(
            text("No duplicates so far"),
            text(
                "Once records are merged, the sources and teams that brought them twice stand here."
            ),
        ),
    )
    _table(rows)


def _grouped(rows: Sequence[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    """The figures of each source or team, most duplicates first."""
    sums: dict[str | None, dict[str, Any]] = {}
    for row in rows:
        held = sums.setdefault(row[by], {"key": row[by], "records": 0, "duplicates": 0})
        held["records"] += row["records"]
        held["duplicates"] += row["duplicates"]
    return sorted(sums.values(), key=lambda one: -one["duplicates"])


def _bar(one: dict[str, Any], by: str) -> Bar:
    texts, formats = session.texts(), session.formats()
    rate = formats.percent(one["duplicates"] / one["records"])
    count = formats.number(one["duplicates"])
    tooltip = texts.text(
        "{name}\n{duplicates} of {records} records were there already ({rate})",
        name=_name(one["key"], by),
        duplicates=count,
        records=formats.number(one["records"]),
        rate=rate,
    )
    return Bar(one["key"], _name(one["key"], by), one["duplicates"], f"{count} · {rate}", tooltip)


def _name(key: str | None, by: str) -> str:
    text = session.texts().text
    if key:
        return key
    return text("no team") if by == "team" else text("no file")


def _finding(born: Sequence[dict[str, Any]], by: str, entity: str) -> str:
    """What the chart shows, computed from it."""
    texts = session.texts()
    if not born:
        return texts.text("No {entities} came twice", entities=words.entity(entity).lower())
    first, every = born[0], sum(one["duplicates"] for one in born)
    return texts.text(
        "{name} brought {share} of the duplicates: {rate} of its records were there already",
        name=_name(first["key"], by),
        share=texts.formats.percent(first["duplicates"] / every, 0),
        rate=texts.formats.percent(first["duplicates"] / first["records"]),
    )


def _table(rows: Sequence[dict[str, Any]]) -> None:
    text = session.texts().text
    heads = [
        Column("source", text("Source"), width="medium"),
        Column("team", text("Team")),
        Column("records", text("Records"), "number"),
        Column("duplicates", text("Duplicates"), "number"),
        Column("rate", text("Duplicate rate"), "percent"),
    ]
    if rows:
        table(pd.DataFrame(rows), heads, key="duplicates-born-rows")
