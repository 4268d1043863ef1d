"""A plan as a drawing: where each bar lies, and what is written beside it."""

from collections.abc import Iterator, Sequence

from crm_core.domain.planning.model import Phase, Window
from crm_core.domain.planning.usage import Usage
from crm_core.i18n import Texts
from crm_core.reports.roadmap import (
    Bar,
    Effect,
    Group,
    Heads,
    Reason,
    Roadmap,
    Stretch,
    Strip,
)
from crm_core.services.planning.exporting import names
from crm_core.services.planning.exporting.told import Item, Span, Told, span

_MARKS = 13
"""So many days are written below the title, at most."""
_LAST_WRITTEN = 0.94
"""Of the width: a day that is written further right would leave the page."""
_STEPS = (1, 2, 3, 4, 6, 12, 13, 26, 52, 104)
_WRITTEN = 30
"""In so many periods, at most, the use of staff is written as a number."""


def drawing(told: Told, texts: Texts) -> Roadmap:
    """The plan by phase, with windows, the use of staff and why each lies where it does."""
    axis = _Axis(told)
    windows = told.windows()
    return Roadmap(
        title=names.plan_name(told, texts),
        subtitle=_subtitle(told, texts),
        lead=_lead(told, texts),
        marks=axis.marks(texts),
        groups=list(_groups(told, axis, texts)),
        windows=[_window(told, one, axis, texts) for one in windows if one.start < axis.last],
        loads=[_strip(one, axis, texts) for one in names.used(told)],
        reasons=[_reason(one, texts) for one in told.items],
        heads=_heads(told, texts, windows),
        footer=texts.text("CRM Cockpit · Roadmap · Plan {id}", id=told.plan.header.plan_id),
    )


class _Axis:
    """Days as shares of the drawing's width: from the first period to where all is over."""

    def __init__(self, told: Told) -> None:
        self._calendar = told.plan.calendar
        ends = [lies.end for _, lies in told.placed]
        finish = max(ends, default=1)
        ends += [one.end for one in told.plan.programme.phases if one.start < finish]
        self.last = max(*ends, 1)

    def share(self, period: float) -> float:
        return min(1.0, max(0.0, period / self.last))

    def stretch(self, start: float, end: float) -> Stretch:
        return self.share(start), self.share(end)

    def of(self, lies: Span) -> Stretch:
        """Where days lie, whatever the periods of their own plan are."""
        start = self._calendar.moment(lies.first)
        end = self._calendar.moment(lies.after)
        return self.stretch(start, start if lies.start == lies.end else end)

    def marks(self, texts: Texts) -> list[tuple[float, str]]:
        write = texts.formats.day if self._calendar.unit == "week" else texts.formats.month
        step = next((one for one in _STEPS if self.last / one <= _MARKS), self.last)
        shares = [(period, self.share(period)) for period in range(0, self.last, step)]
        return [
            (share, write(self._calendar.day(period)) if share <= _LAST_WRITTEN else "")
            for period, share in shares
        ]


def _groups(told: Told, axis: _Axis, texts: Texts) -> Iterator[Group]:
    """Phases with what lies in them; what lies in none comes last."""
    for phase in sorted(told.plan.programme.phases, key=lambda one: (one.start, one.id)):
        bars = [
            _bar(told, one, lies, axis, texts) for one, lies in told.placed if one.phase == phase.id
        ]
        if bars:
            at = axis.stretch(phase.start, phase.end)
            yield Group(told.title(phase.id), _phase_note(told, phase, texts), bars, at)
    rest = [_bar(told, one, lies, axis, texts) for one, lies in told.placed if one.phase is None]
    if rest:
        has_phases = bool(told.plan.programme.phases)
        title = texts.text("Outside the phases") if has_phases else texts.text("Initiatives")
        yield Group(title, "", rest)


