"""What initiatives are ranked by: an array for each input, a place in it for each initiative."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
STRENGTHS = {"weak": 1 / 3, "clear": 2 / 3, "decisive": 1.0}
"""How strongly an initiative serves its goals, as a share of full strength."""
SEVERITIES = {"low": 0.25, "medium": 0.5, "high": 1.0}
"""What the removal of a red flag counts, as a share of what an initiative brings on average."""


class Input(StrEnum):
    """What methods look at."""

    VALUE = "value"  # money a year, as it was estimated
    FIT = "fit"  # share of the goals' weight that it serves, times how strongly, 0 … 1
    REACH = "reach"  # people of the groups that it touches
    CONFIDENCE = "confidence"  # the chance that its value comes, 0 … 1
    URGENCY = "urgency"  # share of the time to its deadline that the work itself takes, 0 … 1
    FLAGS = "flags"  # the red flags that it removes, by severity
    EFFORT = "effort"  # people times periods
    DURATION = "duration"  # periods
    COST = "cost"  # money, once
    LENS = "lens"  # what it counts, since it serves what is being phased out, 0 … 1


Inputs = Mapping[Input, Numbers]
"""Arrays (…, n): one of them, or as many as there are draws; NaN: nobody said."""


@dataclass(frozen=True, eq=False)
class Portfolio:
    """n initiatives and k goals, as people wrote them; NaN: nobody said."""

    value: Numbers
    reach: Numbers
    risk: Numbers
    amount: Numbers
    """People of all skills in each period."""
    duration: Numbers
    duration_least: Numbers
    duration_most: Numbers
    left: Numbers
    """Periods from now to the deadline; NaN: there is none."""
    flags: Numbers
    cost: Numbers
    strength: Numbers
    """0 … 1."""
    serves: Numbers
    """(n, k): 1 where an initiative serves a goal, else 0."""
    weights: Numbers
    """(k): of the goals."""
    factors: Numbers
    """(k): what a goal counts, 1 unless it serves nothing but what is being phased out."""
    others: Numbers
    """What it counts for what it serves besides goals."""

    @property
    def count(self) -> int:
        """How many initiatives there are."""
        return len(self.value)


def inputs(
    given: Portfolio,
    value: Numbers | None = None,
    duration: Numbers | None = None,
    weights: Numbers | None = None,
) -> dict[Input, Numbers]:
    """What the methods look at; as it was estimated, or at other values (draws, n), durations
    (draws, n) and weights of goals (draws, k).

    No deadline presses for nothing, and no red flag removes none: these two are known to be 0.
    """
    lasts = given.duration if duration is None else duration
    fit, lens = _aligned(given, given.weights if weights is None else weights)
    return {
        Input.VALUE: given.value if value is None else value,
        Input.FIT: fit,
        Input.REACH: given.reach,
        Input.CONFIDENCE: 1 - given.risk,
        Input.URGENCY: _urgency(given.left, lasts),
        Input.FLAGS: given.flags,
        Input.EFFORT: given.amount * lasts,
        Input.DURATION: lasts,
        Input.COST: given.cost,
        Input.LENS: lens,
    }


def _aligned(given: Portfolio, weights: Numbers) -> tuple[Numbers, Numbers]:
    """How much of the goals' weight each serves, and what it counts: the mean of its goals' factors
    by weight. What serves no goal has an unknown fit, and counts for what it serves besides."""
    served = weights @ given.serves.T
    counted = (weights * given.factors) @ given.serves.T
    whole = weights.sum(axis=-1, keepdims=True)
    has_goal = given.serves.any(axis=-1)
    share = np.divide(served, whole, out=np.zeros_like(served), where=whole > 0)
    lens = np.divide(counted, served, out=np.ones_like(served), where=served > 0)
    return np.where(has_goal, share * given.strength, np.nan), np.minimum(lens, given.others)


def _urgency(left: Numbers, duration: Numbers) -> Numbers:
    """1 where the deadline leaves no more time than the work takes, or has passed."""
    presses = np.clip(duration / np.maximum(left, 1e-9), 0, 1)
    return np.where(np.isnan(left), 0.0, np.where(left <= 0, 1.0, presses))
