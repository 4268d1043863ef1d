"""What people answered bends the model, and which question would bend it most.

The model's odds are a prior; answers move them by a Gaussian process over levels: a pair moves
with the answered pairs that agree and disagree in the same fields as it does.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Levels = npt.NDArray[np.int64]
_ALL, _LEVEL, _PATTERN = 0.25, 0.5, 1.5
"""How much answers may move all pairs, those with one level in common, those of one pattern."""
_SURE = 4.0
"""The prior odds (natural logarithm) beyond which an answer meets them as if they were these."""
_STEPS, _NEAR = 100, 1e-6
_MOST = 1500
"""So many of the latest answers are heard."""


@dataclass(frozen=True)
class Lessons:
    """Answered patterns, and what they say of others."""

    levels: Levels
    """A row per answer: the level of each comparison, -1 where nothing is known."""
    slopes: Numbers
    """How strongly each answer pulls."""
    factor: Numbers
    """Lower triangle of what the answers make certain."""
    roots: Numbers

    def shift(self, levels: Levels) -> tuple[Numbers, Numbers]:
        """How far the odds of patterns move, and the variance that is left of each."""
        likeness = _likeness(levels, self.levels)
        known = np.linalg.solve(self.factor, self.roots[:, None] * likeness.T)
        left = _itself(levels) - (known**2).sum(axis=0)
        return likeness @ self.slopes, np.maximum(left, 0.0)


def learnt(levels: Levels, odds: Numbers, same: npt.NDArray[np.bool_]) -> Lessons:
    """The lessons of answered patterns, the oldest first; `odds`: the model's, without lessons."""
    levels, odds, answers = levels[-_MOST:], odds[-_MOST:], same[-_MOST:].astype(float)
    prior = np.clip(odds, -_SURE, _SURE)
    likeness = _likeness(levels, levels)
    shift, slopes = np.zeros(len(levels)), np.zeros(len(levels))
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-(shift + prior)))
        roots = np.sqrt(sure * (1 - sure))
        factor = np.linalg.cholesky(np.eye(len(roots)) + roots[:, None] * likeness * roots)
        target = roots**2 * shift + (answers - sure)
        inner = np.linalg.solve(factor, roots * (likeness @ target))
        step = target - roots * np.linalg.solve(factor.T, inner)
        # Half steps: full ones can swing from one side to the other for ever.
        slopes = (slopes + step) / 2
        before, shift = shift, likeness @ slopes
        if len(shift) == 0 or float(np.abs(shift - before).max()) < _NEAR:
            break
    return Lessons(levels, slopes, np.asarray(factor, dtype=np.float64), roots)


def gain(odds: Numbers, variance: Numbers, pairs: Numbers) -> Numbers:
    """How much a question about each pattern teaches: how open it is, and for how many pairs."""
    spread = odds / np.sqrt(1 + np.pi * variance / 8)
    sure = 1 / (1 + np.exp(-np.clip(spread, -50, 50)))
    return np.asarray(np.minimum(sure, 1 - sure) * np.sqrt(pairs) * variance / (1 + variance))


def untaught(levels: Levels) -> Numbers:
    """The variance of each pattern as long as nobody has answered anything."""
    return _itself(levels)


def _likeness(one: Levels, other: Levels) -> Numbers:
    """Covariance of the shifts of patterns: rows of `one` by rows of `other`."""
    found = np.full((len(one), len(other)), _ALL)
    alike = np.ones(found.shape, dtype=bool)
    for j in range(one.shape[1]):
        left, right = one[:, j][:, None], other[:, j][None, :]
        equal = left == right
        alike &= equal
        found += _LEVEL * (equal & (left >= 0))
    return np.asarray(found + _PATTERN * alike)


def _itself(levels: Levels) -> Numbers:
    return np.asarray(_ALL + _PATTERN + _LEVEL * (levels >= 0).sum(axis=1))
