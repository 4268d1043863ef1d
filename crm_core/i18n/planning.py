"""What the planner says, as sentences: why something lies where it does, what is in conflict."""

from collections.abc import Mapping
from typing import Any

from crm_core.domain.planning.calendar import Calendar
from crm_core.i18n.catalogue import mark
from crm_core.i18n.texts import Texts

_WHY = {
    "first": mark("Starts at once: nothing holds it back."),
    "begun": mark("It has begun."),
    "pinned": mark("Starts in {period}, because somebody pinned it there."),
    "earliest": mark("Starts in {period}: it must not start earlier."),
    "phase": mark("Starts with its phase, {phase}."),
    "waits": mark("Waits for {on}."),
    "group": mark("One period earlier, {phase} would give {group} nothing."),
    "no_sooner": mark("One period earlier it would end no sooner: {window} slows it down."),
    "worse": mark("One period earlier the plan would be worth {less} less."),
    "left_out": mark("Left out by hand."),
    "does_not_pay": mark("Left out: with it the plan would be worth {less} less."),
    "no_place": mark("Left out: there is no place for it."),
}
_OBSTACLES = {
    "deadline": mark("it would not be done by {period}"),
    "window": mark("{window} forbids work on what it touches"),
    "horizon": mark("it would not be done before the end of what is planned"),
    "phase": mark("it would not lie within its phase, {phase}"),
    "earliest": mark("it must not start before {period}"),
    "past": mark("nothing can start before {period} any more"),
    "pinned": mark("it is pinned to {period}"),
    "waits": mark("{on} would not be far enough"),
    "needs": mark("{on}, which it needs, is not in the plan"),
    "before": mark("{other} would start before it is done"),
    "excluded_by": mark("it cannot be done together with {other}"),
    "skill": mark("{over} more of {name} would be needed in {period} than there is"),
    "load": mark("{name} would have to bear {over} too much in {period}"),
    "budget": mark("the budget of {phase} would be exceeded by {money}"),
}
_EARLIER = mark("One period earlier {what}.")
_LEFT_OUT = mark("Left out: {what}.")
_CONFLICTS = {
    "earliest": mark("{of} must not start earlier than it was said."),
    "deadline": mark("{of} has a deadline."),
    "pinned": mark("{of} is pinned to its start."),
    "phase": mark("{of} has to lie in its phase."),
    "wanted": mark("{of} has to be done in any case."),
    "left_out": mark("{of} is left out."),
    "dependency": mark("{of} waits for {other}."),
    "capacity": mark("There is only so much of {of}."),
    "load": mark("{of} can bear only so much change at a time."),
    "budget": mark("{of} has only so much money."),
    "group": mark("{of} has to get something in {other}."),
    "window": mark("{of} forbids or delays work."),
    "exclusive": mark("{of} and {other} exclude each other."),
}
_WITHOUT = {
    "optimal": mark("Without this there is a plan, done by {period}."),
    "infeasible": mark("Without this something else is in conflict."),
    "unknown": mark("What comes without this was not found in time."),
}
_PERIODS = ("period",)
_NAMED = ("on", "other", "window", "phase", "group", "of", "name")
_MONEY = ("less", "money")


class Words:
    """Sentences about one plan: its periods as days, its initiatives by title, its money in the
    company's own currency where that is known."""

    def __init__(
        self,
        texts: Texts,
        calendar: Calendar,
        titles: Mapping[str, str],
        currency: str | None = None,
    ) -> None:
        self._texts, self._calendar, self._titles = texts, calendar, titles
        self._currency = currency

    def why(self, reason: Mapping[str, Any], *, is_placed: bool) -> str:
        """Why something lies where it lies, or is left out."""
        code, params = reason["code"], reason["params"]
        if code in _WHY and (is_placed or code not in _OBSTACLES):
            return self._said(_WHY[code], params)
        what = self.obstacle(code, params)
        return self._texts.text(_EARLIER if is_placed else _LEFT_OUT, what=what)

    def obstacle(self, code: str, params: Mapping[str, Any]) -> str:
        """What stands in the way, as part of a sentence."""
        return self._said(_OBSTACLES[code], params)

    def conflict(self, one: Mapping[str, Any]) -> str:
        """What binds, and what relaxing it would bring."""
        names = {"of": one["of"], "other": one["other"]}
        without = one["without"]
        status = "optimal" if without["status"] == "feasible" else without["status"]
        finish = int(without["finish"] or 1) - 1
        return " ".join(
            [
                self._said(_CONFLICTS[one["kind"]], names),
                self._said(_WITHOUT[status], {"period": finish}),
            ]
        )

    def period(self, number: int) -> str:
        """A period, from 0: a month of the calendar by its name, others by number and first day."""
        first = self._calendar.day(number)
        if self._calendar.unit == "month" and first.day == 1:
            return self._texts.formats.month(first)
        day = self._texts.formats.day(first)
        return self._texts.text("period {number} ({day})", number=number + 1, day=day)

    def _said(self, template: str, params: Mapping[str, Any]) -> str:
        shown = {name: self._value(name, value) for name, value in params.items()}
        return self._texts.text(template, **shown)

    def _value(self, name: str, value: Any) -> Any:
        if name in _PERIODS:
            return self.period(int(value))
        if name in _MONEY:
            return self._texts.formats.money(round(float(value)), self._currency)
        if name in _NAMED:
            return self._titles.get(str(value), str(value))
        return value
