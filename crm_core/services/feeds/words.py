"""What alarms and their reasons say in a language: on the page, the command line, in messages."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from crm_core.domain.feeds import Alarm, Feed
from crm_core.domain.problems import Problem
from crm_core.i18n import Texts, mark
from crm_core.reference import entities

ALARMS = {
    Alarm.LATE: mark("overdue"),
    Alarm.SHAPE: mark("unlike earlier ones"),
    Alarm.SHRUNKEN: mark("far fewer lines"),
    Alarm.REFUSED: mark("refused"),
}
_LOOKS = {
    "number": mark("numbers"),
    "date": mark("dates"),
    "email": mark("e-mail addresses"),
    "text": mark("text"),
}
_ORDERS = {
    "ymd": mark("year, month, day"),
    "mdy": mark("month, day, year"),
    "dmy": mark("day, month, year"),
}
_DECIDE = mark(
    "Nothing of it was loaded. On the page Feeds, load it anyway, take it as the new shape, or "
    "leave it out."
)
_LATE = mark("Check whether the export ran and whether it writes to {path}.")
_REFUSED = mark("Have the file exported again; the next good one is loaded by itself.")


def alarm(texts: Texts, kind: Alarm) -> str:
    """An alarm in a word or two."""
    return texts.text(ALARMS[kind])


def said(texts: Texts, problem: Problem) -> str:
    """A reason as a sentence; codes among its parameters are words of the language."""
    params = {name: _word(texts, value) for name, value in problem.params.items()}
    return texts.problem(Problem(problem.code, params))


def raised(
    texts: Texts, feed: Feed, kind: Alarm, file: str | None, problems: tuple[Problem, ...]
) -> tuple[str, str]:
    """Subject and body of the message that an alarm was raised."""
    subject = texts.text("Feed {feed}: {alarm}", feed=feed.name, alarm=alarm(texts, kind))
    about = [texts.text("File: {file}", file=file)] if file else []
    reasons = [said(texts, problem) for problem in problems]
    return subject, "\n".join([*about, *reasons, "", _what_to_do(texts, feed, kind)])


def cleared(texts: Texts, feed: Feed, kind: Alarm) -> tuple[str, str]:
    """Subject and body of the all-clear."""
    word = alarm(texts, kind)
    subject = texts.text("Feed {feed}: all clear", feed=feed.name)
    return subject, texts.text(
        'The alarm "{alarm}" of the feed {feed} is over.', alarm=word, feed=feed.name
    )


def late(feed: Feed, due: datetime, last: datetime | None) -> Problem:
    """The reason of a late alarm; its moments are on the feed's clock."""
    if last is None:
        return Problem("feed_never", {"due": _local(feed, due)})
    return Problem("feed_late", {"due": _local(feed, due), "last": _local(feed, last)})


def _local(feed: Feed, moment: datetime) -> str:
    """ISO, to the minute, so that it survives being kept as JSON."""
    local = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(feed.zone))
    return local.replace(tzinfo=None).isoformat(" ", "minutes")


def _what_to_do(texts: Texts, feed: Feed, kind: Alarm) -> str:
    if kind is Alarm.LATE:
        return texts.text(_LATE, path=feed.path)
    return texts.text(_REFUSED if kind is Alarm.REFUSED else _DECIDE)


def _word(texts: Texts, value: object) -> object:
    if not isinstance(value, str):
        return value
    for known in (_LOOKS, _ORDERS):
        if value in known:
            return texts.text(known[value])
    return texts.label(entities()[value].label) if value in entities() else value
