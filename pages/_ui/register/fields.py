"""The widget of each field of a register, and what it says."""

from collections.abc import Mapping

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
_HEIGHT = 100
Said = dict[str, Value | Problem | None]


def show(
    register: Register, now: Mapping[str, Value], problems: Mapping[str, Problem], key: str
) -> Said:
    """Every field, filled with what is there `now`, what is wrong with it below; what they say.

    What rules fill in is not asked, and stays as it is.
    """
    asked = register.asked(now)
    said: Said = {one.name: now.get(one.name) for one in register.fields if one not in asked}
    wide = [field for field in asked if field.kind in _WIDE]
    grid = st.grid(2, min_column_width=240)
    for field in asked:
        if field not in wide:
            with grid:
                said[field.name] = _one(field, now, problems, key)
    for field in wide:
        said[field.name] = _one(field, now, problems, key)
    return said


def _one(
    field: RegisterField, now: Mapping[str, Value], problems: Mapping[str, Problem], key: str
) -> Value | Problem | None:
    with st.container(gap="xxsmall"):
        said = _asked(field, now.get(field.name), f"{key}-{field.name}")
        if problem := problems.get(field.name):
            st.caption(f":red[:material/error: {plain(session.problem(problem))}]")
    return said


def _asked(field: RegisterField, now: Value | None, key: str) -> Value | Problem | None:
    texts = session.texts()
    title = plain(words.label(field)) + (" \\*" if field.required else "")
    told = texts.label(field.help) if field.help else None
    match field.kind:
        case FieldKind.CHOICE:
            return _choice(field, now, title, told, key)
        case FieldKind.YES_NO:
            answers = {True: texts.text("yes"), False: texts.text("no")}
            at = list(answers).index(bool(now)) if now is not None else None
            return st.selectbox(
                title, answers, at, format_func=lambda one: answers[one], help=told, key=key
            )
        case FieldKind.DATE:
            return st.date_input(
                title,
                now,  # type: ignore[arg-type]
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                format="YYYY-MM-DD",
                help=told,
                key=key,
            )
        case FieldKind.LIST | FieldKind.LINK:
            return _several(field, now, title, told, key)
        case FieldKind.TEXT if field.offers:
            return _offered(field.offers, now, title, told, key)
        case FieldKind.LONG:
            text = values.written(field, now, texts)
            return st.text_area(title, text, height=_HEIGHT, help=told, key=key)
        case _:
            text = st.text_input(title, values.written(field, now, texts), help=told, key=key)
            return values.read(field, text)


def _choice(
    field: RegisterField, now: Value | None, title: str, told: str | None, key: str
) -> str | None:
    codes = list(field.options)
    return st.selectbox(
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
) -> tuple[str, ...]:
    """Of a link the rows of the other register; of a list whatever is typed."""
    held = list(now) if isinstance(now, tuple) else []
    named = _rows(field.of) if field.of else offers.named(field.offers)
    return tuple(
        st.multiselect(
            title,
            list(dict.fromkeys([*named, *held])),
            held,
            format_func=lambda code: named.get(code, code),
            accept_new_options=field.kind is FieldKind.LIST,
            placeholder=_several_hint(field, named),
            help=told,
            key=key,
        )
    )


def _several_hint(field: RegisterField, named: Mapping[str, str]) -> str:
    text = session.texts().text
    if field.kind is FieldKind.LINK:
        return text("none")
    return text("Choose or type") if named else text("Type, then press Enter")


def _offered(offer: str, now: Value | None, title: str, told: str | None, key: str) -> str | None:
    """One of what is offered; what stands there stays to be chosen."""
    named = offers.named(offer)
    held = [str(now)] if now is not None else []
    options = list(dict.fromkeys([*named, *held]))
    return st.selectbox(
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
