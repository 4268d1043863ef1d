"""What was learnt of the pairs of a store: enough to score any pair by its levels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from crm_core.matching.teaching import Lessons, gain, learnt, untaught

Numbers = npt.NDArray[np.float64]
Levels = npt.NDArray[np.int64]
KINDS = ("same", "others", "neighbours", "group", "town")
"""What a pair can be; see `mixture`."""


@dataclass(frozen=True)
class Model:
    """The shares of pairs and levels, and the answers of people."""

    fields: tuple[str, ...]
    """The comparisons: a field's name, or x0 … for columns of no field of ours."""
    codes: tuple[tuple[str, ...], ...]
    """The levels of each, the best one first."""
    kinds: tuple[float, ...]
    """The share of each of KINDS among the pairs looked at."""
    shares: tuple[tuple[tuple[float, ...], ...], ...]
    """Kind -> comparison -> share of each level."""
    rows: int = 0
    """How many records it was learnt from."""
    answers: tuple[tuple[tuple[int, ...], bool], ...] = ()
    """The levels of each pair that a person judged (-1: unknown), and whether it was the same."""

    @property
    def sizes(self) -> list[int]:
        """How many levels each comparison has."""
        return [len(codes) for codes in self.codes]

    def taught(self, levels: Levels, same: Sequence[bool]) -> "Model":
        """The model with these answers in place of those it had, the oldest first."""
        rows = [tuple(map(int, row)) for row in levels]
        return replace(self, answers=tuple(zip(rows, map(bool, same), strict=True)))

    def odds(self, levels: Levels) -> Numbers:
        """The natural logarithm of the odds that pairs with these levels are the same."""
        return self._judged(levels)[0]

    def gain(self, levels: Levels, pairs: Numbers) -> Numbers:
        """How much an answer about each pattern, which so many pairs have, would teach."""
        return gain(*self._judged(levels), pairs)

    def weights(self) -> list[list[float]]:
        """Comparison -> weight of each level, log2: how agreement there speaks for the same."""
        same, others = self.shares[0], self.shares[1]
        return [
            [float(np.log2(m / u)) for m, u in zip(one, other, strict=True)]
            for one, other in zip(same, others, strict=True)
        ]

    def as_dict(self) -> dict[str, Any]:
        """The model as JSON can hold it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @staticmethod
    def from_dict(saved: dict[str, Any]) -> "Model":
        """The model that `as_dict` gave, also by way of JSON."""
        answers = tuple((tuple(levels), bool(same)) for levels, same in saved["answers"])
        return Model(
            tuple(saved["fields"]),
            tuple(map(tuple, saved["codes"])),
            tuple(saved["kinds"]),
            tuple(tuple(map(tuple, kind)) for kind in saved["shares"]),
            int(saved["rows"]),
            answers,
        )

    def _judged(self, levels: Levels) -> tuple[Numbers, Numbers]:
        if self._lessons is None:
            return self._unasked(levels), untaught(levels)
        shift, variance = self._lessons.shift(levels)
        return self._unasked(levels) + shift, variance

    def _unasked(self, levels: Levels) -> Numbers:
        shares = [[np.array(field) for field in kind] for kind in self.shares]
        logs = joint(levels, np.array(self.kinds), shares)
        return np.asarray(logs[0] - np.logaddexp.reduce(logs[1:], axis=0))

    @cached_property
    def _lessons(self) -> Lessons | None:
        if not self.answers:
            return None
        levels = np.array([levels for levels, _ in self.answers], dtype=np.int64)
        same = np.array([same for _, same in self.answers])
        return learnt(levels, self._unasked(levels), same)


def joint(levels: Levels, kinds: Numbers, shares: Sequence[Sequence[Numbers]]) -> Numbers:
    """The logarithm of the share of pairs that have each pattern and are of each kind.

    Kind x pattern; `shares`: kind -> comparison -> share of each level.
    """
    logs = np.repeat(np.log(kinds)[:, None], len(levels), axis=1)
    for kind, fields in enumerate(shares):
        for j, share in enumerate(fields):
            column = levels[:, j]
            logs[kind] += np.where(column >= 0, np.log(share)[column], 0.0)
    return logs
