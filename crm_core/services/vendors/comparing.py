"""Vendors held against each other: weights and scores of all evaluators, ranking, what flips it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.choice import (
    BEST_SCORE,
    Flip,
    Pair,
    Placed,
    Total,
    Weights,
    by_pairs,
    by_points,
    first_places,
    ranking,
    smallest_flip,
    together,
)
from crm_core.services import settings
from crm_core.services.checklists import assessments, results
from crm_core.services.vendors.costs import YEARS, totals
from crm_core.services.vendors.judging import Judgement, Key, Kind, judgements
from crm_core.store import Store

CHECKLIST = "vendor-choice"
_OUT = ("out", "dropped")


@dataclass(frozen=True)
class Vendor:
    """An option in the comparison."""

    id: str
    title: str
    status: str | None
    way: str | None


@dataclass(frozen=True)
class Criterion:
    """What vendors are measured by."""

    id: str
    title: str
    factor: str
    section: str | None
    """Of the checklist: its score counts, and nobody gives points."""
    points: float | None
    least: float | None
    """Who stays below it is out."""


@dataclass(frozen=True)
class Cell:
    """How well a vendor meets a criterion."""

    mean: float
    low: float
    high: float
    people: int
    """How many scored it; 0: it is the checklist's."""
    assessment: str | None = None
    """The one whose score it is."""


@dataclass(frozen=True)
class Comparison:
    """Everything that the choice rests on."""

    vendors: tuple[Vendor, ...]
    """Those that are not out, the best first."""
    criteria: tuple[Criterion, ...]
    weights: Mapping[str, float]
    """By criterion, together 1: the mean of the evaluators', else the register's points."""
    weighed_by: Mapping[str, Weights]
    """Evaluator -> weights."""
    unweighed: tuple[str, ...]
    """Evaluators who said something of weights that does not come to any: their points are all 0,
    or their comparisons do not link all criteria."""
    cells: Mapping[str, Mapping[str, Cell]]
    """Vendor -> criterion."""
    placed: Mapping[str, Placed]
    failed: Mapping[str, tuple[str, ...]]
    """Vendor -> criteria whose least score it stays below: it is out, and placed behind."""
    flip: Flip | None
    first: Mapping[str, float]
    """Vendor -> how often it comes first when weights and scores vary as people do."""
    costs: Mapping[str, Mapping[str | None, Total]]
    """Vendor -> currency -> total over the years."""


def compare(store: Store, actor: Actor, years: int = YEARS) -> Comparison:
    """Hold the vendors that are not out against each other; `years`: costs are added so long."""
    said = judgements(store, actor)
    with store.snapshot() as cursor:
        vendors, criteria = _vendors(cursor), _criteria(cursor)
        home = settings.read_from(cursor)["home_currency"]
        costs = totals(cursor, years, home)
    names = [one.id for one in criteria]
    each = _weights(names, said)
    weights = together([one.weights for one in each.values()]) or _own(criteria)
    cells = {one.id: _cells(one, criteria, said, _sections(store, actor, one)) for one in vendors}
    failed = {
        one.id: tuple(
            each.id
            for each in criteria
            if each.least is not None
            and each.id in cells[one.id]
            and cells[one.id][each.id].mean < each.least
        )
        for one in vendors
    }
    standing = [one for one in vendors if not failed[one.id]]
    scores = {one.id: {name: cell.mean for name, cell in cells[one.id].items()} for one in vendors}
    placed = {one.option: one for one in ranking(weights, scores)}
    alive = {one.id: scores[one.id] for one in standing}
    order = {name: at for at, name in enumerate(placed)}
    return Comparison(
        tuple(sorted(vendors, key=lambda one: (bool(failed[one.id]), order[one.id]))),
        criteria,
        weights,
        each,
        tuple(who for who, kinds in said.items() if kinds.keys() - {"score"} and who not in each),
        cells,
        placed,
        failed,
        smallest_flip(weights, alive),
        _first([one.weights for one in each.values()] or [weights], standing, cells),
        costs,
    )


