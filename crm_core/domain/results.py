"""What an assessment comes to: lights with reasons, how voices differ, what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from crm_core.domain.checklists import Checklist, Item, Section, Voice
from crm_core.domain.pooling import Group
from crm_core.domain.scoring import Panel, Score, worth

Why = Literal["nothing", "missed_gate", "below", "open_gate"]
Following = Mapping[tuple[str, int], "Told"]
"""Item and place of a consequence in it -> who says so; of those that stand."""


@dataclass(frozen=True)
class Told:
    """How many of the people who answered say something."""

    told: int
    people: int


@dataclass(frozen=True)
class Reason:
    """Why a light is not green."""

    code: Why
    items: tuple[str, ...] = ()
    """Those whose gate it is."""
    limit: Decimal | None = None
    """What the score lies below."""


@dataclass(frozen=True)
class OfItem:
    """What was said to an item."""

    item: str
    section: str
    share: Fraction | None
    """What the answers are worth together; None where nothing counts or few must not be told."""
    by_group: Mapping[Group, Fraction]
    lowest: Fraction | None
    """The single answer that is worth least."""
    highest: Fraction | None
    counted: int
    """Answers that are worth something that counts."""
    answered: int
    """People, "not applicable" among it."""
    asked: int
    shown: int
    """Answers with evidence."""
    is_withheld: bool
    """Whether too few answered for it to be shown without names."""


@dataclass(frozen=True)
class OfSection:
    """What a section comes to."""

    section: str
    score: Score
    reasons: tuple[Reason, ...]
    by_voice: Mapping[Voice, Fraction]


@dataclass(frozen=True)
class Gap:
    """How far the voices lie apart that see an item lowest and highest."""

    item: str
    low: Group
    high: Group
    distance: Fraction


@dataclass(frozen=True)
class Step:
    """Something to do, since answers lead to it."""

    item: str
    place: int
    """Of the consequence in the item."""
    is_gate: bool
    """Whether the item misses its gate: nothing else turns the light before it is mended."""
    gain: Fraction
    """What the whole score would gain if the item were worth all."""
    says: Told


@dataclass(frozen=True)
class Result:
    """Everything that follows from the sheets of an assessment."""

    whole: Score
    reasons: tuple[Reason, ...]
    confidence: Fraction
    sections: tuple[OfSection, ...]
    items: tuple[OfItem, ...]
    gaps: tuple[Gap, ...]
    """The widest first; only items that several voices answered differently."""
    steps: tuple[Step, ...]
    """Missed gates first, then what adds most to the whole score."""


def result(panel: Panel, following: Following) -> Result:
    """What the sheets come to, and what follows from their answers."""
    whole = panel.whole()
    items = tuple(_of_item(panel, part, item) for part in _parts(panel) for item in part.items)
    return Result(
        whole,
        reasons(panel.checklist, whole),
        confidence(whole),
        tuple(_of_section(panel, part) for part in _parts(panel)),
        items,
        _gaps(items),
        steps(panel, following),
    )


def confidence(score: Score) -> Fraction:
    """How far a score can be relied on, from 0 to 1: coverage x (1 + evidence) / 2.

    What was not answered is not known at all, so it takes away its whole weight. An answer that
    should be shown to be true and is not counts half: ISO 19011 takes as evidence of an audit only
    what can be verified, and a bare statement is more than nothing.
    """
    return score.coverage * (1 + score.evidence) / 2


def reasons(checklist: Checklist, score: Score) -> tuple[Reason, ...]:
    """Why a light is not green, the gravest first; () for a green one."""
    if score.share is None:
        return (Reason("nothing"),)
    found = []
    if score.missed_gates:
        found.append(Reason("missed_gate", score.missed_gates))
    for limit in (checklist.amber_from, checklist.green_from):
        if score.share < limit:
            found.append(Reason("below", limit=limit))
            break
    if score.open_gates:
        found.append(Reason("open_gate", score.open_gates))
    return tuple(found)


def gains(panel: Panel) -> dict[str, Fraction]:
    """What the whole score would gain if an item were worth all, by item: its weight within the
    section, by the section's within the whole, by what is missing to all. As scores are means of
    what counts, weights are shares of what counts."""
    counted = [
        (part, [(item, share) for item in part.items if (share := panel.share(item)) is not None])
        for part in _parts(panel)
    ]
    every = sum((Fraction(part.weight) for part, each in counted if each), Fraction(0))
    found = {}
    for part, each in counted:
        inside = sum((Fraction(item.weight) for item, _ in each), Fraction(0))
        for item, share in each:
            weight = Fraction(item.weight) / inside * Fraction(part.weight) / every
            found[item.id] = weight * (1 - share)
    return found


def steps(panel: Panel, following: Following) -> tuple[Step, ...]:
    """What to do next: what mends a missed gate first, then by what it adds to the whole score."""
    gained, missed = gains(panel), set(panel.whole().missed_gates)
    found = [
        Step(item.id, place, item.id in missed, gained.get(item.id, Fraction(0)), says)
        for item in panel.checklist.items
        for place in range(len(item.leads_to))
        if (says := following.get((item.id, place)))
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_gate, -one.gain)))


def _parts(panel: Panel) -> tuple[Section, ...]:
    return panel.checklist.sections


def _of_section(panel: Panel, section: Section) -> OfSection:
    score = panel.section(section)
    why = reasons(panel.checklist, score)
    return OfSection(section.id, score, why, panel.section_by_voice(section))


def _of_item(panel: Panel, section: Section, item: Item) -> OfItem:
    asked = panel.asked_on(item)
    given = [answer for sheet in asked if (answer := sheet.answers.get(item.id))]
    values = [worth(item, answer.value) for answer in given]
    single = [value for value in values if value is not None]
    is_withheld = panel.groups(item) is None
    shown = [] if is_withheld else single
    return OfItem(
        item.id,
        section.id,
        panel.share(item),
        panel.by_group(item),
        min(shown, default=None),
        max(shown, default=None),
        len(single),
        len(given),
        len(asked),
        sum(answer.has_evidence for answer in given),
        is_withheld,
    )


def _gaps(items: Iterable[OfItem]) -> tuple[Gap, ...]:
    found = []
    for one in items:
        shares = one.by_group
        if len(shares) > 1:
            low, high = min(shares, key=shares.__getitem__), max(shares, key=shares.__getitem__)
            found.append(Gap(one.item, low, high, shares[high] - shares[low]))
    return tuple(sorted((one for one in found if one.distance), key=lambda one: -one.distance))
