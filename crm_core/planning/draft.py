"""A draft of a plan for value: what is in it, what it leaves free, and what it is worth."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from crm_core.domain.planning.model import Programme
from crm_core.planning.arrays import Arrays, Ints, Mask
from crm_core.planning.build import Built

OUT = -1
"""The choice of what is not in the draft."""


class Field(Arrays):
    """What drafts are made from: the programme in arrays, with money and values."""

    def __init__(self, programme: Programme, built: Built) -> None:
        super().__init__(programme, built.spans)
        place = {key: at for at, key in enumerate(built.spans)}
        kept = [programme.initiative(key) for key in built.spans]
        self.values = [np.array(each) for each in built.values.values()]
        self.cost = np.array([one.cost for one in kept])
        self.must = np.array([one.is_wanted is True for one in kept])
        self.hopeless = [any(each.on not in place for each in one.waits_for) for one in kept]
        """What waits for something that can never be done."""
        self.others: list[list[int]] = [[] for _ in kept]
        """What excludes each."""
        for one, other in programme.exclusive:
            if one in place and other in place:
                self.others[place[one]].append(place[other])
                self.others[place[other]].append(place[one])
        self._money(programme)
        asked = programme.to_serve
        self.serving = np.array(
            [[group in one.serves for one in kept] for group, _ in asked], dtype=bool
        ).reshape(len(asked), self.count)
        """By group and phase that asks for something, who serves the group."""
        self.first = np.array([phase.start for _, phase in asked], dtype=np.int64)
        self.last = np.array([phase.end for _, phase in asked], dtype=np.int64)
        """One that serves ends after the first and not after the last period of it."""
        self.order = self.in_order()
        self.fine = max(float(np.abs(each).max()) for each in self.values)
        """What each that is missing counts for on the way to a draft in which nothing is."""

    def _money(self, programme: Programme) -> None:
        """The money of each phase, and no end of it outside of them; by start, where it falls."""
        budgets = [one for one in programme.phases if one.budget is not None]
        self.money = np.array([*(one.budget for one in budgets), np.inf], dtype=float) + 1e-6
        pot = np.full(programme.horizon + 1, len(budgets))
        for number, one in enumerate(budgets):
            pot[one.start : one.end] = number
        self.pots: list[Ints] = [pot[each] for each in self.starts]


@dataclass
class Draft:
    """Choices of starts, each its place among those of the initiative."""

    field: Field
    choice: Ints
    start: Ints
    end: Ints
    free: npt.NDArray[np.float64]
    """Of skills and loads, by period."""
    money: npt.NDArray[np.float64]

    @classmethod
    def empty(cls, field: Field) -> "Draft":
        """With nothing in it."""
        nothing = np.full(field.count, OUT)
        return cls(
            *(field, nothing, nothing.copy(), nothing.copy()),
            *(field.amounts.copy(), field.money.copy()),
        )

    def copy(self) -> "Draft":
        """Another one like it."""
        return Draft(
            *(self.field, self.choice.copy(), self.start.copy(), self.end.copy()),
            *(self.free.copy(), self.money.copy()),
        )

    def put_best(self, at: int) -> None:
        """Put one in where it is worth most among what is in already, if it fits."""
        places = self._places(at)
        if places is not None and places.any():
            self._put(at, int(np.where(places, self.field.values[at], -np.inf).argmax()))

    def take_out(self, at: int) -> None:
        """Take one out."""
        self._book(at, 1)
        self.choice[at] = self.start[at] = self.end[at] = OUT

    def tidy(self) -> None:
        """Take out what waits for something that is out, and what costs more than it brings, as far
        as nothing in the draft needs it."""
        field = self.field
        for at in field.order:
            if self._is_in(at) and any(not self._is_in(edge[0]) for edge in field.before[at]):
                self.take_out(at)
        given = self._given()
        for at in reversed(field.order):
            if not self._is_in(at) or field.must[at] or self._value(at) >= 0:
                continue
            is_last = (given[:, at] & (given.sum(axis=1) == 1)).any()
            if not is_last and not any(self._is_in(edge[1]) for edge in field.after[at]):
                self.take_out(at)
                given[:, at] = False

    def _given(self) -> Mask:
        """By group and phase that asks for something, and initiative, whether it gives it."""
        field = self.field
        ends = (self.end > field.first[:, None]) & (self.end <= field.last[:, None])
        given: Mask = field.serving & ends & (self.choice != OUT)
        return given

    @property
    def missing(self) -> int:
        """How many groups get nothing in a phase, and how much that must be done is not."""
        left_out = self.field.must & (self.choice == OUT)
        return int(left_out.sum() + (~self._given().any(axis=1)).sum())

    @property
    def worth(self) -> float:
        """Money; synergies are not looked at."""
        return sum(self._value(int(at)) for at in np.flatnonzero(self.choice != OUT))

    def _is_in(self, at: int) -> bool:
        return bool(self.choice[at] != OUT)

    def _value(self, at: int) -> float:
        return float(self.field.values[at][self.choice[at]])

    def _places(self, at: int) -> Mask | None:
        """Its starts that fit among what is in; None: it cannot be in whatever its start."""
        field = self.field
        if (
            field.hopeless[at]
            or any(self._is_in(one) for one in field.others[at])
            or not all(self._is_in(edge[0]) for edge in field.before[at])
        ):
            return None
        fits: Mask = self.money[field.pots[at]] >= field.cost[at]
        if not fits.any():
            return None
        waiting = [edge for edge in field.after[at] if self._is_in(edge[1])]
        fits &= field.fits(at, self.free)
        fits &= field.after_others(at, self.start, self.end)
        fits &= field.before_others(at, waiting, self.start, self.end)
        return fits

    def _put(self, at: int, choice: int) -> None:
        self.choice[at] = choice
        self.start[at], self.end[at] = self.field.starts[at][choice], self.field.ends[at][choice]
        self._book(at, -1)

    def _book(self, at: int, sign: int) -> None:
        field = self.field
        used = field.demand[at][:, None] * sign
        self.free[field.uses[at], self.start[at] : self.end[at]] += used
        self.money[field.pots[at][self.choice[at]]] += field.cost[at] * sign
