"""Years and quarters that a calendar shows."""

from dataclasses import dataclass
from datetime import date, timedelta

_BEFORE, _MOST = 20, 60
"""Periods that are offered: before the one of today, and together."""


@dataclass(frozen=True)
class Period:
    """A year or a quarter of one."""

    first: date
    months: int

    @property
    def last(self) -> date:
        """Its last day."""
        return later(self.first, self.months) - timedelta(days=1)

    @property
    def code(self) -> str:
        """As the address has it: 2026, 2026Q4."""
        quarter = f"Q{self.first.month // 3 + 1}" if self.months < 12 else ""
        return f"{self.first.year}{quarter}"

    @property
    def marks(self) -> list[date]:
        """The days to write below: three or four first days of months."""
        step = 3 if self.months == 12 else 1
        return [later(self.first, months) for months in range(0, self.months, step)]


def periods_of(first: date, last: date, months: int, today: date) -> list[Period]:
    """The period of today first, then the others from `first` to `last`, those too far away left
    out."""
    now = _begin(today, months)
    begin = max(min(_begin(first, months), now), later(now, -_BEFORE * months))
    every = []
    while begin <= max(last, now) and len(every) < _MOST:
        every.append(Period(begin, months))
        begin = later(begin, months)
    return sorted(every, key=lambda one: (one.first != now, one.first))


def later(day: date, months: int) -> date:
    """The first day of the month that is so many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _begin(day: date, months: int) -> date:
    return date(day.year, (day.month - 1) // months * months + 1, 1)
