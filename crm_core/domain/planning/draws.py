"""What chance does: how long each initiative takes, which events happen, whose value comes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from crm_core.domain.planning.model import Initiative, Programme
from crm_core.domain.planning.obstacles import Spans

Numbers = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
SAMPLES = 5_000
_SEED = 20_260_105
_GRID = np.linspace(0.0, 1.0, 513)


@dataclass(frozen=True)
class Draws:
    """A number each for every sample, by id."""

    count: int
    """How many samples there are."""
    work: Mapping[str, Numbers]
    """Periods of work at full speed that an initiative needs, events not counted."""
    happens: Mapping[str, Truths]
    """Whether an event does."""
    comes: Mapping[str, Truths]
    """Whether an initiative's value does."""

    def without(self, programme: Programme, key: str) -> "Draws":
        """The same samples, but that initiative takes what was planned, or that event stays out."""
        if key in self.happens:
            return replace(self, happens={**self.happens, key: np.zeros(self.count, np.bool_)})
        usual = np.full(self.count, float(programme.initiative(key).duration))
        return replace(self, work={**self.work, key: usual})


def draws(programme: Programme, spans: Spans, samples: int = SAMPLES, seed: int = _SEED) -> Draws:
    """Samples for what is in the plan; the same programme has the same ones.

    Each sample comes from another one of as many equal slices of probability: Latin hypercube
    sampling (McKay, Beckman, Conover, Technometrics 21(2), 1979) needs fewer for the same accuracy.
    """
    dice = np.random.default_rng(seed)
    placed = [one for one in programme.initiatives if one.id in spans]

    def chances() -> Numbers:
        return (dice.permutation(samples) + dice.random(samples)) / samples

    work = {one.id: taken(one, chances()) for one in placed}
    comes = {one.id: chances() >= one.risk for one in placed}
    happens = {one.id: chances() < one.chance for one in programme.events}
    return Draws(samples, work, happens, comes)


def is_open(one: Initiative) -> bool:
    """Whether anybody said how much longer or shorter than usual it may take."""
    least, most = _range(one)
    return least < most


def taken(one: Initiative, chances: Numbers) -> Numbers:
    """How long an initiative takes at these chances (0 … 1): PERT's beta distribution.

    Mean (least + 4 usual + most) / 6, spread over the whole range: Malcolm, Roseboom, Clark, Fazar,
    "Application of a Technique for Research and Development Program Evaluation", Operations
    Research 7(5), 1959. Without a range it takes as long as it was said. Its quantiles are read off
    a table of the density's sums: numpy has none, and with them samples of one programme and of a
    changed one can be held against each other.
    """
    least, most = _range(one)
    if least >= most:
        return np.full(len(chances), float(one.duration))
    before, after = (
        4 * part / (most - least) for part in (one.duration - least, most - one.duration)
    )
    middles = (_GRID[1:] + _GRID[:-1]) / 2
    sums = np.append(0.0, np.cumsum(middles**before * (1 - middles) ** after))
    return least + (most - least) * np.interp(chances, sums / sums[-1], _GRID)


def _range(one: Initiative) -> tuple[int, int]:
    """A bound that nobody said, or that the usual duration is beyond, is that duration."""
    least = one.duration if one.shortest is None else min(one.shortest, one.duration)
    most = one.duration if one.longest is None else max(one.longest, one.duration)
    return least, most
