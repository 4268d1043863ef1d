"""The fields in which answers and comments are typed.

What was typed while the server was away comes with the first run after it, and is saved then.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from crm_core.domain.checklists import Item, ItemKind
from crm_core.domain.registers import FIRST_DAY, LAST_DAY
from crm_core.domain.scoring import Value
from pages._ui import session
from pages._ui.checklist.answering import Desk, Shown, clear, say, seen
from pages._ui.plain import plain

_NOTE, _TEXT = 90, 120
"""Pixels of height."""


def value(desk: Desk, item: Item, shown: Shown, *, label: str, locked: bool) -> None:
    """The field of a number, a day or a text."""

    def commit(said: Any) -> None:
        typed = _typed(said)
        if typed is None:
            clear(desk, item)
        else:
            say(desk, item, typed)

    common: dict[str, Any] = {
        "label": plain(label),
        "label_visibility": "visible" if label == _unit(item) else "collapsed",
        "disabled": locked,
    }

    def draw(**wiring: Any) -> Any:
        now = shown.value
        if item.kind is ItemKind.NUMBER:
            number = float(now) if isinstance(now, Decimal) else None
            return st.number_input(value=number, step=1.0, format="%g", **common, **wiring)
        if item.kind is ItemKind.DATE:
            day = now if isinstance(now, date) else None
            limits: dict[str, Any] = {"min_value": FIRST_DAY, "max_value": LAST_DAY}
            return st.date_input(value=day, format="YYYY-MM-DD", **limits, **common, **wiring)
        text = now if isinstance(now, str) else ""
        return st.text_area(value=text, height=_TEXT, **common, **wiring)

    _drawn(desk, item, "value", draw, commit, shown.value)


def note(desk: Desk, item: Item, shown: Shown, *, locked: bool) -> None:
    """The comment on an answer; where the item does not apply, why."""
    text = session.texts().text
    applies = item.id not in seen(desk).without and not (shown.version and shown.value is None)

    kept = shown.note if applies or shown.value is None else ""

    def commit(said: str) -> None:
        now = seen(desk).answers.get(item.id, Shown())
        say(desk, item, now.value if applies else None, said)

    def draw(**wiring: Any) -> Any:
        label = text("Note") if applies else text("Why it does not apply")
        return st.text_area(label, kept, height=_NOTE, disabled=locked, **wiring)

    _drawn(desk, item, "note" if applies else "why", draw, commit, kept)


def _drawn(
    desk: Desk,
    item: Item,
    name: str,
    draw: Callable[..., Any],
    commit: Callable[[Any], None],
    kept: Value | None,
) -> None:
    """Draw a field that is saved as it is left. One that is new to this session and says something
    else than what is kept was filled in before the session was lost."""
    held = seen(desk)
    key = f"{name}-{desk.respondent}-{item.id}-{held.times.get(item.id, 0)}"
    said = draw(key=key, on_change=lambda: commit(st.session_state[key]))
    if key not in held.fields:
        held.fields.add(key)
        if _typed(said) != (kept or None):
            commit(said)
            st.rerun()


def _typed(said: Any) -> Value | None:
    if isinstance(said, float):
        return Decimal(str(said)).normalize()
    if isinstance(said, str):
        return said.strip() or None
    typed: Value | None = said
    return typed


def _unit(item: Item) -> str:
    return session.texts().label(item.unit) if item.unit else ""
