"""Pain points: why it hurts, and what several complaints about the same say together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm_core.domain.registers import FieldKind, Register, RegisterField, Value, counted

REGISTER = "pain_point"
_WORDS = ("title", "complaint")
_OWN = (*_WORDS, "said_by", "said_on")
"""What one person said: of the rows that are merged into another it is quoted there, and fills no
blank of it."""
_COST = ("cost_least", "cost_most")
_CAUSE = re.compile(r"\s*([^:：]{1,20})[:：]\s*(.*\S)\s*", re.DOTALL)

Values = Mapping[str, Value]


@dataclass(frozen=True)
class Cause:
    """An answer to "why": in a chain of five, or in a fishbone, where it has a category."""

    text: str
    category: str | None = None


def causes(why: Sequence[str], categories: Mapping[str, str]) -> list[Cause]:
    """The answers, each with the category that a word before its colon names (`categories`: word
    in small letters -> code); another word before a colon is part of the answer."""
    found = []
    for answer in why:
        match = _CAUSE.fullmatch(answer)
        category = categories.get(match[1].strip().casefold()) if match else None
        found.append(Cause(match[2] if match and category else answer.strip(), category))
    return found


def merged(register: Register, kept: Values, others: Mapping[str, Values]) -> dict[str, Value]:
    """What a row says after others (by id) that say the same were merged into it.

    What the kept row says holds; its blanks are filled from the others, in their order, but for
    who said what on which day. Lists, links and remarks are joined, yes outweighs no, and what
    each of the others complained of is quoted with who said it and when. Nothing is added up: of a
    group that several rows name the greatest number of people counts, and a cost range is that of
    one row.
    """
    made: dict[str, Value] = {}
    every = [kept, *others.values()]
    for field in register.fields:
        rows = [kept] if field.name in _OWN else every
        told = [row[field.name] for row in rows if field.name in row]
        if told:
            made[field.name] = _joined(field, told)
    priced = next((row for row in every if any(one in row for one in _COST)), {})
    made = {name: value for name, value in made.items() if name not in _COST}
    made |= {name: priced[name] for name in _COST if name in priced}
    before = [str(made["also_said"])] if "also_said" in made else []
    quoted = [quote(key, row) for key, row in others.items()]
    return made | {"also_said": "\n".join(before + quoted)}


def quote(key: str, row: Values) -> str:
    """A row's complaint in one line: number, who, team and day, then the words."""
    source = [key, *(str(row[name]) for name in ("said_by", "team", "said_on") if name in row)]
    words = [str(row[name]) for name in _WORDS if name in row]
    return f"{' · '.join(source)}: {' – '.join(' '.join(one.split()) for one in words)}"


def _joined(field: RegisterField, told: Sequence[Value]) -> Value:
    if field.counted:
        return _greatest([value for one in told if isinstance(one, tuple) for value in one])
    match field.kind:
        case FieldKind.LIST | FieldKind.LINK:
            every = (value for one in told if isinstance(one, tuple) for value in one)
            return tuple(dict.fromkeys(every))
        case FieldKind.YES_NO:
            return any(told)
        case FieldKind.LONG:
            return "\n".join(dict.fromkeys(str(one) for one in told))
        case _:
            return told[0]


def _greatest(values: Sequence[str]) -> tuple[str, ...]:
    """Each group once, in any case of its letters, with its greatest number."""
    found: dict[str, tuple[str, int | None]] = {}
    for value in values:
        name, number = counted(value)
        first, before = found.get(name.casefold(), (name, None))
        known = [one for one in (before, number) if one is not None]
        found[name.casefold()] = first, max(known) if known else None
    return tuple(name if number is None else f"{name}: {number}" for name, number in found.values())