def _phase_note(told: Told, phase: Phase, texts: Texts) -> str:
    days = names.days_of(texts, told.phase(phase))
    if phase.budget is None:
        return days
    cost = sum(
        told.plan.programme.initiative(one.id).cost
        for one, lies in told.placed
        if phase.start <= lies.start < phase.end
    )
    return texts.text(
        "{days} · {cost} of {budget}",
        days=days,
        cost=texts.formats.compact(cost),
        budget=texts.formats.compact(phase.budget, told.currency),
    )


def _bar(told: Told, one: Item, lies: Span, axis: _Axis, texts: Texts) -> Bar:
    initiative = told.plan.programme.initiative(one.id)
    windows = [
        (*axis.stretch(each.start, each.end), each.effect)
        for each in told.windows()
        if each.concerns(initiative) and each.start < axis.last
    ]
    before = axis.of(one.before) if one.before else None
    at = axis.stretch(lies.start, lies.end)
    return Bar(one.title, names.days_of(texts, lies), at, before, windows)


def _window(told: Told, one: Window, axis: _Axis, texts: Texts) -> tuple[Bar, Effect]:
    days = names.days_of(texts, span(told.plan.calendar, one.start, one.end))
    return Bar(told.title(one.id), days, axis.stretch(one.start, one.end)), one.effect


def _strip(one: Usage, axis: _Axis, texts: Texts) -> Strip:
    cells = []
    for period in range(axis.last):
        used = one.used[period] if period < len(one.used) else 0.0
        there = one.available[period] if one.available and period < len(one.used) else None
        if used:
            share = used / there if there else None
            told = "" if axis.last > _WRITTEN else names.amount(texts, used)
            cells.append((*axis.stretch(period, period + 1), share, told))
    most = max(one.available) if one.available else None
    note = (
        texts.text("at most {used}", used=names.amount(texts, max(one.used)))
        if most is None
        else texts.text(
            "at most {used} of {there}",
            used=names.amount(texts, max(one.used)),
            there=names.amount(texts, most),
        )
    )
    return Strip(one.name, note, cells)


def _reason(one: Item, texts: Texts) -> Reason:
    return Reason(one.title, names.days_of(texts, one.span) if one.span else "", one.why)


def _subtitle(told: Told, texts: Texts) -> str:
    header = told.plan.header
    parts = [
        texts.text("Plan {id}", id=header.plan_id),
        texts.text("made on {day}", day=texts.formats.day(header.made_at.date())),
    ]
    if header.accepted_at:
        day = texts.formats.day(header.accepted_at.date())
        parts.append(texts.text("agreed on {day}", day=day))
    return " · ".join(parts)


def _lead(told: Told, texts: Texts) -> str:
    """What the plan comes to, in a sentence."""
    placed = told.placed
    last = max(lies.last for _, lies in placed)
    cost = sum(told.plan.programme.initiative(one.id).cost for one, _ in placed)
    found = texts.plural(
        "{n} initiative, done by {day}, for {cost}.",
        "{n} initiatives, all done by {day}, for {cost}.",
        len(placed),
        day=texts.formats.day(last),
        cost=texts.formats.compact(cost, told.currency),
    )
    left = len(told.items) - len(placed)
    if not left:
        return found
    more = texts.plural("{n} is left out.", "{n} are left out.", left)
    return texts.text("{first} {second}", first=found, second=more)


def _heads(told: Told, texts: Texts, windows: Sequence[Window]) -> Heads:
    seen = dict.fromkeys(one.effect for one in windows)
    is_compared = any(one.before for one, _ in told.placed)
    return Heads(
        name=texts.text("Initiative"),
        days=texts.text("From – to"),
        windows=texts.text("IT windows"),
        loads=texts.text("Staff and change, per period"),
        reasons=texts.text("Why each lies where it does"),
        agreed=texts.text("The agreed plan") if is_compared else "",
        gate=texts.text("End of the phase"),
        used=texts.text("Used, up to all that there is"),
        effects=[(effect, texts.text(names.EFFECTS[effect])) for effect in seen],
    )
