"""Periods of the plan as days: weeks, months or quarters from a first day on."""

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["week", "month", "quarter"]
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3}
A_YEAR: dict[Unit, float] = {"week": 365.25 / 7, "month": 12.0, "quarter": 4.0}
_NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True)
class Calendar:
    """Which days the periods are; the first one begins on `start`."""

    start: date
    unit: Unit = "quarter"

    def day(self, period: int) -> date:
        """The first day of a period, counted from 0."""
        if self.unit == "week":
            return self.start + timedelta(weeks=period)
        months = self.start.year * 12 + self.start.month - 1 + period * _MONTHS[self.unit]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(self.start.day, 28))

    def period(self, day: date) -> int:
        """The period in which a day lies; below 0 before the first one."""
        if self.unit == "week":
            return (day - self.start).days // 7
        months = (day.year - self.start.year) * 12 + day.month - self.start.month
        if day.day < min(self.start.day, 28):
            months -= 1
        return months // _MONTHS[self.unit]

    def moment(self, day: date) -> float:
        """The beginning of a day in periods, broken ones too."""
        period = self.period(day)
        first = self.day(period)
        return period + (day - first).days / (self.day(period + 1) - first).days

    def last_day(self, moment: float) -> date:
        """The day in whose course something is over that goes on until `moment`, in periods."""
        period = math.ceil(moment) - 1
        first = self.day(period)
        days = (moment - period) * (self.day(period + 1) - first).days
        return first + timedelta(days=math.ceil(days - 1e-6) - 1)

    def read(self, text: str) -> int | None:
        """The period, from 0, that a text names by its number, from 1, or by a day in it; None
        for a text that is neither."""
        said = text.strip()
        if _NUMBER.fullmatch(said):
            return int(said) - 1 if int(said) else None
        try:
            return self.period(date.fromisoformat(said))
        except ValueError:
            return None

    def from_day(self, text: str) -> date | None:
        """The day from which a text counts: that day, or the first one of the period whose number
        it is; None for a text that is neither."""
        return self._day(text, 0)

    def to_day(self, text: str) -> date | None:
        """The day up to which a text counts: that day, or the last one of the period whose number
        it is; None for a text that is neither."""
        return self._day(text, 1)

    def _day(self, text: str, after: int) -> date | None:
        period = self.read(text)
        if period is None:
            return None
        if not _NUMBER.fullmatch(text.strip()):
            return date.fromisoformat(text.strip())
        return self.day(period + after) - timedelta(days=after)
