"""The columns of a sheet: questions first, then what each one is taken for, open to correction."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from crm_core.domain.entities import Kind
from crm_core.domain.plan import ColumnPlan
from crm_core.i18n import mark
from crm_core.reference import currencies
from crm_core.services.imports import edit, preview
from crm_core.services.imports.jobs import ImportJob
from crm_core.services.imports.upload import Table
from pages._ui import import_words as words
from pages._ui import session
from pages._ui.head import section
from pages._ui.plain import plain
from pages.data import _acting

EXTRA = "-"
_AT_ONCE = 25
"""Columns shown on one page of a wide sheet."""
_SAMPLE = 28
"""Letters shown of a sample value."""
_WIDTHS = (4, 4, 3)
ORDERS = {
    "ymd": mark("Year, month, day"),
    "mdy": mark("Month, day, year"),
    "dmy": mark("Day, month, year"),
}
SCALES = {
    Decimal("0.01"): mark("Per cent"),
    Decimal(1): mark("As written"),
    Decimal(1000): mark("In thousands"),
    Decimal(10_000): mark("In ten thousands (万)"),
    Decimal(1_000_000): mark("In millions"),
    Decimal(100_000_000): mark("In hundred millions (亿)"),
}
_EVIDENCE = {
    "header": mark("by its header"),
    "content": mark("by its cells"),
    "recipe": mark("as you mapped it before"),
    "hand": mark("as you said"),
}
_GUESSED = ("header", "content")
_NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER)


def show(job: ImportJob, place: int) -> None:
    """Questions, then the columns that are recognised, then the extras."""
    assert job.upload
    one = job.upload.tables[place]
    asked = [column for column in one.plan.columns if edit.is_question(column)]
    dates = tuple(column.index for column in asked if edit.needs_date_order(one.plan, column))
    seen = _samples((job.upload.folder.name, place, one.plan.header_line, dates), one)
    rest = [column for column in one.plan.columns if not edit.is_question(column)]
    if asked:
        _questions(job, place, asked, seen)
    text = session.texts().text
    taken = sum(bool(column.field) for column in rest)
    title = text(
        "Columns: {taken} recognised, {extra} kept as extras", taken=taken, extra=len(rest) - taken
    )
    with st.expander(title, expanded=not asked, icon=":material/view_column:"):
        rest.sort(key=lambda column: not column.field)
        for column in _page(rest, f"{job.upload.folder.name}-{place}"):
            _row(job, place, column, seen.get(column.index, []))


def _questions(
    job: ImportJob, place: int, asked: Sequence[ColumnPlan], seen: dict[int, list[str]]
) -> None:
    assert job.upload
    texts = session.texts()
    plan = job.upload.tables[place].plan
    section(texts.plural("{n} question", "{n} questions", len(asked)))
    with st.container(border=True):
        for column in asked[:_AT_ONCE]:
            _row(job, place, column, seen.get(column.index, []))
        proposed = [c.index for c in asked if c.field and not edit.needs_date_order(plan, c)]
        if proposed:
            st.button(
                texts.text("All of it is right as shown"),
                icon=":material/done_all:",
                key=f"import-confirm-{place}",
                on_click=_acting.change,
                args=(job, edit.confirm, job.upload.tables[place], proposed),
            )


def _page(columns: list[ColumnPlan], key: str) -> list[ColumnPlan]:
    """The columns of the page that is open; a narrow sheet has one page only."""
    pages = -(-len(columns) // _AT_ONCE)
    if pages <= 1:
        return columns
    number = st.pagination(pages, key=f"import-page-{key}")
    return columns[(number - 1) * _AT_ONCE : number * _AT_ONCE]


def _row(job: ImportJob, place: int, column: ColumnPlan, seen: Sequence[str]) -> None:
    name, meaning, writing = st.columns(_WIDTHS, vertical_alignment="center")
    with name, st.container(gap="xxsmall"):
        _name(column, seen)
    with meaning, st.container(gap="xxsmall"):
        _meaning(job, place, column)
    with writing:
        _writing(job, place, column)


def _name(column: ColumnPlan, seen: Sequence[str]) -> None:
    """The header, a few of its values, and what a question is about."""
    text = session.texts().text
    header = column.header or text("Column {number}", number=column.index + 1)
    sign = ":orange[:material/help:] " if edit.is_question(column) else ""
    st.markdown(f"{sign}**{plain(header)}**")
    shown = " · ".join(_short(value) for value in seen)
    st.caption(plain(shown or text("no values")))


def _short(value: str) -> str:
    return value if len(value) <= _SAMPLE else f"{value[:_SAMPLE]}…"


def _meaning(job: ImportJob, place: int, column: ColumnPlan) -> None:
    assert job.upload
    text = session.texts().text
    plan = job.upload.tables[place].plan
    options = _options(str(plan.entity), column)
    target = edit.target_of(plan, column)
    now = target.code if target else EXTRA
    key = _seeded(job, place, column, "means", now)
    st.selectbox(
        text("Meaning"),
        list(options),
        format_func=lambda code: options.get(code, code),
        label_visibility="collapsed",
        key=key,
        on_change=lambda: _map(job, place, column.index, str(st.session_state[key])),
    )
    if edit.is_question(column):
        _yes(job, place, column, now)
    elif column.field and column.evidence in _EVIDENCE:
        st.caption(plain(_how_sure(column)))


def _how_sure(column: ColumnPlan) -> str:
    """What the meaning rests on; where nobody said it, how sure that is."""
    texts = session.texts()
    said = texts.text(_EVIDENCE[str(column.evidence)])
    if column.evidence not in _GUESSED:
        return said
    sure = texts.text("{share} sure", share=texts.formats.percent(column.confidence, 0))
    return f"{said} · {sure}"


def _yes(job: ImportJob, place: int, column: ColumnPlan, now: str) -> None:
    """A button that takes the proposal, or the extra, as the answer."""
    assert job.upload
    one = job.upload.tables[place]
    if edit.needs_date_order(one.plan, column):
        st.caption(plain(session.texts().text("Does the day or the month come first?")))
        return
    text = session.texts().text
    if now != EXTRA and column.evidence in _GUESSED:
        st.caption(plain(_how_sure(column)))
    if now == EXTRA and column.candidates:
        perhaps = [words.any_field(name, one.plan.entity) for name in column.candidates[:3]]
        st.caption(plain(text("Perhaps: {fields}", fields=" / ".join(perhaps))))
    st.button(
        text("Keep it as an extra") if now == EXTRA else text("Right as shown"),
        type="tertiary",
        icon=":material/check:",
        key=f"import-yes-{place}-{column.index}",
        on_click=lambda: (
            _map(job, place, column.index, EXTRA)
            if now == EXTRA
            else _acting.change(job, edit.confirm, one, [column.index])
        ),
    )


def _map(job: ImportJob, place: int, index: int, code: str) -> None:
    assert job.upload
    one = job.upload.tables[place]
    wanted = None if code == EXTRA else code
    before = _acting.change(job, edit.map_column, job.store, job.actor, one, index, wanted)
    if before is not None:
        said = session.texts().text(
            "{column} filled this field before; it is kept as an extra now.",
            column=before.header or str(before.index + 1),
        )
        st.toast(plain(said), icon=":material/swap_horiz:")


def _options(entity: str, column: ColumnPlan) -> dict[str, str]:
    """What a column can mean, what came into question first."""
    known = edit.targets(entity)
    perhaps = set(column.candidates)
    likely = [code for code in known if perhaps & {code, code.split(".")[-1]}]
    order = dict.fromkeys([*likely, *known])
    return {code: _target(entity, known[code]) for code in order} | {
        EXTRA: session.texts().text("Keep as an extra, unchanged")
    }


def _target(entity: str, target: edit.Target) -> str:
    said = words.field(target.field.name, target.entity or entity)
    return f"{words.entity(target.entity, plural=False)} · {said}" if target.entity else said


def _writing(job: ImportJob, place: int, column: ColumnPlan) -> None:
    """How dates and numbers are written, where that matters."""
    assert job.upload
    plan = job.upload.tables[place].plan
    target = edit.target_of(plan, column)
    if target is None:
        return
    if target.field.kind is Kind.DATE:
        if column.date_order != "ymd":
            _choice(job, place, column, "date_order", _orders(column), column.date_order)
    elif target.field.kind in _NUMBERS:
        with st.popover(_summary(column), type="tertiary", icon=":material/tune:"):
            _choice(job, place, column, "scale", _said(SCALES), column.scale)
            marks = {".": "1,234.56", ",": "1.234,56"}
            _choice(job, place, column, "decimal_mark", marks, column.decimal_mark)
            if target.field.kind is Kind.MONEY:
                codes: dict[str | None, str] = {
                    None: session.texts().text("No currency, or a column of its own")
                }
                codes |= {code: code for code in sorted(set(currencies().values()))}
                _choice(job, place, column, "currency", codes, column.currency)


def _orders(column: ColumnPlan) -> dict[Any, str]:
    said = _said(ORDERS)
    return said if column.date_order else {None: session.texts().text("Please choose")} | said


def _said(words_of: dict[Any, str]) -> dict[Any, str]:
    return {code: session.texts().text(said) for code, said in words_of.items()}


def _summary(column: ColumnPlan) -> str:
    text = session.texts().text
    scale = text(SCALES.get(column.scale, SCALES[Decimal(1)]))
    parts = [scale, column.currency or "", "1.234,56" if column.decimal_mark == "," else ""]
    return plain(" · ".join(part for part in parts if part))


_LABELS = {
    "date_order": mark("How dates are written"),
    "scale": mark("Unit"),
    "decimal_mark": mark("Decimal mark"),
    "currency": mark("Currency"),
}


def _choice(
    job: ImportJob, place: int, column: ColumnPlan, what: str, options: dict[Any, str], now: Any
) -> None:
    assert job.upload
    one = job.upload.tables[place]
    shown = options if now in options else {now: str(now)} | options
    key = _seeded(job, place, column, what, now)

    def write() -> None:
        if st.session_state[key] is not None or what == "currency":
            _acting.change(job, edit.write_column, one, column.index, what, st.session_state[key])

    st.selectbox(
        session.texts().text(_LABELS[what]),
        list(shown),
        format_func=lambda code: shown.get(code, str(code)),
        key=key,
        label_visibility="collapsed" if what == "date_order" else "visible",
        on_change=write,
    )


def _seeded(job: ImportJob, place: int, column: ColumnPlan, what: str, now: Any) -> str:
    """A widget's key; it shows what the plan says, whoever changed it."""
    assert job.upload
    folder, language = job.upload.folder.name, session.texts().language
    key = f"import-{what}-{folder}-{place}-{column.index}-{language}"
    if key not in st.session_state or st.session_state[key] != now:
        st.session_state[key] = now
    return key


@st.cache_data(max_entries=64, show_spinner=False)
def _samples(key: tuple[object, ...], _one: Table) -> dict[int, list[str]]:  # noqa: ARG001
    return preview.samples(_one)
