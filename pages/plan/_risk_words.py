"""How the risk of a plan is told: days, spans of time, chances, names."""

import math
from datetime import date, datetime, time

from crm_core.domain.planning.calendar import Calendar
from crm_core.services.planning import Plan
from pages._ui import session

_ENOUGH = 0.8
"""A chance from which a date is told without much worry: the P80 of programmes."""


def chance(share: float) -> str:
    """A chance in whole percent; never 0 % or 100 % where it is not quite that."""
    text, percent = session.texts().text, session.formats().percent
    if 0 < share < 0.01:
        return text("below {chance}", chance=percent(0.01, 0))
    if 0.99 < share < 1:
        return text("above {chance}", chance=percent(0.99, 0))
    return percent(share, 0)


def done_by(plan: Plan, moment: float) -> date:
    """The day on which all is over that goes on until a moment in periods."""
    return max(plan.calendar.start, plan.calendar.last_day(moment))


def moment(plan: Plan, at: float) -> datetime:
    """A moment in periods as one of the calendar."""
    period = math.floor(at)
    first, following = (plan.calendar.day(one) for one in (period, period + 1))
    return datetime.combine(first, time()) + (at - period) * (following - first)


def lasting(calendar: Calendar, periods: float) -> str:
    """A number of periods in words."""
    texts, value = session.texts(), round(periods, 1)
    number, n = texts.formats.number(int(value) if value == int(value) else value), 2
    if value == 1:
        n = 1
    match calendar.unit:
        case "week":
            return texts.plural("{number} week", "{number} weeks", n, number=number)
        case "month":
            return texts.plural("{number} month", "{number} months", n, number=number)
        case _:
            return texts.plural("{number} quarter", "{number} quarters", n, number=number)


def name(plan: Plan, key: str) -> str:
    """What an initiative, a phase or an event is called."""
    return plan.titles.get(key, key)


def is_enough(share: float) -> bool:
    """Whether a date with this chance can be told without much worry."""
    return share >= _ENOUGH
