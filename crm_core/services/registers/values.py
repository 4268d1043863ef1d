"""Values of registers as people write them and as the store keeps them."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import simplejson

from crm_core.domain.problems import Problem
from crm_core.domain.registers import SEVERAL, FieldKind, Register, RegisterField, Value
from crm_core.i18n import LANGUAGES, Texts
from crm_core.reference import booleans, plain_key
from crm_core.reports.cells import printable

BETWEEN = re.compile(r"[;；\n]")
"""What parts the values of a cell, and so stands in none of them."""
_GAPS = re.compile(r"(?<=\d)[,，\s](?=\d)")
_NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
"""A comma parts thousands: where it parts anything else nobody knows what is meant."""
_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?(?: 00:00:00)?")
Values = dict[str, Value]


def read(field: RegisterField, text: str) -> Value | Problem | None:
    """What a cell of text says; None: blank. What it cannot be is a problem."""
    said = text.strip()
    if not said:
        return None
    if field.kind in SEVERAL:
        parts = [part.strip() for part in BETWEEN.split(said) if part.strip()]
        return tuple(dict.fromkeys(parts))
    if field.kind is FieldKind.CHOICE:
        return _code(field, said)
    if field.kind in _READ:
        return _READ[field.kind](said)
    return text.strip("\n") if field.kind is FieldKind.LONG else said


def written(field: RegisterField, value: Value | None, texts: Texts) -> str:
    """A value as a cell of text that `read` takes back for the same value."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return texts.text("yes") if value else texts.text("no")
    if isinstance(value, str):
        return texts.label(field.options[value]) if value in field.options else value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def stored(values: Values) -> str:
    """The values as JSON, numbers with every digit; blank ones are left out."""
    return simplejson.dumps(values, default=str, ensure_ascii=False, use_decimal=True)


def restored(register: Register, data: str) -> Values:
    """The values of stored JSON; those of fields that there are no more are left out."""
    found: Mapping[str, Any] = simplejson.loads(data, use_decimal=True)
    return {
        field.name: _typed(field, found[field.name])
        for field in register.fields
        if field.name in found
    }


def filled(values: Mapping[str, Value | None]) -> Values:
    """The values that say something, texts without what no file could hold."""
    clean = {name: _clean(value) for name, value in values.items() if value is not None}
    return {name: value for name, value in clean.items() if value not in ("", ())}


def _clean(value: Value) -> Value:
    if isinstance(value, str):
        return printable(value).strip()
    if isinstance(value, tuple):
        parts = (part.strip() for one in value for part in BETWEEN.split(printable(one)))
        return tuple(dict.fromkeys(part for part in parts if part))
    return value


def _typed(field: RegisterField, value: Any) -> Value:
    if isinstance(value, list):
        return tuple(value)
    if field.kind is FieldKind.DATE:
        return date.fromisoformat(value)
    if field.kind is FieldKind.NUMBER:
        return Decimal(value)
    typed: Value = value
    return typed


def _code(field: RegisterField, said: str) -> str:
    """The option's code that a word of either language means, else the word."""
    key = plain_key(said)
    for code, label in field.options.items():
        if key in (plain_key(code), *(plain_key(getattr(label, to)) for to in LANGUAGES)):
            return code
    return said


def _number(said: str) -> Value | Problem:
    parted = _GAPS.sub(",", said)
    if not _NUMBER.fullmatch(parted):
        return _no_number(said)
    try:
        return Decimal(parted.replace(",", ""))
    except InvalidOperation:
        return _no_number(said)


def _no_number(said: str) -> Problem:
    return Problem("item_number", {"value": said})


def _integer(said: str) -> Value | Problem:
    number = _number(said)
    whole = isinstance(number, Decimal) and number == number.to_integral_value()
    return int(number) if whole and isinstance(number, Decimal) else number


def _date(said: str) -> Value | Problem:
    """Year first, whatever stands between, as 2026-03-31 or 2026年3月31日: never ambiguous."""
    found = _DAY.fullmatch(said)
    try:
        return date(*map(int, found.groups())) if found else _no_date(said)
    except ValueError:
        return _no_date(said)


def _no_date(said: str) -> Problem:
    return Problem("item_date", {"value": said})


def _yes_no(said: str) -> Value | Problem:
    answer = booleans().get(plain_key(said))
    return Problem("item_yes_no", {"value": said}) if answer is None else answer


_READ: dict[FieldKind, Callable[[str], Value | Problem]] = {
    FieldKind.NUMBER: _number,
    FieldKind.INTEGER: _integer,
    FieldKind.DATE: _date,
    FieldKind.YES_NO: _yes_no,
}
