"""What no initiative answers yet: the first list of a company that already runs a CRM (F5, F6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from crm_core.domain.actor import Actor
from crm_core.domain.priorities.portfolio import SEVERITIES
from crm_core.domain.registers import OVER
from crm_core.i18n import Texts
from crm_core.services import adoption, flags, pain_points
from crm_core.services.adoption import TeamWeek
from crm_core.services.initiatives.making import Source
from crm_core.store import Store

WEAK = 0.5
"""A team of which fewer work in the system in a usual week is a problem of adoption."""
_WEEKS = 13
_TAKEN, _UNDECIDED = 0.75, 0.5
"""Weight of a wish that was taken up, and of one on which nobody decided."""
_SAID = f"""
SELECT 'goal' AS source, id, title, owner, weight::DOUBLE AS amount, NULL AS code
FROM programme.goal WHERE coalesce(status, 'open') NOT IN {OVER}
UNION ALL
SELECT 'improvement', id, title, owner, NULL, decision
FROM programme.improvement
WHERE coalesce(status, 'open') NOT IN {OVER} AND coalesce(decision, 'taken') = 'taken'
ORDER BY source, length(id), id
"""
_ANSWERED = """
SELECT DISTINCT target, said FROM programme.link JOIN programme.initiative AS i USING (id)
WHERE register = 'initiative' AND coalesce(i.status, 'open') <> 'dropped'
"""
_TEAMS = """
SELECT DISTINCT lower(trim(said)) FROM programme.link JOIN programme.initiative AS i USING (id)
WHERE
    register = 'initiative' AND field = 'departments'
    AND coalesce(i.status, 'open') <> 'dropped' AND i.kind IN ('people', 'training')
"""


@dataclass(frozen=True)
class Unanswered:
    """Something that no initiative answers."""

    source: Source
    id: str
    """Of a team its name."""
    title: str
    owner: str | None
    weight: float
    """0 … 1, against the weightiest of its kind: what it costs, how grave it is, how much the goal
    counts, how many of a team stay away."""
    amount: float | None = None
    """Of a pain point money a year, of a goal its weight, of a team who works in the system."""
    code: str | None = None
    """Of a red flag its severity, of a wish the decision."""


@dataclass(frozen=True)
class Open:
    """Everything that no initiative answers, the weightiest first."""

    found: tuple[Unanswered, ...]
    currency: str | None


def unanswered(store: Store, actor: Actor, today: date, language: str) -> Open:
    """Pain points, red flags, goals and wishes that are open, and teams that hardly work in the
    system, each unless an initiative answers it. Titles of flags in the reader's `language`."""
    with store.snapshot() as cursor:
        said = cursor.execute(_SAID).fetchall()
        answered = {(target, key) for target, key in cursor.execute(_ANSWERED).fetchall()}
        busy = {team for (team,) in cursor.execute(_TEAMS).fetchall()}
    pains = pain_points.ranking(store, actor)
    found = [
        *_pains(pains),
        *_flags(flags.listed(store, actor), Texts(language)),
        *_rows(said),
        *_teams(adoption.adoption(store, actor, today, weeks=_WEEKS).cells or ()),
    ]
    left = [
        one
        for one in found
        if (one.source, one.id) not in answered
        and not (one.source is Source.TEAM and one.id.strip().casefold() in busy)
    ]
    return Open(tuple(sorted(left, key=lambda one: -one.weight)), pains.currency)


def _pains(found: pain_points.Ranking) -> Iterable[Unanswered]:
    """By what they cost a year; what nobody estimated has no weight."""
    most = max((one.weighed.expected for one in found.ranked), default=0.0) or 1.0
    for one in found.ranked:
        amount = one.weighed.expected
        yield Unanswered(Source.PAIN_POINT, one.id, one.title, one.owner, amount / most, amount)
    for key, title in found.unranked:
        yield Unanswered(Source.PAIN_POINT, key, title, None, 0.0)


def _flags(found: Sequence[flags.Flag], texts: Texts) -> Iterable[Unanswered]:
    for one in found:
        code, owner = one.values.get("severity"), one.values.get("owner")
        weight = SEVERITIES.get(str(code), SEVERITIES["low"])
        yield Unanswered(
            Source.RED_FLAG,
            one.id,
            one.title(texts),
            str(owner) if owner else None,
            weight,
            code=str(code) if code else None,
        )


def _rows(
    rows: Sequence[tuple[str, str, str, str | None, float | None, str | None]],
) -> Iterable[Unanswered]:
    """Goals by their weights, wishes by what was decided."""
    most = max((row[4] or 0.0 for row in rows), default=0.0) or 1.0
    for source, key, title, owner, amount, code in rows:
        wished = _TAKEN if code else _UNDECIDED
        weight = wished if source == Source.WISH else (amount or 0.0) / most
        yield Unanswered(Source(source), key, title, owner, weight, amount, code)


def _teams(cells: Sequence[TeamWeek]) -> Iterable[Unanswered]:
    """Teams of which in a usual week fewer than half work in the system."""
    for team, share in _shares(cells).items():
        if share < WEAK:
            yield Unanswered(Source.TEAM, team, team, None, 1 - share, share)


def _shares(cells: Sequence[TeamWeek]) -> Mapping[str, float]:
    """Team -> who noted something, of its people, over all weeks."""
    found = {}
    for team, weeks in groupby(cells, key=lambda one: one.team):
        of = list(weeks)
        people = sum(one.people for one in of)
        if team and people:
            found[team] = sum(one.active for one in of) / people
    return found
