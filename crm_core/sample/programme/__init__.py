"""The sample company's programme: what its registers hold ten months in, faults planted in them.

A YAML file a register, rows as people read them; truth.yaml says which faults are in them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from crm_core.domain.registers import FieldKind, Register, RegisterField, Value
from crm_core.reference.processes import catalogue
from crm_core.reference.registers import registers

HOUR_COST, CURRENCY = 120, "CNY"
"""What an hour of the firm's work costs."""


@dataclass(frozen=True)
class Item:
    """A row of a register, typed as its fields ask for."""

    id: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Limits:
    """What the firm set for a rule, and why."""

    rule: str
    limits: Mapping[str, Decimal]
    reason: str


@dataclass(frozen=True)
class Answer:
    """What people wrote in a flag that a rule raised."""

    rule: str
    subject: str
    values: Mapping[str, Value]


def items(until: date) -> dict[str, list[Item]]:
    """The rows of every register, in the registers' order. Days are told from `until`, the
    company's last day."""
    return {
        name: [
            _item(register, number, row, until)
            for number, row in enumerate(_spread(register, read(name)), start=1)
        ]
        for name, register in registers().items()
    }


def limits() -> list[Limits]:
    """The limits of rules that the firm set otherwise."""
    return [
        Limits(one["rule"], {k: Decimal(str(v)) for k, v in one["limits"].items()}, one["reason"])
        for one in read("limits")
    ]


def answers() -> list[Answer]:
    """Who does what about the flags that rules raised."""
    found = []
    for one in read("answers"):
        rule, subject = one.pop("rule"), one.pop("subject")
        found.append(Answer(rule, subject, one))
    return found


def read(name: str) -> Any:
    """The parsed file of that name."""
    text = (Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _spread(register: Register, entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows that have something in common stand together under it; steps are in their order."""
    ordered = any(field.name == "order" for field in register.fields)
    for entry in entries:
        shared = {name: value for name, value in entry.items() if name != "rows"}
        for place, row in enumerate(entry.get("rows", [{}]), start=1):
            yield shared | ({"order": place} if ordered else {}) | row


def _item(register: Register, number: int, row: dict[str, Any], until: date) -> Item:
    """A row without an id has the one that the product would give it."""
    key = row.pop("id", f"{register.prefix}-{number}")
    if register.name == "process":
        row = _of_the_starter_set(row["catalogue_number"]) | row
    values = {name: _value(register.field(name), value, until) for name, value in row.items()}
    return Item(key, values)


def _of_the_starter_set(number: str) -> dict[str, Any]:
    [(function, one)] = [
        (function, one)
        for function in catalogue()
        for one in function.processes
        if one.number == number
    ]
    return {"title": one.label.zh, "function": function.label.zh, "purpose": one.purpose.zh}


def _value(field: RegisterField, value: Any, until: date) -> Value:
    if field.kind is FieldKind.DATE and isinstance(value, int):
        return until + timedelta(days=value)
    if field.kind is FieldKind.NUMBER:
        return Decimal(str(value))
    typed: Value = tuple(value) if isinstance(value, list) else value
    return typed
