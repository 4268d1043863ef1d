"""Where methods disagree on an initiative, and by which of its inputs."""

from dataclasses import dataclass
from itertools import permutations

import numpy as np

from crm_core.domain.priorities.methods import LOOKS_AT, Method, scores
from crm_core.domain.priorities.places import Places, places
from crm_core.domain.priorities.portfolio import Input, Inputs, Numbers

Pair = tuple[Method, Method]
"""The method that places something higher, and the one that places it lower."""


@dataclass(frozen=True)
class Difference:
    """An initiative that one method places higher than another, among those that both can place."""

    at: int
    """Of the initiative."""
    higher: Method
    lower: Method
    by: int
    """Places between the two."""
    why: Input | None
    """If this input were as it is with most others, the two methods would be closest; None: no
    single input brings them closer."""
    is_more: bool = False
    """Whether the input is greater than with most others."""


def differences(given: Inputs, weights: Numbers, least: int, most: int) -> list[Difference]:
    """The initiatives on which two methods differ by at least so many places, once each with the
    two that differ most; at most so many, the widest apart first."""
    pairs = list(permutations(Method, 2))
    gaps = np.array([_gaps(given, weights, pair) for pair in pairs])
    widest, by = gaps.argmax(axis=0), gaps.max(axis=0)
    order = np.argsort(-by, kind="stable")[:most]
    return [
        _explained(given, weights, int(at), pairs[widest[at]], int(by[at]))
        for at in order
        if by[at] >= least
    ]


def _gaps(given: Inputs, weights: Numbers, pair: Pair) -> Places:
    """By how many places each stands higher in the first; 0 for what has no place in one."""
    one, other = (scores(given, method, weights) for method in pair)
    both = ~np.isnan(one + other)
    return places(np.where(both, other, np.nan)) - places(np.where(both, one, np.nan))


def _explained(given: Inputs, weights: Numbers, at: int, pair: Pair, by: int) -> Difference:
    """The input is looked for by putting the median in its place, one input after the other."""
    looked_at = dict.fromkeys(name for method in pair for name in LOOKS_AT[method])
    known = [name for name in looked_at if not np.isnan(given[name][at])]
    left = {name: _left(given, weights, at, pair, name) for name in known}
    why = min(left, key=lambda name: left[name], default=None)
    if why is None or left[why] >= by:
        return Difference(at, *pair, by, None)
    return Difference(at, *pair, by, why, bool(given[why][at] > np.nanmedian(given[why])))


def _left(given: Inputs, weights: Numbers, at: int, pair: Pair, name: Input) -> int:
    """The places that remain between the two once the input is as with most others."""
    changed = given[name].copy()
    changed[at] = np.nanmedian(changed)
    return abs(int(_gaps({**given, name: changed}, weights, pair)[at]))
