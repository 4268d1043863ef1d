"""A plan for value to begin with: the relaxation says in which order initiatives are put in, and
then parts of the draft are taken out and put in again, many times.

List scheduling by alpha points (Phillips, Stein & Wein 1998; Goemans 1997) and large neighbourhood
search (Shaw 1998; Schrimpf et al. 2000).
"""

import threading
import time
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from crm_core.domain.planning.model import Programme
from crm_core.planning.build import Built, Hint
from crm_core.planning.draft import OUT, Draft, Field
from crm_core.planning.relaxed import Curves, relaxed

_SEED = 20_250_101
_ALPHAS = np.arange(0.04, 1.0, 0.04)
_SHARE = 0.4
"""Of the time, at most: the rest is for the solver, who can prove."""
_LITERALS_A_ROUND, _MOST_ROUNDS = 60, 4_000
_FEWEST, _MOST = 3, 20
"""How many are taken out in a round."""
_PULL = 0.3
"""Of the horizon: how much earlier comes what the relaxation does than what it leaves out."""
_NOISES = (0.05, 0.15, 0.3)
"""Of the horizon: how far chance moves the order in a round."""
_HEAT = 0.003
"""Of the worth: by how much less a draft may be worth to be gone on with, at first."""


def value_hint(
    programme: Programme, built: Built, seconds: float, stopping: threading.Event
) -> Hint:
    """The best draft within a part of the seconds that the whole search has."""
    ends_at = time.monotonic() + seconds * _SHARE
    curves = relaxed(built, seconds * _SHARE) if built.spans else []
    if not curves:
        return Hint({}, is_repeatable=curves is not None)
    field = Field(programme, built)
    draft = max((_by_alpha(field, curves, each) for each in _ALPHAS), key=_rank)
    literals = sum(len(each) for each in curves)
    rounds = int(min(_MOST_ROUNDS, seconds * literals / _LITERALS_A_ROUND))
    done = 0
    for better in _bettered(draft, _Order(field, curves, programme.horizon), rounds):
        draft, done = better, done + 1
        if stopping.is_set() or time.monotonic() > ends_at:
            break
    starts = {
        key: int(start)
        for key, start, choice in zip(built.spans, draft.start, draft.choice, strict=True)
        if choice != OUT
    }
    return Hint(starts, done == rounds)


def _by_alpha(field: Field, curves: Curves, alpha: float) -> Draft:
    """Initiatives in the order in which that part of each has started, and then all others."""
    points = [int(np.searchsorted(curve, alpha - 1e-6)) for curve in curves]
    reached = [
        (int(field.starts[at][points[at]]), place, at)
        for place, at in enumerate(field.order)
        if points[at] < len(curves[at])
    ]
    draft = Draft.empty(field)
    for _, _, at in sorted(reached):
        draft.put_best(at)
    for at in field.order:
        if draft.choice[at] == OUT:
            draft.put_best(at)
    draft.tidy()
    return draft


def _rank(draft: Draft) -> tuple[int, float]:
    """The higher the better: nothing missing comes before money."""
    return -draft.missing, draft.worth


class _Order:
    """The order in which initiatives are put in: by their mean start in the relaxation, earlier the
    more of them it does, with a little chance."""

    def __init__(self, field: Field, curves: Curves, horizon: int) -> None:
        self.field, self.horizon = field, horizon
        self.dice = np.random.default_rng(_SEED)
        parts = [np.diff(curve, prepend=0.0) for curve in curves]
        done = np.array([curve[-1] for curve in curves])
        sums = np.array([part @ starts for part, starts in zip(parts, field.starts, strict=True)])
        mean = np.where(done > 1e-6, sums / np.maximum(done, 1e-6), horizon)
        self._first = mean - _PULL * horizon * done

    def drawn(self, places: npt.NDArray[np.int64]) -> list[int]:
        """These places, each after those that it waits for."""
        noise = self.dice.normal(size=len(places)) * self.dice.choice(_NOISES) * self.horizon
        keys = dict(zip(places.tolist(), (self._first[places] + noise).tolist(), strict=True))
        found = []
        for rank, at in enumerate(self.field.order):
            if at in keys:
                before = [keys[edge[0]] for edge in self.field.before[at] if edge[0] in keys]
                keys[at] = max([keys[at], *before])
                found.append((keys[at], rank, at))
        return [at for _, _, at in sorted(found)]


def _bettered(draft: Draft, order: _Order, rounds: int) -> Iterator[Draft]:
    """The best draft after each round."""
    fine = order.field.fine
    best, rank = draft, _rank(draft)
    now, worth = draft, rank[1] + fine * rank[0]
    heat = _HEAT * abs(worth)
    for number in range(rounds):
        other = now.copy()
        for at in _chosen(other, order):
            other.take_out(int(at))
        for at in order.drawn(np.flatnonzero(other.choice == OUT)):
            other.put_best(at)
        other.tidy()
        found = _rank(other)
        reached = found[1] + fine * found[0]
        if reached > worth - heat * (1 - number / rounds) * order.dice.exponential():
            now, worth = other, reached
        if found > rank:
            best, rank = other, found
        yield best


def _chosen(draft: Draft, order: _Order) -> npt.NDArray[np.int64]:
    """What is taken out: any, what lies around a period, or what uses the same skill or room."""
    dice, field = order.dice, draft.field
    inside = np.flatnonzero(draft.choice != OUT)
    count = min(len(inside), int(dice.integers(_FEWEST, _MOST)))
    match int(dice.integers(3)):
        case 0:
            middle = (draft.start[inside] + draft.end[inside]) / 2
            distance = np.abs(middle - dice.integers(order.horizon)) + dice.random(len(inside)) * 3
            return inside[np.argsort(distance)[:count]]
        case 1 if len(field.amounts):
            row = dice.integers(len(field.amounts))
            users = np.array([at for at in inside if row in field.uses[at]], dtype=np.int64)
            return users if len(users) <= count else dice.choice(users, count, replace=False)
        case _:
            return dice.choice(inside, count, replace=False)
