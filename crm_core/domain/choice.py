"""Choosing among several by weighted criteria: weights, consistency, ranking, what would flip it.

Additive value model (Keeney & Raiffa, "Decisions with Multiple Objectives", 1976): what an option
is worth is the mean of its scores by the criteria's weights. Scores run from 0 to 10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.polynomial import Polynomial

BEST_SCORE = 10.0
MOST_TIMES = 9.0
"""In a comparison of two criteria, how many times as important one can be (Saaty's scale)."""
DRAWS = 2_000
_SEED = 20_250_101
_LIMITS = {3: 0.31, 4: 0.35}
_LIMIT = 0.37
_NOTHING = 1e-12
"""What is smaller is a rounding."""


class Pair(NamedTuple):
    """`one` is so many `times` as important as `other`; below 1: less important."""

    one: str
    other: str
    times: float


@dataclass(frozen=True)
class Weights:
    """Weights of criteria, together 1, and how far the judgements behind them agree."""

    weights: Mapping[str, float]
    inconsistency: float | None = None
    """The geometric consistency index; None where no judgement could contradict another."""
    limit: float = _LIMIT
    """Above this the judgements contradict each other too much to be used as they are."""
    worst: Pair | None = None
    """The comparison that fits the others least, with what they say that it should be."""

    @property
    def is_consistent(self) -> bool:
        """Whether the judgements can be used as they are."""
        return self.inconsistency is None or self.inconsistency <= self.limit


def by_points(points: Mapping[str, float]) -> Weights | None:
    """Weights in proportion to points; None where no criterion has any."""
    total = sum(points.values())
    return Weights({name: one / total for name, one in points.items()}) if total > 0 else None


def by_pairs(criteria: Sequence[str], pairs: Sequence[Pair]) -> Weights | None:
    """Weights from comparisons of two criteria at a time; None while they do not link them all.

    Logarithmic least squares (Crawford & Williams, J. Math. Psychology 29, 1985), which for all
    pairs is the geometric mean of rows and needs not all of them. Consistency is the geometric
    consistency index with its limits of 0.31, 0.35 and 0.37 for 3, 4 and more criteria, which
    stand for Saaty's ratio of 0.1 (Aguarón & Moreno-Jiménez, EJOR 147, 2003); where pairs are
    missing the squares are divided by as many as could contradict the others.
    """
    count = len(criteria)
    if not _linked(criteria, pairs) or not count:
        return None
    place = {name: at for at, name in enumerate(criteria)}
    rows = np.zeros((len(pairs) + 1, count))
    for at, pair in enumerate(pairs):
        rows[at, place[pair.one]], rows[at, place[pair.other]] = 1, -1
    rows[-1] = 1  # logarithms are known but for a constant
    wanted = np.array([*np.log([pair.times for pair in pairs]), 0.0])
    logs, *_ = np.linalg.lstsq(rows, wanted, rcond=None)
    shares = np.exp(logs) / np.exp(logs).sum()
    weights = {name: float(share) for name, share in zip(criteria, shares, strict=True)}
    free = len(pairs) - count + 1
    if free < 1:
        return Weights(weights)
    errors = wanted[:-1] - rows[:-1] @ logs
    at = int(np.abs(errors).argmax())
    return Weights(
        weights,
        float((errors**2).sum() / free),
        _LIMITS.get(count, _LIMIT),
        Pair(pairs[at].one, pairs[at].other, weights[pairs[at].one] / weights[pairs[at].other]),
    )


def _linked(criteria: Sequence[str], pairs: Sequence[Pair]) -> bool:
    """Whether every criterion can be reached from the first by comparisons."""
    reached, waiting = set(criteria[:1]), list(criteria[:1])
    while waiting:
        name = waiting.pop()
        for pair in pairs:
            if name in pair[:2]:
                new = {pair.one, pair.other} - reached
                reached |= new
                waiting += new
    return reached == set(criteria)


def together(each: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean of several people's weights, each of whom counts alike."""
    names = dict.fromkeys(name for one in each for name in one)
    return {name: sum(one.get(name, 0.0) for one in each) / len(each) for name in names}


Scores = Mapping[str, Mapping[str, float]]
"""Option -> criterion -> score, 0 … 10; what nobody scored is not in it."""


@dataclass(frozen=True)
class Placed:
    """An option in the ranking."""

    option: str
    value: float | None
    """0 … 10; None where nothing of it was scored."""
    coverage: float
    """Of the weight, how much was scored; what was not is left out of the mean."""


def ranking(weights: Mapping[str, float], scores: Scores) -> list[Placed]:
    """The options, the best first; those without a value last."""
    found = [_placed(option, weights, given) for option, given in scores.items()]
    return sorted(found, key=lambda one: -1.0 if one.value is None else one.value, reverse=True)


def _placed(option: str, weights: Mapping[str, float], given: Mapping[str, float]) -> Placed:
    covered = sum(weight for name, weight in weights.items() if name in given)
    if covered <= 0:
        return Placed(option, None, 0.0)
    value = sum(weight * given[name] for name, weight in weights.items() if name in given)
    return Placed(option, value / covered, covered / sum(weights.values()))


@dataclass(frozen=True)
class Flip:
    """The smallest change of one weight that puts another option level with the first."""

    criterion: str
    before: float
    after: float
    """The criterion's weight; the others share the rest as before."""
    option: str
    """The one that gets level."""


def smallest_flip(weights: Mapping[str, float], scores: Scores) -> Flip | None:
    """What would take the first place away; None: no change of a single weight does.

    In the weight of one criterion, with the others in proportion, an option's value is a straight
    line, or the quotient of two where something of it was not scored: where two values are level
    is a zero of their polynomial, found exactly.
    """
    placed = [one.option for one in ranking(weights, scores) if one.value is not None]
    if len(placed) < 2:
        return None
    first, *others = placed
    flips = [
        Flip(criterion, now, after, option)
        for criterion, now in weights.items()
        if sum(weights.values()) > now
        for option in others
        for after in _level(criterion, weights, scores[first], scores[option])
    ]
    return min(flips, key=lambda one: round(abs(one.after - one.before), 9), default=None)


def _level(
    criterion: str,
    weights: Mapping[str, float],
    first: Mapping[str, float],
    other: Mapping[str, float],
) -> list[float]:
    """Weights of the criterion, 0 … 1, with which both options are worth the same."""
    (one, of_one), (two, of_two) = (_lines(criterion, weights, each) for each in (first, other))
    lead = (one * of_two - two * of_one).trim(_NOTHING)
    found = [float(root.real) for root in lead.roots() if abs(root.imag) < _NOTHING]
    return [
        after for after in found if 0 <= after <= 1 and min(of_one(after), of_two(after)) > _NOTHING
    ]


def _lines(
    criterion: str, weights: Mapping[str, float], given: Mapping[str, float]
) -> tuple[Polynomial, Polynomial]:
    """The weighted sum of an option's scores and the weight that is scored, as straight lines in
    the weight of one criterion."""
    rest = sum(weights.values()) - weights[criterion]
    others = [name for name in weights if name != criterion and name in given]
    total = sum(weights[name] * given[name] for name in others) / rest
    scored = sum(weights[name] for name in others) / rest
    own, is_own = given.get(criterion, 0.0), float(criterion in given)
    return Polynomial([total, own - total]), Polynomial([scored, is_own - scored])


Spans = Mapping[str, Mapping[str, tuple[float, float]]]
"""Option -> criterion -> the lowest and the highest score that somebody gave."""


def first_places(each: Sequence[Mapping[str, float]], spans: Spans) -> dict[str, float]:
    """How often (0 … 1) each option comes first, DRAWS times, when weights are a random mixture of
    the people's (`each`: a mixture of any proportions is as likely) and scores lie anywhere between
    the lowest and the highest that was given. The same input gives the same answer.
    """
    dice = np.random.default_rng(_SEED)
    names = list(dict.fromkeys(name for one in each for name in one))
    known = np.array([[one.get(name, 0.0) for name in names] for one in each])
    weights = dice.dirichlet(np.ones(len(each)), DRAWS) @ known
    values = np.stack([_drawn(dice, weights, names, given) for given in spans.values()])
    first = values.argmax(axis=0)
    return {name: float((first == at).mean()) for at, name in enumerate(spans)}


def _drawn(
    dice: np.random.Generator,
    weights: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    names: Sequence[str],
    given: Mapping[str, tuple[float, float]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """An option's value in every draw; -1 where nothing of it was scored."""
    low = np.array([given[name][0] if name in given else 0.0 for name in names])
    high = np.array([given[name][1] if name in given else 0.0 for name in names])
    known = weights * np.array([name in given for name in names])
    scores = low + (high - low) * dice.random(weights.shape)
    covered = known.sum(axis=1)
    safe = np.where(covered > 0, covered, 1.0)
    found = np.where(covered > 0, (known * scores).sum(axis=1) / safe, -1.0)
    return np.asarray(found, dtype=np.float64)


@dataclass(frozen=True)
class Cost:
    """What something costs, once or in each of several years; years count from 1."""

    least: float
    likely: float
    most: float
    first_year: int = 1
    last_year: int = 1


@dataclass(frozen=True)
class Total:
    """A sum of costs."""

    low: float
    """In one of ten cases it is less."""
    expected: float
    high: float
    """In one of ten cases it is more."""
    by_year: tuple[float, ...]
    """What is expected in each year."""


def total_cost(costs: Sequence[Cost], years: int) -> Total:
    """What all costs come to over so many years, not discounted.

    Each is drawn from the triangular distribution of its three estimates, independently of the
    others and the same in all its years: who misjudges a licence does so every year.
    """
    dice = np.random.default_rng(_SEED)
    drawn, by_year = np.zeros(DRAWS), [0.0] * years
    for one in costs:
        inside = range(max(1, one.first_year), min(years, one.last_year) + 1)
        least, likely, most = sorted((one.least, one.likely, one.most))
        once = (
            np.full(DRAWS, likely) if least == most else dice.triangular(least, likely, most, DRAWS)
        )
        drawn += once * len(inside)
        for year in inside:
            by_year[year - 1] += (least + likely + most) / 3
    low, high = np.quantile(drawn, (0.1, 0.9))
    return Total(float(low), sum(by_year), float(high), tuple(by_year))
