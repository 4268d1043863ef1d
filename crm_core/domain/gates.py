"""Gates of a phase: what opens the way into it and out of it (D4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from crm_core.domain.checklists import Checklist
from crm_core.domain.scoring import Score


class End(StrEnum):
    """At which end of its phase a gate stands."""

    ENTRY = "entry"
    EXIT = "exit"


class Way(StrEnum):
    """How a gate stands."""

    BY_SCORE = "by_score"
    BY_HAND = "by_hand"
    CLOSED = "closed"


class Lack(StrEnum):
    """Why the score does not open a gate."""

    NO_CHECKLIST = "no_checklist"  # nobody chose one
    NOT_BEGUN = "not_begun"  # nobody filled it in
    NOT_HANDED_IN = "not_handed_in"
    NOTHING = "nothing"  # nothing that counts was answered
    BELOW = "below"  # its score is below the least one
    MISSED = "missed"  # a knocking-out question was answered below what must be reached
    UNANSWERED = "unanswered"  # a knocking-out question was not answered
    INCOMPLETE = "incomplete"  # some other question was not


@dataclass(frozen=True)
class Filled:
    """What an assessment by the gate's checklist comes to, of the questions that are the gate's."""

    assessment: str
    score: Score
    is_handed_in: bool


@dataclass(frozen=True)
class Opening:
    """Somebody opened the gate whatever the score; `at` in UTC."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Missing:
    """What keeps the score from opening a gate."""

    code: Lack
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """How a gate stands, and why."""

    way: Way
    told_by: Filled | None
    """The assessment that says so; None: there is none."""
    missing: tuple[Missing, ...]
    """What keeps the score from opening it; () where it does."""


def part(checklist: Checklist, kind: str | None, end: End) -> Checklist:
    """The questions of a checklist that are a gate's: of a section named after the kind of phase
    and of items named after it and the end (pilot-entry-group); all where none is named so."""
    sections = [
        (
            section,
            tuple(item for item in section.items if item.id.startswith(f"{section.id}-{end}-")),
        )
        for section in checklist.sections
        if kind is None or section.id == kind
    ]
    found = [section.model_copy(update={"items": items}) for section, items in sections if items]
    return checklist.model_copy(update={"sections": tuple(found)}) if found else checklist


def verdict(
    least: Fraction | None, filled: Sequence[Filled], opening: Opening | None = None
) -> Verdict:
    """How a gate stands that asks for a score of at least `least`; None: it has no checklist.

    `filled`: its assessments, the newest first. The newest one that was handed in opens the gate:
    beginning the next one closes nothing. Where it does not, the newest of all says what is
    missing.
    """
    if least is None:
        return Verdict(_by_hand(opening), None, (Missing(Lack.NO_CHECKLIST),))
    held = next((one for one in filled if one.is_handed_in), None)
    if held and not lacks(held, least):
        return Verdict(Way.BY_SCORE, held, ())
    newest = next(iter(filled), None)
    missing = lacks(newest, least) if newest else (Missing(Lack.NOT_BEGUN),)
    return Verdict(_by_hand(opening), newest, missing)


def lacks(one: Filled, least: Fraction) -> tuple[Missing, ...]:
    """What is missing for an assessment to open a gate; (): nothing."""
    score = one.score
    found = []
    if score.share is None:
        found.append(Missing(Lack.NOTHING))
    elif score.share < least:
        found.append(Missing(Lack.BELOW))
    if score.missed_gates:
        found.append(Missing(Lack.MISSED, score.missed_gates))
    if score.open_gates:
        found.append(Missing(Lack.UNANSWERED, score.open_gates))
    elif score.coverage < 1:
        found.append(Missing(Lack.INCOMPLETE))
    if not one.is_handed_in:
        found.append(Missing(Lack.NOT_HANDED_IN))
    return tuple(found)


def _by_hand(opening: Opening | None) -> Way:
    return Way.BY_HAND if opening else Way.CLOSED
