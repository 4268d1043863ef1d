"""What the pairs of a store are made of, learnt from them without labels.

Pairs that share a key are of five kinds, which differ in what usually agrees:

- same: one customer twice; nearly everything agrees;
- neighbours: others at the same place or number (an office tower, a family); names and ids are
  those of any two records, the rest agrees as if they were the same;
- group: branches of one family of names with one switchboard, at different places;
- town: others of one town, of whom city, postcode, region and the code of phones say one thing;
- others: nothing of the kind; they share one key by chance.

Expectation and maximisation run over all fields and pairs at once. The usual shares of the levels
stand in where a store is too small to tell, and keep the kinds what they are.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from crm_core.matching.comparisons import Comparison
from crm_core.matching.model import KINDS, Model, joint

Numbers = npt.NDArray[np.float64]
Levels = npt.NDArray[np.int64]
_START = (0.1, 0.84, 0.02, 0.02, 0.02)
_FIRST = (1.0, 18.7, 0.1, 0.1, 0.1)
"""Pairs of each kind that are believed in before any is seen."""
_USUAL, _RARE = 2.0, 4.0
"""So many pairs the usual shares of a field stand for, among the same and among others."""
_ROUNDS, _SETTLED = 300, 1e-6
_LEAST = 0.3
"""Others are at a level at least so often as any two records, times this."""
_COPIES = 0.1
_CHANCE = 0.5
"""How far neighbours' names agree like those of any two records, beside those of others."""


def learn(
    levels: Levels, counts: Numbers, used: Sequence[Comparison], random: Sequence[Numbers]
) -> Model:
    """The model of patterns (`levels`, a row each, seen `counts` times).

    `random`: the shares of levels among any two records.
    """
    usual = [_usual(one) for one in used]
    seldom = [rare(one) for one in used]
    related = _related(used, usual)
    kinds, shares = np.array(_START), _shares(used, usual, seldom, related, seldom, random)
    for _ in range(_ROUNDS):
        logs = joint(levels, kinds, shares)
        expected = np.exp(logs - np.logaddexp.reduce(logs, axis=0)) * counts
        seen = [
            [_count(expected[kind], levels[:, j], len(one.levels)) for j, one in enumerate(used)]
            for kind in range(len(KINDS))
        ]
        new = expected.sum(axis=1) + _FIRST
        new /= new.sum()
        before, shares = shares, _updated(used, seen, usual, seldom, random)
        moved = max(
            (float(np.abs(a - b).max()) for a, b in zip(before[0], shares[0], strict=True)),
            default=0.0,
        )
        settled = moved < _SETTLED * 10 and float(np.abs(new - kinds).max()) < _SETTLED
        kinds = new
        if settled:
            break
    return Model(
        tuple(one.name for one in used),
        tuple(tuple(level.code for level in one.levels) for one in used),
        tuple(map(float, kinds)),
        tuple(tuple(tuple(map(float, field)) for field in kind) for kind in shares),
    )


def _count(weights: Numbers, column: Levels, size: int) -> Numbers:
    known = column >= 0
    found = np.bincount(column[known], weights=weights[known], minlength=size)
    return np.asarray(found, dtype=np.float64)


def _updated(
    used: Sequence[Comparison],
    seen: Sequence[Sequence[Numbers]],
    usual: Sequence[Numbers],
    seldom: Sequence[Numbers],
    random: Sequence[Numbers],
) -> list[list[Numbers]]:
    """The shares as the expected counts of each kind and the usual ones say together."""
    same, others, group, town = [], [], [], []
    for j, one in enumerate(used):
        firm = _USUAL + one.firm * seen[0][j].sum()
        same.append(_mean(seen[0][j], usual[j], firm))
        mean = np.maximum(_mean(seen[1][j], seldom[j], _RARE), _LEAST * random[j])
        others.append(_no_better(mean / mean.sum(), same[-1]))
        if one.kind == "area":  # Branches may be in one town: the data says how often.
            group.append(_mean(seen[3][j], others[-1], _RARE))
        else:
            related = np.array(one.related or usual[j])
            group.append(_mean(seen[3][j], related, _USUAL + seen[3][j].sum()))
        mean = _mean(seen[4][j], seldom[j], _RARE + seen[4][j].sum())
        learnt = one.related or one.local
        town.append(_no_better(mean, same[-1]) if learnt else others[-1])
    return _shares(used, same, others, group, town, random)


def _no_better(others: Numbers, same: Numbers) -> Numbers:
    """The shares of others, of whom no more agree exactly, and no fewer differ, than of the same.

    Pairs that are looked at because they agree in a field would else make agreement there speak
    against them.
    """
    share = others.copy()
    spare = max(0.0, share[0] - same[0])
    share[0] -= spare
    share[-1] += spare
    if share[-1] < same[-1]:
        rest = share[:-1].sum()
        share[:-1] *= (1 - same[-1]) / rest
        share[-1] = same[-1]
    return np.asarray(share)


def _mean(counts: Numbers, usual: Numbers, weight: float) -> Numbers:
    return np.asarray((counts + weight * usual) / (counts.sum() + weight))


def _shares(
    used: Sequence[Comparison],
    same: Sequence[Numbers],
    others: Sequence[Numbers],
    group: Sequence[Numbers],
    near: Sequence[Numbers],
    random: Sequence[Numbers],
) -> list[list[Numbers]]:
    """The shares of all kinds, from those that are learnt; `near`: of others in one town."""
    neighbours, related, town = [], [], []
    for j, one in enumerate(used):
        chance = _CHANCE * _seldom_exact(random[j]) + (1 - _CHANCE) * others[j]
        neighbours.append(chance if one.kind == "identity" else same[j])
        town.append(same[j] if one.kind == "area" else near[j])
        if one.related or one.kind == "area":
            related.append(group[j])
        else:
            related.append(same[j] if one.kind in ("contact", "other") else others[j])
    return [list(same), list(others), neighbours, related, town]


def _seldom_exact(random: Numbers) -> Numbers:
    """Shares that never say that any two records mostly agree, as a store of copies would."""
    share = random.copy()
    share[0] = min(share[0], _COPIES)
    return np.asarray(share / share.sum())


def _usual(one: Comparison) -> Numbers:
    shares = np.array([level.usual for level in one.levels])
    return np.asarray(shares / shares.sum())


def rare(one: Comparison) -> Numbers:
    """The usual shares of the levels among pairs that are not the same."""
    shares = np.array([level.rare for level in one.levels[:-1]])
    return np.append(shares, 1 - shares.sum())


def _related(used: Sequence[Comparison], usual: Sequence[Numbers]) -> list[Numbers]:
    return [
        rare(one) if one.kind == "area" else np.array(one.related or usual[j])
        for j, one in enumerate(used)
    ]
