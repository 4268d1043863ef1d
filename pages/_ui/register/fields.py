"""The widget of each field of a register, and what it says."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from crm_core.domain.problems import Problem
from crm_core.domain.registers import (
    FIRST_DAY,
    LAST_DAY,
    FieldKind,
    Register,
    RegisterField,
    Value,
)
from crm_core.services import registers
from crm_core.services.registers import values
from pages._ui import kept, session
from pages._ui.plain import plain
from pages._ui.register import offers, words

_WIDE = (FieldKind.LONG, FieldKind.LINK, FieldKind.LIST)
_AS_TYPED = (FieldKind.LONG, FieldKind.CHOICE)
"""Kinds whose texts need not be read."""
_HEIGHT = 100
Said = dict[str, Value | Problem | None]


def show(
    register: Register, now: Mapping[str, Value], problems: Mapping[str, Problem], key: str
) -> None:
    """Every field that is asked, filled with what is there `now`, what is wrong with it below."""
    asked = register.asked(now)
    wide = [field for field in asked if field.kind in _WIDE]
    grid = st.grid(2, min_column_width=240)
    for field in asked:
        if field not in wide:
            with grid:
                _one(register, field, now, problems, key)
    for field in wide:
        _one(register, field, now, problems, key)


def to_mend(register: Register, problems: Mapping[str, Problem]) -> None:
    """Which fields keep a row from being kept, beside the button: they may stand out of sight."""
    wrong = [field for field in register.fields if field.name in problems]
    wrong.sort(key=lambda field: field.kind in _WIDE)  # in the order in which they stand
    named = [words.label(field) for field in wrong]
    if named:
        said = session.texts().text("Not kept yet. To be mended: {fields}.", fields=named)
        st.caption(f":red[:material/error: {plain(said)}]")


def said(register: Register, now: Mapping[str, Value], key: str) -> Said:
    """What the fields say that were shown so. What rules fill in is not asked, and stays."""
    asked = register.asked(now)
    stays = {one.name: now.get(one.name) for one in register.fields if one not in asked}
    return stays | {one.name: _said(one, st.session_state.get(_key(key, one))) for one in asked}


def _said(field: RegisterField, widget: Any) -> Value | Problem | None:
    if field.kind in (FieldKind.LIST, FieldKind.LINK):
        return tuple(widget or ())
    if isinstance(widget, str) and field.kind not in _AS_TYPED and not field.offers:
        return values.read(field, widget)
    typed: Value | None = widget
    return typed


def _key(form: str, field: RegisterField) -> str:
    return f"{form}-{field.name}"


def _one(
    register: Register,
    field: RegisterField,
    now: Mapping[str, Value],
    problems: Mapping[str, Problem],
    key: str,
) -> None:
    with st.container(gap="xxsmall", key=f"crm-named-{field.name}" if field.people else None):
        if field.name == "title" and register.titled_by:
            _title(register, field, now.get(field.name), _key(key, field))
        else:
            _asked(field, now.get(field.name), _key(key, field))
        if field.people:
            _suggest_people()
        if problem := problems.get(field.name):
            st.caption(f":red[:material/error: {plain(session.problem(problem))}]")


def _suggest_people() -> None:
    """The names that are known, for the browser to suggest while one is typed (`shell/page.js`): a
    list to choose from would drop what is typed and left without Enter."""
    names = kept.read(registers.people)
    options = "".join(f'<option value="{escape(name)}"></option>' for name in names)
    st.html(f'<datalist id="crm-people">{options}</datalist>')


def _title(register: Register, field: RegisterField, now: Value | None, key: str) -> None:
    """A title that may be left blank, since another field stands in for it."""
    texts = session.texts()
    other = words.label(register.field(str(register.titled_by)))
    st.text_input(
        plain(words.label(field)),
        values.written(field, now, texts),
        placeholder=texts.text("Blank: taken from {field}", field=other),
        key=key,
    )


def _asked(field: RegisterField, now: Value | None, key: str) -> None:
    texts = session.texts()
    title = plain(words.label(field)) + (" \\*" if field.required else "")
    told = texts.label(field.help) if field.help else None
    match field.kind:
        case FieldKind.CHOICE:
            _choice(field, now, title, told, key)
        case FieldKind.YES_NO:
            answers = {True: texts.text("yes"), False: texts.text("no")}
            at = list(answers).index(bool(now)) if now is not None else None
            st.selectbox(
                title,
                answers,
                at,
                format_func=lambda one: answers[one],
                placeholder=texts.text("none"),
                help=told,
                key=key,
            )
        case FieldKind.DATE:
            st.date_input(
                title,
                now,  # type: ignore[arg-type]
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                format="YYYY-MM-DD",
                help=told,
                key=key,
            )
        case FieldKind.LIST | FieldKind.LINK:
            _several(field, now, title, told, key)
        case FieldKind.TEXT if field.offers:
            _offered(field.offers, now, title, told, key)
        case FieldKind.LONG:
            text = values.written(field, now, texts)
            st.text_area(title, text, height=_HEIGHT, help=told, key=key)
        case _:
            st.text_input(title, values.written(field, now, texts), help=told, key=key)


def _choice(
    field: RegisterField, now: Value | None, title: str, told: str | None, key: str
) -> None:
    codes = [code for code in field.options if code not in field.by_rule_options or code == now]
    st.selectbox(
        title,
        codes,
        codes.index(str(now)) if now in codes else None,
        format_func=lambda code: session.texts().label(field.options[code]),
        placeholder=session.texts().text("none"),
        help=told,
        key=key,
    )


def _several(
    field: RegisterField, now: Value | None, title: str, told: str | None, key: str
) -> None:
    """Of a link the rows of the other register; of a list whatever is typed."""
    held = list(now) if isinstance(now, tuple) else []
    named = _rows(field.of) if field.of else offers.named(field.offers)
    st.multiselect(
        title,
        list(dict.fromkeys([*named, *held])),
        held,
        format_func=lambda code: named.get(code, code),
        accept_new_options=field.kind is FieldKind.LIST,
        select_all=False,  # it stands first, and the Enter after a typed name would take all
        placeholder=_several_hint(field, named),
        help=told,
        key=key,
    )


def _several_hint(field: RegisterField, named: Mapping[str, str]) -> str:
    text = session.texts().text
    if field.kind is FieldKind.LINK:
        return text("none")
    return text("Choose, or type and press Enter") if named else text("Type, then press Enter")


def _offered(offer: str, now: Value | None, title: str, told: str | None, key: str) -> None:
    """One of what is offered; what stands there stays to be chosen."""
    named = offers.named(offer)
    held = [str(now)] if now is not None else []
    options = list(dict.fromkeys([*named, *held]))
    st.selectbox(
        title,
        options,
        options.index(held[0]) if held else None,
        format_func=lambda code: named.get(code, code),
        placeholder=session.texts().text("none"),
        help=told,
        key=key,
    )


def _rows(name: str) -> dict[str, str]:
    """Id -> id and title of every row of a register."""
    rows, _ = kept.read(registers.listed, name)
    return {row.id: f"{row.id} {row.values.get('title', '')}" for row in rows}
