"""When a feed's folder is looked at next."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from crm_core.domain.feeds import Feed
from crm_core.domain.problems import Refused

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
LONGEST_MINUTES = 7 * 24 * 60


def trigger(feed: Feed) -> BaseTrigger:
    """The scheduler library's own trigger; Refused: feed_minutes, feed_cron."""
    if feed.every_minutes is not None:
        if not 1 <= feed.every_minutes <= LONGEST_MINUTES:
            raise Refused("feed_minutes", value=feed.every_minutes, limit=LONGEST_MINUTES)
        return IntervalTrigger(minutes=feed.every_minutes, timezone=UTC)
    return _cron(feed.cron or "", feed.zone)


def next_look(feed: Feed, last: datetime | None, now: datetime) -> datetime:
    """When to look next (UTC); what was missed while the app was not running is due now."""
    if feed.every_minutes is not None:
        step = timedelta(minutes=feed.every_minutes)
        return now if last is None else max(last + step, now)
    after = (last or now).replace(tzinfo=UTC)
    found = _cron(feed.cron or "", feed.zone).get_next_fire_time(None, after + _TICK)
    if found is None:  # a day that never comes, such as 30 February
        raise Refused("feed_cron", value=feed.cron)
    moment: datetime = found.astimezone(UTC).replace(tzinfo=None)
    return max(moment, now)


_TICK = timedelta(microseconds=1)


def _cron(text: str, zone: str) -> CronTrigger:
    """The trigger of a cron text; the library counts weekdays from Monday, cron from Sunday."""
    parts = text.split()
    try:
        minute, hour, day, month, weekday = parts
        # Where both are given cron means either, the library both.
        if day != "*" and weekday != "*":
            raise ValueError(text)
        return CronTrigger(
            minute=minute,
            hour=hour,
            day=day,
            month=month.casefold(),
            day_of_week=_weekdays(weekday.casefold()),
            timezone=ZoneInfo(zone),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("feed_cron", value=text) from error


def _weekdays(text: str) -> str:
    """Weekdays by name: "1-5" is "mon,tue,wed,thu,fri", "5-7" is "sun,fri,sat"."""
    if text == "*":
        return text
    days: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        low = 0 if first == "*" else _weekday(first)
        high = _weekday(last) if last else 6 if step or first == "*" else low
        days |= {day % 7 for day in range(low, high + 1, int(step or 1))}
    if not days:
        raise ValueError(text)
    return ",".join(_DAYS[day] for day in sorted(days))


def _weekday(text: str) -> int:
    number = _DAYS.index(text) if text in _DAYS else int(text)
    if not 0 <= number <= 7:
        raise ValueError(text)
    return number
