"""What answers to a checklist are worth: a weighted mean of what was asked, and what it rests on.

Each item's answer is worth a share from 0 to 1. A section's score is the mean of its items'
shares by their weights, the whole score that of the sections by theirs. What does not apply or was
not answered is counted as the `Rules` say; what was not asked never is. Fractions are fractions: a
score that is exactly at a limit must not miss it by a rounding.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from crm_core.domain.checklists import Checklist, Item, ItemKind, Section, When

Value = str | tuple[str, ...] | Decimal | date


@dataclass(frozen=True)
class Answer:
    """What somebody answered; `value` is None where it does not apply."""

    value: Value | None
    has_evidence: bool = False


class Counted(StrEnum):
    """How an item without a worth of its own counts."""

    LEFT_OUT = "left_out"
    AS_NOTHING = "as_nothing"
    AS_ALL = "as_all"


@dataclass(frozen=True)
class Rules:
    """How what was not answered and what does not apply count."""

    missing: Counted = Counted.LEFT_OUT
    not_applicable: Counted = Counted.LEFT_OUT


class Light(StrEnum):
    """Red, amber or green; grey where nothing can be said."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"


@dataclass(frozen=True)
class Score:
    """A score and what it rests on."""

    share: Fraction | None
    """None where nothing counts."""
    coverage: Fraction
    """Of the weight that is asked for, how much was answered, "not applicable" among it."""
    evidence: Fraction
    """Of the weight that wants evidence and was answered, how much has some; 1 where none does."""
    light: Light
    missed_gates: tuple[str, ...]
    """Items that were answered below their gate: with one of them the light is red."""
    open_gates: tuple[str, ...]
    """Items with a gate that nobody answered: with one of them the light is not green."""


_WORTH = {Counted.AS_NOTHING: Fraction(0), Counted.AS_ALL: Fraction(1)}


def worth(item: Item, value: Value | None) -> Fraction | None:
    """What an answer is worth; None for one that is worth nothing that could be counted."""
    if value is None or not item.is_scored:
        return None
    if item.kind is ItemKind.NUMBER:
        return _in_proportion(item, value) if isinstance(value, Decimal) else None
    chosen = value if isinstance(value, tuple) else (value,)
    found = [share for code, share in item.worths.items() if code in chosen]
    if item.kind is ItemKind.SEVERAL:
        return min(Fraction(1), sum(found, Fraction(0)))
    return found[0] if found else None


def asked(checklist: Checklist, answers: Mapping[str, Answer]) -> list[Item]:
    """The items whose conditions hold; a condition on an item that is not asked never does."""
    found: dict[str, Item] = {}
    for item in checklist.items:
        if all(one.item in found and holds(one, found[one.item], answers) for one in item.ask_if):
            found[item.id] = item
    return list(found.values())


def holds(when: When, item: Item, answers: Mapping[str, Answer]) -> bool:
    """Whether a condition holds for the answer to an item; never for one that is missing."""
    answer = answers.get(item.id)
    if answer is None or answer.value is None:
        return False
    value = answer.value
    chosen = value if isinstance(value, tuple) else (value,)
    share = worth(item, value)
    is_chosen = not when.one_of or not set(when.one_of).isdisjoint(chosen)
    return is_chosen and (when.below is None or (share is not None and share < when.below))


def section_score(
    checklist: Checklist,
    section: Section,
    answers: Mapping[str, Answer],
    rules: Rules = Rules(),
) -> Score:
    """The score of one section."""
    ids = {one.id for one in section.items}
    items = [one for one in asked(checklist, answers) if one.id in ids]
    parts = [(item.weight, _counted(item, answers.get(item.id), rules)) for item in items]
    return _score(checklist, items, answers, _mean(parts))


def whole_score(
    checklist: Checklist,
    answers: Mapping[str, Answer],
    rules: Rules = Rules(),
) -> Score:
    """The score of all sections together."""
    parts = [
        (one.weight, section_score(checklist, one, answers, rules).share)
        for one in checklist.sections
    ]
    return _score(checklist, asked(checklist, answers), answers, _mean(parts))


def _score(
    checklist: Checklist,
    items: Sequence[Item],
    answers: Mapping[str, Answer],
    share: Fraction | None,
) -> Score:
    answered = [one for one in items if one.id in answers]
    wanting = [one for one in answered if one.evidence and answers[one.id].value is not None]
    shown = [one for one in wanting if answers[one.id].has_evidence]
    gates = [one for one in items if one.gate is not None]
    missed = tuple(one.id for one in gates if one in answered and _is_missed(one, answers))
    unanswered = tuple(one.id for one in gates if one not in answered)
    return Score(
        share,
        _weight(answered) / _weight(items) if items else Fraction(0),
        _weight(shown) / _weight(wanting) if wanting else Fraction(1),
        _light(checklist, share, missed, unanswered),
        missed,
        unanswered,
    )


def _is_missed(item: Item, answers: Mapping[str, Answer]) -> bool:
    got = worth(item, answers[item.id].value)
    return item.gate is not None and got is not None and got < item.gate


def _light(
    checklist: Checklist, share: Fraction | None, missed: Sequence[str], unanswered: Sequence[str]
) -> Light:
    if share is None:
        return Light.GREY
    if missed or share < checklist.amber_from:
        return Light.RED
    return Light.GREEN if share >= checklist.green_from and not unanswered else Light.AMBER


def _counted(item: Item, answer: Answer | None, rules: Rules) -> Fraction | None:
    if not item.is_scored:
        return None
    if answer is None:
        return _WORTH.get(rules.missing)
    if answer.value is None:
        return _WORTH.get(rules.not_applicable)
    return worth(item, answer.value)


def _mean(parts: Iterable[tuple[Decimal, Fraction | None]]) -> Fraction | None:
    counted = [(Fraction(weight), share) for weight, share in parts if share is not None]
    if not counted:
        return None
    every = sum((weight for weight, _ in counted), Fraction(0))
    return sum((weight * share for weight, share in counted), Fraction(0)) / every


def _weight(items: Iterable[Item]) -> Fraction:
    return sum((Fraction(one.weight) for one in items), Fraction(0))


def _in_proportion(item: Item, value: Decimal) -> Fraction:
    assert item.zero_at is not None
    assert item.full_at is not None
    share = Fraction(value - item.zero_at) / Fraction(item.full_at - item.zero_at)
    return min(Fraction(1), max(Fraction(0), share))
