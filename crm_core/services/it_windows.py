"""IT windows on a calendar: what each touches, what cannot be changed meanwhile, what collides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.flags import Finding
from crm_core.i18n import Texts
from crm_core.reference.flags import flag_rules
from crm_core.services.flags import finding, words
from crm_core.services.flags.choosing import in_force
from crm_core.store import Store

_COLLIDE = "windows_collide"
MOST_COLLISIONS = 10
PEOPLE = ("head_count", "skill")
"""Kinds that change who is there rather than what runs."""

_LIVE = "coalesce(status, '') <> 'dropped'"
# What a window touches: an application of the catalogue by its title, else what stands there.
_WINDOWS = f"""
SELECT
    w.id, any_value(title) AS title, any_value(kind) AS kind, any_value(effect) AS effect,
    any_value(starts) AS starts, any_value(ends) AS ends, any_value(skill) AS skill,
    any_value(change) AS change, any_value(owner) AS owner,
    coalesce(list_sort(list(DISTINCT touch.shown) FILTER (touch.shown IS NOT NULL)), []) AS touches
FROM programme.it_window AS w
LEFT JOIN touch ON touch.id = w.id
WHERE {_LIVE} AND starts <= $last AND ends >= $first
GROUP BY w.id
ORDER BY starts, ends, length(w.id), w.id
"""
_TOUCH = """
SELECT l.id, l.to_id IS NOT NULL AS is_application,
    coalesce(l.to_id, lower(trim(l.said))) AS thing, coalesce(a.title, trim(l.said)) AS shown
FROM programme.link AS l
LEFT JOIN programme.application AS a ON a.id = l.to_id
WHERE l.register = 'it_window'
"""
# How many things nobody may change, by month; of equals the first month.
_FORBIDDEN = f"""
SELECT month::DATE, count(DISTINCT thing) FILTER (is_application), count(DISTINCT thing)
FROM (
    SELECT touch.*, unnest(generate_series(
        date_trunc('month', greatest(starts, $first, $today)), least(ends, $last), INTERVAL 1 MONTH
    )) AS month
    FROM programme.it_window AS w JOIN touch ON touch.id = w.id
    WHERE {_LIVE} AND effect = 'forbid'
)
GROUP BY month ORDER BY 2 DESC, 3 DESC, month LIMIT 1
"""


@dataclass(frozen=True)
class Window:
    """A dated condition of IT; `change` in full-time people."""

    id: str
    title: str
    kind: str | None
    effect: str | None
    starts: date
    ends: date
    skill: str | None
    change: Decimal | None
    owner: str | None
    touches: Sequence[str]
    """Applications by their titles, technologies as they were written."""

    @property
    def is_about_people(self) -> bool:
        """Whether it changes who is there."""
        return self.kind in PEOPLE


@dataclass(frozen=True)
class Forbidden:
    """The month in which most cannot be changed."""

    month: date
    applications: int
    things: int
    """Applications and technologies."""


@dataclass(frozen=True)
class Collision:
    """Two windows that stand in each other's way, as the rule of red flags finds them."""

    windows: tuple[str, str]
    flag: str | None
    """The red flag that says so, if there is one by now."""
    facts: Mapping[str, Any]

    def why(self, texts: Texts) -> tuple[str, str]:
        """What collides and why, in the reader's language."""
        rule = flag_rules()[_COLLIDE]
        title, why, _ = (words.said(texts, label, rule, self.facts) for label in rule.texts)
        return title, why


@dataclass(frozen=True)
class Calendar:
    """The windows of a period, the earliest first."""

    windows: tuple[Window, ...]
    forbidden: Forbidden | None
    """None: nothing forbids work from today on."""
    collisions: tuple[Collision, ...]
    """The first of them, at most MOST_COLLISIONS."""
    collision_count: int
    """Of all."""


def span(store: Store, _actor: Actor) -> tuple[date, date] | None:
    """The first and the last day of all windows; None where there are none."""
    with store.read() as cursor:
        [(first, last)] = cursor.execute(
            f"SELECT min(starts), max(ends) FROM programme.it_window WHERE {_LIVE}"
        ).fetchall()
    return (first, last) if first else None


def calendar(store: Store, _actor: Actor, first: date, last: date, today: date) -> Calendar:
    """The windows that touch the days from `first` to `last`, both included. Collisions and what
    is forbidden are told from today on."""
    with store.snapshot() as cursor:
        cursor.register("touch", cursor.sql(_TOUCH).to_arrow_table())
        days = {"first": first, "last": last}
        rows = cursor.execute(_WINDOWS, days).fetchall()
        month = cursor.execute(_FORBIDDEN, days | {"today": today}).fetchone()
        collisions = _collisions(cursor, first, last, today)
        return Calendar(
            tuple(Window(*row) for row in rows),
            Forbidden(*month) if month else None,
            tuple(collisions[:MOST_COLLISIONS]),
            len(collisions),
        )


def _collisions(
    cursor: duckdb.DuckDBPyConnection, first: date, last: date, today: date
) -> list[Collision]:
    found, _ = finding.run(cursor, in_force(cursor)[_COLLIDE], today)
    flags = dict(
        cursor.execute(
            "SELECT subject, id FROM programme.flag WHERE rule = ?", [_COLLIDE]
        ).fetchall()
    )
    return [
        Collision(_pair(one), flags.get(one.subject), one.facts)
        for one in sorted(found, key=lambda one: str(one.facts["starts"]))
        if date.fromisoformat(one.facts["starts"]) <= last
        and date.fromisoformat(one.facts["ends"]) >= first
    ]


def _pair(one: Finding) -> tuple[str, str]:
    return str(one.facts["id"]), str(one.facts["other"])
