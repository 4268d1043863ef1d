"""What is worth most, where each value is known as a range only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
DRAWS = 2_000
_BLOCK = 2_000_000
"""Numbers that are drawn at a time: 16 MB."""
_SEED = 20_250_101
_LOW, _HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Worth:
    """What something is worth: anything from `least` to `most` is as likely.

    Who knows no more than two bounds has no reason to hold one value between them for likelier
    than another: the uniform distribution is the one of greatest entropy (Jaynes, "Information
    Theory and Statistical Mechanics", Phys. Rev. 106, 1957). A triangular or PERT distribution
    would ask for a third number, the likeliest one, that nobody has given.
    """

    least: float
    most: float

    @property
    def expected(self) -> float:
        """The mean."""
        return (self.least + self.most) / 2

    @property
    def low(self) -> float:
        """In one of ten cases it is less."""
        return self.least + _LOW * (self.most - self.least)

    @property
    def high(self) -> float:
        """In one of ten cases it is more."""
        return self.least + _HIGH * (self.most - self.least)

    def times(self, factor: float) -> "Worth":
        """The same, weighed."""
        return Worth(self.least * factor, self.most * factor)


def worth(least: float | None, most: float | None) -> Worth | None:
    """A range of which one bound alone may be said, then it is that value; None: neither is.
    Bounds in the wrong order are put right."""
    said = [one for one in (least, most) if one is not None]
    return Worth(min(said), max(said)) if said else None


def in_front(values: Sequence[Worth], top: int) -> list[float]:
    """How often (0 … 1) each is among the `top` greatest when all are drawn from their ranges,
    independently of each other, DRAWS times; the same values give the same answer.

    What lies below the least of `top` others in any case is not drawn: it never gets there.
    """
    if len(values) <= top:
        return [1.0] * len(values)
    least, most = np.array([(one.least, one.most) for one in values]).T
    surely = np.partition(least, -top)[-top]
    possible = np.flatnonzero(most >= surely)
    share = np.zeros(len(values))
    share[possible] = _front(least[possible], most[possible], top)
    return [float(one) for one in share]


def _front(least: Numbers, most: Numbers, top: int) -> Numbers:
    """Equal values take turns: a number too small to change any other order is added to each."""
    dice = np.random.default_rng(_SEED)
    count, seen, left = len(least), np.zeros(len(least)), DRAWS
    turn = np.spacing(np.abs(most).max()) * 16 or np.finfo(float).tiny
    while left:
        rows = min(left, max(1, _BLOCK // count))
        drawn = least + (most - least) * dice.random((rows, count))
        drawn += turn * dice.random((rows, count))
        first = np.argpartition(drawn, count - top, axis=1)[:, count - top :]
        seen += np.bincount(first.ravel(), minlength=count)
        left -= rows
    return seen / DRAWS
