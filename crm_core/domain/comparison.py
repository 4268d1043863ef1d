"""N variants of a process side by side: which steps are one, where they differ, and how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from math import fsum

from crm_core.domain.alignment import ALIKE, Match, likeness, matches
from crm_core.domain.variant import Step, Variant

LONGER = Decimal("1.25")
"""From which ratio on two durations differ, if also by a minute."""
_DIFFERENT = 0.25
"""What a pair of steps loses for each thing in which it differs."""


class Mark(StrEnum):
    """How a step of a variant stands to the reference's."""

    SAME = "same"
    MISSING = "missing"
    EXTRA = "extra"
    MOVED = "moved"
    OTHER_TOOL = "other_tool"
    OTHER_DURATION = "other_duration"


@dataclass(frozen=True)
class Cell:
    """A variant's step in a row; no mark: neither it nor the reference has one there."""

    step: Step | None = None
    place: int | None = None
    """In its own variant, from 1."""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Row:
    """One step as every variant does it, in the order of the variants."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Comparison:
    """The variants aligned."""

    variants: tuple[Variant, ...]
    reference: int
    """The place of the variant that the others are held against."""
    rows: tuple[Row, ...]
    differences: tuple[tuple[float, ...], ...]
    """Of each variant to each, 0 … 1; see `difference`."""

    @property
    def spread(self) -> float:
        """The mean difference of two variants; 0 where there is but one."""
        pairs = list(combinations(range(len(self.variants)), 2))
        return sum(self.differences[a][b] for a, b in pairs) / len(pairs) if pairs else 0.0


def difference(left: Variant, right: Variant) -> float:
    """How much two variants differ: 1 - 2 * sum(w) / (steps of left + steps of right).

    The sum goes over the steps that both have; w is 1, less a quarter for each of another place,
    another tool and another duration: Dice's coefficient over weighted pairs. It is symmetric, lies
    in 0 … 1, is 0 for variants alike in all of these, and 1 where no step is shared.
    """
    steps = len(left.steps) + len(right.steps)
    alike = sum(
        1 - _DIFFERENT * len(_differs(left.steps[one.left], right.steps[one.right], one.moved))
        for one in _pairs(left, right)
    )
    return 1 - 2 * alike / steps if steps else 0.0


def apart(variants: Sequence[Variant]) -> dict[tuple[str, str], float]:
    """The names of any two variants -> how much these differ; {} for fewer than two."""
    return {(a.name, b.name): difference(a, b) for a, b in combinations(variants, 2)}


def compare(variants: Sequence[Variant], agreed: str | None = None) -> Comparison:
    """Align the variants around a reference: the agreed one, else the one nearest to all others.

    A star alignment: the rows are the reference's steps, each other variant's matched to them as
    in `difference`; what it has besides stands in rows of its own, shared by those that are alike.
    Of several as near the first by name, so that the order of teams does not matter. ValueError for
    no variant.
    """
    apart = _differences(variants)
    names = [variant.name for variant in variants]
    centre = min(
        range(len(variants)), key=lambda place: (round(fsum(apart[place]), 9), names[place])
    )
    reference = names.index(agreed) if agreed in names else centre
    star = _Star(variants, reference)
    return Comparison(tuple(variants), reference, star.rows(), apart)


def _differences(variants: Sequence[Variant]) -> tuple[tuple[float, ...], ...]:
    apart = [[0.0] * len(variants) for _ in variants]
    for a, b in combinations(range(len(variants)), 2):
        apart[a][b] = apart[b][a] = difference(variants[a], variants[b])
    return tuple(map(tuple, apart))


def _pairs(left: Variant, right: Variant) -> list[Match]:
    """The same pairs whichever comes first, also where several alignments are equally good."""
    ours, theirs = ([step.what for step in one.steps] for one in (left, right))
    if ours <= theirs:
        return matches(ours, theirs)
    return [Match(one.right, one.left, one.moved) for one in matches(theirs, ours)]


def _differs(left: Step, right: Step, moved: bool) -> tuple[Mark, ...]:
    told = {
        Mark.MOVED: moved,
        Mark.OTHER_TOOL: _other_tool(left.tool, right.tool),
        Mark.OTHER_DURATION: left.with_waiting == right.with_waiting
        and _other_duration(left.minutes, right.minutes),
    }
    return tuple(mark for mark, is_so in told.items() if is_so)


def _other_tool(left: str, right: str) -> bool:
    """Of two that are known."""
    return bool(left and right) and likeness(left, right) < 1


def _other_duration(left: Decimal | None, right: Decimal | None) -> bool:
    """Of two that are known."""
    if left is None or right is None:
        return False
    short, long = sorted((left, right))
    return long - short >= 1 and long > short * LONGER


class _Star:
    """The rows of an alignment: a row holds, per variant, the place of its step."""

    def __init__(self, variants: Sequence[Variant], reference: int) -> None:
        self._variants, self._reference = variants, reference
        steps = range(len(variants[reference].steps))
        self._rows: list[dict[int, int]] = [{reference: place} for place in steps]
        self._moved: set[tuple[int, int]] = set()
        for place in range(len(variants)):
            if place != reference:
                self._add(place)

    def rows(self) -> tuple[Row, ...]:
        """As they are read."""
        return tuple(Row(self._name(row), self._cells(row)) for row in self._rows)

    def _add(self, variant: int) -> None:
        """Put a variant's steps into the rows, those that the reference has not after the step
        that they follow."""
        centre = {row[self._reference]: row for row in self._rows if self._reference in row}
        held: dict[int, dict[int, int]] = {}
        for one in _pairs(self._variants[self._reference], self._variants[variant]):
            held[one.right] = centre[one.left]
            if one.moved:
                self._moved.add((variant, one.right))
        before: dict[int, int] | None = None
        for place, step in enumerate(self._variants[variant].steps):
            row = held.get(place) or self._extra(variant, step, before)
            row[variant] = place
            before = before if (variant, place) in self._moved else row

    def _extra(self, variant: int, step: Step, before: dict[int, int] | None) -> dict[int, int]:
        """The row of others' extra step that is alike, else a new one behind `before`."""
        scored = [
            (likeness(self._name(row), step.what), -place, row)
            for place, row in enumerate(self._rows)
            if self._reference not in row and variant not in row
        ]
        score, _, alike = max(scored, key=lambda one: one[:2], default=(0.0, 0, {}))
        if score >= ALIKE:
            return alike
        at = 0 if before is None else 1 + next(i for i, r in enumerate(self._rows) if r is before)
        new = dict[int, int]()
        self._rows.insert(at, new)
        return new

    def _name(self, row: dict[int, int]) -> str:
        """As the reference says it, else as the first that has the step."""
        owner = self._reference if self._reference in row else next(iter(row))
        return self._variants[owner].steps[row[owner]].what

    def _cells(self, row: dict[int, int]) -> tuple[Cell, ...]:
        return tuple(self._cell(row, variant) for variant in range(len(self._variants)))

    def _cell(self, row: dict[int, int], variant: int) -> Cell:
        place, there = row.get(variant), row.get(self._reference)
        if place is None:
            return Cell(marks=() if there is None else (Mark.MISSING,))
        step = self._variants[variant].steps[place]
        if there is None:
            return Cell(step, place + 1, (Mark.EXTRA,))
        model = self._variants[self._reference].steps[there]
        marks = _differs(model, step, (variant, place) in self._moved)
        return Cell(step, place + 1, marks or (Mark.SAME,))
