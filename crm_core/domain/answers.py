"""Answers to items of checklists: what may be answered, and how it is kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from crm_core.domain.checklists import Item, ItemKind
from crm_core.domain.problems import Problem
from crm_core.domain.registers import FIRST_DAY, LAST_DAY, LONGEST, MOST_NUMBER
from crm_core.domain.scoring import Value


def wrong_answer(item: Item, value: Value | None, note: str) -> Problem | None:
    """What keeps an answer from being taken; `value` None: the item does not apply, and the note
    says why."""
    if len(note) > LONGEST:
        return Problem("item_text", {"limit": LONGEST})
    if value is None:
        if not item.may_not_apply:
            return Problem("answer_applies")
        return None if note.strip() else Problem("item_reason")
    match item.kind:
        case ItemKind.SCALE | ItemKind.ONE:
            return _wrong_codes(item, (value,))
        case ItemKind.SEVERAL:
            return _wrong_codes(item, value if isinstance(value, tuple) else ())
        case ItemKind.NUMBER:
            return _wrong_number(value)
        case ItemKind.DATE:
            return _wrong_day(value)
        case ItemKind.TEXT:
            return _wrong_text(value)


def _wrong_codes(item: Item, chosen: tuple[Any, ...]) -> Problem | None:
    known = {one.code: one for one in item.options}
    if not chosen:
        return Problem("answer_none")
    for code in chosen:
        if code not in known:
            return Problem("answer_unknown", {"value": str(code), "known": ", ".join(known)})
    alone = [code for code in chosen if known[code].alone]
    if len(set(chosen)) < len(chosen) or (alone and len(chosen) > 1):
        return Problem("answer_alone", {"value": alone[0] if alone else chosen[0]})
    return None


def _wrong_number(value: Value) -> Problem | None:
    is_number = isinstance(value, Decimal) and value.is_finite() and abs(value) <= MOST_NUMBER
    return None if is_number else Problem("item_number", {"value": str(value)})


def _wrong_day(value: Value) -> Problem | None:
    if type(value) is not date:
        return Problem("item_date", {"value": str(value)})
    if FIRST_DAY <= value <= LAST_DAY:
        return None
    return Problem("item_day", {"value": value, "first": FIRST_DAY, "last": LAST_DAY})


def _wrong_text(value: Value) -> Problem | None:
    if not isinstance(value, str) or len(value) > LONGEST:
        return Problem("item_text", {"limit": LONGEST})
    return None if value.strip() else Problem("item_required")


def kept_as(value: Value | None) -> list[str] | str | None:
    """A value as the store keeps it: codes in a list, all else as text."""
    if value is None or isinstance(value, str):
        return value
    return (
        list(value)
        if isinstance(value, tuple)
        else f"{value:f}"
        if isinstance(value, Decimal)
        else value.isoformat()
    )


def value_of(item: Item, kept: list[str] | str | None) -> Value | None:
    """The value that is kept so."""
    if kept is None:
        return None
    if isinstance(kept, list):
        return tuple(kept)
    if item.kind is ItemKind.NUMBER:
        return Decimal(kept)
    return date.fromisoformat(kept) if item.kind is ItemKind.DATE else kept
