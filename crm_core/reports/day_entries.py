"""Whole days as a calendar file that other calendars take in (RFC 5545)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

import icalendar

from crm_core.reports.cells import printable

_MAKER = "-//CRM Cockpit//Roadmap//EN"


@dataclass(frozen=True)
class Entry:
    """Something that goes on for whole days."""

    key: str
    """The same in every file of the same store."""
    title: str
    first: date
    after: date
    """The day after the last one."""
    note: str
    category: str
    is_off: bool = False
    """It was there before and does not take place any more."""


def ics(name: str, entries: Sequence[Entry], home: str, version: int, made_at: datetime) -> bytes:
    """The entries as an .ics file; `made_at` in UTC.

    An entry has the same UID in every file of one `home`, so that a calendar that takes in a later
    file, of a higher `version`, moves what it has. Days have no time zone, and nobody is busy.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", printable(name))
    for one in entries:
        calendar.add_component(_event(one, home, version, made_at))
    return bytes(calendar.to_ical())


def _event(one: Entry, home: str, version: int, made_at: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"crm-cockpit:{home}:{one.key}")))
    event.add("sequence", version)
    event.add("dtstamp", made_at.replace(tzinfo=UTC))
    event.add("dtstart", one.first)
    event.add("dtend", one.after)
    event.add("summary", printable(one.title))
    event.add("description", printable(one.note))
    event.add("categories", [printable(one.category)])
    event.add("transp", "TRANSPARENT")
    if one.is_off:
        event.add("status", "CANCELLED")
    return event
