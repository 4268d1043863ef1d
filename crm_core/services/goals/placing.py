"""Where each goal stands: measured by the data or by people, on the line that was agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.goals import REGISTER, Line, Standing, Unplaced, line, standing
from crm_core.domain.problems import Problem
from crm_core.domain.registers import OVER
from crm_core.services import phasing_out
from crm_core.services.goals.reading import Point, Reading, readings
from crm_core.store import Store

_GOALS = f"""
SELECT
    id, title, owner, weight::DOUBLE, unit, metric, coalesce(metric_rows, []),
    baseline::DOUBLE, baseline_date, target::DOUBLE, target_date, reached::DOUBLE, reached_on
FROM programme.{REGISTER} WHERE coalesce(status, 'open') NOT IN {OVER} ORDER BY length(id), id
"""
# What people typed of a goal, day by day; what they wrote last about a day holds.
_TYPED = f"""
WITH version AS (
    SELECT id, version, data FROM programme.item WHERE register = '{REGISTER}'
    UNION ALL SELECT id, version, data FROM programme_history.item WHERE register = '{REGISTER}'
),
told AS (
    SELECT
        id, (data ->> 'reached_on')::DATE AS day,
        arg_max((data ->> 'reached')::DOUBLE, version) AS value
    FROM version WHERE data ->> 'reached_on' IS NOT NULL GROUP BY ALL
)
SELECT id, list((day, value) ORDER BY day) FROM told WHERE value IS NOT NULL GROUP BY id
"""
_READ = """
SELECT goal, list((day, value) ORDER BY day) FROM programme.goal_reading GROUP BY goal
"""


@dataclass(frozen=True)
class Placed:
    """A goal that is neither reached nor dropped, and where it stands."""

    id: str
    title: str
    owner: str | None
    weight: float | None
    unit: str | None
    """As somebody wrote it; of a metric its column says it."""
    measure: str | None
    """The metric and column that it is measured by (`registers.measures`); None: people type its
    value."""
    currency: str | None
    """Of money that was read."""
    line: Line | Unplaced
    points: tuple[Point, ...]
    """The values that are known, the oldest first; the last one is of now."""
    stands: Standing | Unplaced
    unread: Problem | None
    """Why its measure cannot be read from the data."""
    phasing_out: tuple[str, ...]
    """Titles of what it serves, if all of that is phasing out."""


def placed(store: Store, _actor: Actor, today: date) -> list[Placed]:
    """Every goal that is not over, the one that is farthest behind its line first, then those that
    have no place on one."""
    with store.snapshot() as cursor:
        rows = cursor.execute(_GOALS).fetchall()
        asked = [(row[0], row[5], row[6]) for row in rows if row[5]]
        read = dict(readings(cursor, asked, today))
        typed, kept = _points(cursor, _TYPED), _points(cursor, _READ)
        fading = phasing_out.only_phasing_out(cursor, REGISTER)
    found = []
    for key, title, owner, weight, unit, metric, _, *told in rows:
        now = read.get(key)
        agreed = line(*told[:4])
        points = _course(now, kept.get(key, ())) if metric else _until(typed, key, told[4:], today)
        found.append(
            Placed(
                key,
                title,
                owner,
                weight,
                unit,
                metric,
                now.currency if isinstance(now, Reading) else None,
                agreed,
                points,
                _stands(agreed, points),
                now if isinstance(now, Problem) else None,
                fading.get(key, ()),
            )
        )
    return sorted(found, key=_behind)


def _points(cursor: duckdb.DuckDBPyConnection, sql: str) -> dict[str, tuple[Point, ...]]:
    return {key: tuple(points) for key, points in cursor.execute(sql).fetchall()}


def _course(now: Reading | Problem | None, kept: tuple[Point, ...]) -> tuple[Point, ...]:
    """The metric's own periods or, where it has none, what was read on earlier days."""
    if not isinstance(now, Reading):
        return kept
    if len(now.points) > 1:
        return now.points
    return (*(point for point in kept if point[0] < now.points[0][0]), *now.points)


def _until(
    typed: Mapping[str, tuple[Point, ...]], key: str, reached: list[Any], today: date
) -> tuple[Point, ...]:
    """What people typed; nothing where the goal says no value any more."""
    if None in reached:
        return ()
    return tuple(point for point in typed.get(key, ()) if point[0] <= min(reached[1], today))


def _stands(agreed: Line | Unplaced, points: tuple[Point, ...]) -> Standing | Unplaced:
    if isinstance(agreed, Unplaced):
        return agreed
    if not points:
        return Unplaced.NO_VALUE
    day, value = points[-1]
    return standing(agreed, value, day)


def _behind(one: Placed) -> tuple[bool, float]:
    is_placed = isinstance(one.stands, Standing)
    return not is_placed, -one.stands.behind if isinstance(one.stands, Standing) else 0.0
