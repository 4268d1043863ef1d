"""A plan as a workbook: the plan with its reasons, use of staff, money, what changed."""

from collections.abc import Iterator
from typing import Any

from crm_core.domain.planning.worth import net_value
from crm_core.i18n import Texts
from crm_core.reports.workbook import Bars, Column, Sheet, workbook
from crm_core.services.planning.exporting import names
from crm_core.services.planning.exporting.told import Item, Told


def as_workbook(told: Told, texts: Texts) -> bytes:
    """An .xlsx file."""
    sheets = [_plan(told, texts), _loads(told, texts), _phases(told, texts)]
    if told.agreed:
        sheets.append(_comparison(told, texts))
    return workbook(sheets, (texts.text("yes"), texts.text("no")))


def _facts(told: Told, texts: Texts) -> list[tuple[str, str]]:
    header = told.plan.header
    facts = [
        (texts.text("Plan"), f"{header.plan_id}"),
        (texts.text("Made on"), texts.formats.day(header.made_at.date())),
    ]
    if header.accepted_at:
        facts.append((texts.text("Agreed on"), texts.formats.day(header.accepted_at.date())))
    if told.currency:
        facts.append((texts.text("Currency"), told.currency))
    return facts


def _plan(told: Told, texts: Texts) -> Sheet:
    text = texts.text
    columns = [
        Column(text("Number")),
        Column(text("Initiative")),
        Column(text("Phase")),
        Column(text("First day"), "date"),
        Column(text("Last day"), "date"),
        Column(text("Days"), "integer"),
        Column(text("First period"), "integer"),
        Column(text("Last period"), "integer"),
        Column(text("Cost once"), "money"),
        Column(text("Running cost a year"), "money"),
        Column(text("Value a year"), "money"),
        Column(text("Risk"), "percent"),
        Column(text("Worth today"), "money"),
        Column(text("Why")),
    ]
    lines = [_line(told, one) for one in told.items]
    begins = min(lies.first for _, lies in told.placed)
    bars = Bars(name=1, first=3, days=5, count=len(told.placed), start=begins)
    title = names.plan_name(told, texts)
    return Sheet(text("Plan"), title, _facts(told, texts), columns, lines, bars)


def _line(told: Told, one: Item) -> list[Any]:
    programme = told.plan.programme
    each, lies = programme.initiative(one.id), one.span
    phase = told.title(one.phase) if one.phase else None
    when: list[Any] = [None] * 5
    if lies:
        days = (lies.after - lies.first).days
        when = [lies.first, lies.last, days, lies.start + 1, max(lies.start + 1, lies.end)]
    worth = round(net_value(programme, each, lies.start, lies.end), 2) if lies else None
    money = [each.cost, each.running_cost, each.value, each.risk]
    return [one.id, one.title, phase, *when, *money, worth, one.why]


def _loads(told: Told, texts: Texts) -> Sheet:
    """A row a period, two columns a skill or department: what is used, what there is."""
    plan = told.plan
    found = names.used(told)
    columns = [
        Column(texts.text("Period number"), "integer"),
        Column(texts.text("First day"), "date"),
    ]
    for one in found:
        columns.append(Column(texts.text("{name}: used", name=one.name), "number"))
        columns.append(Column(texts.text("{name}: there", name=one.name), "number"))
    last = max(end for _, end in plan.spans.values())
    lines = [
        [period + 1, plan.calendar.day(period)]
        + [
            cell
            for one in found
            for cell in (one.used[period], one.available[period] if one.available else None)
        ]
        for period in range(last)
    ]
    title = texts.text("Staff of each skill, change that each department takes in")
    return Sheet(texts.text("Staff and change"), title, _facts(told, texts), columns, lines)


def _phases(told: Told, texts: Texts) -> Sheet:
    text = texts.text
    columns = [
        Column(text("Number")),
        Column(text("Phase")),
        Column(text("First day"), "date"),
        Column(text("Last day"), "date"),
        Column(text("Budget"), "money"),
        Column(text("Booked"), "money"),
        Column(text("Left"), "money"),
        Column(text("Initiatives"), "integer"),
    ]
    lines = []
    for one in told.plan.programme.phases:
        starting = [
            told.plan.programme.initiative(item.id)
            for item, lies in told.placed
            if one.start <= lies.start < one.end
        ]
        cost = sum(each.cost for each in starting)
        left = None if one.budget is None else one.budget - cost
        lies = told.phase(one)
        name = (one.id, told.title(one.id))
        lines.append([*name, lies.first, lies.last, one.budget, cost, left, len(starting)])
    title = text("Phases with their money; cost is booked where an initiative starts")
    return Sheet(text("Phases"), title, _facts(told, texts), columns, lines)


def _comparison(told: Told, texts: Texts) -> Sheet:
    assert told.agreed
    text = texts.text
    columns = [
        Column(text("Number")),
        Column(text("Initiative")),
        Column(text("First day, agreed"), "date"),
        Column(text("Last day, agreed"), "date"),
        Column(text("First day"), "date"),
        Column(text("Last day"), "date"),
        Column(text("Days later"), "integer"),
        Column(text("What changed")),
    ]
    number = told.agreed.header.plan_id
    title = text("Compared with plan {id}, which was agreed", id=number)
    lines = list(_changes(told, texts))
    return Sheet(text("Changes"), title, _facts(told, texts), columns, lines)


def _changes(told: Told, texts: Texts) -> Iterator[list[Any]]:
    """Of every initiative of the plan, then of what the agreed one had besides."""
    known = {one.id for one in told.items}
    assert told.agreed
    gone = [one for one in told.off if one.id in told.agreed.spans and one.id not in known]
    for one in (*told.items, *gone):
        before, lies = one.before, one.span
        days = [*((before.first, before.last) if before else (None, None))]
        days += [*((lies.first, lies.last) if lies else (None, None))]
        later = (lies.after - before.after).days if lies and before else None
        yield [one.id, one.title, *days, later, _changed(one, texts)]


def _changed(one: Item, texts: Texts) -> str:
    match one.before, one.span:
        case None, None:
            return texts.text("left out of both")
        case None, _:
            return texts.text("new in the plan")
        case _, None:
            return texts.text("not in the plan any more")
        case before, lies if before and lies:
            days = (lies.after - before.after).days
            if days == 0 and lies.first == before.first:
                return texts.text("as agreed")
            if days > 0:
                return texts.text("ends later")
            return texts.text("ends earlier") if days < 0 else texts.text("starts on another day")
    return ""
