"""What a change brought: before and after, held against what was to be expected without it.

Two comparisons. *Own trend*: segmented regression of an interrupted time series (Wagner et al.,
"Segmented regression analysis of interrupted time series studies", J Clin Pharm Ther 2002; Bernal,
Cummins and Gasparrini, "Interrupted time series regression for the evaluation of public health
interventions: a tutorial", Int J Epidemiol 2017): a line before, drawn on, against a line after;
what is told is their mean distance over the time after. *Others*: the difference to what nobody
touched, before and after (difference in differences).

Neighbouring periods are alike, and an interval that forgets it is far too narrow. With the dozen of
periods that there are, Newey and West's correction is too: of nominal 90 % it covers 50 to 75 %
here. So errors are autoregressive of first order, and their correlation is not estimated but
averaged over, weighted by its restricted likelihood, which is the way that holds in short series
(Turner et al., "Evaluation of statistical methods used in the analysis of interrupted time series
studies: a simulation study", BMC Med Res Methodol 2021). A test holds the coverage.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
LEAST = 6
"""Periods on each side; with fewer nothing can be told."""
CONFIDENCE = 0.9
_CORRELATIONS = np.linspace(0.0, 0.95, 39)
"""Of neighbouring periods; alternating series are not expected and would narrow the interval."""
_NOTHING = 1e-12


@dataclass(frozen=True)
class Period:
    """A month or week of a series and its value."""

    first: date
    last: date
    value: float


class Unknown(StrEnum):
    """Why nothing can be told."""

    FEW_BEFORE = "few_before"
    FEW_AFTER = "few_after"
    NO_OTHERS = "no_others"  # nothing of the same kind was left alone, or not in these periods


@dataclass(frozen=True)
class Shift:
    """By how much the time after differs from what was to be expected, with its 90 % interval, in
    the unit of the series."""

    difference: float
    low: float
    high: float

    @property
    def is_told(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Sides:
    """The periods that are compared: as many after as before, those of the transition left out."""

    before: tuple[Period, ...]
    after: tuple[Period, ...]
    gap: int
    """Periods between the two."""


def sides(series: Sequence[Period], since: date, until: date, most: int) -> Sides:
    """The periods before and after a transition from a day to another, the oldest first, at most
    `most` of each. A period that lies in it with a single day belongs to neither side."""
    before = [one for one in series if one.last < since]
    after = [one for one in series if one.first > until]
    count = min(len(before), len(after), most)
    return Sides(
        tuple(before[len(before) - count :]),
        tuple(after[:count]),
        len(series) - len(before) - len(after),
    )


def own_trend(series: Sequence[Period], since: date, until: date, most: int) -> Shift | Unknown:
    """How far the time after lies from the line before, drawn on. What came from elsewhere at the
    same time is in it."""
    found = sides(series, since, until, most)
    if few := _few(series, since, found):
        return few
    places, after = _places(found)
    time = places - places[after].mean()
    columns = [np.ones_like(time), time, after.astype(float), np.where(after, time, 0.0)]
    return _shift(np.stack(columns, axis=1), _values(found))


def against_others(
    series: Sequence[Period],
    others: Sequence[Period],
    since: date,
    until: date,
    most: int,
    *,
    is_share: bool,
) -> Shift | Unknown:
    """How much more the series changed than others of its kind that nobody touched: what came to
    all at the same time is not in it. It takes for granted that both would have gone on alike.

    Amounts are compared in proportion: the others are brought to the size that the series had
    before. `is_share`: they are shares, and compared as they are.
    """
    known = {one.first: one.value for one in others}
    both = [one for one in series if one.first in known]
    found = sides(both, since, until, most)
    if len(found.before) < LEAST:
        return Unknown.NO_OTHERS if not both else _few(both, since, found) or Unknown.NO_OTHERS
    held = np.array([known[one.first] for one in (*found.before, *found.after)])
    values, (_, after) = _values(found), _places(found)
    usual = held[~after].mean()
    if not is_share:
        if abs(usual) < _NOTHING:
            return Unknown.NO_OTHERS
        held = held * (values[~after].mean() / usual)
    columns = [np.ones_like(values), after.astype(float)]
    return _shift(np.stack(columns, axis=1), values - held, of=1)


def mean(periods: Sequence[Period]) -> float:
    """The mean value; NaN of none."""
    return float(np.mean([one.value for one in periods])) if periods else math.nan


def _few(series: Sequence[Period], since: date, found: Sides) -> Unknown | None:
    if len(found.before) >= LEAST:
        return None
    is_short_before = sum(one.last < since for one in series) < LEAST
    return Unknown.FEW_BEFORE if is_short_before else Unknown.FEW_AFTER


def _places(found: Sides) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Where each period stands in time, and which come after."""
    count = len(found.before)
    places = np.arange(2 * count, dtype=np.float64)
    after = places >= count
    return places + np.where(after, float(found.gap), 0.0), after


def _values(found: Sides) -> Numbers:
    return np.array([one.value for one in (*found.before, *found.after)], dtype=np.float64)


def _shift(design: Numbers, values: Numbers, of: int = 2) -> Shift:
    """The coefficient of a column of a regression with autoregressive errors.

    For each correlation the estimate is Prais and Winsten's; their mean is weighted by the
    restricted likelihood, and their spread adds to the variance.
    """
    scale = float(np.abs(values).max()) or 1.0
    free = design.shape[0] - design.shape[1]
    x, y = _whitened(design), _whitened(values[:, None] / scale)
    inner = x.mT @ x
    inverse = np.linalg.inv(inner)
    found = inverse @ x.mT @ y
    squares = np.maximum(np.sum((y - x @ found) ** 2, axis=(1, 2)), _NOTHING**2)
    likelihoods = (
        np.log1p(-(_CORRELATIONS**2)) / 2
        - np.linalg.slogdet(inner)[1] / 2
        - free / 2 * np.log(squares)
    )
    weights = np.exp(likelihoods - likelihoods.max())
    weights /= weights.sum()
    estimates = found[:, of, 0]
    middle = float(weights @ estimates)
    variances = squares / free * inverse[:, of, of] + (estimates - middle) ** 2
    half = _student((1 + CONFIDENCE) / 2, free) * math.sqrt(float(weights @ variances))
    return Shift(middle * scale, (middle - half) * scale, (middle + half) * scale)


def _whitened(rows: Numbers) -> Numbers:
    """The rows for each correlation, what each has from the one before it taken out."""
    rho = _CORRELATIONS[:, None, None]
    first = np.sqrt(1 - rho**2) * rows[None, :1]
    return np.concatenate([first, rows[None, 1:] - rho * rows[None, :-1]], axis=1)


def _student(share: float, free: int) -> float:
    """A quantile of Student's t: the expansion 26.7.5 of Abramowitz and Stegun, good to two digits
    from three degrees of freedom on."""
    z = NormalDist().inv_cdf(share)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + math.fsum(term / free**power for power, term in enumerate(terms, start=1))


class Verdict(StrEnum):
    """What the comparisons say together."""

    BETTER = "better"
    WORSE = "worse"
    UNTOLD = "untold"


def verdict(own: Shift | Unknown, others: Shift | Unknown, wanted: int) -> Verdict:
    """Whether it went the way that was wanted (1: up, -1: down). The comparison with others decides
    where there is one, since it leaves out what came to all; an interval around zero tells nothing.
    """
    shift = others if isinstance(others, Shift) else own
    if not isinstance(shift, Shift) or not shift.is_told:
        return Verdict.UNTOLD
    return Verdict.BETTER if shift.difference * wanted > 0 else Verdict.WORSE
