"""Which days business falls on: seasons, working days, the Chinese New Year, growth."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

IDLE = 0.04  # of a working day's business is done on a day off
SLOW = 0.4  # of it on the working days around the Chinese New Year
NEW_YEAR = np.array([
    "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22",
    "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13",
    "2030-02-03", "2031-01-23", "2032-02-11",
], dtype="datetime64[D]")  # fmt: skip
NATIONAL_DAY = (NEW_YEAR.astype("datetime64[Y]").astype("datetime64[M]") + 9).astype(
    "datetime64[D]"
)
_OFF = (NEW_YEAR[:, None] + np.arange(-1, 7), NATIONAL_DAY[:, None] + np.arange(7))
WORKING_DAYS = np.busdaycalendar(holidays=np.concatenate([off.ravel() for off in _OFF]))
"""Weekends and the two long holidays off, 2018 to 2032; elsewhere weekends alone."""
OPENS, CLOSES = 510, 1080  # minutes of the day


class Calendar:
    """Some years' days, each with its share of business."""

    def __init__(self, start: np.datetime64, until: date, season: Sequence[float]) -> None:
        self.start = start
        self.days = np.arange(start, np.datetime64(until, "D") + 1)
        months = self.days.astype("datetime64[M]").astype(int) % 12
        self._weights = np.array(season)[months]
        at_work = np.is_busday(self.days, busdaycal=WORKING_DAYS)
        distance = (self.days[:, None] - NEW_YEAR[None, :]).astype(int)
        near = ((distance >= -7) & (distance <= 12)).any(axis=1)
        self._weights *= np.where(at_work, 1.0, IDLE) * np.where(near, SLOW, 1.0)

    def mean_growth(self, growth: float) -> float:
        """Business over these days against a business that does not grow."""
        return float(np.mean(self._growth(growth)))

    def _growth(self, growth: float) -> NDArray[np.float64]:
        years = np.arange(len(self.days)) / 365.25
        return np.asarray((1.0 + growth) ** years)

    def draw(
        self, dice: np.random.Generator, count: int, growth: float = 0.0
    ) -> NDArray[np.datetime64]:
        """`count` days on which something happened, in no order."""
        weights = np.cumsum(self._weights * self._growth(growth))
        return np.asarray(self.days[np.searchsorted(weights, dice.random(count) * weights[-1])])


def workday(
    days: NDArray[Any], roll: Literal["forward", "backward"] = "forward"
) -> NDArray[np.datetime64]:
    """The days themselves, or the next (the last) working day where they are days off."""
    return np.busday_offset(days.astype("datetime64[D]"), 0, roll, busdaycal=WORKING_DAYS)


def later(dice: np.random.Generator, days: NDArray[Any], median: Any) -> NDArray[np.datetime64]:
    """A working day some time after: skewed, with that median of days."""
    wait = np.exp(dice.normal(np.log(median), 0.55, len(days)))
    return workday(days.astype("datetime64[D]") + wait.astype("timedelta64[D]"))


def moment(dice: np.random.Generator, days: NDArray[Any]) -> NDArray[np.datetime64]:
    """A minute in the office hours of each day."""
    minutes = dice.triangular(OPENS, OPENS + 120, CLOSES, len(days))
    start = days.astype("datetime64[D]").astype("datetime64[m]")
    return np.asarray(start + minutes.astype("timedelta64[m]"))


def office(dice: np.random.Generator, times: NDArray[Any]) -> NDArray[np.datetime64]:
    """The times themselves; what falls outside office hours is put off until there are some."""
    day = times.astype("datetime64[D]")
    minute = (times.astype("datetime64[m]") - day.astype("datetime64[m]")).astype(int)
    open_day = workday(day + (minute > CLOSES))
    outside = (minute < OPENS) | (open_day != day)
    return np.where(outside, moment(dice, open_day), times.astype("datetime64[m]"))
