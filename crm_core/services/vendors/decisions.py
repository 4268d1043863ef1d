"""Decisions that somebody meant to look at again by now."""

from dataclasses import dataclass
from datetime import date

from crm_core.domain.actor import Actor
from crm_core.store import Store

_DUE = """
SELECT id, title, look_again FROM programme.decision
WHERE look_again <= $today AND coalesce(status, '') <> 'dropped' ORDER BY look_again, id
"""


@dataclass(frozen=True)
class Due:
    """A decision, and since when it is to be looked at again."""

    id: str
    title: str
    since: date


def to_look_at_again(store: Store, _actor: Actor, today: date) -> list[Due]:
    """Those whose day has come, the earliest first; a later day, or none, takes one out."""
    with store.read() as cursor:
        rows = cursor.execute(_DUE, {"today": today}).fetchall()
    return [Due(*row) for row in rows]
