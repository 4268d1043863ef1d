"""Who really works in the system (C7): by team and week, and who types deals in only at closing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.registers import OVER
from crm_core.store import Store

DAYS = 1
"""A deal that is entered at most so many days before closing is entered at closing."""
WEEK = timedelta(weeks=1)

# The last week that has something, from what is not dated later than today.
_LAST_WEEK = "SELECT max(week) FROM adoption WHERE week <= $today"
# People are those whom records name as their owner, as far as they are still there.
_CELLS = """
WITH person AS (
    SELECT team, count(DISTINCT name) AS people FROM staging.owner WHERE active GROUP BY team
),
active AS (
    SELECT team, week, count(DISTINCT person) FILTER (active_days > 0) AS active
    FROM adoption WHERE week BETWEEN $first AND $last GROUP BY ALL
),
team AS (SELECT team FROM person UNION SELECT team FROM active)
SELECT
    team.team, w.week::DATE, coalesce(active, 0),
    greatest(coalesce(people, 0), coalesce(active, 0))
FROM team
CROSS JOIN (SELECT unnest(generate_series($first, $last, INTERVAL 7 DAY)) AS week) AS w
LEFT JOIN person ON person.team IS NOT DISTINCT FROM team.team
LEFT JOIN active ON active.team IS NOT DISTINCT FROM team.team AND active.week = w.week
WHERE $teams::VARCHAR[] IS NULL OR list_contains($teams::VARCHAR[], coalesce(team.team, ''))
ORDER BY team.team NULLS LAST, w.week
"""
_SOLD = """
SELECT * FROM mart.won_deal
WHERE
    closed_on BETWEEN $first AND $last + 6
    AND ($teams::VARCHAR[] IS NULL OR list_contains($teams::VARCHAR[], coalesce(team, '')))
"""
_CURRENCY = "SELECT currency FROM sold GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1"
_PEOPLE = """
WITH won AS (
    SELECT
        team, person, count(*) AS won,
        sum(amount) FILTER (currency IS NOT DISTINCT FROM $currency) AS amount,
        count(days_open) AS dated,
        count(*) FILTER (days_open <= $days) AS at_close,
        count(had_prior_activity) AS known,
        count(*) FILTER (NOT had_prior_activity) AS unprepared
    FROM sold GROUP BY ALL
),
noted AS (
    SELECT team, person, sum(active_days)::BIGINT AS active_days FROM adoption
    WHERE week BETWEEN $first AND $last GROUP BY ALL
)
SELECT
    noted.person, noted.team, coalesce(won, 0), amount, coalesce(dated, 0), coalesce(at_close, 0),
    coalesce(known, 0), coalesce(unprepared, 0), active_days
FROM noted LEFT JOIN won
    ON won.person IS NOT DISTINCT FROM noted.person AND won.team IS NOT DISTINCT FROM noted.team
