"""Four ways to rank the same initiatives by the same inputs."""

from collections.abc import Callable
from enum import StrEnum

import numpy as np

from crm_core.domain.priorities.portfolio import Input, Inputs, Numbers


class Method(StrEnum):
    """A way to rank."""

    WEIGHTED = "weighted"
    RICE = "rice"
    WSJF = "wsjf"
    RATIO = "ratio"


CRITERIA = {
    Input.VALUE: 30.0,
    Input.FIT: 20.0,
    Input.REACH: 10.0,
    Input.CONFIDENCE: 10.0,
    Input.URGENCY: 10.0,
    Input.FLAGS: 5.0,
    Input.EFFORT: 10.0,
    Input.COST: 5.0,
}
"""What the weighted score looks at, and how much each counts until somebody says otherwise."""
_LESS_IS_BETTER = (Input.EFFORT, Input.COST)
LOOKS_AT = {
    Method.WEIGHTED: tuple(CRITERIA),
    Method.RICE: (Input.REACH, Input.VALUE, Input.FIT, Input.CONFIDENCE, Input.EFFORT),
    Method.WSJF: (Input.VALUE, Input.URGENCY, Input.FLAGS, Input.DURATION),
    Method.RATIO: (Input.VALUE, Input.EFFORT),
}
"""The inputs of each method; all but the weighted score need every one of them."""
LEAST_KNOWN = 0.5
"""Of the weight, how much must be on criteria that are known: a mean of less says nothing."""
USUAL_WEIGHTS = np.array(list(CRITERIA.values()))


def rice(given: Inputs) -> Numbers:
    """Reach x impact x confidence / effort (S. McBride, "RICE: Simple prioritization for product
    managers", Intercom 2016).

    Impact is the value a year as far as the goals' weights are served by it. Intercom guesses it on
    a scale per person; a value that somebody estimated in money says more than a guess.
    """
    impact = given[Input.VALUE] * given[Input.FIT] * given[Input.LENS]
    done = given[Input.REACH] * impact * given[Input.CONFIDENCE]
    return _per(done, given[Input.EFFORT])


def cost_of_delay(given: Inputs) -> Numbers:
    """Money that a year's delay costs: the value; as much again as the deadline presses; and for
    red flags a share of the mean value. These are SAFe's three parts (user and business value, time
    criticality, risk reduction), in money rather than in relative points.

    A period's delay costs it divided by the periods of a year, which changes no place.
    """
    value = given[Input.VALUE] * given[Input.LENS]
    return value * (1 + given[Input.URGENCY]) + given[Input.FLAGS] * _mean(given[Input.VALUE])


def wsjf(given: Inputs) -> Numbers:
    """Cost of delay / duration: weighted shortest job first (D. Reinertsen, "The Principles of
    Product Development Flow", 2009, B16; SAFe, "WSJF")."""
    return _per(cost_of_delay(given), given[Input.DURATION])


def ratio(given: Inputs) -> Numbers:
    """Value a year / effort: the slope of the line from the corner of a value-effort matrix."""
    return _per(given[Input.VALUE] * given[Input.LENS], given[Input.EFFORT])


def weighted(given: Inputs, weights: Numbers) -> Numbers:
    """The mean of the criteria, each as a share of the greatest, by `weights` (…, CRITERIA); effort
    and cost count for what they stay below the greatest. What is not known is left out of the
    mean, see `coverage`; NaN where nothing that counts is known."""
    total = known = np.zeros(1)
    for at, name in enumerate(CRITERIA):
        share = _share(given, name)
        weight = np.where(np.isnan(share), 0.0, weights[..., at, None])
        total = total + weight * np.nan_to_num(share)
        known = known + weight
    return _per(total, known)


def coverage(given: Inputs, weights: Numbers) -> Numbers:
    """Of the weight, how much is on criteria that are known (0 … 1)."""
    known = np.array([~np.isnan(_share(given, name)) for name in CRITERIA])
    return _per(weights @ known, np.full(known.shape[-1], weights.sum()))


def scores(given: Inputs, method: Method, weights: Numbers, least: float = LEAST_KNOWN) -> Numbers:
    """The score by a method (…, n): the greater the sooner. NaN where an input that the method
    needs is not known, or where it would divide by nothing; of the weighted score, where less than
    `least` of the weight is on what is known."""
    if method is not Method.WEIGHTED:
        return _PLAIN[method](given)
    found = weighted(given, weights)
    return found if not least else np.where(coverage(given, weights) < least, np.nan, found)


_PLAIN: dict[Method, Callable[[Inputs], Numbers]] = {
    Method.RICE: rice,
    Method.WSJF: wsjf,
    Method.RATIO: ratio,
}


def _share(given: Inputs, name: Input) -> Numbers:
    """A criterion as a share of the greatest (0 … 1), the greater the better."""
    found = given[name]
    if name in (Input.VALUE, Input.FIT):
        found = found * given[Input.LENS]
    if name in (Input.FIT, Input.CONFIDENCE, Input.URGENCY):
        return found
    most = np.max(np.nan_to_num(found), axis=-1, keepdims=True, initial=0.0)
    share: Numbers = np.divide(found, most, out=found * 0, where=most > 0)
    return 1 - share if name in _LESS_IS_BETTER else share


def _mean(found: Numbers) -> Numbers:
    """Of what is known."""
    known = (~np.isnan(found)).sum(axis=-1, keepdims=True)
    mean: Numbers = np.nan_to_num(found).sum(axis=-1, keepdims=True) / np.maximum(known, 1)
    return mean


def _per(found: Numbers, divisor: Numbers) -> Numbers:
    """NaN where the divisor is nothing."""
    found, divisor = np.broadcast_arrays(found, divisor)
    out = np.full(found.shape, np.nan)
    shared: Numbers = np.divide(found, divisor, out=out, where=divisor > 0)
    return shared
