"""A plan as entries of a calendar: initiatives, phases, windows."""

from collections.abc import Iterator

from crm_core.i18n import Texts
from crm_core.reports.day_entries import Entry, ics
from crm_core.services.planning.exporting.names import EFFECTS, plan_name
from crm_core.services.planning.exporting.told import Item, Span, Told, span


def as_calendar(told: Told, texts: Texts) -> bytes:
    """An .ics file with a whole-day entry for each initiative, phase and window.

    A scenario that nobody agreed to lies in a calendar beside the plan and does not move it.
    """
    header = told.plan.header
    home, entries = told.home, [*_initiatives(told, texts)]
    if header.scenario and not header.accepted_at:
        home += f":{header.scenario}"
    else:
        entries += _called_off(told, texts)
    entries += [*_phases(told, texts), *_windows(told, texts)]
    return ics(plan_name(told, texts), entries, home, header.plan_id, header.made_at)


def _initiatives(told: Told, texts: Texts) -> Iterator[Entry]:
    for one, lies in told.placed:
        yield _entry(one, lies, told, texts)


def _called_off(told: Told, texts: Texts) -> Iterator[Entry]:
    """What earlier plans were agreed with and this one has not."""
    for one in told.off:
        if one.before:
            yield _entry(one, one.before, told, texts)


def _entry(one: Item, lies: Span, told: Told, texts: Texts) -> Entry:
    about = [one.why]
    if one.phase:
        about.append(texts.text("Phase: {phase}", phase=told.title(one.phase)))
    note = "\n".join([*about, one.id])
    kind = texts.text("Initiative")
    return Entry(
        f"initiative:{one.id}", one.title, lies.first, lies.after, note, kind, not one.span
    )


def _phases(told: Told, texts: Texts) -> Iterator[Entry]:
    for one in told.plan.programme.phases:
        lies = told.phase(one)
        if one.start < one.end:
            budget = texts.formats.money(one.budget, told.currency)
            note = texts.text("Budget: {budget}", budget=budget)
            title = texts.text("Phase: {phase}", phase=told.title(one.id))
            kind = texts.text("Phase")
            yield Entry(f"phase:{one.id}", title, lies.first, lies.after, note, kind)


def _windows(told: Told, texts: Texts) -> Iterator[Entry]:
    for one in told.windows():
        lies = span(told.plan.calendar, one.start, one.end)
        concerned = [
            each.title
            for each, _ in told.placed
            if one.concerns(told.plan.programme.initiative(each.id))
        ]
        note = texts.text(
            "Concerns {initiatives}. In whole periods, as the plan counts it.",
            initiatives=concerned,
        )
        title = texts.text(
            "{effect}: {window}", effect=texts.text(EFFECTS[one.effect]), window=told.title(one.id)
        )
        kind = texts.text("IT window")
        yield Entry(f"window:{one.id}", title, lies.first, lies.after, note, kind)
