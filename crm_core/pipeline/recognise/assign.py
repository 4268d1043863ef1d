"""One field per column and one column per field: the surest claim first."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crm_core.pipeline.recognise.match import UNSURE, Claim, Column, claims
from crm_core.pipeline.recognise.vocabulary import Target, spread
from crm_core.reference import entities, header_words

MARGIN = 0.001
"""Claims closer than this are not told apart; two listed synonyms always differ by more."""
LEAST_VARIETY = 0.6
"""Distinct values per cell of the sample, as a share of those of the most various column, below
which no column identifies rows; what is above is looked at on every row, see keys. Of an export
that stands in its file twice every column repeats."""


@dataclass
class Assignment:
    """What the columns of a sheet mean if it is a sheet of `entity`."""

    entity: str
    taken: dict[int, Claim] = field(default_factory=dict)
    """Column index -> the field it fills."""
    considered: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Column index -> the fields that came into question, the best first."""

    def by_field(self, name: str) -> Claim | None:
        """The claim on the own field `name`, if a column fills it."""
        return next((claim for claim in self.taken.values() if claim.target.name == name), None)

    @property
    def possible(self) -> bool:
        """Whether a sheet of this entity can do with these fields."""
        own = {claim.target.name for claim in self.taken.values() if claim.exact}
        return all(group & own for group in header_words().core.get(self.entity, ()))

    @property
    def score(self) -> float:
        """How much the mapped fields speak for the entity; telling headers weigh more."""
        return sum((claim.confidence * _weight(claim) for claim in self.taken.values()), 0.0)

    @property
    def telling(self) -> float:
        """The weight of the mapped field that tells most of the entity."""
        return max(map(_weight, self.taken.values()), default=0.0)


def assign(entity: str, columns: Sequence[Column], not_key: frozenset[int]) -> Assignment:
    """The best mapping of `columns` to the fields of `entity`.

    `not_key`: indexes of columns that are known not to identify rows.
    """
    if any(column.profile.cells for column in columns):
        not_key |= {column.index for column in columns if not column.profile.cells}
    least = LEAST_VARIETY * max((column.profile.variety for column in columns), default=1)
    every = [
        claim
        for column in columns
        for claim in claims(entity, column)
        if not _cannot_identify(entity, claim, not_key, least)
    ]
    every = _without_empty(every)
    every.sort(key=lambda claim: (-claim.confidence, claim.column.index))
    result = Assignment(entity)
    filled: set[str] = set()
    for claim in every:
        index, name = claim.column.index, claim.target.name
        result.considered[index] = (*result.considered.get(index, ()), name)
        if index not in result.taken and name not in filled:
            rivals = [rival for rival in every if _competes(rival, claim, result, filled)]
            result.taken[index] = _doubted(claim) if rivals else claim
            filled.add(name)
    _prefer_names(result, every)
    _prefer_references(result, every)
    if entity == "opportunity":
        _settle_amounts(result)
    return result


def _without_empty(every: Sequence[Claim]) -> list[Claim]:
    """A column without a value fills no field that one with values comes into question for."""
    filled = {claim.target.name for claim in every if claim.column.profile.cells}
    return [one for one in every if one.column.profile.cells or one.target.name not in filled]


def _weight(claim: Claim) -> float:
    """What the field weighs, less where more entities know the header."""
    return claim.target.weight / math.sqrt(max(1, spread(claim.key)))


def _competes(rival: Claim, claim: Claim, result: Assignment, filled: set[str]) -> bool:
    """Whether another free column, or another free field, has as good a claim."""
    if abs(rival.confidence - claim.confidence) >= MARGIN:
        return False
    if rival.target.name == claim.target.name:
        return rival.column.index not in result.taken and rival.column.index != claim.column.index
    same_column = rival.column.index == claim.column.index
    both_own = rival.target.entity == claim.target.entity
    return same_column and both_own and rival.target.name not in filled


def _doubted(claim: Claim) -> Claim:
    return replace(claim, confidence=min(claim.confidence, UNSURE))


def _prefer_names(result: Assignment, every: Sequence[Claim]) -> None:
    """A list whose rows have no name yet takes it from the column that can give one."""
    name = entities()[result.entity].natural_key
    if not name or result.by_field(name) or result.by_field(entities()[result.entity].key or ""):
        return
    for claim in every:
        if claim.target.name == name:
            result.taken[claim.column.index] = claim
            return


def _prefer_references(result: Assignment, every: Sequence[Claim]) -> None:
    """Where no better column refers to another row, that row's name fills the reference."""
    for claim in every:
        before = result.taken.get(claim.column.index)
        refers = claim.target.field.refers_to if claim.target.entity is None else None
        if before is None or refers is None or before.target.name != f"{refers}.name":
            continue
        holder = result.by_field(claim.target.name)
        if holder is None or holder.confidence < claim.confidence:
            if holder:
                del result.taken[holder.column.index]
            result.taken[claim.column.index] = claim


def _settle_amounts(result: Assignment) -> None:
    """One amount is the amount, also an expected one; the same amount twice is not two.

    Columns whose headers rest on one word ("Est. Revenue", "Est. Revenue (Base)") tell one
    amount, in two currencies: the one that is named most plainly is taken.
    """
    expected, amount = result.by_field("expected_amount"), result.by_field("amount")
    if expected and amount and expected.key == amount.key:
        worse = min(expected, amount, key=lambda claim: claim.confidence)
        if amount.confidence <= UNSURE:  # two columns of one name: asked, not chosen by a draw
            worse = expected
        del result.taken[worse.column.index]
        amount = result.by_field("amount")
    expected = result.by_field("expected_amount")
    if expected and not amount:
        index = expected.column.index
        target = Target(entities()["opportunity"].field("amount"))
        result.taken[index] = replace(expected, target=target)
        others = result.considered[index]
        result.considered[index] = tuple(dict.fromkeys(("amount", *others)))


def _cannot_identify(entity: str, claim: Claim, not_key: frozenset[int], least: float) -> bool:
    if claim.target.entity or claim.target.field.name != entities()[entity].key:
        return False
    repeats = claim.column.profile.cells > 1 and claim.column.profile.variety < least
    return repeats or claim.column.index in not_key
