"""The first rows before and after cleaning, the spellings mended, the lines that would not pass."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

import pandas as pd
import streamlit as st

from crm_core.domain.fates import Fate
from crm_core.domain.plan import ColumnPlan
from crm_core.domain.problems import Refused
from crm_core.i18n import DASH
from crm_core.pipeline.values import Repair
from crm_core.services.imports import edit, preview
from crm_core.services.imports.jobs import ImportJob
from crm_core.services.imports.preview import CleanColumn, CleanLine, Preview, RefusedLine
from crm_core.services.imports.record import loadable
from crm_core.services.imports.upload import Table
from pages._ui import import_words as words
from pages._ui import session
from pages._ui.head import section
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _acting, _result, _steps

_RAGGED = "ragged"
_MOST_COLUMNS = 60
_MOST_REPAIRS = 40
_CHANGED = "background-color: rgba(217, 130, 43, 0.18)"
_SCROLLS, _HEIGHT = 9, 320
"""So many rows scroll, in a table of so many pixels."""


def show(job: ImportJob, place: int) -> None:
    """Before and after, repairs, lines to be set aside."""
    assert job.upload
    one = job.upload.tables[place]
    if not loadable(one.plan):
        return
    try:
        seen = _seen(_key(job, place), job, one)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    _steps.show(job, place, seen)
    section(session.texts().text("Before and after"), _counted(seen))
    _side_by_side(one, seen)
    _refused(seen)
    sheet = words.sheet_name(one.plan.file, one.plan.sheet)
    _result.show_warnings([(sheet, one.plan.entity, seen.warnings)])
    _repairs(job, one, seen)


def _key(job: ImportJob, place: int) -> tuple[object, ...]:
    """What a preview depends on."""
    assert job.upload
    plans = tuple(table.plan.model_dump_json() for table in job.upload.tables)
    return job.upload.folder.name, job.store.version("crm"), place, plans


@st.cache_data(max_entries=32, show_spinner=False)
def _seen(key: tuple[object, ...], _job: ImportJob, _one: Table) -> Preview:  # noqa: ARG001
    assert _job.upload
    return preview.preview(_job.store, _job.actor, _job.upload, _one)


def _counted(seen: Preview) -> str:
    texts = session.texts()
    become = seen.fates.get(None, 0)
    parts = [texts.plural("{n} line becomes a row", "{n} lines become rows", become)]
    if aside := seen.fates.get(Fate.QUARANTINED, 0):
        parts.append(texts.plural("{n} is set aside", "{n} are set aside", aside))
    if skipped := seen.fates.get(Fate.SKIPPED, 0):
        parts.append(texts.plural("{n} is skipped", "{n} are skipped", skipped))
    if not seen.whole:
        limit = texts.formats.number(preview.LOOKED_AT)
        parts.append(texts.text("among the first {limit} lines", limit=limit))
    return " · ".join(parts)


def _side_by_side(one: Table, seen: Preview) -> None:
    text = session.texts().text
    as_it_stands, as_it_will_be = text("As it stands in the file"), text("As it will be kept")
    height: int | Literal["auto"] = "auto" if len(seen.lines) < _SCROLLS else _HEIGHT
    both = st.grid(2, min_column_width=320)
    with both, st.container(gap="xxsmall"):
        before = _before(one, seen)
        st.markdown(f"**{plain(as_it_stands)}**")
        st.dataframe(before, hide_index=True, height=height, placeholder="", key="import-before")
    with both, st.container(gap="xxsmall"):
        st.markdown(f"**{plain(as_it_will_be)}**")
        after = _after(str(one.plan.entity), seen)
        st.dataframe(
            after,
            hide_index=True,
            height=height,
            placeholder=DASH,
            key="import-after",
            column_config=_numbers_at_the_right(after.columns, seen),
        )
    st.caption(plain(text("Coloured: what cleaning has changed.")))


def _before(one: Table, seen: Preview) -> pd.DataFrame:
    heads = _distinct([column.header for column in one.plan.columns[:_MOST_COLUMNS]])
    rows = [[line.line, *line.raw[: len(heads)]] for line in seen.lines]
    return pd.DataFrame(rows, columns=[session.texts().text("Line"), *heads])


def _after(entity: str, seen: Preview) -> Any:
    """The clean rows, what was changed in colour."""
    text = session.texts().text
    columns = seen.columns[:_MOST_COLUMNS]
    heads = _distinct([_head(entity, column) for column in columns], [text("Line"), text("Fate")])
    rows = [
        [line.line, *(_written(value) for value in line.values[: len(columns)]), _fate(line)]
        for line in seen.lines
    ]
    shown = pd.DataFrame(rows, columns=[text("Line"), *heads, text("Fate")])
    colours = pd.DataFrame(
        [
            ["", *(_colour(line, place, column) for place, column in enumerate(columns)), ""]
            for line in seen.lines
        ],
        columns=shown.columns,
    )
    return shown.style.apply(lambda _: colours, axis=None)


def _numbers_at_the_right(heads: Sequence[str], seen: Preview) -> dict[str, Any]:
    """How the columns of numbers are shown; the first of `heads` is the line, the last the fate."""
    return {
        head: st.column_config.TextColumn(alignment="right")
        for place, head in enumerate(heads[1:-1])
        if any(_is_number(line.values[place]) for line in seen.lines)
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _head(entity: str, column: CleanColumn) -> str:
    said = words.field(column.field, column.entity or entity)
    return f"{words.entity(column.entity, plural=False)} · {said}" if column.entity else said


def _distinct(heads: list[str], taken: list[str] | None = None) -> list[str]:
    """Heads that may be told apart, as a table needs them; blank ones get their number."""
    found = list(taken or [session.texts().text("Line")])
    for number, head in enumerate(heads, start=1):
        name = head.strip() or f"#{number}"
        while name in found:
            name += " "
        found.append(name)
    return found[len(taken or [1]) :]


def _written(value: Any) -> str | None:
    formats = session.formats()
    match value:
        case None:
            return None
        case bool():
            return session.texts().text("Yes") if value else session.texts().text("No")
        case datetime() if (value.hour, value.minute, value.second) != (0, 0, 0):
            return formats.moment(value)
        case datetime() | date():
            return formats.day(value)
        case int() | float():
            return formats.number(value)
        case Decimal():
            return formats.number(value.normalize())
        case _:
            return str(value)


def _fate(line: CleanLine) -> str:
    if line.fate is None:
        return session.texts().text("Becomes a row")
    return f"{words.fate(line.fate)}: {words.rule(line.reason)}"


def _colour(line: CleanLine, place: int, column: CleanColumn) -> str:
    """Colour where the value is not what the cell said; another way of writing is no change."""
    value = line.values[place]
    if line.fate is not None or column.index is None:
        return ""
    raw = (line.raw[column.index] if column.index < len(line.raw) else None) or None
    changed = value != raw if isinstance(value, str) else (value is None) != (raw is None)
    return _CHANGED if changed else ""


def _refused(seen: Preview) -> None:
    if not seen.refused:
        return
    texts = session.texts()
    aside = seen.fates.get(Fate.QUARANTINED, 0)
    title = texts.plural("{n} line would be set aside", "{n} lines would be set aside", aside)
    with st.expander(plain(title), icon=":material/rule:", expanded=True):
        rows = pd.DataFrame(
            [
                (
                    str(one.line),
                    one.column,
                    _wrong(one),
                    words.rule(one.rule),
                    words.advice(one.rule),
                )
                for one in seen.refused
            ],
            columns=["line", "column", "value", "rule", "advice"],
        )
        text = texts.text
        heads = [
            Column("line", text("Line")),
            Column("column", text("Column")),
            Column("value", text("Value")),
            Column("rule", text("Why")),
            Column("advice", text("What to do"), width="large"),
        ]
        table(rows, heads, key="import-refused", height="auto" if len(rows) < 8 else 300)


def _wrong(line: RefusedLine) -> str | None:
    """The value that broke the rule; of a line with another number of cells, how many it has."""
    if line.rule != _RAGGED:
        return line.value
    return session.texts().plural(
        "{n} cell, the header has {expected}",
        "{n} cells, the header has {expected}",
        line.cells,
        expected=line.expected,
    )


def _repairs(job: ImportJob, one: Table, seen: Preview) -> None:
    """Each value that is mended, with a tick to keep it as it stands."""
    kept = [
        (column, raw)
        for column in one.plan.columns
        if column.sure and column.field and column.as_is != "all"
        for raw in column.as_is
    ]
    if not (seen.repairs or kept):
        return
    made = [(repair.raw, repair.clean) for repair in seen.repairs]
    title = words.repaired(made) or session.texts().text("Nothing is corrected")
    with st.expander(plain(title), icon=":material/spellcheck:", expanded=len(made) <= 10):
        for repair in sorted(seen.repairs, key=lambda r: -r.lines)[:_MOST_REPAIRS]:
            _repair(job, one, repair)
        for column, raw in kept:
            _kept(job, one, column, raw)


def _repair(job: ImportJob, one: Table, repair: Repair) -> None:
    texts = session.texts()
    lines = texts.plural("{n} line", "{n} lines", repair.lines)
    owner = words.any_field(repair.field, one.plan.entity)
    label = f"{plain(owner)}: {plain(repair.raw)} → **{plain(repair.clean)}** · {plain(lines)}"
    _tick(job, one, (repair.column, repair.raw), label, True)


def _kept(job: ImportJob, one: Table, column: ColumnPlan, raw: str) -> None:
    said = session.texts().text("stays as it is")
    owner = words.any_field(str(column.field), one.plan.entity)
    label = f"{plain(owner)}: {plain(raw)} · {plain(said)}"
    _tick(job, one, (column.index, raw), label, False)


def _tick(job: ImportJob, one: Table, what: tuple[int, str], label: str, made: bool) -> None:
    key = f"import-repair-{one.raw.data.parent.name}-{what[0]}-{what[1]}"
    st.session_state[key] = made
    st.checkbox(
        label,
        key=key,
        on_change=lambda: _acting.change(job, edit.repair, one, *what, st.session_state[key]),
    )
