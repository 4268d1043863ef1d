"""Goals in the reader's words: values, where one stands, and by when it is reached."""

from collections.abc import Mapping
from datetime import date

from crm_core.domain.goals import STALE_DAYS, Standing, Unplaced
from crm_core.domain.registers import Value
from crm_core.services.goals import Placed
from crm_core.services.registers import measures
from pages._ui import session
from pages._ui.register import offers

_ON_LINE = 0.02
"""So much of the way before or behind its line a goal counts as on it."""
_LENGTHS = ((730, 365.25), (60, 30.44), (14, 7), (0, 1))
"""From so many days on: days of the unit that is said."""


def value(one: Placed, number: float | None) -> str:
    """A value of the goal, with its unit or currency."""
    formats = session.formats()
    if number is None:
        return formats.number(None)
    measured = measures.columns().get(one.measure or "")
    match measured[1].unit if measured else None:
        case "ratio":
            return formats.percent(number)
        case "money":
            return formats.mark(number, one.currency)
        case "count":
            return formats.number(number)
        case _:
            return " ".join([formats.number(number), *([one.unit] if one.unit else [])])


def unit(values: Mapping[str, Value]) -> str:
    """What the figures of a goal's row are counted in, by the column that measures it; "" where
    it needs no telling."""
    measured = measures.columns().get(str(values.get(measures.METRIC)))
    rows = values.get(measures.ROWS)
    parts = [one.partition("=") for one in rows] if isinstance(rows, tuple) else []
    said = {name.strip(): value.strip() for name, _, value in parts}
    match measured[1].unit if measured else None:
        case "ratio":
            return session.texts().text("share")
        case "money":
            return said.get("currency", "")
        case _:
            return ""


def measured_by(one: Placed) -> str:
    """The metric and its column; "" where people type the value."""
    return offers.metric(one.measure) if one.measure else ""


def is_late(one: Placed) -> bool:
    """Whether it is behind its line by more than next to nothing."""
    return isinstance(one.stands, Standing) and one.stands.behind > _ON_LINE


def stands(one: Placed) -> str:
    """Where it stands: "3 weeks behind", "on its line"."""
    text = session.texts().text
    found = one.stands
    if isinstance(found, Unplaced):
        return {
            Unplaced.NO_VALUE: text("no value yet"),
            Unplaced.NO_LINE: text("no line agreed yet"),
            Unplaced.NO_WAY: text("line makes no sense"),
            Unplaced.TOO_EARLY: text("not begun"),
        }[found]
    if found.done >= 1:
        return text("reached")
    if found.done < 0:
        return text("going the wrong way")
    if abs(found.behind) <= _ON_LINE:
        return text("on its line")
    length = duration(abs(found.days))
    return (
        text("{time} ahead", time=length)
        if found.behind < 0
        else text("{time} behind", time=length)
    )


def duration(days: int) -> str:
    """A number of days, in the unit that it is told in."""
    texts = session.texts()
    unit = next(length for least, length in _LENGTHS if days >= least)
    n = round(days / unit)
    return {
        365.25: texts.plural("{n} year", "{n} years", n),
        30.44: texts.plural("{n} month", "{n} months", n),
        7: texts.plural("{n} week", "{n} weeks", n),
        1: texts.plural("{n} day", "{n} days", n),
    }[unit]


def forecast(one: Placed, until: date | None) -> str:
    """By when it is reached at the pace so far, and how much later than agreed."""
    text, found = session.texts().text, one.stands
    if isinstance(found, Unplaced):
        return ""
    if found.done >= 1:
        return text("reached")
    if found.forecast is None:
        return text("never")
    day = session.formats().month(found.forecast)
    late = (found.forecast - until).days if until else 0
    if late > 0:
        return text("{day}, {time} late", day=day, time=duration(late))
    return day


def last_value(one: Placed, today: date) -> str:
    """How old its last value is, where it says nothing of today; "" otherwise."""
    texts = session.texts()
    if not one.points:
        return ""
    day, _ = one.points[-1]
    days = (today - day).days
    if days <= (0 if one.unread else STALE_DAYS):
        return ""
    return texts.plural(
        "last measured on {day}, {n} day ago",
        "last measured on {day}, {n} days ago",
        days,
        day=texts.formats.day(day),
    )


def unread(one: Placed) -> str:
    """Why its measure cannot be read; "" where it can."""
    return session.problem(one.unread) if one.unread else ""
