"""Red flags that rules raise: what a rule says, and what becomes of a flag when it is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from crm_core.domain.actor import Actor
from crm_core.domain.described import Described, Threshold
from crm_core.domain.entities import Label

RULES = Actor("rules", "rules")
"""Who acts when a rule raises a flag, brings it up to date or clears it."""
REGISTER = "red_flag"
OPEN, CLEARED = "open", "cleared"
DECIDED = ("accepted", "removed")
"""What a person made of a flag: the rule leaves it alone unless its evidence gets worse."""


class Limit(Threshold):
    """A limit that raises a flag as soon as its figure is beyond it."""

    clears_at: Decimal | None = None
    """A flag that stands clears only at this value, so that a figure that moves around the limit
    does not raise and clear it each day; None: at the limit itself."""

    @property
    def clears(self) -> str:
        """The name of the second limit, among the limits of a rule and the facts of a flag."""
        return f"{self.name}_clears"


class FlagRule(Described):
    """A rule: a query that gives a row for each flag to raise, and what such a flag says.

    Columns: `subject`, which tells the flags of the rule apart and stays the same as long as it is
    the same danger; `measured`, the higher the worse; columns named after links of the register
    hold ids; `severity`, where it is there, stands before the rule's own; all others are facts that
    texts and the evidence's address name, a struct of en and zh where they differ by language.
    Parameters: the thresholds, and $today.
    """

    thresholds: tuple[Limit, ...] = ()
    title: Label
    why: Label
    """The figures against the threshold."""
    clears: Label
    """What would clear the flag; a hole named after a limit is the value at which it clears."""
    category: str
    severity: Literal["low", "medium", "high"]
    evidence: str
    """The address of the page that shows it, with filters and {facts}."""
    reads: tuple[Literal["crm", "programme", "app", "checklist"], ...] = Field(min_length=1)
    """The parts of the store that it rests on, those behind its metrics among them."""
    metrics: tuple[str, ...] = ()
    """Metrics that the query reads as tables of their own name."""
    computed: tuple[str, ...] = ()
    """Other tables that it reads so: those whose figures SQL cannot tell; see services/flags."""
    worse_by: Decimal | None = None
    """A flag that a person accepted or removed is raised again when its measure is worse by this;
    None: it never is."""
    no_replay: Label | None = None
    """Why its past cannot be told, where it cannot."""

    @model_validator(mode="after")
    def _reads_its_thresholds(self) -> Self:
        for one in self.thresholds:
            if f"${one.name}" not in self.sql:
                raise ValueError(f"{self.id}: the query does not read {one.name}")
            if not one.least <= one.value <= one.most:
                raise ValueError(f"{self.id}: {one.name} lies outside its own limits")
            if one.clears_at is not None and not one.least <= one.clears_at <= one.value:
                raise ValueError(f"{self.id}: {one.name} must clear at its limit or below")
        return self

    @property
    def texts(self) -> tuple[Label, ...]:
        """What it says of each flag."""
        return self.title, self.why, self.clears


@dataclass(frozen=True)
class Finding:
    """What a rule found: one flag that should stand."""

    rule: str
    subject: str
    measured: float
    facts: Mapping[str, Any]
    """Plain values as JSON has them, the thresholds that were in force among them."""
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field of the register -> ids."""


@dataclass(frozen=True)
class Kept:
    """A flag that a rule raised earlier, as it stands in the register."""

    id: str
    status: str | None
    """None: no status was chosen, or somebody took the row out."""
    there: bool
    """False: somebody took the row out."""
    measured: float
    """As the flag says it: what a person saw who decided on it."""
    facts: Mapping[str, Any]


class Act(StrEnum):
    """What becomes of a flag."""

    RAISE = "raise"
    UPDATE = "update"
    CLEAR = "clear"
    REOPEN = "reopen"


def act(
    found: Finding | None,
    kept: Kept | None,
    worse_by: Decimal | None,
    staying: Finding | None = None,
) -> Act | None:
    """What to do with a flag that the rule found or not; None: nothing.

    `staying`: what the rule finds with the limits at which a flag clears; it raises none.
    A decision of a person stands (accepted, removed, or the row taken out) until the measure is
    worse by `worse_by` than when it was made. The same twice changes nothing.
    """
    if kept is None:
        return Act.RAISE if found else None
    if not kept.there or kept.status in DECIDED:
        return Act.REOPEN if found and _is_worse(found, kept, worse_by) else None
    if kept.status == CLEARED:
        return Act.REOPEN if found else None
    now = found or staying
    if now is None:
        return Act.CLEAR
    return Act.UPDATE if now.facts != kept.facts else None


def _is_worse(found: Finding, kept: Kept, worse_by: Decimal | None) -> bool:
    return worse_by is not None and found.measured >= kept.measured + float(worse_by)