ORDER BY amount DESC NULLS LAST, won DESC NULLS LAST, active_days DESC, noted.person
"""
_EXEMPTIONS = f"""
SELECT id, granted_to, granted_by, expires, coalesce(expires < $today, FALSE)
FROM programme.exemption WHERE coalesce(status, '') NOT IN {OVER}
ORDER BY expires NULLS LAST, length(id), id
"""


@dataclass(frozen=True)
class TeamWeek:
    """A team in a week: how many of its people noted something."""

    team: str | None
    week: date
    active: int
    people: int

    @property
    def share(self) -> float | None:
        """Of the people, 0 … 1; None for a team without any."""
        return self.active / self.people if self.people else None


@dataclass(frozen=True)
class Seller:
    """A person in the weeks that are looked at. `amount` in the currency of the whole."""

    person: str | None
    team: str | None
    won: int
    amount: Decimal | None
    dated: int
    """Won deals that say when they were entered."""
    at_close: int
    """Of these, entered only at closing."""
    known: int
    """Won deals of which it is known whether an activity came before."""
    unprepared: int
    """Of these, without one."""
    active_days: int | None
    """None: no activities are in the store."""

    @property
    def at_close_share(self) -> float | None:
        """Of the dated deals, 0 … 1; None for none."""
        return self.at_close / self.dated if self.dated else None


@dataclass(frozen=True)
class Exemption:
    """Who need not work in the system; `expires` None: nobody said until when."""

    id: str
    to: str
    by: str
    expires: date | None
    has_lapsed: bool


@dataclass(frozen=True)
class Adoption:
    """What is known of who works in the system."""

    weeks: tuple[date, ...]
    """First days; () where the store has neither activities nor won deals."""
    cells: tuple[TeamWeek, ...] | None
    """By team and week; None: no activities are in the store."""
    sellers: tuple[Seller, ...]
    """Who sold most first."""
    currency: str | None
    exemptions: tuple[Exemption, ...]

    def exemption(self, one: Seller) -> Exemption | None:
        """The exemption of a person or of the team; one in force before one that has lapsed."""
        names = {name.casefold().strip() for name in (one.person, one.team) if name}
        found = [each for each in self.exemptions if each.to.casefold().strip() in names]
        return min(found, key=lambda each: each.has_lapsed, default=None)


def sunday(week: date) -> date:
    """The last day of a week that is called by its first."""
    return week + WEEK - timedelta(days=1)


def teams(store: Store, _actor: Actor) -> list[str]:
    """The teams of those who own something, in alphabetical order."""
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT DISTINCT team FROM staging.owner WHERE team IS NOT NULL ORDER BY team"
        ).fetchall()
    return [team for (team,) in rows]


def adoption(
    store: Store,
    _actor: Actor,
    today: date,
    *,
    weeks: int,
    wanted: tuple[str, ...] = (),
    days: int = DAYS,
) -> Adoption:
    """The last so many weeks that the store tells of; `wanted`: these teams only, () for all."""
    teams = list(wanted) or None
    with store.snapshot() as cursor:
        cursor.register("adoption", metrics.run(cursor, "adoption", {"team": teams, "days": days}))
        exemptions = cursor.execute(_EXEMPTIONS, {"today": today}).fetchall()
        kept = tuple(Exemption(*one) for one in exemptions)
        [(last,)] = cursor.execute(_LAST_WEEK, {"today": today}).fetchall()
        if last is None:
            return Adoption((), None, (), None, kept)
        span = {"first": last - WEEK * (weeks - 1), "last": last}
        cursor.register("sold", cursor.sql(_SOLD, params=span | {"teams": teams}).to_arrow_table())
        currency = (cursor.execute(_CURRENCY).fetchone() or (None,))[0]
        asked = span | {"currency": currency, "days": days}
        return Adoption(
            tuple(span["first"] + WEEK * n for n in range(weeks)),
            _cells(cursor, span | {"teams": teams}),
            tuple(Seller(*row) for row in cursor.execute(_PEOPLE, asked).fetchall()),
            currency,
            kept,
        )


def _cells(
    cursor: duckdb.DuckDBPyConnection, asked: Mapping[str, Any]
) -> tuple[TeamWeek, ...] | None:
    if not cursor.execute("FROM mart.activity_week LIMIT 1").fetchone():
        return None
    return tuple(TeamWeek(*row) for row in cursor.execute(_CELLS, dict(asked)).fetchall())


def deals(
    store: Store, _actor: Actor, person: str | None, weeks: Sequence[date], most: int
) -> list[dict[str, Any]]:
    """The deals that a person won in these weeks, the latest first: number, customer, days of entry
    and closing, days between, amount, currency, whether an activity came before."""
    with store.read() as cursor:
        rows: list[dict[str, Any]] = (
            cursor.sql(
                "SELECT opportunity_id, customer, created_on, closed_on, days_open, amount,"
                " currency, had_prior_activity FROM mart.won_deal"
                " WHERE person IS NOT DISTINCT FROM $person AND closed_on BETWEEN $first AND"
                " $last + 6 ORDER BY closed_on DESC, opportunity_id LIMIT $most",
                params={"person": person, "first": weeks[0], "last": weeks[-1], "most": most},
            )
            .to_arrow_table()
            .to_pylist()
        )
    return rows


def team_week(
    store: Store, _actor: Actor, team: str | None, week: date
) -> list[tuple[str | None, int, int]]:
    """The people of a team who noted something in a week: person, active days, records touched."""
    with store.read() as cursor:
        return cursor.execute(
            "SELECT person, active_days, records_touched::BIGINT FROM mart.activity_week"
            " WHERE team IS NOT DISTINCT FROM $team AND week = $week"
            " ORDER BY active_days DESC, person",
            {"team": team, "week": week},
        ).fetchall()
