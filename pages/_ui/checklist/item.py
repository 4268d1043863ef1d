"""One question at a time: what can be answered, what was, and what became of it."""

import streamlit as st

from crm_core.domain.checklists import CHOSEN, Item, ItemKind
from crm_core.services.checklists.answers import Filled
from crm_core.services.checklists.words import with_more
from pages._ui import import_words, session
from pages._ui.checklist import answering, evidence, fields, words
from pages._ui.checklist.answering import Desk, Shown, seen
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register.words import moment

_DIGITS = 9


def show(desk: Desk, filled: Filled, item: Item, *, locked: bool) -> None:
    """The question with its answers; `locked`: they are looked at only."""
    label = session.texts().label
    st.subheader(plain(label(item.text)), anchor=False)
    if item.help:
        with st.expander(session.texts().text("What is meant"), icon=":material/help:"):
            st.markdown(plain(label(item.help)))
    shown = seen(desk).answers.get(item.id, Shown())
    if item.id in seen(desk).mine:
        conflict(desk, filled, item)
        return
    problem(desk, item)
    if item.kind in CHOSEN:
        _options(desk, item, shown, locked=locked)
    else:
        unit = label(item.unit) if item.unit else ""
        fields.value(desk, item, shown, label=unit or label(item.text), locked=locked)
    further(desk, item, shown, locked=locked)


def problem(desk: Desk, item: Item) -> None:
    """Why the last answer to the item was not taken, if it was not."""
    if found := seen(desk).refused.get(item.id):
        problem_box(found)


def saved(filled: Filled, item: str) -> str:
    """When an answer was saved, and who did it; "" where there is none."""
    given = filled.answers.get(item)
    if given is None:
        return ""
    text, by, local = session.texts().text, import_words.person(given.by), session.local(given.at)
    if local.date() == session.today():
        return text("Saved at {time} · {by}", time=f"{local:%H:%M:%S}", by=by)
    return text("Saved on {at} · {by}", at=moment(given.at), by=by)


def conflict(desk: Desk, filled: Filled, item: Item) -> None:
    """Somebody else answered while the reader did: both answers, and the reader's choice."""
    text = session.texts().text
    theirs, mine = filled.answers.get(item.id), seen(desk).mine[item.id]
    by = session.texts().somebody(theirs.by) if theirs else ""
    said = text("{by} answered this while you did. Nothing is lost: choose which holds.", by=by)
    st.warning(plain(said), icon=":material/compare_arrows:")
    if theirs:
        st.button(
            _side(text("Theirs:"), item, Shown(theirs.value, theirs.note)),
            key=f"theirs-{item.id}",
            width="stretch",
            wrap=True,
            on_click=answering.keep_theirs,
            args=(desk, item),
        )
    st.button(
        _side(text("Yours:"), item, mine),
        key=f"mine-{item.id}",
        width="stretch",
        wrap=True,
        on_click=answering.say,
        args=(desk, item, mine.value, mine.note),
    )


def _side(head: str, item: Item, one: Shown) -> str:
    said = words.answer(item, one.value)
    if one.note:
        said = with_more(said, one.note, session.texts())
    return f"**{plain(head)}** {plain(said)}"


def _options(desk: Desk, item: Item, shown: Shown, *, locked: bool) -> None:
    """Each answer as a button; a digit presses it."""
    chosen = shown.value if isinstance(shown.value, tuple) else (shown.value,)
    on, off = (
        (":material/check_box:", ":material/check_box_outline_blank:")
        if item.kind is ItemKind.SEVERAL
        else (":material/check_circle:", ":material/radio_button_unchecked:")
    )
    with st.container(key="checklist-levels", gap="xsmall"):
        if item.kind is ItemKind.SEVERAL:
            st.caption(session.texts().text("Several may hold."))
        for number, option in enumerate(item.options, 1):
            holds = option.code in chosen
            st.button(
                plain(session.texts().label(option.label)),
                key=f"level-{item.id}-{option.code}",
                type="primary" if holds else "secondary",
                icon=on if holds else off,
                width="stretch",
                wrap=True,
                shortcut=str(number) if number <= _DIGITS else None,
                disabled=locked,
                on_click=answering.choose,
                args=(desk, item, option.code),
            )


def further(desk: Desk, item: Item, shown: Shown, *, locked: bool) -> None:
    """That the item does not apply, the way back from an answer, the comment, what shows it."""
    text = session.texts().text
    does_not_apply = bool(shown.version) and shown.value is None
    with st.container(horizontal=True, gap="small"):
        if item.may_not_apply and not does_not_apply:
            st.button(
                text("Does not apply"),
                key=f"without-{item.id}",
                type="tertiary",
                icon=":material/block:",
                disabled=locked,
                on_click=answering.without,
                args=(desk, item),
            )
        if shown.version or item.id in seen(desk).without:
            st.button(
                text("Take the answer back"),
                key=f"clear-{item.id}",
                type="tertiary",
                icon=":material/undo:",
                disabled=locked,
                on_click=answering.clear,
                args=(desk, item),
            )
    if does_not_apply:
        st.markdown(f":material/block: **{plain(words.answer(item, None))}**")
    if item.id in seen(desk).without or (shown.version and (shown.note or not locked)):
        fields.note(desk, item, shown, locked=locked)
    if shown.version:
        evidence.show(desk, item, locked=locked)
