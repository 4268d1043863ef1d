"""Values of registers as people write them and as the store keeps them."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import simplejson

from crm_core.domain.problems import Problem
from crm_core.domain.registers import SEVERAL, FieldKind, Register, RegisterField, Value
from crm_core.i18n import LANGUAGES, Texts
from crm_core.pipeline.standardise.dates import plain_date
from crm_core.reference import booleans, plain_key
from crm_core.reports.cells import printable

BETWEEN = re.compile(r"[;；\n]")
"""What parts the values of a cell, and so stands in none of them."""
_BETWEEN_WORDS = re.compile(r"[;；、\n]")
_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?(?: 00:00:00)?")
_DAY_IN_FIGURES = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"[^\W\d_]{3}")
"""Letters that can only be those of a month."""
_GAPS = re.compile(r"(?<=\d)[,，\s](?=\d)")
_NUMBER = re.compile(r"([-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)\s?([万亿]?)")
"""A comma parts thousands: where it parts anything else nobody knows what is meant."""
_TIMES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}
Values = dict[str, Value]


def read(field: RegisterField, text: str) -> Value | Problem | None:
    """What a cell of text says; None: blank. What it cannot be is a problem."""
    said = text.strip()
    if not said:
        return None
    if field.kind in SEVERAL:
        return _parts(field, [said])
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


def filled(register: Register, values: Mapping[str, Value | None]) -> Values:
    """The values that say something, texts without what no file could hold."""
    fields = {field.name: field for field in register.fields}
    said = {name: value for name, value in values.items() if value is not None}
    clean = {name: _clean(fields.get(name), value) for name, value in said.items()}
    return {name: value for name, value in clean.items() if value not in ("", ())}


def _clean(field: RegisterField | None, value: Value) -> Value:
    if isinstance(value, str):
        return printable(value).strip()
    if isinstance(value, tuple):
        return _parts(field, map(printable, value))
    return value


def _parts(field: RegisterField | None, said: Iterable[str]) -> tuple[str, ...]:
    """Each value once, however several were written into one."""
    between = BETWEEN if field is None or field.sentences else _BETWEEN_WORDS
    parts = (part.strip() for one in said for part in between.split(one))
    return tuple(dict.fromkeys(part for part in parts if part))


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
    found = _NUMBER.fullmatch(_GAPS.sub(",", said))
    try:
        return Decimal(found[1].replace(",", "")) * _TIMES[found[2]] if found else _no_number(said)
    except InvalidOperation:
        return _no_number(said)


def _no_number(said: str) -> Problem:
    return Problem("item_number", {"value": said})


def _integer(said: str) -> Value | Problem:
    number = _number(said)
    whole = isinstance(number, Decimal) and number == number.to_integral_value()
    return int(number) if whole and isinstance(number, Decimal) else number


def _date(said: str) -> Value | Problem:
    """Year first, whatever stands between, or the month in words, with a time or without: never
    ambiguous. A month alone is no day."""
    found = _DAY.fullmatch(said) or _DAY_IN_FIGURES.fullmatch(said)
    named = len(re.findall(r"\d+", said)) >= (2 if _MONTH.search(said) else 3)
    written = plain_date(said, None) if named and not found else None
    try:
        if written:
            return datetime.fromisoformat(written).date()
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
