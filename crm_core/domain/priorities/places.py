"""Places: from scores to an order, and how sure a place is when inputs and weights move."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from crm_core.domain.priorities.methods import Method, scores
from crm_core.domain.priorities.portfolio import Inputs, Numbers, Portfolio, inputs

Places = npt.NDArray[np.int64]
DRAWS = 2_000
LOW, HIGH = 10, 90
"""Percentiles of a place that are told."""
_SEED = 20_250_101


@dataclass(frozen=True)
class Moving:
    """What may turn out otherwise."""

    value: float = 0.0
    """By what share a value may be more or less: anything between is as likely."""
    firmness: float | None = None
    """How closely weights stay around those that were chosen: the sum of a Dirichlet distribution's
    parameters. A weight of 20 % then moves by about 7 points at 30, by 4 at 100. None: they stay.
    """
    durations: bool = False
    """Whether durations move between their least and their most."""


@dataclass(frozen=True, eq=False)
class Stability:
    """Of each initiative, in how many of the draws; NaN for what has no place."""

    in_front: Numbers
    """How often (0 … 1) it is among the first."""
    low: Numbers
    high: Numbers
    """Between these places it is in 8 of 10 draws."""


def places(found: Numbers) -> Places:
    """The places (…, n) by scores: 1 for the greatest, equal ones in their order, 0 for NaN."""
    unknown = np.isnan(found)
    order = np.argsort(np.where(unknown, np.inf, -found), axis=-1, kind="stable")
    place = np.empty(order.shape, dtype=np.int64)
    np.put_along_axis(place, order, np.arange(1, found.shape[-1] + 1), axis=-1)
    return np.where(unknown, 0, place)


def stability(
    given: Portfolio, method: Method, weights: Numbers, moving: Moving, top: int
) -> Stability:
    """How places move over DRAWS draws, independent of each other; the same input gives the same
    answer. What has no place as it was estimated has none in any draw."""
    dice = np.random.default_rng(_SEED)
    drawn = _drawn(given, moving, dice)
    # What has a place keeps one, however the weights fall on what is known of it.
    found = scores(drawn, method, _weights(weights, moving, dice), least=0)
    found = np.broadcast_to(found, (DRAWS, given.count)).copy()
    has_place = ~np.isnan(scores(inputs(given), method, weights))
    found[:, ~has_place] = np.nan
    where = places(found)
    low, high = np.percentile(where, (LOW, HIGH), axis=0, method="nearest").astype(float)
    front = ((where > 0) & (where <= top)).mean(axis=0)
    unknown = np.where(has_place, 0.0, np.nan)
    return Stability(front + unknown, low + unknown, high + unknown)


def _drawn(given: Portfolio, moving: Moving, dice: np.random.Generator) -> Inputs:
    by = moving.value
    value = given.value * dice.uniform(1 - by, 1 + by, (DRAWS, given.count)) if by else None
    duration = _durations(given, dice) if moving.durations else None
    return inputs(given, value, duration, _weights(given.weights, moving, dice))


def _durations(given: Portfolio, dice: np.random.Generator) -> Numbers:
    """Triangular between least and most, likeliest as it was said; as said where no range is."""
    said = given.duration
    least, most = np.fmin(said, given.duration_least), np.fmax(said, given.duration_most)
    found = np.tile(said, (DRAWS, 1))
    wide = np.flatnonzero(least < most)
    shape = (DRAWS, len(wide))
    found[:, wide] = dice.triangular(least[wide], said[wide], most[wide], shape)
    return found


def _weights(chosen: Numbers, moving: Moving, dice: np.random.Generator) -> Numbers:
    """A row a draw; as they were chosen where they stay, or where all are nothing."""
    if moving.firmness is None or not chosen.sum():
        return chosen
    return dice.dirichlet(chosen / chosen.sum() * moving.firmness, DRAWS)
