"""The audit trail: who changed what, when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import simplejson

from crm_core.domain.actor import Actor
from crm_core.store import Store


@dataclass(frozen=True)
class Entry:
    """One business change; `at` in UTC, `detail` as the change wrote it: before, after, counts …"""

    change_id: int
    at: datetime
    person: str
    area: str
    action: str
    subject: str | None
    detail: dict[str, Any]


@dataclass(frozen=True)
class Filter:
    """Which changes are asked for; None: all of them."""

    area: str | None = None
    person: str | None = None

    def condition(self) -> tuple[str, list[str]]:
        """SQL with ? for each of its parameters."""
        asked = [("area", self.area), ("actor_name", self.person)]
        used = [(name, value) for name, value in asked if value is not None]
        tests = [f"{name} = ?" for name, _ in used]
        return " AND ".join(["true", *tests]), [value for _, value in used]


def areas(store: Store, _actor: Actor) -> list[str]:
    """The areas in which something was changed."""
    return _distinct(store, "area")


def people(store: Store, _actor: Actor) -> list[str]:
    """The people who changed something."""
    return _distinct(store, "actor_name")


def count(store: Store, _actor: Actor, wanted: Filter | None = None) -> int:
    """How many changes there were."""
    condition, params = (wanted or Filter()).condition()
    with store.read() as cursor:
        row = cursor.execute(
            f"SELECT count(*) FROM app.change WHERE {condition}", params
        ).fetchone()
    return int(row[0]) if row else 0


def trail(
    store: Store, _actor: Actor, wanted: Filter, *, limit: int = 50, offset: int = 0
) -> list[Entry]:
    """Changes, the newest first."""
    condition, params = wanted.condition()
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT change_id, committed_at, actor_name, area, action, subject, detail"
            f" FROM app.change WHERE {condition}"
            " ORDER BY committed_at DESC, change_id DESC LIMIT ? OFFSET ?",
            [*params, max(0, limit), max(0, offset)],
        ).fetchall()
    return [
        Entry(number, at, person, area, action, subject, simplejson.loads(detail or "{}"))
        for number, at, person, area, action, subject, detail in found
    ]


def _distinct(store: Store, column: str) -> list[str]:
    with store.read() as cursor:
        found = cursor.execute(f"SELECT DISTINCT {column} FROM app.change ORDER BY 1").fetchall()
    return [str(row[0]) for row in found]
