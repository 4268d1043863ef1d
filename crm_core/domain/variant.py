"""How one team runs a process: its steps in order, what they take and where customers suffer."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

POOR = 2
"""Experience of a step (1 … 5) up to which customers suffer from it."""
_HOUR = 60


@dataclass(frozen=True)
class Step:
    """One thing that is done."""

    what: str
    who: str = ""
    tool: str = ""
    minutes: Decimal | None = None
    with_waiting: bool = False
    """Whether the minutes hold waiting besides work, as in a log that knows no ends."""
    hand_over: str = ""
    """To whom the work goes after it; "" while it stays in one hand."""
    experience: int | None = None
    """What the customer feels: 1 bad … 5 good."""
    waste: tuple[str, ...] = ()

    @property
    def hurts(self) -> bool:
        """Whether the customer suffers here, or work is wasted."""
        return bool(self.waste) or (self.experience is not None and self.experience <= POOR)


@dataclass(frozen=True)
class Variant:
    """The steps of one team; of a baseline the name says the day as well."""

    name: str
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> Decimal | None:
        """What the steps take together, of those that say it; None: none does."""
        said = _said(self.steps)
        return sum(said, Decimal(0)) if said else None

    @property
    def untimed(self) -> int:
        """How many steps do not say what they take."""
        return len(self.steps) - len(_said(self.steps))

    @property
    def with_waiting(self) -> bool:
        """Whether the minutes hold waiting besides work."""
        return any(step.with_waiting for step in self.steps)

    @property
    def hand_overs(self) -> int:
        """How often the work changes hands."""
        return sum(bool(step.hand_over) for step in self.steps)

    def cost(self, hour: Decimal | None) -> Decimal | None:
        """What one run costs where an hour costs `hour`; None where either is not known, or how
        much of the time is work: nobody is paid for a case that lies and waits."""
        minutes = None if self.with_waiting else self.minutes
        return None if hour is None or minutes is None else minutes * hour / _HOUR


def timed(variants: Iterable[Variant]) -> list[Variant]:
    """Those whose minutes can be held against each other: with waiting only where all have it."""
    said = [variant for variant in variants if variant.minutes is not None]
    return [variant for variant in said if not variant.with_waiting] or said


def _said(steps: Iterable[Step]) -> list[Decimal]:
    return [step.minutes for step in steps if step.minutes is not None]
