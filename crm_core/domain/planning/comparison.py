"""Two plans side by side: what moved, came in or fell out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Days = Mapping[str, tuple[date, date]]
"""Id -> first and last day."""


@dataclass(frozen=True)
class Moved:
    """An initiative that two plans put at different days; None: it is not in that plan."""

    id: str
    before: tuple[date, date] | None
    after: tuple[date, date] | None

    @property
    def days_later(self) -> int | None:
        """How much later it ends; None where it is in one plan alone."""
        if self.before is None or self.after is None:
            return None
        return (self.after[1] - self.before[1]).days


def moved(before: Days, after: Days) -> list[Moved]:
    """What differs: what came in, what fell out, then what moved, the most first."""
    found = [
        Moved(key, before.get(key), after.get(key))
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    ]
    return sorted(
        found, key=lambda one: (one.days_later is not None, -abs(one.days_later or 0), one.id)
    )
