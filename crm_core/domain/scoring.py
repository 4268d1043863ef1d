"""What answers to a checklist are worth: a weighted mean of what was asked, and what it rests on.

Each item's answer is worth a share from 0 to 1. Of several people an item's share is the mean of
their voices' means (voices that must not be told apart count as one), so that a large group does
not outvote a small one. A section's score is the
mean of its items' shares by their weights, the whole score that of the sections by theirs. What
does not apply or was not answered is counted as the `Rules` say; what was not asked never is.
Fractions are fractions: a score that is exactly at a limit must not miss it by a rounding.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from crm_core.domain.checklists import Checklist, Item, ItemKind, Section, Voice, When
from crm_core.domain.pooling import Group, pooled

Value = str | tuple[str, ...] | Decimal | date


@dataclass(frozen=True)
class Answer:
    """What somebody answered; `value` is None where it does not apply."""

    value: Value | None
    has_evidence: bool = False


@dataclass(frozen=True)
class Sheet:
    """What one respondent was asked and answered."""

    answers: Mapping[str, Answer]
    """By item."""
    voice: Voice = "lead"
    sections: frozenset[str] = frozenset()
    """Those that are the respondent's part; all where it is empty."""


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
    """Items with a gate that nobody answered, or fewer than may be shown: with one of them the
    light is not green."""


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


def part(checklist: Checklist, sheet: Sheet) -> list[Item]:
    """The items that can be asked of a respondent: of their sections, and of their voice."""
    return [
        item
        for section in checklist.sections
        if not sheet.sections or section.id in sheet.sections
        for item in section.items
        if not item.asked_of or sheet.voice in item.asked_of
    ]


def asked(checklist: Checklist, sheet: Sheet) -> dict[str, Item]:
    """The items of a respondent's part whose conditions hold, by id.

    A condition on an item that is not asked never holds; one on an item of somebody else's part
    cannot be told from this sheet and keeps nothing from being asked.
    """
    mine = part(checklist, sheet)
    told = {one.id for one in mine}
    found: dict[str, Item] = {}
    for item in mine:
        conditions = [one for one in item.ask_if if one.item in told]
        if all(
            one.item in found and holds(one, found[one.item], sheet.answers) for one in conditions
        ):
            found[item.id] = item
    return found


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


@dataclass(frozen=True)
class Panel:
    """All sheets of one assessment, or one alone."""

    checklist: Checklist
    sheets: Sequence[Sheet]
    rules: Rules = Rules()
    fewest: int = 1
    """People whose answers to an item are shown together at least; see `pooling`."""
    _asked: Sequence[Mapping[str, Item]] = field(init=False, repr=False)
    _known: dict[tuple[str, Rules], dict[Group, Fraction]] = field(
        init=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """What is asked on each sheet is worked out once."""
        found = [asked(self.checklist, one) for one in self.sheets]
        object.__setattr__(self, "_asked", found)

    def section(self, section: Section) -> Score:
        """The score of one section."""
        return self._score(section.items, self._section_share(section))

    def whole(self) -> Score:
        """The score of all sections together."""
        sections = self.checklist.sections
        parts = [(one.weight, self._section_share(one)) for one in sections]
        return self._score(list(self.checklist.items), _mean(parts))

    def share(self, item: Item) -> Fraction | None:
        """What the answers to an item are worth together; None where nothing counts."""
        return _plain_mean(self.by_group(item).values())

    def by_voice(self, item: Item) -> dict[Voice, Fraction]:
        """What they are worth to each voice that is shown apart, of those with something that
        counts."""
        found = self.by_group(item)
        return {group[0]: share for group, share in found.items() if len(group) == 1}

    def by_group(self, item: Item) -> dict[Group, Fraction]:
        """What they are worth to each group of voices; each voice is its own unless few must not
        be told apart."""
        return self._by_group(item, self.rules)

    def groups(self, item: Item) -> tuple[Group, ...] | None:
        """The voices that answered an item, as they are shown together; None: too few did."""
        told = dict[Voice, int]()
        for sheet in self.asked_on(item):
            if answer := sheet.answers.get(item.id):
                counts = worth(item, answer.value) is not None or not item.is_scored
                told[sheet.voice] = told.get(sheet.voice, 0) + counts
        return pooled(told, self.fewest)

    def section_by_voice(self, section: Section) -> dict[Voice, Fraction]:
        """The score of a section to each voice, by the items to which it is shown apart."""
        parts = defaultdict[Voice, list[tuple[Decimal, Fraction | None]]](list)
        for item in section.items:
            for voice, share in self.by_voice(item).items():
                parts[voice].append((item.weight, share))
        found = {voice: _mean(each) for voice, each in parts.items()}
        return {voice: share for voice, share in found.items() if share is not None}

    def asked_on(self, item: Item) -> list[Sheet]:
        """The sheets on which an item is asked."""
        both = zip(self.sheets, self._asked, strict=True)
        return [sheet for sheet, items in both if item.id in items]

    def _by_group(self, item: Item, rules: Rules) -> dict[Group, Fraction]:
        """Worked out once: sections, the whole and what follows from them ask for it again."""
        key = item.id, rules
        if key not in self._known:
            self._known[key] = self._grouped(item, rules)
        return self._known[key]

    def _grouped(self, item: Item, rules: Rules) -> dict[Group, Fraction]:
        groups = self.groups(item)
        if groups is None:
            return {}
        of = {voice: group for group in groups for voice in group}
        found: dict[Group, list[Fraction]] = {group: [] for group in groups}
        for sheet in self.asked_on(item):
            counted = _counted(item, sheet.answers.get(item.id), rules)
            if counted is not None:
                found.setdefault(of.get(sheet.voice, (sheet.voice,)), []).append(counted)
        return {group: sum(each, Fraction(0)) / len(each) for group, each in found.items() if each}

    def _section_share(self, section: Section) -> Fraction | None:
        return _mean([(item.weight, self.share(item)) for item in section.items])

    def _score(self, items: Sequence[Item], share: Fraction | None) -> Score:
        each = [(one, sheet.answers.get(one.id)) for one in items for sheet in self.asked_on(one)]
        answered = [(one, answer) for one, answer in each if answer]
        wanting = [
            (one, given) for one, given in answered if one.evidence and given.value is not None
        ]
        shown = [(one, answer) for one, answer in wanting if answer.has_evidence]
        gates = [one for one in items if one.gate is not None and self.asked_on(one)]
        missed = tuple(one.id for one in gates if self._is_missed(one))
        told = {one.id for one, _ in answered}
        waiting = tuple(one.id for one in gates if one.id not in told or self.groups(one) is None)
        return Score(
            share,
            _weight(answered) / _weight(each) if each else Fraction(0),
            _weight(shown) / _weight(wanting) if wanting else Fraction(1),
            _light(self.checklist, share, missed, waiting),
            missed,
            waiting,
        )

    def _is_missed(self, item: Item) -> bool:
        """By what was answered alone, however what was not is counted."""
        got = _plain_mean(self._by_group(item, Rules()).values())
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


def _plain_mean(shares: Collection[Fraction]) -> Fraction | None:
    return sum(shares, Fraction(0)) / len(shares) if shares else None


def _weight(items: Iterable[tuple[Item, Answer | None]]) -> Fraction:
    return sum((Fraction(one.weight) for one, _ in items), Fraction(0))


def _in_proportion(item: Item, value: Decimal) -> Fraction:
    assert item.zero_at is not None
    assert item.full_at is not None
    share = Fraction(value - item.zero_at) / Fraction(item.full_at - item.zero_at)
    return min(Fraction(1), max(Fraction(0), share))
