"""A team's steps from an event log: a file of cases with activities and their times."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from crm_core.domain.actor import Actor
from crm_core.domain.event_log import Event, most_frequent
from crm_core.domain.event_log import Path as TakenPath
from crm_core.domain.plan import DateOrder
from crm_core.domain.problems import Refused
from crm_core.pipeline.standardise.dates import plain_date
from crm_core.reference import word_key
from crm_core.reference.processes import heads
from crm_core.services import brought
from crm_core.services.brought import Lines
from crm_core.services.processes.saving import MOST_STEPS
from crm_core.store import Store

MOST_EVENTS = 200_000
NEEDED = ("case", "activity", "time")
FIELDS = (*NEEDED, "until", "team", "resource", "tool")
ORDERS: tuple[DateOrder, ...] = ("ymd", "dmy", "mdy")
_YEAR_FIRST = re.compile(r"\d{4}\D")
"""What begins so can be read in one way."""
_HEADS_WITHIN = 10
"""Lines at the top among which the line of heads is looked for."""


@dataclass(frozen=True)
class Log:
    """A log as it was read, and what its columns probably are."""

    file: str
    heads: tuple[str, ...]
    guess: Mapping[str, int]
    """Field of FIELDS -> its column."""
    lines: Lines
    """Without that of the heads."""


@dataclass(frozen=True)
class Found:
    """What the log says of one team; "" where it has no column of teams."""

    team: str
    path: TakenPath


@dataclass(frozen=True)
class Derived:
    """What a log says."""

    found: tuple[Found, ...]
    """A team each, the one with the most cases first."""
    left_out: int
    """Lines without a case, an activity or a time."""


def look(_store: Store, _actor: Actor, path: Path) -> Log:
    """Read a file and recognise its columns by their heads, in either language.

    The table in which the most columns are known counts. Refused: what a file cannot be read for;
    log_empty; log_too_long.
    """
    best: Log | None = None
    for _, lines in brought.tables(path, MOST_EVENTS + _HEADS_WITHIN):
        log = _recognised(path.name, [one for one in lines if any(cell.strip() for cell in one[1])])
        if log and (best is None or len(log.guess) > len(best.guess)):
            best = log
    if best is None:
        raise Refused("log_empty", file=path.name)
    if len(best.lines) > MOST_EVENTS:
        raise Refused("log_too_long", file=path.name, limit=MOST_EVENTS)
    return best


def derive(
    _store: Store,
    _actor: Actor,
    log: Log,
    columns: Mapping[str, int],
    order: DateOrder | None = None,
) -> Derived:
    """The path that most cases take, for each team that the log names.

    A case is of the team that did the most of it. `order`: of day and month where numbers could
    mean either. Refused: log_columns where one of NEEDED is not chosen; log_column for one that the
    file has not or that is chosen twice; log_time (line, value); log_order where both orders are
    possible and none is chosen; log_empty; steps_too_many.
    """
    _require_columns(log, columns)
    filled = [
        (line, {field: cells[place].strip() for field, place in columns.items()})
        for line, cells in log.lines
    ]
    whole = [(line, said) for line, said in filled if all(said[field] for field in NEEDED)]
    if not whole:
        raise Refused("log_empty", file=log.file)
    times = _times(log, columns, whole, order)
    cases = defaultdict[str, list[Event]](list)
    teams = defaultdict[str, Counter[str]](Counter)
    for _, said in whole:
        cases[said["case"]].append(_event(said, times))
        teams[said["case"]][said.get("team", "")] += 1
    of_team = defaultdict[str, list[Event]](list)
    for case, events in cases.items():
        of_team[teams[case].most_common(1)[0][0]] += events
    found = [Found(team, _path(events)) for team, events in of_team.items()]
    found.sort(key=lambda one: (-one.path.cases, one.team))
    return Derived(tuple(found), len(filled) - len(whole))


def _recognised(file: str, lines: Lines) -> Log | None:
    """The table below the line that most looks like heads; None where nothing stands below it."""
    if len(lines) < 2:
        return None
    guesses = [_guess(cells) for _, cells in islice(lines, _HEADS_WITHIN)]
    at = max(range(len(guesses)), key=lambda place: (len(guesses[place]), -place))
    _, cells = lines[at]
    return Log(file, tuple(cells), guesses[at], lines[at + 1 :])


def _guess(cells: Sequence[str]) -> dict[str, int]:
    """Field -> column; of several heads that mean a field, the word that is known best."""
    places = {word_key(cell): place for place, cell in reversed(list(enumerate(cells)))}
    found: dict[str, int] = {}
    for field, words in heads("event").items():
        free = (places[word] for word in words if word in places)
        place = next((one for one in free if one not in found.values()), None)
        if place is not None:
            found[field] = place
    return found


def _require_columns(log: Log, columns: Mapping[str, int]) -> None:
    missing = [field for field in NEEDED if field not in columns]
    if missing:
        raise Refused("log_columns", file=log.file, heads=", ".join(filter(None, log.heads)))
    for field, place in columns.items():
        twice = list(columns.values()).count(place) > 1
        if field not in FIELDS or not 0 <= place < len(log.heads) or twice:
            head = log.heads[place] if 0 <= place < len(log.heads) else str(place)
            raise Refused("log_column", column=head)


def _times(
    log: Log,
    columns: Mapping[str, int],
    whole: Sequence[tuple[int, Mapping[str, str]]],
    order: DateOrder | None,
) -> dict[str, datetime]:
    """Every time of the log, read in the one order that fits them all."""
    asked = [field for field in ("time", "until") if field in columns]
    written = dict.fromkeys(said[field] for _, said in whole for field in asked if said[field])
    sure = all(_YEAR_FIRST.match(value) for value in written)
    read = [_read(written, one) for one in ((order or "ymd",) if order or sure else ORDERS)]
    fitting = [times for times in read if len(times) == len(written)]
    if not fitting:
        times = max(read, key=len)
        line, field, value = next(
            (line, field, said[field])
            for line, said in whole
            for field in asked
            if said[field] and said[field] not in times
        )
        raise Refused("log_time", line=line, column=log.heads[columns[field]], value=value)
    if any(times != fitting[0] for times in fitting[1:]):
        raise Refused("log_order", value=next(iter(written)))
    return fitting[0]


def _read(written: Iterable[str], order: DateOrder) -> dict[str, datetime]:
    """What can be read, on one clock where the log names time zones."""
    found = {}
    for value in written:
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            plain = plain_date(value, order)
            if plain is None:
                continue
            at = datetime.fromisoformat(plain)
        found[value] = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
    return found


def _event(said: Mapping[str, str], times: Mapping[str, datetime]) -> Event:
    return Event(
        said["case"],
        said["activity"],
        times[said["time"]],
        times.get(said.get("until", "")),
        said.get("resource", ""),
        said.get("tool", ""),
    )


def _path(events: Sequence[Event]) -> TakenPath:
    path = most_frequent(events)
    if len(path.steps) > MOST_STEPS:
        raise Refused("steps_too_many", limit=MOST_STEPS)
    return path
