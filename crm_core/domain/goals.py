"""Goals: where one stands on the straight line from its baseline to its target."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Problem
from crm_core.domain.registers import Value

REGISTER = "goal"
READER = Actor("metrics", "metrics")
"""Who acts when the value of a goal is read from the data."""
STALE_DAYS = 45
"""A value older than this says nothing of now; that of a month that is over is there by then."""
_LATEST = date(2200, 1, 1)
"""A forecast beyond it is none."""


def wrong(values: Mapping[str, Value]) -> dict[str, Problem]:
    """What contradicts itself in a goal, by field; {}: nothing."""
    baseline, target = values.get("baseline"), values.get("target")
    if not isinstance(baseline, Decimal | int) or not isinstance(target, Decimal | int):
        return {}
    against = {"up": target < baseline, "down": target > baseline}
    is_against = against.get(str(values.get("direction")), False)
    told: dict[str, object] = {"baseline": baseline, "target": target}
    return {"direction": Problem("goal_direction", told)} if is_against else {}


@dataclass(frozen=True)
class Line:
    """What was agreed: from a value on a day straight to another value on a later day."""

    baseline: float
    since: date
    target: float
    until: date


@dataclass(frozen=True)
class Standing:
    """A goal measured on its line; shares are of the whole way from baseline to target."""

    done: float
    """How much of the way is gone; below 0: it went the wrong way."""
    planned: float
    """How much should be gone, 0 … 1."""
    days: int
    """By how many days it is ahead of its line; below 0: behind."""
    forecast: date | None
    """When it is reached at the pace since the baseline; None: never, at this pace."""

    @property
    def behind(self) -> float:
        """The share of the way that it lacks; below 0: ahead."""
        return self.planned - self.done


class Unplaced(StrEnum):
    """Why a goal cannot be put on a line."""

    NO_VALUE = "no_value"
    NO_LINE = "no_line"  # baseline, target or one of their days is missing
    NO_WAY = "no_way"  # baseline and target, or their days, are the same or turned round
    TOO_EARLY = "too_early"  # measured before the line begins


def line(
    baseline: float | None, since: date | None, target: float | None, until: date | None
) -> Line | Unplaced:
    """The line, if it is one."""
    if baseline is None or since is None or target is None or until is None:
        return Unplaced.NO_LINE
    if baseline == target or since >= until:
        return Unplaced.NO_WAY
    return Line(baseline, since, target, until)


def standing(agreed: Line, value: float, day: date) -> Standing | Unplaced:
    """Where `value`, measured on `day`, lies. After its last day a goal is planned to be reached.

    The pace is the mean one since the baseline: the line from there through the value, drawn on.
    """
    if day < agreed.since:
        return Unplaced.TOO_EARLY
    whole = (agreed.until - agreed.since).days
    gone = min((day - agreed.since).days, whole)
    done = (value - agreed.baseline) / (agreed.target - agreed.baseline)
    return Standing(done, gone / whole, round(done * whole) - gone, _forecast(agreed, done, day))


def _forecast(agreed: Line, done: float, day: date) -> date | None:
    passed = (day - agreed.since).days
    if done >= 1:
        return day
    if done <= 0 or passed == 0 or passed / done > (_LATEST - agreed.since).days:
        return None
    return agreed.since + timedelta(days=round(passed / done))
