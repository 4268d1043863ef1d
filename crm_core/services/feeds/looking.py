"""One look at a feed: take what has arrived, then say what is missing."""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.feeds import Alarm, overdue
from crm_core.domain.problems import Problem, Refused
from crm_core.services.clock import Clock, utc_now
from crm_core.services.feeds import alarms, define, deliveries, finding, taking
from crm_core.services.feeds.define import AREA, Defined
from crm_core.services.feeds.deliveries import Delivery, problems_json
from crm_core.services.feeds.finding import Sleep
from crm_core.store import Store

log = logging.getLogger(__name__)

_LOCKS: defaultdict[tuple[Path, int], threading.Lock] = defaultdict(threading.Lock)


@dataclass(frozen=True)
class Look:
    """What a look found: deliveries, and why other files or the folder were left."""

    deliveries: tuple[Delivery, ...]
    problems: tuple[Problem, ...]


def run(
    store: Store, actor: Actor, feed_id: int, clock: Clock = utc_now, sleep: Sleep = time.sleep
) -> Look:
    """Look at a feed now. Refused: feed_unknown; feed_running if somebody looks already."""
    with alone(store, feed_id):
        defined = define.by_id(store, feed_id)
        taking.resume(store, actor, defined, clock)
        taken, problems = _take_all(store, actor, defined, clock, sleep)
        if defined.active:
            _raise_if_late(store, actor, defined, clock())
        _note(store, feed_id, clock(), problems)
    return Look(tuple(taken), tuple(problems))


def run_overdue(
    store: Store, actor: Actor, clock: Clock = utc_now, sleep: Sleep = time.sleep
) -> None:
    """Look at every feed of which a delivery has just become late, and raise the alarm."""
    for defined in define.read(store, actor):
        known = _open_late(store, defined.feed_id)
        if defined.active and not known and _due(store, defined, clock()):
            with suppress(Refused):  # somebody looks at it just now, or removed it
                run(store, actor, defined.feed_id, clock, sleep)


@contextmanager
def alone(store: Store, feed_id: int) -> Iterator[None]:
    """Nobody else looks at the feed meanwhile; Refused("feed_running")."""
    lock = _LOCKS[store.path, feed_id]
    if not lock.acquire(blocking=False):
        raise Refused("feed_running")
    try:
        yield
    finally:
        lock.release()


def _take_all(
    store: Store, actor: Actor, defined: Defined, clock: Clock, sleep: Sleep
) -> tuple[list[Delivery], list[Problem]]:
    try:
        found = finding.find(defined.feed)
    except Refused as refusal:
        return [], [refusal.problem]
    seen = deliveries.seen(store, defined.feed_id)
    new = [file for file in found if (str(file.path), file.size, file.modified) not in seen]
    whole, problems = finding.settled(new, defined.feed, clock(), sleep)
    taken: list[Delivery] = []
    for file in whole:
        try:
            became = taking.take(store, actor, defined, file, clock)
        except Refused as refusal:  # the disk is full, the store was closed: the next look goes on
            problems.append(refusal.problem)
            break
        if isinstance(became, Delivery):
            taken.append(became)
        else:
            problems.append(became)
    return taken, problems


def _raise_if_late(store: Store, actor: Actor, defined: Defined, now: datetime) -> None:
    due = _due(store, defined, now)
    if due is None or _open_late(store, defined.feed_id):
        return
    feed, last = defined.feed, deliveries.last_arrival(store, defined.feed_id)
    with store.change(actor, "feed.late", area=AREA, subject=feed.name) as change:
        alarms.raise_late(change, defined.feed_id, feed, due, last, now)
        change.detail = {"due": due}


def _due(store: Store, defined: Defined, now: datetime) -> datetime | None:
    with store.read() as cursor:
        [(answered,)] = cursor.execute(
            "SELECT max(cleared_at) FROM app.feed_alarm WHERE feed_id = ? AND kind = ?",
            [defined.feed_id, Alarm.LATE],
        ).fetchall()
    last = deliveries.last_arrival(store, defined.feed_id)
    return overdue(defined.feed, defined.created_at, last, answered, now)


def _open_late(store: Store, feed_id: int) -> bool:
    with store.read() as cursor:
        condition = "feed_id = ? AND kind = ? AND cleared_at IS NULL"
        return bool(alarms.select(cursor, condition, [feed_id, Alarm.LATE]))


def _note(store: Store, feed_id: int, now: datetime, problems: list[Problem]) -> None:
    """When the look was, and what it left; not a business change."""
    with store.read() as cursor, suppress(duckdb.TransactionException):
        cursor.begin()
        cursor.execute("DELETE FROM app.feed_look WHERE feed_id = ?", [feed_id])
        cursor.execute(
            "INSERT INTO app.feed_look VALUES (?, ?, ?)", [feed_id, now, problems_json(problems)]
        )
        cursor.commit()
