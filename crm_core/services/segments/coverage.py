"""Whether the segment is captured where it should be: leads, customers and cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.services import settings
from crm_core.store import Store

DAYS = timedelta(days=60)
PLACES = ("lead", "customer", "support_case")


@dataclass(frozen=True)
class Place:
    """A place of capture: lead qualification, account management, the service desk."""

    entity: str
    """lead, customer or support_case."""
    classified: int
    total: int
    """Of the last 60 days; customers: of all active ones, now."""
    weeks: tuple[tuple[date, float], ...]
    """Monday and coverage (0 … 1) of each week, the oldest first; none for customers."""
    due: date | None
    """The day 60 days after the first one that was captured; None where the weeks do not tell."""
    teams: tuple[tuple[str | None, int, int], ...]
    """Team (None: not known), classified, total; as above."""

    target: float
    """What it should reach within 60 days from its start, 0 … 1 (a setting): then the segment
    report rests on nearly all of the business, and marketing can act on it."""

    @property
    def coverage(self) -> float | None:
        """0 … 1; None where there was nothing to classify."""
        return self.classified / self.total if self.total else None

    @property
    def reached(self) -> bool | None:
        """Whether the target is met; None while there is nothing to say."""
        return None if self.coverage is None else self.coverage >= self.target


def coverage(store: Store, _actor: Actor, teams: Sequence[str] = ()) -> tuple[Place, ...]:
    """The places of capture that the store knows of, of any of the teams; "": without one."""
    with store.snapshot() as cursor:
        return read_coverage(cursor, teams)


def read_coverage(cursor: duckdb.DuckDBPyConnection, teams: Sequence[str]) -> tuple[Place, ...]:
    """The same, from a cursor's state of the store."""
    target = float(settings.read_from(cursor)["coverage_target"])
    rows = metrics.run(cursor, "segment_coverage", {"team": tuple(teams)}).to_pylist()
    places = (
        _place(name, [row for row in rows if row["entity"] == name], target) for name in PLACES
    )
    return tuple(place for place in places if place.total)


def _place(entity: str, rows: Sequence[dict[str, Any]], target: float) -> Place:
    weeks: dict[date, list[int]] = {}
    for row in rows:
        if row["week"]:
            known = weeks.setdefault(row["week"], [0, 0])
            known[0] += row["classified"]
            known[1] += row["total"]
    last = max(weeks, default=None)
    recent = [row for row in rows if last is None or row["week"] > last - DAYS]
    began = min((week for week, known in weeks.items() if known[0]), default=None)
    return Place(
        entity=entity,
        classified=sum(row["classified"] for row in recent),
        total=sum(row["total"] for row in recent),
        weeks=tuple((week, known[0] / known[1]) for week, known in sorted(weeks.items())),
        due=began + DAYS if began else None,
        teams=_teams(recent),
        target=target,
    )


def _teams(rows: Sequence[dict[str, Any]]) -> tuple[tuple[str | None, int, int], ...]:
    sums: dict[str | None, tuple[int, int]] = {}
    for row in rows:
        classified, total = sums.get(row["team"], (0, 0))
        sums[row["team"]] = (classified + row["classified"], total + row["total"])
    return tuple(
        (team, *sums[team]) for team in sorted(sums, key=lambda name: (name is None, name or ""))
    )
