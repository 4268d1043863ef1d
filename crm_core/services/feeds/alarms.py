"""Alarms: each raised once, told once, and ended with an all-clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from crm_core.domain.feeds import Alarm, Feed, State
from crm_core.domain.problems import Problem
from crm_core.i18n import Texts
from crm_core.services import outbox
from crm_core.services.feeds import words
from crm_core.services.feeds.deliveries import Delivery, problems_json, problems_of
from crm_core.services.outbox import Recipients
from crm_core.store import Change

_COLUMNS = "alarm_id, feed_id, kind, stream, raised_at, due_at, cleared_at, problems"
# What no delivery is a reason for any more: nothing waits, and of what was refused a later
# delivery of the stream was loaded.
_SETTLED = f"""
    NOT EXISTS (
        FROM app.delivery AS held WHERE held.feed_id = feed_alarm.feed_id
        AND held.stream = feed_alarm.stream AND held.alarm = feed_alarm.kind
        AND (held.state = '{State.WAITING}' OR held.state = '{State.REFUSED}' AND NOT EXISTS (
            FROM app.delivery AS good WHERE good.feed_id = held.feed_id
            AND good.stream = held.stream AND good.state = '{State.LOADED}'
            AND good.delivery_id > held.delivery_id)))"""


@dataclass(frozen=True)
class OpenAlarm:
    """An alarm of a feed; `cleared_at` is None while it holds. Moments in UTC."""

    alarm_id: int
    feed_id: int
    kind: Alarm
    stream: str | None
    raised_at: datetime
    due_at: datetime | None
    cleared_at: datetime | None
    problems: tuple[Problem, ...]


def raise_for(change: Change, feed: Feed, delivery: Delivery) -> bool:
    """Raise the alarm of a delivery that is held or refused; False where it is raised already."""
    assert delivery.alarm is not None
    held = "kind = ? AND stream = ?"
    if _open(change, delivery.feed_id, held, [delivery.alarm, delivery.stream]):
        return False
    _put(change, delivery.feed_id, delivery.alarm, delivery, None, delivery.problems)
    name = PurePath(delivery.path).name
    _tell(
        change,
        feed,
        words.raised(Texts(feed.language), feed, delivery.alarm, name, delivery.problems),
    )
    return True


def raise_late(
    change: Change, feed_id: int, feed: Feed, due: datetime, last: datetime | None, now: datetime
) -> bool:
    """Raise the late alarm; False where it is raised already."""
    if _open(change, feed_id, "kind = ?", [Alarm.LATE]):
        return False
    problems = (words.late(feed, due, last),)
    _put(change, feed_id, Alarm.LATE, now, due, problems)
    _tell(change, feed, words.raised(Texts(feed.language), feed, Alarm.LATE, None, problems))
    return True


def clear(
    change: Change, feed_id: int, feed: Feed, last: datetime | None, now: datetime
) -> list[Alarm]:
    """End the alarms that no longer hold, with an all-clear each."""
    over = _open(change, feed_id, f"stream IS NOT NULL AND {_SETTLED}", [])
    if feed.expected_by is None and feed.expected_hours is None:
        over += _open(change, feed_id, "kind = ?", [Alarm.LATE])
    elif last is not None:
        over += _open(change, feed_id, "kind = ? AND raised_at < ?", [Alarm.LATE, last])
    for alarm in over:
        change.cursor.execute(
            "UPDATE app.feed_alarm SET cleared_at = ? WHERE alarm_id = ?", [now, alarm.alarm_id]
        )
        _tell(change, feed, words.cleared(Texts(feed.language), feed, alarm.kind))
    return [alarm.kind for alarm in over]


def select(cursor: Any, condition: str, params: Sequence[object]) -> list[OpenAlarm]:
    """Alarms that meet a condition of our own making, the newest first."""
    found = cursor.execute(
        f"SELECT {_COLUMNS} FROM app.feed_alarm WHERE {condition}"
        " ORDER BY raised_at DESC, alarm_id DESC LIMIT 500",
        params,
    ).fetchall()
    return [
        OpenAlarm(number, feed, Alarm(kind), stream, at, due, cleared, problems_of(problems))
        for number, feed, kind, stream, at, due, cleared, problems in found
    ]


def _open(
    change: Change, feed_id: int, condition: str, params: Sequence[object]
) -> list[OpenAlarm]:
    return select(
        change.cursor, f"feed_id = ? AND cleared_at IS NULL AND {condition}", [feed_id, *params]
    )


def _put(
    change: Change,
    feed_id: int,
    kind: Alarm,
    about: Delivery | datetime,
    due: datetime | None,
    problems: Sequence[Problem],
) -> None:
    at, stream = (about.seen_at, about.stream) if isinstance(about, Delivery) else (about, None)
    change.cursor.execute(
        f"INSERT INTO app.feed_alarm ({_COLUMNS}, change_id)"
        " VALUES (nextval('app.number'), ?, ?, ?, ?, ?, NULL, ?, ?)",
        [feed_id, kind, stream, at, due, problems_json(problems), change.change_id],
    )


def _tell(change: Change, feed: Feed, told: tuple[str, str]) -> None:
    outbox.record(change, Recipients(feed.emails, feed.webhooks), *told)
