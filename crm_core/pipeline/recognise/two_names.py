"""A name that stands in two columns, the family name in one and the given name in the other."""

from collections.abc import Sequence
from dataclasses import replace

from crm_core.domain.plan import TablePlan
from crm_core.domain.steps import FullName
from crm_core.pipeline.recognise.assign import Assignment
from crm_core.pipeline.recognise.match import Column, claims
from crm_core.reference import header_words

Halves = tuple[Column, Column]
"""The columns of the family name and of the given name."""


def settle(assigned: Assignment, columns: Sequence[Column]) -> Halves | None:
    """Let the family name have the field that either half would fill alone, and give both.

    None where no name stands in two columns, or each of them has a field of its own.
    """
    words = header_words()
    family, given = _named(columns, words.surnames), _named(columns, words.given_names)
    if family is None or given is None:
        return None
    taken = [claim for half in (family, given) if (claim := assigned.taken.get(half.index))]
    if len(taken) != 1 or taken[0].key not in words.surnames | words.given_names:
        return None
    target = taken[0].target
    own = (claim for claim in claims(assigned.entity, family) if claim.target == target)
    del assigned.taken[taken[0].column.index]
    assigned.taken[family.index] = next(own, replace(taken[0], column=family))
    assigned.considered.pop(given.index, None)  # it has found its place: nothing is left to ask
    return family, given


def steps(plan: TablePlan, halves: Halves) -> list[FullName]:
    """The family name becomes the full name."""
    family, given = (plan.titles()[half.index] for half in halves)
    return [FullName(column=family, given=given)]


def _named(columns: Sequence[Column], words: frozenset[str]) -> Column | None:
    """The first filled column with one of these headers."""
    filled = (column for column in columns if column.profile.cells)
    return next((c for c in filled if any(key in words for key, _ in c.header.words)), None)
