"""A feed: files that come by themselves, how often to look, and when to raise an alarm."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from statistics import median
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from crm_core.domain.actor import Actor

SCHEDULE = Actor("schedule", "schedule")
"""Who acts when nobody does: the feed's own schedule."""
COMPARED = 5
"""So many earlier deliveries tell how many lines are usual."""
LEAST_COMPARED = 2
_DAY = timedelta(days=1)


class State(StrEnum):
    """What became of a delivery."""

    LOADING = "loading"  # begun; found at the next look if the program was cut off
    LOADED = "loaded"
    KNOWN = "known"  # the same content as before: nothing new
    WAITING = "waiting"  # for a person's decision; nothing of it is loaded
    REFUSED = "refused"  # cannot be read
    DISMISSED = "dismissed"  # a person decided not to load it


class Alarm(StrEnum):
    """Why a feed needs a person."""

    LATE = "late"
    SHAPE = "shape"
    SHRUNKEN = "shrunken"
    REFUSED = "refused"


class Feed(BaseModel):
    """What a person said about a feed. Moments of the day are on the clock of `zone`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    path: str
    """A folder, or a pattern such as /exports/deals-*.csv."""
    entity: str | None = None
    """What the files hold; None: it is recognised."""
    recipe: str | None = None
    """File name of a mapping beside the store; None: whichever has the same headers."""
    every_minutes: int | None = None
    cron: str | None = None
    """minute hour day month weekday, where there is no `every_minutes`."""
    zone: str = "UTC"
    expected_by: time | None = None
    """The time of the day by which a delivery must have come, on `expected_days`."""
    expected_days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    """0 is Monday."""
    expected_hours: int | None = None
    """At least one delivery in so many hours."""
    least_share: float | None = 0.5
    """With fewer lines than this share of the usual a delivery waits; None: any number is fine."""
    most_quarantined: float | None = 0.2
    """With a larger share of lines set aside a delivery waits; None: any share is fine."""
    settle_seconds: int = 10
    """So long a file must not have changed before it is taken."""
    emails: tuple[str, ...] = ()
    webhooks: tuple[str, ...] = ()
    """Names of channels."""
    language: Literal["en", "zh"] = "en"
    """Of the messages."""


def stream(file: str) -> str:
    """The name without its numbers: deals-2026-03.csv and deals-2026-04.csv are one stream."""
    return re.sub(r"\d+", "#", re.sub(r"(?<=\d)[-_. ](?=\d)", "", file)).casefold()


def usual(earlier: Sequence[int]) -> float | None:
    """How many lines are usual, from earlier deliveries, the newest first; None: too few to say."""
    looked_at = earlier[:COMPARED]
    return float(median(looked_at)) if len(looked_at) >= LEAST_COMPARED else None


def is_shrunken(lines: int, earlier: Sequence[int], least_share: float | None) -> bool:
    """Whether a delivery has far fewer lines than earlier ones."""
    expected = usual(earlier)
    return least_share is not None and expected is not None and lines < expected * least_share


def overdue(
    feed: Feed,
    since: datetime,
    last: datetime | None,
    answered: datetime | None,
    now: datetime,
) -> datetime | None:
    """By when a delivery should have come that has not; None while nothing is late. All UTC.

    `since` is when the feed began, `last` its newest delivery, `answered` when its last late alarm
    ended: the delivery that ended it does not count for the next time as well, unless it came
    nearer to that.
    """
    if feed.expected_hours is not None:
        due = max(since, last or since) + timedelta(hours=feed.expected_hours)
        return due if due < now else None
    if feed.expected_by is None or not feed.expected_days:
        return None
    before, due = _last_deadlines(feed, now)
    middle = before + (due - before) / 2
    start = answered if answered is not None and before < answered < middle else before
    came = last is not None and last > start
    return None if came or due <= since else due


def _last_deadlines(feed: Feed, now: datetime) -> tuple[datetime, datetime]:
    """The two newest deadlines that have passed, the newest last."""
    today = now.replace(tzinfo=UTC).astimezone(ZoneInfo(feed.zone)).date()
    days = (today - _DAY * back for back in range(-1, 16))
    passed = [
        moment
        for day in days
        if day.weekday() in feed.expected_days and (moment := _deadline(feed, day)) < now
    ]
    return passed[1], passed[0]


def _deadline(feed: Feed, day: date) -> datetime:
    assert feed.expected_by is not None
    local = datetime.combine(day, feed.expected_by, ZoneInfo(feed.zone))
    return local.astimezone(UTC).replace(tzinfo=None)
