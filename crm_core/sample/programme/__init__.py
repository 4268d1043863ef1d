"""The sample company's programme: what its registers hold ten months in, faults planted in them.

A YAML file a register, rows as people read them, in the firm's Chinese or in the language that they
are asked for in; truth.yaml says which faults are in them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from crm_core.domain.entities import Label
from crm_core.domain.registers import FieldKind, Register, RegisterField, Value
from crm_core.reference.processes import catalogue
from crm_core.reference.registers import registers

HOUR_COST, CURRENCY = 120, "CNY"
"""What an hour of the firm's work costs."""
OF_THE_DATA = frozenset({"granted_to", "extracts", "metric_rows"})
"""Fields whose texts are looked for in the loaded data, and so stand as they do there."""


@dataclass(frozen=True)
class Language:
    """The language that the registers are read in. A text that it does not translate stays as it
    is: the names of people, which the data have too."""

    code: str
    translate: Callable[[str], str]

    def label(self, label: Label) -> str:
        """One of the product's own texts."""
        return str(getattr(label, self.code))


OWN = Language("zh", str)
"""What the firm's people speak."""


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


@dataclass(frozen=True)
class Judged:
    """What an evaluator of vendors said."""

    evaluator: str
    points: Mapping[str, float]
    """By criterion."""
    pairs: Mapping[str, Mapping[str, float]]
    """Criterion -> criterion -> how many times as important; instead of points."""
    scores: Mapping[str, Mapping[str, float]]
    """Vendor -> criterion -> 0 … 10."""


@dataclass(frozen=True)
class Opened:
    """A gate that somebody opened by hand."""

    phase: str
    gate: str
    by: str
    day: date
    reason: str


def items(until: date, language: Language = OWN) -> dict[str, list[Item]]:
    """The rows of every register, in the registers' order. Days are told from `until`, the
    company's last day."""
    return {
        name: [
            _item(register, number, row, until, language)
            for number, row in enumerate(_spread(register, read(name, language)), start=1)
        ]
        for name, register in registers().items()
    }


def limits(language: Language = OWN) -> list[Limits]:
    """The limits of rules that the firm set otherwise."""
    return [
        Limits(one["rule"], {k: Decimal(str(v)) for k, v in one["limits"].items()}, one["reason"])
        for one in read("limits", language)
    ]


def answers(language: Language = OWN) -> list[Answer]:
    """Who does what about the flags that rules raised."""
    found = []
    for one in read("answers", language):
        rule, subject = one.pop("rule"), one.pop("subject")
        found.append(Answer(rule, subject, one))
    return found


def judged(language: Language = OWN) -> list[Judged]:
    """What the evaluators of vendors said."""
    return [
        Judged(one["evaluator"], one.get("points", {}), one.get("pairs", {}), one["scores"])
        for one in read("judgement", language)
    ]


def gates(until: date, language: Language = OWN) -> list[Opened]:
    """The gates that people opened by hand; days are told from `until`."""
    return [
        Opened(one["phase"], one["gate"], one["by"], until + timedelta(one["day"]), one["reason"])
        for one in read("gates", language)
    ]


def assessments(language: Language = OWN) -> list[dict[str, Any]]:
    """The checklists that were filled in, as the file says them; days are told from the company's
    last one."""
    found: list[dict[str, Any]] = read("assessments", language)
    return found


def read(name: str, language: Language = OWN) -> Any:
    """The parsed file of that name, its texts in that language."""
    text = (Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8")
    return _told(yaml.load(text, Loader=yaml.CSafeLoader), language)


def _told(parsed: Any, language: Language) -> Any:
    match parsed:
        case str():
            return language.translate(parsed)
        case list():
            return [_told(one, language) for one in parsed]
        case dict():
            return {
                name: value if name in OF_THE_DATA else _told(value, language)
                for name, value in parsed.items()
            }
    return parsed


def _spread(register: Register, entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows that have something in common stand together under it; steps are in their order."""
    ordered = any(field.name == "order" for field in register.fields)
    for entry in entries:
        shared = {name: value for name, value in entry.items() if name != "rows"}
        for place, row in enumerate(entry.get("rows", [{}]), start=1):
            yield shared | ({"order": place} if ordered else {}) | row


def _item(
    register: Register, number: int, row: dict[str, Any], until: date, language: Language
) -> Item:
    """A row without an id has the one that the product would give it."""
    key = row.pop("id", f"{register.prefix}-{number}")
    if register.name == "process":
        row = _of_the_starter_set(row["catalogue_number"], language) | row
    values = {name: _value(register.field(name), value, until) for name, value in row.items()}
    return Item(key, values)


def _of_the_starter_set(number: str, language: Language) -> dict[str, Any]:
    [(function, one)] = [
        (function, one)
        for function in catalogue()
        for one in function.processes
        if one.number == number
    ]
    said = {"title": one.label, "function": function.label, "purpose": one.purpose}
    return {name: language.label(label) for name, label in said.items()}


def _value(field: RegisterField, value: Any, until: date) -> Value:
    if field.kind is FieldKind.DATE and isinstance(value, int):
        return until + timedelta(days=value)
    if field.kind is FieldKind.NUMBER:
        return Decimal(str(value))
    typed: Value = tuple(value) if isinstance(value, list) else value
    return typed
