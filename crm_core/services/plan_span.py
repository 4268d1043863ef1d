"""Which days the roadmap looks at: its periods, and how many."""

from datetime import date, timedelta
from typing import NamedTuple

import duckdb

from crm_core.domain.planning.calendar import Calendar, Unit
from crm_core.services import settings

_USUAL: dict[Unit, int] = {"week": 260, "month": 60, "quarter": 20}
"""Periods that a plan looks at: five years."""


class Span(NamedTuple):
    """The periods as days, and how many of them are planned."""

    calendar: Calendar
    horizon: int

    @property
    def days(self) -> tuple[date, date]:
        """The first day and the last one."""
        return self.calendar.start, self.calendar.day(self.horizon) - timedelta(days=1)


def read_from(cursor: duckdb.DuckDBPyConnection, today: date) -> Span:
    """As it is set; from the first day of this quarter on where no first day is."""
    chosen = settings.read_from(cursor)
    said = chosen["plan_start"]
    start = (
        date.fromisoformat(said) if said else date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    )
    # Every month has a 28th: what counts months from a later day counts them otherwise in SQL.
    calendar = Calendar(start.replace(day=min(start.day, 28)), chosen["plan_unit"])
    return Span(calendar, chosen["plan_horizon"] or _USUAL[calendar.unit])
