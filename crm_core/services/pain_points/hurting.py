"""Where it hurts: the pain points that are not over, by team and by what they are about."""

from dataclasses import dataclass

from crm_core.domain.actor import Actor
from crm_core.domain.pain_points import REGISTER
from crm_core.domain.registers import OVER
from crm_core.services import settings
from crm_core.store import Store

# What a pain point costs is the middle of its range; of one that says one bound, that bound.
_OPEN = f"""
SELECT
    id, nullif(trim(team), '') AS team, about, affected, pressed_by,
    coalesce(expectations_missed, false) AS missed, coalesce(turnover, false) AS leaving,
    ((coalesce(cost_least, cost_most) + coalesce(cost_most, cost_least)) / 2)::DOUBLE AS cost
FROM programme.{REGISTER} WHERE coalesce(status, 'open') NOT IN {OVER}
"""
# A group is counted once in a cell, with the greatest number that any of its pain points says.
_CELLS = f"""
WITH hurting AS ({_OPEN}),
named AS (SELECT team, about, unnest(affected) AS said FROM hurting),
crowd AS (
    SELECT
        team, about, max(try_cast(regexp_extract(said, '[:：]\\s*([0-9]+)\\s*$', 1) AS BIGINT)) AS n
    FROM named GROUP BY team, about, lower(trim(regexp_extract(said, '^[^:：]+')))
),
people AS (SELECT team, about, sum(n)::BIGINT AS people FROM crowd GROUP BY ALL),
cell AS (
    SELECT
        team, about, list(id ORDER BY length(id), id) AS items, sum(cost) AS cost,
        count(*) FILTER (cost IS NULL) AS unpriced
    FROM hurting GROUP BY ALL
)
SELECT cell.team, cell.about, items, cost, unpriced, people
FROM cell LEFT JOIN people
    ON people.team IS NOT DISTINCT FROM cell.team
    AND people.about IS NOT DISTINCT FROM cell.about
"""
_EVIDENCE = f"""
WITH hurting AS ({_OPEN})
SELECT
    team, list_sort(list_distinct(flatten(list(coalesce(pressed_by, []))))),
    list(id ORDER BY length(id), id) FILTER (missed),
    list(id ORDER BY length(id), id) FILTER (leaving)
FROM hurting WHERE team IS NOT NULL
GROUP BY team HAVING bool_or(missed OR leaving OR len(pressed_by) > 0)
ORDER BY count(*) FILTER (leaving) DESC, count(*) FILTER (missed) DESC, lower(team)
"""


@dataclass(frozen=True)
class Cell:
    """The pain points of a team that are about one thing; None where nobody said which."""

    team: str | None
    about: str | None
    items: tuple[str, ...]
    cost: float | None
    """A year, in the home currency, of those that say it; None: none does."""
    unpriced: int
    people: int | None
    """Who are affected, each group once; None: nobody counted."""


@dataclass(frozen=True)
class Evidence:
    """What says besides figures that a team suffers: ids of pain points, and names."""

    team: str
    pressed_by: tuple[str, ...]
    missed: tuple[str, ...]
    """The team never meets expectations."""
    leaving: tuple[str, ...]
    """People leave over it."""


@dataclass(frozen=True)
class Hurting:
    """The cells that have pain points, and what else speaks for change."""

    cells: tuple[Cell, ...]
    evidence: tuple[Evidence, ...]
    currency: str | None


def hurting(store: Store, _actor: Actor) -> Hurting:
    """Where it hurts, and how much."""
    with store.snapshot() as cursor:
        cells = tuple(
            Cell(team, about, tuple(items), cost, unpriced, people)
            for team, about, items, cost, unpriced, people in cursor.execute(_CELLS).fetchall()
        )
        evidence = tuple(
            Evidence(team, tuple(pressed), tuple(missed or ()), tuple(leaving or ()))
            for team, pressed, missed, leaving in cursor.execute(_EVIDENCE).fetchall()
        )
        return Hurting(cells, evidence, settings.read_from(cursor)["home_currency"])
