"""The whole months that a report is about, and the months it is compared with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_WEEKEND = timedelta(days=3)
"""A month whose last business is no further from its end than this is taken to be over."""


class Choice(StrEnum):
    """A period by name, so that a link means the same next month."""

    TWELVE_MONTHS = "12m"
    YEAR_TO_DATE = "fytd"
    LAST_YEAR = "fy-last"
    QUARTER = "quarter"
    LAST_QUARTER = "quarter-last"
    MONTH = "month"
    ALL = "all"


class Compare(StrEnum):
    """What a period is compared with."""

    BEFORE = "before"
    YEAR_BEFORE = "year"
    NOTHING = "none"


@dataclass(frozen=True)
class Period:
    """Whole months, both ends included; `first` and `last` are the first days of theirs.

    ValueError where they are not, or the end comes before the start.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if (self.first.day, self.last.day) != (1, 1) or self.last < self.first:
            raise ValueError(f"{self.first} … {self.last} is no period of whole months")

    @property
    def months(self) -> int:
        """How many."""
        return _number(self.last) - _number(self.first) + 1

    def __iter__(self) -> Iterator[date]:
        """The first day of each month."""
        return (_month(number) for number in range(_number(self.first), _number(self.last) + 1))

    def back(self, months: int) -> "Period":
        """As long a period, so many months earlier."""
        return Period(_month(_number(self.first) - months), _month(_number(self.last) - months))

    def at_least(self, months: int) -> "Period":
        """The period, begun earlier where it is shorter than so many months."""
        return Period(min(self.first, _month(_number(self.last) - months + 1)), self.last)


@dataclass(frozen=True)
class Calendar:
    """Where "now" is. It is the data that say so: an old export still has a last year."""

    first: date
    """The first day that has data."""
    as_of: date
    """The last day that has data."""
    year_starts: int = 1
    """The month in which the fiscal year begins, 1 … 12."""

    @property
    def last_full_month(self) -> date:
        """The last month that is over; the present one where there is no other."""
        month = self.as_of.replace(day=1)
        over = _month(_number(month) + 1) - self.as_of <= _WEEKEND
        before = _month(_number(month) - 1)
        return month if over or before < self.first.replace(day=1) else before

    def is_running(self, period: Period) -> bool:
        """Whether the period ends in a month that is not over: its figures will still grow."""
        return period.last > self.last_full_month

    def period(self, choice: Choice) -> Period:
        """The months that a choice means now."""
        full, month = self.last_full_month, self.as_of.replace(day=1)
        year, quarter = self._begins(12), self._begins(3)
        match choice:
            case Choice.TWELVE_MONTHS:
                return Period(full, full).at_least(12)
            case Choice.YEAR_TO_DATE:
                return Period(year, month)
            case Choice.LAST_YEAR:
                return _of(year, 12).back(12)
            case Choice.QUARTER:
                return Period(quarter, month)
            case Choice.LAST_QUARTER:
                return _of(quarter, 3).back(3)
            case Choice.MONTH:
                return Period(full, full)
            case Choice.ALL:
                return Period(self.first.replace(day=1), month)

    def compared(self, choice: Choice, compare: Compare) -> Period | None:
        """The months to compare a choice's with; None where the data do not reach back so far.

        The period before is as long and ends where this one begins; that of a fiscal year to date
        is the same months of the year before.
        """
        if choice is Choice.ALL or compare is Compare.NOTHING:
            return None
        period = self.period(choice)
        same_months = compare is Compare.YEAR_BEFORE or choice is Choice.YEAR_TO_DATE
        before = period.back(12 if same_months and period.months <= 12 else period.months)
        return before if before.first >= self.first.replace(day=1) else None

    def _begins(self, months: int) -> date:
        """The start of the fiscal year (12) or quarter (3) that the last day falls in."""
        number = _number(self.as_of)
        return _month(number - (number - (self.year_starts - 1)) % months)


def is_year_before(period: Period, before: Period) -> bool:
    """Whether the two are the same months of two years."""
    return period.back(12) == before


def _of(first: date, months: int) -> Period:
    return Period(first, _month(_number(first) + months - 1))


def _number(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def _month(number: int) -> date:
    """The first day of a month; the calendar begins with the year 1 and ends with 9999."""
    number = min(max(number, 12), 9999 * 12 + 11)
    return date(number // 12, number % 12 + 1, 1)
