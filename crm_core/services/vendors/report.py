"""The comparison of vendors as a workbook: what it says, and everything that it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.i18n import Texts
from crm_core.reports.workbook import Column, Sheet, workbook
from crm_core.services.clock import utc_now
from crm_core.services.vendors import words
from crm_core.services.vendors.comparing import Comparison, compare
from crm_core.services.vendors.costs import YEARS
from crm_core.services.vendors.judging import Judgement, Key, Kind, judgements
from crm_core.store import Store

Everybody = Mapping[str, Mapping[Kind, Mapping[Key, Judgement]]]


def as_workbook(store: Store, actor: Actor, texts: Texts, years: int = YEARS) -> bytes:
    """An .xlsx file: ranking, mean scores, what each evaluator said, weights, costs over so many
    years."""
    found, said = compare(store, actor, years), judgements(store, actor)
    sheets = [_ranking(found, texts), _scores(found, texts), _said(found, said, texts)]
    return workbook([*sheets, _weights(found, texts), _costs(found, years, texts)])


def _ranking(found: Comparison, texts: Texts) -> Sheet:
    text = texts.text
    titles = words.criteria(found)
    facts = [
        (text("Made on"), texts.formats.day(utc_now().date())),
        (text("Smallest change that flips it"), words.flip(texts, found)),
    ]
    columns = [
        Column(text("Place"), "integer"),
        Column(text("Vendor")),
        Column(text("Value of 0 to 10"), "number"),
        Column(text("Of the weight, scored"), "percent"),
        Column(text("Stays in front"), "percent"),
        Column(text("Below the least score")),
    ]
    lines = [
        [
            place,
            one.title,
            found.placed[one.id].value,
            found.placed[one.id].coverage,
            found.first.get(one.id),
            texts.formats.listing([titles[key] for key in found.failed[one.id]]),
        ]
        for place, one in enumerate(found.vendors, 1)
    ]
    return Sheet(text("Comparison"), words.finding(texts, found), facts, columns, lines)


def _scores(found: Comparison, texts: Texts) -> Sheet:
    cells = [found.cells[one.id] for one in found.vendors]
    columns = [Column(texts.text("Least score"), "number")]
    columns += [Column(one.title, "number") for one in found.vendors]
    lines = {
        one.id: [one.least, *(each[one.id].mean if one.id in each else None for each in cells)]
        for one in found.criteria
    }
    title = texts.text("Mean scores, 0 to 10")
    return _by_criterion(found, texts, texts.text("Scores"), title, columns, lines)


def _weights(found: Comparison, texts: Texts) -> Sheet:
    columns = [Column(who, "percent") for who in found.weighed_by]
    lines = {
        one.id: [each.weights.get(one.id) for each in found.weighed_by.values()]
        for one in found.criteria
    }
    title = texts.text("Weights in force and each person's")
    return _by_criterion(found, texts, texts.text("Weights"), title, columns, lines)


def _by_criterion(
    found: Comparison,
    texts: Texts,
    name: str,
    title: str,
    columns: Sequence[Column],
    lines: Mapping[str, Sequence[Any]],
) -> Sheet:
    """A row a criterion: its weight in force, then what the further columns hold."""
    heads = [Column(texts.text("Criterion")), Column(texts.text("Weight (%)"), "percent")]
    rows = [[one.title, found.weights.get(one.id), *lines[one.id]] for one in found.criteria]
    return Sheet(name, title, [], [*heads, *columns], rows)


def _said(found: Comparison, said: Everybody, texts: Texts) -> Sheet:
    text = texts.text
    columns = [
        Column(text("Vendor")),
        Column(text("Criterion")),
        Column(text("Who is judging")),
        Column(text("Score"), "number"),
        Column(text("What it rests on")),
    ]
    lines = _each(found, said, texts)
    return Sheet(text("Who said what"), text("Each score as it was given"), [], columns, lines)


def _each(found: Comparison, said: Everybody, texts: Texts) -> Iterator[list[Any]]:
    for vendor in found.vendors:
        for one in found.criteria:
            cell = found.cells[vendor.id].get(one.id)
            if cell and cell.assessment:
                basis = texts.text("Assessment {id}", id=cell.assessment)
                yield [vendor.title, one.title, None, cell.mean, basis]
            for who, kinds in said.items():
                given = kinds.get("score", {}).get((one.id, vendor.id))
                if given and not one.section:
                    yield [vendor.title, one.title, who, given.value, given.note]


def _costs(found: Comparison, years: int, texts: Texts) -> Sheet:
    text = texts.text
    columns = [
        Column(text("Vendor")),
        Column(text("Currency")),
        Column(text("One case in ten is below"), "money"),
        Column(text("Expected"), "money"),
        Column(text("One case in ten is above"), "money"),
        *(Column(text("Year {year}", year=year), "money") for year in range(1, years + 1)),
    ]
    lines = [
        [one.title, currency, *map(round, (total.low, total.expected, total.high, *total.by_year))]
        for one in found.vendors
        for currency, total in found.costs.get(one.id, {}).items()
    ]
    title = texts.plural("Costs over {n} year", "Costs over {n} years", years)
    return Sheet(text("Costs"), title, [], columns, lines)