def _first(
    each: Sequence[Mapping[str, float]],
    vendors: Iterable[Vendor],
    cells: Mapping[str, Mapping[str, Cell]],
) -> dict[str, float]:
    spans = {
        one.id: {name: (cell.low, cell.high) for name, cell in cells[one.id].items()}
        for one in vendors
    }
    return first_places(each, spans) if any(spans.values()) and any(each) else {}


def _weights(
    names: Sequence[str], said: Mapping[str, Mapping[Kind, Mapping[Key, Judgement]]]
) -> dict[str, Weights]:
    """Of everybody who weighed the criteria; what was said of rows that are gone does not count."""
    known, found = set(names), dict[str, Weights]()
    for evaluator, kinds in said.items():
        points = {
            one: each.value for (one, _), each in kinds.get("points", {}).items() if one in known
        }
        pairs = [
            Pair(one, other, each.value)
            for (one, other), each in kinds.get("pair", {}).items()
            if {one, other} <= known
        ]
        weights = by_pairs(names, pairs) if pairs else by_points(points)
        if weights:
            found[evaluator] = weights
    return found


def _own(criteria: Sequence[Criterion]) -> dict[str, float]:
    """By the register's points; where it has none, all alike."""
    found = by_points({one.id: one.points or 0.0 for one in criteria})
    equal = by_points({one.id: 1.0 for one in criteria})
    return dict((found or equal or Weights({})).weights)


def _cells(
    vendor: Vendor,
    criteria: Sequence[Criterion],
    said: Mapping[str, Mapping[Kind, Mapping[Key, Judgement]]],
    sections: tuple[str | None, Mapping[str, float]],
) -> dict[str, Cell]:
    assessment, shares = sections
    found = {}
    for one in criteria:
        if one.section:
            if one.section in shares:
                score = shares[one.section] * BEST_SCORE
                found[one.id] = Cell(score, score, score, 0, assessment)
            continue
        scores = [
            kinds["score"][one.id, vendor.id].value
            for kinds in said.values()
            if (one.id, vendor.id) in kinds.get("score", {})
        ]
        if scores:
            mean = sum(scores) / len(scores)
            found[one.id] = Cell(mean, min(scores), max(scores), len(scores))
    return found


def _sections(store: Store, actor: Actor, vendor: Vendor) -> tuple[str | None, Mapping[str, float]]:
    """The newest assessment of a vendor in which something counts that may be shown, and what each
    section's share is in it."""
    names = {vendor.id.casefold(), vendor.title.casefold()}
    found = [
        one
        for one in assessments.listed(store, actor, CHECKLIST)
        if one.subject.casefold() in names
    ]
    for one in sorted(found, key=lambda one: (one.day, len(one.id), one.id), reverse=True):
        come = results.of_assessment(store, actor, one.id).result
        shares = {each.section: each.score.share for each in come.sections}
        if counted := {name: float(each) for name, each in shares.items() if each is not None}:
            return one.id, counted
    return None, {}


def _vendors(cursor: duckdb.DuckDBPyConnection) -> tuple[Vendor, ...]:
    rows = cursor.execute(
        "SELECT id, title, status, way FROM programme.vendor"
        " WHERE coalesce(status, '') NOT IN (SELECT unnest(?::VARCHAR[])) ORDER BY length(id), id",
        [list(_OUT)],
    ).fetchall()
    return tuple(Vendor(*row) for row in rows)


def _criteria(cursor: duckdb.DuckDBPyConnection) -> tuple[Criterion, ...]:
    rows = cursor.execute(
        "SELECT id, title, factor, section, points::DOUBLE, least::DOUBLE"
        " FROM programme.criterion WHERE coalesce(status, '') <> 'dropped' ORDER BY length(id), id"
    ).fetchall()
    return tuple(Criterion(*row) for row in rows)


def disagreement(comparison: Comparison) -> list[tuple[str, str, Cell]]:
    """Vendor, criterion and cell of what people see differently, the widest apart first."""
    cells = chain.from_iterable(
        ((vendor, name, cell) for name, cell in of_vendor.items())
        for vendor, of_vendor in comparison.cells.items()
    )
    apart = [one for one in cells if one[2].high > one[2].low]
    return sorted(apart, key=lambda one: one[2].low - one[2].high)
