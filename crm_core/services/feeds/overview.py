"""What the feeds brought, seen at a glance."""

from dataclasses import dataclass
from datetime import datetime

from crm_core.domain.actor import Actor
from crm_core.domain.feeds import Alarm, State
from crm_core.domain.problems import Problem
from crm_core.services.feeds import alarms, define, deliveries
from crm_core.services.feeds.alarms import OpenAlarm
from crm_core.services.feeds.define import Defined
from crm_core.services.feeds.deliveries import Delivery, problems_of
from crm_core.services.feeds.schedule import next_look
from crm_core.store import Store


@dataclass(frozen=True)
class Row:
    """A feed with its last delivery, its open alarms and its looks; moments in UTC."""

    defined: Defined
    last: Delivery | None
    alarms: tuple[Alarm, ...]
    """The ones that hold now."""
    looked_at: datetime | None
    left: tuple[Problem, ...]
    """Files that the last look left, and why."""
    next_look: datetime | None
    """None for a feed that is stopped."""


def rows(store: Store, actor: Actor, now: datetime) -> list[Row]:
    """Every feed by name."""
    held = alarm_list(store, actor)
    looks = _looks(store)
    return [
        _row(store, defined, held, looks.get(defined.feed_id), now)
        for defined in define.read(store, actor)
    ]


def alarm_list(store: Store, _actor: Actor, *, feed_id: int | None = None) -> list[OpenAlarm]:
    """The alarms that hold now, the newest first; of one feed its past ones as well."""
    with store.read() as cursor:
        if feed_id is None:
            return alarms.select(cursor, "cleared_at IS NULL", [])
        return alarms.select(cursor, "feed_id = ?", [feed_id])


def held_list(store: Store, _actor: Actor) -> list[Delivery]:
    """The deliveries that wait for a person, the newest first."""
    return deliveries.select(store, "state = ?", [State.WAITING])


def history(store: Store, _actor: Actor, feed_id: int, limit: int = 100) -> list[Delivery]:
    """What a feed brought, the newest first."""
    return deliveries.select(store, "feed_id = ?", [feed_id], limit)


def _row(
    store: Store,
    defined: Defined,
    held: list[OpenAlarm],
    look: tuple[datetime, tuple[Problem, ...]] | None,
    now: datetime,
) -> Row:
    found = deliveries.select(store, "feed_id = ?", [defined.feed_id], 1)
    looked_at, left = look or (None, ())
    kinds = dict.fromkeys(one.kind for one in held if one.feed_id == defined.feed_id)
    return Row(
        defined,
        found[0] if found else None,
        tuple(kinds),
        looked_at,
        left,
        next_look(defined.feed, looked_at, now) if defined.active else None,
    )


def _looks(store: Store) -> dict[int, tuple[datetime, tuple[Problem, ...]]]:
    with store.read() as cursor:
        found = cursor.execute("SELECT feed_id, looked_at, problems FROM app.feed_look").fetchall()
    return {number: (at, problems_of(problems)) for number, at, problems in found}
