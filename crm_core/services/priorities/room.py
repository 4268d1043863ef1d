"""Initiatives in their order by each method, how sure it is, and where the methods disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from crm_core.domain.actor import Actor
from crm_core.domain.priorities.differing import Difference, differences
from crm_core.domain.priorities.methods import (
    CRITERIA,
    Method,
    cost_of_delay,
    coverage,
    scores,
)
from crm_core.domain.priorities.places import Moving, Stability, places, stability
from crm_core.domain.priorities.portfolio import Input, Inputs, Numbers, Portfolio, inputs
from crm_core.services.priorities.reading import Base, Goal, read
from crm_core.store import Store

MOST_DIFFERENCES, LEAST_DIFFERENCE = 5, 3

_ASKED_OF_PEOPLE = {
    Input.VALUE: "value",
    Input.REACH: "reach",
    Input.CONFIDENCE: "risk",
    Input.EFFORT: "amount",
    Input.DURATION: "duration",
    Input.COST: "cost",
    Input.FIT: "strength",
}
"""Input -> what of the portfolio it is made from."""
_DIVISORS = (Input.EFFORT, Input.DURATION)


@dataclass(frozen=True)
class Asked:
    """How the initiatives are ranked."""

    method: Method = Method.WEIGHTED
    """By which the list is in order."""
    weights: tuple[float, ...] = tuple(CRITERIA.values())
    """Of the weighted score's criteria, in their order."""
    top: int = 5
    """So many places count as being in front."""
    value: float = 0.2
    """By what share values may be more or less."""
    firmness: float | None = 30.0
    """How closely weights stay around those that were chosen; None: they and durations stay."""
    has_lens: bool = True
    """Whether what is being phased out counts less."""


@dataclass(frozen=True)
class Placed:
    """An initiative; None: not known."""

    id: str
    title: str
    owner: str | None
    places: Mapping[Method, int | None]
    in_front: float | None
    """How often (0 … 1) it is among the first when things turn out otherwise."""
    low: int | None
    high: int | None
    """Between these places it is in 8 of 10 cases."""
    value: float | None
    effort: float | None
    """People times periods."""
    delay_cost: float | None
    """Money that each period of delay costs."""
    fit: float | None
    """Share of the goals' weight that it serves, times how strongly; less where that fades."""
    coverage: float | None
    """Of the weighted score: how much of the weight is on what is known."""
    missing: tuple[Input, ...]
    """What nobody said, of what methods look at."""
    uncounted: tuple[str, ...]
    """Departments that it touches of which nobody said how many people they have."""
    phasing_out: tuple[str, ...]
    """What it serves that is being phased out."""


@dataclass(frozen=True)
class Room:
    """The initiatives that are neither done nor dropped."""

    placed: tuple[Placed, ...]
    """In the order of the method that was asked for, those that it cannot place at the end."""
    differences: tuple[tuple[str, Difference], ...]
    """With the title of each."""
    goals: tuple[Goal, ...]
    factor: float
    currency: str | None

    @property
    def ranked(self) -> tuple[Placed, ...]:
        """Those that the method can place."""
        return tuple(one for one in self.placed if one.in_front is not None)


def room(store: Store, _actor: Actor, today: date, asked: Asked) -> Room:
    """The initiatives by every method, in the order of the one that was asked for."""
    with store.snapshot() as cursor:
        base = read(cursor, today, has_lens=asked.has_lens)
    given, weights = inputs(base.portfolio), np.array(asked.weights)
    apart = differences(given, weights, LEAST_DIFFERENCE, MOST_DIFFERENCES) if base.rows else []
    titles = [str(row["title"]) for row in base.rows]
    return Room(
        _placed(base, given, weights, asked),
        tuple((titles[one.at], one) for one in apart),
        base.goals,
        base.factor,
        base.currency,
    )


def _placed(base: Base, given: Inputs, weights: Numbers, asked: Asked) -> tuple[Placed, ...]:
    by = {method: places(scores(given, method, weights)) for method in Method}
    moving = Moving(asked.value, asked.firmness, asked.firmness is not None)
    sure = stability(base.portfolio, asked.method, weights, moving, asked.top)
    delay = cost_of_delay(given) / base.periods_a_year
    known = coverage(given, weights)
    found = [
        Placed(
            row["id"],
            row["title"],
            row["owner"],
            {method: int(place[at]) or None for method, place in by.items()},
            *_sure(sure, at),
            _said(given[Input.VALUE][at]),
            _said(given[Input.EFFORT][at]),
            _said(delay[at]),
            _said(given[Input.FIT][at] * given[Input.LENS][at]),
            _said(known[at]),
            _missing(base.portfolio, at),
            tuple(row["uncounted"]),
            base.fading.titles(row),
        )
        for at, row in enumerate(base.rows)
    ]
    last = len(found) + 1
    return tuple(sorted(found, key=lambda one: one.places[asked.method] or last))


def _sure(found: Stability, at: int) -> tuple[float | None, int | None, int | None]:
    low, high = _said(found.low[at]), _said(found.high[at])
    return (
        _said(found.in_front[at]),
        None if low is None else int(low),
        None if high is None else int(high),
    )


def _missing(given: Portfolio, at: int) -> tuple[Input, ...]:
    """What is not known; an effort or a duration of nothing is no more to divide by."""
    found = {name: getattr(given, of)[at] for name, of in _ASKED_OF_PEOPLE.items()}
    nothing = {name for name in _DIVISORS if found[name] <= 0}
    if not given.serves[at].any():
        nothing.add(Input.FIT)
    return tuple(name for name, one in found.items() if np.isnan(one) or name in nothing)


def _said(number: float) -> float | None:
    return None if np.isnan(number) else float(number)
