"""A plan in words and days, as every export of it tells it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crm_core.domain.planning.calendar import Calendar
from crm_core.domain.planning.model import Phase, Window
from crm_core.i18n import Texts
from crm_core.i18n.planning import Words
from crm_core.reports.cells import one_line
from crm_core.services.planning.plans import Plan

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """The days of something, and its periods, from 0; both days are in it."""

    start: int
    end: int
    """The period after its last one."""
    first: date
    last: date

    @property
    def after(self) -> date:
        """The day after the last one."""
        return self.last + _DAY


@dataclass(frozen=True)
class Item:
    """An initiative of the plan."""

    id: str
    title: str
    phase: str | None
    """The phase in which it starts."""
    span: Span | None
    """None: it is left out."""
    before: Span | None
    """Where the agreed plan has it."""
    why: str


@dataclass(frozen=True)
class Agreed:
    """What was agreed so far."""

    standing: Plan | None
    once: Sequence[Plan]
    """Earlier plans that were agreed, the last one last."""
    done: Collection[str]
    """Initiatives that are over by now."""


@dataclass(frozen=True)
class Told:
    """A plan, and what it is compared with."""

    plan: Plan
    agreed: Plan | None
    """None: nothing was agreed, or this very plan."""
    items: Sequence[Item]
    """In the order in which they start; what is left out comes last."""
    off: Sequence[Item]
    """What an earlier plan was agreed with and this one has not, nor is it done; each with where
    the last of those plans had it."""
    currency: str | None
    home: str
    """What the store is known by, so that files of several companies do not collide."""

    @property
    def placed(self) -> list[tuple[Item, Span]]:
        """What is in the plan, with where it lies."""
        return [(one, one.span) for one in self.items if one.span]

    def title(self, key: str) -> str:
        """What something is called, on one line."""
        return one_line(self.plan.titles.get(key, key))

    def phase(self, one: Phase) -> Span:
        """The days of a phase."""
        return span(self.plan.calendar, one.start, one.end)

    def windows(self) -> list[Window]:
        """Windows that concern something in the plan, in the order in which they begin."""
        placed = [self.plan.programme.initiative(one.id) for one, _ in self.placed]
        return sorted(
            (one for one in self.plan.programme.windows if any(map(one.concerns, placed))),
            key=lambda one: (one.start, one.id),
        )


def span(calendar: Calendar, start: int, end: int) -> Span:
    """The days of these periods; what takes none has the first day alone."""
    first = calendar.day(start)
    return Span(start, end, first, max(first, calendar.day(end) - _DAY))


def told(plan: Plan, made: Agreed, texts: Texts, currency: str | None, home: str) -> Told:
    """The plan in words."""
    agreed = made.standing
    if agreed and agreed.header.plan_id == plan.header.plan_id:
        agreed = None
    words = Words(texts, plan.calendar, plan.titles, currency)
    before = (
        {key: span(agreed.calendar, *each) for key, each in agreed.spans.items()} if agreed else {}
    )
    spans = {key: span(plan.calendar, *each) for key, each in plan.spans.items()}
    items = [
        Item(
            one["id"],
            one_line(plan.titles.get(one["id"], one["id"])),
            _phase(plan, one["id"], spans.get(one["id"])),
            spans.get(one["id"]),
            before.get(one["id"]),
            words.why(one["reason"], is_placed=one["id"] in spans),
        )
        for one in plan.answer["items"]
    ]
    off = _off(plan, made, texts)
    return Told(plan, agreed, sorted(items, key=_order), off, currency, home)


def _off(plan: Plan, made: Agreed, texts: Texts) -> list[Item]:
    had = {key: each for each in made.once for key in each.spans}
    return [
        Item(
            key,
            one_line(each.titles.get(key, key)),
            None,
            None,
            span(each.calendar, *each.spans[key]),
            texts.text("Not in the plan any more."),
        )
        for key, each in sorted(had.items())
        if key not in plan.spans and key not in made.done
    ]


def _order(one: Item) -> tuple[bool, int, int, str]:
    if one.span is None:
        return (True, 0, 0, one.id)
    return (False, one.span.start, one.span.end, one.id)


def _phase(plan: Plan, key: str, lies: Span | None) -> str | None:
    """Its own phase, else the one in which it starts."""
    own = plan.programme.initiative(key).phase
    known = {one.id for one in plan.programme.phases}
    if own in known or lies is None:
        return own if own in known else None
    phases = (one.id for one in plan.programme.phases if one.start <= lies.start < one.end)
    return next(phases, None)
