"""A rule on history: when it would have raised a flag, for how long, and how often for nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

QUIET_DAYS = 7
"""A flag that was over within so many days, and on which nobody acted, was raised for nothing."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Episode:
    """A flag that stood from one day to another, both included; days in UTC."""

    subject: str
    first: date
    last: date
    is_over: bool
    """False: it stands on the last day that was looked at."""
    acted: bool = False
    """Whether a person wrote anything in the flag meanwhile."""

    @property
    def days(self) -> int:
        """How long it stood."""
        return (self.last - self.first).days + 1

    @property
    def for_nothing(self) -> bool:
        """Whether it went away by itself before anybody needed it."""
        return self.is_over and self.days <= QUIET_DAYS and not self.acted

    def reached(self, day: date) -> "Episode":
        """The same, standing on one day more."""
        return replace(self, last=day)


def episodes(found: Mapping[date, Collection[str]]) -> list[Episode]:
    """The flags of days that follow each other (day -> subjects found), the newest first."""
    over, standing = list[Episode](), dict[str, Episode]()
    for day in sorted(found):
        over += [replace(one, is_over=True) for s, one in standing.items() if s not in found[day]]
        standing = {
            subject: standing.get(subject, Episode(subject, day, day, False)).reached(day)
            for subject in found[day]
        }
    return sorted([*over, *standing.values()], key=lambda one: (one.first, one.subject))[::-1]


def days_between(first: date, last: date) -> list[date]:
    """Every day from one to another, both included; [] if they are the wrong way round."""
    return [first + _DAY * n for n in range((last - first).days + 1)]
