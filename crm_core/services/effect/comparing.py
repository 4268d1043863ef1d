"""Before and after each go-live, goal by goal, with what was promised beside what is seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from crm_core.domain.actor import Actor
from crm_core.domain.effect import (
    Period,
    Shift,
    Sides,
    Unknown,
    Verdict,
    against_others,
    own_trend,
    sides,
    verdict,
)
from crm_core.domain.problems import Problem, Refused
from crm_core.services.effect.live import GoLive, go_lives
from crm_core.services.effect.series import (
    Compared,
    Step,
    by_rows,
    by_teams,
    read,
    step_of,
    widened,
)
from crm_core.services.figures import metric_of
from crm_core.services.goals.reading import Reading, readings
from crm_core.services.registers.measures import Measure, measure
from crm_core.store import Store

MOST: dict[Step, int] = {"week": 26, "month": 12}
"""Periods on each side: half a year of weeks, a year of months."""
Series = tuple[Period, ...]
_GOALS = """
SELECT id, title, metric, coalesce(metric_rows, []), unit,
    CASE WHEN direction = 'down' OR (direction IS NULL AND target < baseline) THEN -1 ELSE 1 END
FROM programme.goal WHERE coalesce(status, '') <> 'dropped' ORDER BY length(id), id
"""


@dataclass(frozen=True)
class Course:
    """A goal that something went live for, and its measure over time."""

    goal: str
    title: str
    metric: str | None
    """The metric and column; None: people type its value."""
    kind: str | None
    """What the metric's column measures: ratio, money, count."""
    unit: str | None
    """As somebody wrote it."""
    wanted: int
    """1: more is better, -1: less."""
    currency: str | None
    step: Step | None
    series: Series
    others: Series
    """Of the same metric what no initiative touched, all together."""
    problem: Problem | None
    """Why there is no series."""
    live: tuple[GoLive, ...]


@dataclass(frozen=True)
class Effect:
    """What an initiative did to a goal."""

    live: GoLive
    course: Course
    sides: Sides
    """The periods that are compared; of the teams that it is for where the metric knows them."""
    teams: tuple[str, ...]
    """Those teams; () for all rows of the goal."""
    own: Shift | Unknown
    others: Shift | Unknown
    verdict: Verdict
    meanwhile: tuple[GoLive, ...]
    """What else went live for the goal in these periods: its part cannot be told apart."""


@dataclass(frozen=True)
class Effects:
    """Every goal that something went live for, and every go-live for each."""

    courses: tuple[Course, ...]
    effects: tuple[Effect, ...]
    live: tuple[GoLive, ...]
    """All that went live, those for no goal among them."""


def effects(store: Store, _actor: Actor, today: date) -> Effects:
    """What went live by that day and what came of it, by the periods that are over."""
    with store.snapshot() as cursor:
        live = go_lives(cursor, today)
        look = _Look(cursor, live, today)
        courses = look.courses()
        found = [look.effect(one, course) for course in courses for one in course.live]
        return Effects(tuple(courses), tuple(found), tuple(live))


class _Look:
    """The store on a day; a metric that several goals ask in the same way runs once."""

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, live: Sequence[GoLive], today: date
    ) -> None:
        self._cursor, self._live, self._today = cursor, live, today
        self._tables: dict[tuple[str, str], pa.Table] = {}
        self._measures: dict[str, Measure] = {}
        """Goal -> what measures it, of those that can be read."""

    def courses(self) -> list[Course]:
        """Every goal that something went live for."""
        rows = self._cursor.execute(_GOALS).fetchall()
        served = [row for row in rows if any(row[0] in one.goals for one in self._live)]
        asked = [(key, metric, names) for key, _, metric, names, *_ in served if metric]
        said = dict(readings(self._cursor, asked, self._today))
        self._measures = {
            key: widened(measure(metric, tuple(names)))
            for key, metric, names in asked
            if isinstance(said[key], Reading)
        }
        return [self._course(row, said.get(row[0])) for row in served]

    def _course(self, row: tuple[Any, ...], said: Reading | Problem | None) -> Course:
        key, title, metric, _, unit, wanted = row
        one = self._measures.get(key)
        mine, others, problem = self._series(one, said)
        return Course(
            key,
            title,
            metric,
            one.column.unit if one else None,
            unit,
            wanted,
            said.currency if isinstance(said, Reading) else None,
            step_of(one) if one else None,
            mine,
            others,
            problem,
            tuple(each for each in self._live if key in each.goals),
        )

    def _series(
        self, one: Measure | None, said: Reading | Problem | None
    ) -> tuple[Series, Series, Problem | None]:
        """A measure's periods and those of its metric's other rows, or why there are none."""
        if one is None:
            return (), (), said if isinstance(said, Problem) else Problem("goal_by_hand")
        alike = [each for each in self._measures.values() if each.spec.id == one.spec.id]
        try:
            return *self._read(one, by_rows(one, alike)), None
        except Refused as refusal:
            return (), (), refusal.problem

    def effect(self, live: GoLive, course: Course) -> Effect:
        """What one go-live did to one goal."""
        mine, others, teams = self._compared(live, course)
        when = live.day, live.settled, MOST[course.step] if course.step else 0
        found, own = sides(mine, *when), own_trend(mine, *when)
        against: Shift | Unknown = Unknown.NO_OTHERS
        if others:
            against = against_others(mine, others, *when, is_share=course.kind == "ratio")
        told = verdict(own, against, course.wanted)
        return Effect(
            live, course, found, teams, own, against, told, _meanwhile(live, course.live, found)
        )

    def _compared(self, live: GoLive, course: Course) -> tuple[Series, Series, tuple[str, ...]]:
        """The series that is looked at, the one it is held against, and of which teams it is."""
        wanted = self._measures.get(course.goal)
        if wanted is None or course.step is None or course.others:
            return course.series, course.others, ()
        touched = {name for each in self._live for name in each.departments}
        compared = by_teams(self._table(wanted), live.departments, touched)
        if compared is None:
            return course.series, (), ()
        return *self._read(wanted, compared), tuple(sorted(compared.mine))

    def _read(self, wanted: Measure, compared: Compared | None) -> tuple[Series, Series]:
        mine, others = read(self._cursor, wanted, self._table(wanted), compared, self._today)
        return tuple(mine), tuple(others)

    def _table(self, wanted: Measure) -> pa.Table:
        run = wanted.spec.id, str(sorted(wanted.params.items()))
        if run not in self._tables:
            self._tables[run] = metric_of(self._cursor, wanted.spec.id, wanted.params)
        return self._tables[run]


def _meanwhile(one: GoLive, live: Sequence[GoLive], found: Sides) -> tuple[GoLive, ...]:
    if not found.before:
        return ()
    first, last = found.before[0].first, found.after[-1].last
    return tuple(each for each in live if each != one and first <= each.day <= last)
