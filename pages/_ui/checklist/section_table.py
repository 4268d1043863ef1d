"""A section as a table: a line a question, each answer saved as it is chosen."""

from typing import Any

import streamlit as st

from crm_core.domain.checklists import Item, ItemKind, Section
from crm_core.services.checklists.answers import Filled
from pages._ui import session
from pages._ui.checklist import answering, fields, item
from pages._ui.checklist.answering import Desk, Shown, seen
from pages._ui.plain import plain

_WIDTHS = (5, 5)


def show(desk: Desk, filled: Filled, section: Section, *, locked: bool) -> None:
    """The questions of the section that are asked, their answers beside them."""
    texts = session.texts()
    if section.about:
        st.caption(plain(texts.label(section.about)))
    for one in section.items:
        if one.id in filled.asked:
            with st.container(border=True, key=f"checklist-row-{one.id}"):
                _row(desk, filled, one, locked=locked)


def _row(desk: Desk, filled: Filled, one: Item, *, locked: bool) -> None:
    texts = session.texts()
    question, answer = st.columns(_WIDTHS, vertical_alignment="center")
    with question:
        st.markdown(
            plain(texts.label(one.text)), help=plain(texts.label(one.help)) if one.help else None
        )
        if said := item.saved(filled, one.id):
            st.caption(f":material/check: {plain(said)}")
    with answer:
        if one.id in seen(desk).mine:
            item.conflict(desk, filled, one)
            return
        item.problem(desk, one)
        shown = seen(desk).answers.get(one.id, Shown())
        _answer(desk, one, shown, locked=locked)
        with st.popover(texts.text("More"), icon=":material/more_horiz:", type="tertiary"):
            item.further(desk, one, shown, locked=locked)


def _answer(desk: Desk, one: Item, shown: Shown, *, locked: bool) -> None:
    texts = session.texts()
    if shown.version and shown.value is None:
        st.markdown(plain(texts.text("Does not apply: {why}", why=shown.note)))
    if one.kind in (ItemKind.SCALE, ItemKind.ONE):
        _pick(desk, one, shown, locked=locked)
    elif one.kind is ItemKind.SEVERAL:
        _pick_several(desk, one, shown, locked=locked)
    else:
        unit = texts.label(one.unit) if one.unit else ""
        fields.value(desk, one, shown, label=unit or texts.label(one.text), locked=locked)


def _pick(desk: Desk, one: Item, shown: Shown, *, locked: bool) -> None:
    codes = [option.code for option in one.options]
    chosen = str(shown.value) if shown.value in codes else None

    def take(code: str | None) -> None:
        if code is None:
            answering.clear(desk, one)
        else:
            answering.say(desk, one, code)

    common = _common(desk, one, take, locked=locked)
    st.selectbox(index=codes.index(chosen) if chosen else None, **common)


def _pick_several(desk: Desk, one: Item, shown: Shown, *, locked: bool) -> None:
    chosen = list(shown.value) if isinstance(shown.value, tuple) else []

    def take(codes: list[str]) -> None:
        answering.choose_several(desk, one, set(codes))

    common = _common(desk, one, take, locked=locked)
    st.multiselect(default=chosen, select_all=False, **common)  # no answer by one key too many


def _common(desk: Desk, one: Item, take: Any, *, locked: bool) -> dict[str, Any]:
    """What both kinds of fields are made with; where somebody else answered they are new ones."""
    texts = session.texts()
    named = {option.code: texts.label(option.label) for option in one.options}
    key = f"pick-{desk.respondent}-{one.id}-{seen(desk).times.get(one.id, 0)}"
    return {
        "label": plain(texts.label(one.text)),
        "options": list(named),
        "format_func": lambda code: named.get(code, code),
        "placeholder": texts.text("Choose an answer"),
        "label_visibility": "collapsed",
        "key": key,
        "disabled": locked,
        "on_change": lambda: take(st.session_state[key]),
    }
