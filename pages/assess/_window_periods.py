"""Periods that a calendar shows: a year or a quarter, each begun with a quarter."""

from dataclasses import dataclass
from datetime import date, timedelta

_QUARTER = 3
_BEFORE, _MOST = 20, 60
"""Periods that are offered: before the one of today, and together."""


@dataclass(frozen=True)
class Period:
    """So many months, from the first day of one."""

    first: date
    months: int

    @property
    def last(self) -> date:
        """Its last day."""
        return later(self.first, self.months) - timedelta(days=1)

    @property
    def code(self) -> str:
        """As the address has it, by its first month: 2026-10."""
        return f"{self.first:%Y-%m}"

    @property
    def marks(self) -> list[date]:
        """The days to write below: the first of each third."""
        return [later(self.first, months) for months in range(0, self.months, self.months // 3)]


def periods_of(first: date, last: date, months: int, today: date) -> list[Period]:
    """The period that begins with the quarter of today, then the others that `first` to `last`
    reach into, one after the other; those too far away are left out."""
    now = date(today.year, (today.month - 1) // _QUARTER * _QUARTER + 1, 1)
    begin = now
    while begin > first and begin > later(now, -_BEFORE * months):
        begin = later(begin, -months)
    every = [Period(begin, months)]
    while every[-1].last < max(last, now) and len(every) < _MOST:
        every.append(Period(later(every[-1].first, months), months))
    return sorted(every, key=lambda one: (one.first != now, one.first))


def later(day: date, months: int) -> date:
    """The first day of the month that is so many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
