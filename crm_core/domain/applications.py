"""Applications of a company: which of them has a future, and who keeps which customer data."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """What to do with an application, by Gartner's TIME model."""

    TOLERATE = "tolerate"
    INVEST = "invest"
    MIGRATE = "migrate"
    ELIMINATE = "eliminate"


_VERDICTS = {
    (True, True): Verdict.INVEST,
    (False, True): Verdict.TOLERATE,
    (True, False): Verdict.MIGRATE,
    (False, False): Verdict.ELIMINATE,
}
_GOOD = {"unfit": False, "poor": False, "good": True, "perfect": True}


def verdict(functional: str | None, technical: str | None) -> Verdict | None:
    """The verdict from how well it serves its users (the owner's word) and how sound it is (an
    expert's): unfit, poor, good or perfect each. None as long as one of them is missing."""
    if functional not in _GOOD or technical not in _GOOD:
        return None
    return _VERDICTS[_GOOD[functional], _GOOD[technical]]


class Role(StrEnum):
    """What an application keeps a field as."""

    MASTER = "master"
    COPY = "copy"
    TYPED = "typed"
    UNKNOWN = "unknown"


class Fault(StrEnum):
    """What is wrong with how a field is kept, the worst first."""

    TYPED_AGAIN = "typed_again"
    SEVERAL_MASTERS = "several_masters"
    COPIES_ONLY = "copies_only"
    NO_MASTER = "no_master"


@dataclass(frozen=True)
class KeptField:
    """A field of a customer's record, and how many applications keep it as what."""

    key: str
    """Record and field without case: what tells it from others."""
    entity: str
    field: str
    roles: Mapping[Role, int]
    """Applications; one that keeps it as several things counts for each."""
    typed_anew: int
    """Applications that it is typed into and that are not its master."""
    minutes: Decimal | None
    """What typing it anew takes, a month, as far as somebody said; None where nobody did."""
    longest: Decimal | None
    """The same in the application where it takes longest."""
    unmeasured: int
    """Applications that it is typed into, nobody said how long."""

    @property
    def is_typed_again(self) -> bool:
        """Whether somebody types what stands in another application already."""
        return self.typed_anew > (0 if self.roles[Role.MASTER] else 1)

    @property
    def minutes_again(self) -> Decimal | None:
        """Minutes a month that are typed for the second time, 0 for none; None: not known. Where
        some of it was not measured there are more.

        With a master that is all typing. Without one it has to be typed once: the place where that
        takes longest is taken for it, so that the figure promises no more than there is to gain.
        """
        if not self.is_typed_again:
            return Decimal(0)
        if self.minutes is None or self.longest is None:
            return None
        again = self.minutes if self.roles[Role.MASTER] else self.minutes - self.longest
        return again if again or not self.unmeasured else None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with it, the worst first."""
        masters, copies = self.roles[Role.MASTER], self.roles[Role.COPY]
        found = {
            Fault.TYPED_AGAIN: self.is_typed_again,
            Fault.SEVERAL_MASTERS: masters > 1,
            Fault.COPIES_ONLY: not masters and copies > 0,
            Fault.NO_MASTER: not masters and not copies,
        }
        return tuple(fault for fault, is_there in found.items() if is_there)
