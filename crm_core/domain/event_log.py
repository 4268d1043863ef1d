"""What an event log says of a process: the path that most cases take, and how many others."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from crm_core.domain.variant import Step

_TENTH = Decimal("0.1")
_MINUTE = 60


@dataclass(frozen=True)
class Event:
    """Something that was done in a case."""

    case: str
    activity: str
    at: datetime
    """When it was done; when it began where `until` says its end."""
    until: datetime | None = None
    resource: str = ""
    tool: str = ""


@dataclass(frozen=True)
class Path:
    """The path that most cases take."""

    steps: tuple[Step, ...]
    """Minutes are the median over the cases that take it."""
    followed: int
    """Cases that take it."""
    cases: int
    paths: int
    """Distinct ones."""

    @property
    def share(self) -> float:
        """Of the cases, 0 … 1."""
        return self.followed / self.cases


def most_frequent(events: Iterable[Event]) -> Path:
    """The sequence of activities that most cases have; of equals the shortest, then by its words.

    A step takes from its beginning to its end; where the log has one time only, from the event
    before to its own, work and waiting together, and the first step's duration is not known.
    Events of one moment keep the order in which they come. ValueError for no event.
    """
    cases = defaultdict[str, list[Event]](list)
    for event in events:
        cases[event.case].append(event)
    traces = [sorted(case, key=lambda event: event.at) for case in cases.values()]
    found = Counter(tuple(event.activity for event in trace) for trace in traces)
    path = min(found, key=lambda names: (-found[names], len(names), names))
    taking = [trace for trace in traces if tuple(event.activity for event in trace) == path]
    steps = tuple(_step(name, place, taking) for place, name in enumerate(path))
    return Path(steps, found[path], len(traces), len(found))


def _step(name: str, place: int, traces: Sequence[Sequence[Event]]) -> Step:
    return Step(
        what=name,
        who=_usual(trace[place].resource for trace in traces),
        tool=_usual(trace[place].tool for trace in traces),
        minutes=_median([_seconds(trace, place) for trace in traces]),
        with_waiting=place > 0 and any(trace[place].until is None for trace in traces),
    )


def _seconds(trace: Sequence[Event], place: int) -> float | None:
    event = trace[place]
    if event.until is not None:
        return max(0.0, (event.until - event.at).total_seconds())
    before = trace[place - 1] if place else None
    if before is None:
        return None
    # It may have begun before the one before it ended.
    return max(0.0, (event.at - (before.until or before.at)).total_seconds())


def _median(seconds: Sequence[float | None]) -> Decimal | None:
    known = [one for one in seconds if one is not None]
    if not known:
        return None
    return (Decimal(median(known)) / _MINUTE).quantize(_TENTH, ROUND_HALF_UP)


def _usual(words: Iterable[str]) -> str:
    """The word that comes most often, the first of equals; "" where none is said."""
    said = Counter(word for word in words if word)
    return said.most_common(1)[0][0] if said else ""
