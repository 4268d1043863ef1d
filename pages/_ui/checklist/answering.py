"""Answers on their way from the screen to the store: saved at once, and never over what the reader
has not seen."""

from collections.abc import Set
from dataclasses import dataclass, field
from typing import NamedTuple

import streamlit as st

from crm_core.domain.actor import Actor
from crm_core.domain.checklists import Item, ItemKind
from crm_core.domain.problems import Problem, Refused
from crm_core.domain.scoring import Value
from crm_core.services.checklists import answers
from crm_core.services.checklists.answers import Filled
from crm_core.store import Store

_SEEN = "_checklist_seen"


@dataclass(frozen=True)
class Desk:
    """Who fills in which sheet, and where it is kept."""

    store: Store
    actor: Actor
    respondent: str


class Shown(NamedTuple):
    """An answer as it stands on the screen; version 0: there is none."""

    value: Value | None = None
    note: str = ""
    version: int = 0


@dataclass
class Seen:
    """What a session shows of a sheet, by item."""

    answers: dict[str, Shown] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    """How often somebody else's answer came in place of the one that was shown."""
    mine: dict[str, Shown] = field(default_factory=dict)
    """What the reader answered while somebody else did."""
    refused: dict[str, Problem] = field(default_factory=dict)
    without: set[str] = field(default_factory=set)
    """Items of which the reader says that they do not apply, and has yet to say why."""
    fields: set[str] = field(default_factory=set)
    """Fields that were drawn."""


def seen(desk: Desk) -> Seen:
    """What this session shows of the sheet."""
    every = st.session_state.setdefault(_SEEN, {})
    found: Seen = every.setdefault((str(desk.store.path), desk.respondent), Seen())
    return found


def take_in(desk: Desk, filled: Filled) -> None:
    """The sheet as it is now is what the reader sees from here on."""
    held = seen(desk)
    for item in filled.asked:
        given = filled.answers.get(item)
        now = Shown(given.value, given.note, given.version) if given else Shown()
        before = held.answers.get(item)
        if before and before.version != now.version:
            held.times[item] = held.times.get(item, 0) + 1
        held.answers[item] = now


def say(desk: Desk, item: Item, value: Value | None, note: str | None = None) -> None:
    """Answer; None: it does not apply. The note stays as it was where none is given."""
    held = seen(desk)
    shown = held.answers.get(item.id, Shown())
    if note is None:  # why something did not apply says nothing about an answer
        note = "" if shown.version and shown.value is None else shown.note
    held.refused.pop(item.id, None)
    try:
        version = answers.save(
            *(desk.store, desk.actor, desk.respondent, item.id, value),
            note=note,
            version=shown.version,
        )
    except Refused as refusal:
        _keep_back(held, item, refusal.problem, Shown(value, note, shown.version))
        return
    held.answers[item.id] = Shown(value, note, version)
    held.mine.pop(item.id, None)
    held.without.discard(item.id)


def choose(desk: Desk, item: Item, code: str) -> None:
    """One of the item's options was pressed: of several it is put to the others or taken away."""
    if item.kind is ItemKind.SEVERAL:
        choose_several(desk, item, _several(desk, item) ^ {code})
    else:
        say(desk, item, code)


def choose_several(desk: Desk, item: Item, codes: Set[str]) -> None:
    """These options hold; what stands alone gives way to others that come, and they to it."""
    alone = {one.code for one in item.options if one.alone}
    new = codes - _several(desk, item)
    chosen = (new & alone or codes - alone) if new else codes
    if chosen:
        say(desk, item, tuple(one.code for one in item.options if one.code in chosen))
    else:
        clear(desk, item)


def _several(desk: Desk, item: Item) -> set[str]:
    value = seen(desk).answers.get(item.id, Shown()).value
    return set(value) if isinstance(value, tuple) else set()


def without(desk: Desk, item: Item) -> None:
    """The reader says that an item does not apply; it is answered once they say why."""
    seen(desk).without.add(item.id)


def clear(desk: Desk, item: Item) -> None:
    """Take an answer back."""
    held = seen(desk)
    shown = held.answers.get(item.id, Shown())
    held.refused.pop(item.id, None)
    held.without.discard(item.id)
    try:
        answers.clear(desk.store, desk.actor, desk.respondent, item.id, version=shown.version)
    except Refused as refusal:
        held.refused[item.id] = refusal.problem
        return
    held.answers[item.id] = Shown()


def keep_theirs(desk: Desk, item: Item) -> None:
    """The reader leaves somebody else's answer as it is."""
    seen(desk).mine.pop(item.id, None)


def _keep_back(held: Seen, item: Item, problem: Problem, mine: Shown) -> None:
    if problem.code == "answer_changed":
        held.mine[item.id] = mine
    else:
        held.refused[item.id] = problem
