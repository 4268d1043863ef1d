"""Checklists: questions with described answers, what these are worth and what follows from them.

The models say what may be written; `checklist_mistakes` says whether it fits together.
"""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Literal

from pydantic import Field

from crm_core.domain.described import Frozen
from crm_core.domain.entities import Label

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Share = Decimal
"""From 0 (nothing is in place) to 1 (all of it is)."""
Scope = Literal["programme", "department", "vendor", "phase"]
Voice = Literal["lead", "manager", "front_line", "it", "vendor"]
"""Groups of people who may see the same thing differently."""


class ItemKind(StrEnum):
    """How an item is answered."""

    SCALE = "scale"  # one of described levels, the lowest first
    ONE = "one"  # one of several answers
    SEVERAL = "several"  # any of several answers
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


CHOSEN = (ItemKind.SCALE, ItemKind.ONE, ItemKind.SEVERAL)


class Option(Frozen):
    """An answer that can be chosen; of a scale, a level with what is seen at it."""

    code: str = Field(pattern=ID)
    label: Label
    worth: Share | None = Field(default=None, ge=0, le=1)
    """Of `one`: what the answer is worth. Of `several`: what it adds, all together at most 1.
    A scale's levels are worth evenly spaced shares unless they say otherwise. None: nothing."""
    alone: bool = False
    """Of `several`: whether it is never chosen beside others, as "none of these" is not."""


class When(Frozen):
    """A condition on the answer of an item; both parts must hold where both are given."""

    item: str = ""
    """Whose answer; the item that the condition stands in where this is blank."""
    one_of: tuple[str, ...] = ()
    """Codes of which one was chosen."""
    below: Share | None = Field(default=None, gt=0, le=1)
    """What the answer is worth is less than this."""


class Consequence(Frozen):
    """What follows from an answer."""

    when: When
    recommendation: Label
    """What to do, as one sentence."""
    flag: Label | None = None
    """The danger that the answer tells of, as the title of a red flag."""
    severity: Literal["low", "medium", "high"] = "medium"
    initiative: Label | None = None
    """The title of the initiative that would mend it, where it takes one."""


class Item(Frozen):
    """A question."""

    id: str = Field(pattern=ID)
    """Stays the same over versions: answers are kept under it."""
    kind: ItemKind = ItemKind.SCALE
    text: Label
    help: Label | None = None
    """What is meant, and how to find the answer."""
    options: tuple[Option, ...] = ()
    unit: Label | None = None
    zero_at: Decimal | None = None
    """Of a number: the value that is worth nothing; between the two in proportion."""
    full_at: Decimal | None = None
    """Of a number: the value that is worth all."""
    weight: Decimal = Field(default=Decimal(1), gt=0, le=100)
    gate: Share | None = Field(default=None, gt=0, le=1)
    """What the answer must be worth at least, or its section cannot be called in order."""
    evidence: Label | None = None
    """What shows that the answer is true."""
    may_not_apply: bool = True
    """Whether "not applicable" may be answered, with a reason."""
    ask_if: tuple[When, ...] = ()
    """Asked only where all of these hold for earlier items."""
    asked_of: tuple[Voice, ...] = ()
    """Who can answer; all where it is empty."""
    leads_to: tuple[Consequence, ...] = ()
    covers: tuple[str, ...] = ()
    """The clauses of the requirement catalogue that it belongs to, beside its section's."""

    @cached_property
    def is_scored(self) -> bool:
        """Whether an answer is worth anything."""
        if self.kind is ItemKind.NUMBER:
            return self.full_at is not None
        return bool(self.worths)

    @cached_property
    def worths(self) -> dict[str, Fraction]:
        """What each option is worth, by its code; those that are worth nothing are left out."""
        stated = {one.code: Fraction(one.worth) for one in self.options if one.worth is not None}
        if stated or self.kind is not ItemKind.SCALE:
            return stated
        last = max(1, len(self.options) - 1)
        return {one.code: Fraction(at, last) for at, one in enumerate(self.options)}


class Section(Frozen):
    """Questions on one matter."""

    id: str = Field(pattern=ID)
    title: Label
    about: Label | None = None
    weight: Decimal = Field(default=Decimal(1), gt=0, le=100)
    covers: tuple[str, ...] = ()
    """The clauses of the requirement catalogue that it belongs to."""
    items: tuple[Item, ...] = Field(min_length=1)


class Checklist(Frozen):
    """A checklist in one version."""

    id: str = Field(pattern=ID)
    version: int = Field(ge=1)
    provider: str = Field(min_length=1)
    """Who wrote it."""
    title: Label
    about: Label
    """What it finds out, and for whom."""
    scopes: tuple[Scope, ...] = ("programme",)
    """What an assessment by it may be of."""
    green_from: Share = Field(default=Decimal("0.75"), gt=0, le=1)
    amber_from: Share = Field(default=Decimal("0.5"), gt=0, le=1)
    sections: tuple[Section, ...] = Field(min_length=1)

    @property
    def items(self) -> Iterator[Item]:
        """Every item in order."""
        for section in self.sections:
            yield from section.items
