"""What the registers say of initiatives, as the methods of ranking see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np

from crm_core.domain.planning.calendar import A_YEAR, Calendar
from crm_core.domain.planning.entry import amounts
from crm_core.domain.priorities.portfolio import SEVERITIES, STRENGTHS, Numbers, Portfolio
from crm_core.domain.registers import OVER
from crm_core.services import phasing_out, plan_span, settings
from crm_core.services.flags.listing import OVER as FLAG_OVER
from crm_core.store import as_dicts

_POINTS = " ".join(f"WHEN '{code}' THEN {points}" for code, points in SEVERITIES.items())
_STRENGTH = " ".join(f"WHEN '{code}' THEN {share}" for code, share in STRENGTHS.items())
# People of the groups that get something from an initiative, and of the departments that have to
# take it in, each once; a department that is no group is known by its name alone.
_INITIATIVES = rf"""
WITH going AS (
    SELECT * FROM programme.initiative WHERE coalesce(status, 'open') NOT IN {OVER}
),
touched AS (
    SELECT id, to_id, CASE WHEN to_id IS NULL THEN said END AS name FROM programme.link
    WHERE register = 'initiative' AND field = 'departments'
    UNION
    SELECT initiative, unnest("group"), NULL
    FROM (SELECT unnest(initiative) AS initiative, "group" FROM programme.stakeholder_value)
),
reach AS (
    SELECT
        touched.id, sum(people)::DOUBLE AS people,
        list(coalesce(title, name) ORDER BY title, name) FILTER (people IS NULL) AS uncounted
    FROM touched LEFT JOIN programme.stakeholder_group AS g ON g.id = to_id GROUP BY touched.id
),
removed AS (
    SELECT l.id, sum(CASE severity {_POINTS} ELSE {SEVERITIES["low"]} END) AS points
    FROM programme.link AS l
    JOIN programme.red_flag AS r ON l.target = 'red_flag' AND l.to_id = r.id
    WHERE l.register = 'initiative' AND coalesce(r.status, '') NOT IN {FLAG_OVER}
    GROUP BY l.id
)
SELECT
    id, title, owner, value_a_year::DOUBLE AS value, people AS reach, risk::DOUBLE AS risk,
    effort, duration::DOUBLE AS duration, duration_least::DOUBLE AS duration_least,
    duration_most::DOUBLE AS duration_most, deadline, coalesce(points, 0)::DOUBLE AS flags,
    cost::DOUBLE AS cost, CASE strength {_STRENGTH} END::DOUBLE AS strength,
    coalesce(goals, []) AS goals, coalesce(pain_points, []) AS pain_points,
    coalesce(uncounted, []) AS uncounted
FROM going LEFT JOIN reach USING (id) LEFT JOIN removed USING (id)
ORDER BY length(id), id
"""
_GOALS = f"""
SELECT id, title, weight::DOUBLE FROM programme.goal
WHERE coalesce(status, 'open') NOT IN {OVER} ORDER BY length(id), id
"""
_NUMBERS = (
    *("value", "reach", "risk", "duration", "duration_least", "duration_most", "flags"),
    *("cost", "strength"),
)


@dataclass(frozen=True)
class Goal:
    """A goal that is under way; `weight` None: nobody said, it counts as the others on average."""

    id: str
    title: str
    weight: float | None


@dataclass(frozen=True)
class Base:
    """All that a ranking is made from."""

    rows: Sequence[Mapping[str, Any]]
    """id, title, owner, and `uncounted`: the departments of which nobody said how many they are."""
    portfolio: Portfolio
    goals: tuple[Goal, ...]
    fading: "Fading"
    factor: float
    """What serves nothing but what is being phased out counts so much, 0 … 1: a setting."""
    currency: str | None
    periods_a_year: float


@dataclass(frozen=True)
class Fading:
    """Goals and pain points that serve nothing but what is being phased out: id -> its titles."""

    goals: Mapping[str, tuple[str, ...]]
    pain_points: Mapping[str, tuple[str, ...]]

    def titles(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """What an initiative serves of what is being phased out."""
        served = [self.goals.get(key, ()) for key in row["goals"]]
        if _is_over(row["pain_points"], self.pain_points):
            served += [self.pain_points[key] for key in row["pain_points"]]
        return tuple(dict.fromkeys(title for titles in served for title in titles))


def read(cursor: duckdb.DuckDBPyConnection, today: date, *, has_lens: bool) -> Base:
    """The initiatives that are neither done nor dropped; `has_lens`: whether what is being phased
    out counts less."""
    known = settings.read_from(cursor)
    calendar = plan_span.read_from(cursor, today).calendar
    rows = as_dicts(cursor.execute(_INITIATIVES))
    goals = tuple(Goal(*row) for row in cursor.execute(_GOALS).fetchall())
    fading = Fading(
        phasing_out.only_phasing_out(cursor, "goal"),
        phasing_out.only_phasing_out(cursor, "pain_point"),
    )
    factor = float(known["phasing_out_factor"])
    return Base(
        rows,
        _portfolio(rows, goals, fading, factor if has_lens else 1.0, _Time(calendar, today)),
        goals,
        fading,
        factor,
        known["home_currency"],
        A_YEAR[calendar.unit],
    )


@dataclass(frozen=True)
class _Time:
    calendar: Calendar
    today: date

    def left(self, deadline: str | None) -> float:
        """Periods from the one of today to the end of the one that is named; NaN for none."""
        named = None if deadline is None else self.calendar.read(deadline)
        return np.nan if named is None else named + 1 - self.calendar.period(self.today)


def _portfolio(
    rows: Sequence[Mapping[str, Any]],
    goals: Sequence[Goal],
    fading: Fading,
    factor: float,
    time: _Time,
) -> Portfolio:
    columns = {name: _numbers([row[name] for row in rows]) for name in _NUMBERS}
    served = [[float(goal.id in row["goals"]) for goal in goals] for row in rows]
    return Portfolio(
        **columns,
        amount=_numbers([sum(amounts(row["effort"]).values()) if row["effort"] else None
                         for row in rows]),
        left=_numbers([time.left(row["deadline"]) for row in rows]),
        serves=np.array(served, dtype=float).reshape(len(rows), len(goals)),
        weights=weights_of(goals),
        factors=_numbers([factor if goal.id in fading.goals else 1.0 for goal in goals]),
        others=_numbers([factor if _is_over(row["pain_points"], fading.pain_points) else 1.0
                         for row in rows]),
    )  # fmt: skip


def weights_of(goals: Sequence[Goal]) -> Numbers:
    """The goals' weights; one that has none counts as the others on average."""
    said = _numbers([goal.weight for goal in goals])
    known = said[~np.isnan(said)]
    return np.where(np.isnan(said), known.mean() if len(known) else 1.0, said)


def _is_over(keys: Sequence[str], fading: Mapping[str, object]) -> bool:
    return bool(keys) and all(key in fading for key in keys)


def _numbers(values: Sequence[float | None]) -> Numbers:
    return np.array(values, dtype=float)
