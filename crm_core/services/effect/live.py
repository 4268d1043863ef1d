"""Initiatives that went live: since when, until when they settle, and what they promised."""

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from crm_core.domain.planning.calendar import Calendar
from crm_core.domain.planning.entry import amounts
from crm_core.services import plan_span
from crm_core.services.ended import OVER

_LIVE = f"""
WITH {OVER}
SELECT
    id, title, day, coalesce(value_after, 0), value_a_year::DOUBLE, coalesce(goals, []),
    coalesce(departments, [])
FROM over WHERE day <= $today ORDER BY day, length(id), id
"""


@dataclass(frozen=True)
class GoLive:
    """An initiative that people work with."""

    id: str
    title: str
    day: date
    settled: date
    """The last day of the transition: from the next period on its value was to come."""
    promised: float | None
    """A year, in the home currency."""
    goals: tuple[str, ...]
    departments: tuple[str, ...]


def go_lives(cursor: duckdb.DuckDBPyConnection, today: date) -> list[GoLive]:
    """What went live by that day, the earliest first."""
    calendar = plan_span.read_from(cursor, today).calendar
    return [
        GoLive(
            key,
            title,
            day,
            _settled(calendar, day, after),
            promised,
            tuple(goals),
            tuple(_named(departments)),
        )
        for key, title, day, after, promised, goals, departments in cursor.execute(
            _LIVE, {"today": today}
        ).fetchall()
    ]


def _settled(calendar: Calendar, day: date, after: int) -> date:
    """So many periods of the plan later."""
    if not after:
        return day
    return calendar.day(calendar.period(day) + after + 1) - timedelta(days=1)


def _named(departments: list[str]) -> list[str]:
    """Departments without their loads."""
    return [next(iter(amounts([one])), one.strip()) for one in departments]
