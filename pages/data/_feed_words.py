"""The words of feeds: states with their sign, schedules, expectations."""

import re
from datetime import datetime, time
from pathlib import Path

from crm_core.domain.feeds import Alarm, Feed, State
from crm_core.domain.problems import Problem
from crm_core.i18n import mark
from crm_core.services.feeds import Delivery, Row, words
from pages._ui import session

STATES = {
    State.LOADING: mark("… Is being loaded"),
    State.LOADED: mark("✓ Loaded"),
    State.KNOWN: mark("– Nothing new"),
    State.WAITING: mark("! Waits for you"),
    State.REFUSED: mark("✕ Refused"),
    State.DISMISSED: mark("– Left out"),
}
MESSAGES = {
    "waiting": mark("… Waits"),
    "sent": mark("✓ Sent"),
    "failed": mark("✕ Given up"),
}
FORMS = {
    "wecom": mark("WeCom"),
    "dingtalk": mark("DingTalk"),
    "feishu": mark("Feishu"),
    "slack": "Slack",
}
_DAILY = re.compile(r"(\d{1,2}) (\d{1,2}) \* \* \*")


def state(delivery: Delivery) -> str:
    """What became of a delivery."""
    return session.texts().text(STATES[delivery.state])


def feed_state(row: Row) -> str:
    """How a feed stands: what needs a person first."""
    text = session.texts().text
    if not row.defined.active:
        return text("– Stopped")
    if Alarm.LATE in row.alarms:
        return text("! Late")
    if row.alarms == (Alarm.REFUSED,):
        return text(STATES[State.REFUSED])
    if row.alarms:
        names = [words.alarm(session.texts(), kind) for kind in row.alarms]
        return text("! Waits for you: {alarms}", alarms=names)
    return state(row.last) if row.last else text("… Nothing came yet")


def reasons(problems: tuple[Problem, ...]) -> list[str]:
    """Sentences."""
    return [words.said(session.texts(), problem) for problem in problems]


def moment(at: datetime | None) -> str:
    """A moment of the store on the reader's clock."""
    return session.formats().moment(session.local(at) if at else None)


def schedule(feed: Feed) -> str:
    """How often it is looked at."""
    texts = session.texts()
    if feed.every_minutes is not None:
        return texts.plural("every minute", "every {n} minutes", feed.every_minutes)
    at = daily_at(feed)
    if at is not None:
        return texts.text("daily at {time}", time=at.strftime("%H:%M"))
    return texts.text("by the schedule {cron}", cron=feed.cron)


def expectation(feed: Feed) -> str:
    """By when a delivery must have come; "" where nobody expects one."""
    texts = session.texts()
    if feed.expected_hours is not None:
        return texts.plural(
            "expected at least every hour", "expected at least every {n} hours", feed.expected_hours
        )
    if feed.expected_by is not None:
        return texts.text("expected by {time}", time=feed.expected_by.strftime("%H:%M"))
    return ""


def daily_at(feed: Feed) -> time | None:
    """The time of the day, where the schedule is that and no more."""
    found = _DAILY.fullmatch(feed.cron or "")
    if found is None or int(found[2]) > 23 or int(found[1]) > 59:
        return None
    return time(int(found[2]), int(found[1]))


def file(path: str) -> str:
    """A file without its folder."""
    return Path(path).name
