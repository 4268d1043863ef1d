"""Processes as they are kept: each team's steps today, and those of a day that was kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.domain.variant import Step, Variant
from crm_core.services import registers, settings
from crm_core.services.registers import Query, Row
from crm_core.store import Store

PROCESS, STEP, BASELINE = "process", "process_step", "process_baseline"
TYPED = ("what", "who", "tool", "minutes", "hand_over", "experience", "waste")
"""The fields of a step that a list of steps says."""
LOGGED = ("cases", "followed", "paths")
"""Those that an event log says of the whole path."""
WITH_WAITING = "with_waiting"
"""What it says of a step's minutes besides."""


@dataclass(frozen=True)
class Process:
    """A process of the catalogue."""

    id: str
    version: int
    title: str
    function: str
    purpose: str
    best_practice: str
    """The team whose way is agreed on; "" while none is."""
    share_with: tuple[str, ...]
    hour_cost: Decimal | None
    """Its own, else that of the settings, in the store's home currency."""


@dataclass(frozen=True)
class Logged:
    """What the event log said that a team's steps come from."""

    cases: int
    followed: int
    paths: int

    @property
    def share(self) -> float:
        """Of the cases, those that take this path, 0 … 1."""
        return self.followed / self.cases


@dataclass(frozen=True)
class Team:
    """A team's steps, today or on the day of a baseline."""

    name: str
    rows: tuple[Row, ...]
    day: date | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is done, in order."""
        return tuple(step(row.values) for row in self.rows)

    @property
    def seen(self) -> dict[str, int]:
        """Id -> version of each row: which state of the list this is."""
        return {row.id: row.version for row in self.rows}

    @property
    def logged(self) -> Logged | None:
        """Where the steps come from, if from an event log."""
        said = {tuple(row.values.get(name) for name in LOGGED) for row in self.rows}
        found: Any = said.pop() if len(said) == 1 else (None,)
        return None if None in found else Logged(*found)

    def variant(self, name: str | None = None) -> Variant:
        """To be compared, under a name of its own where it needs one."""
        return Variant(name or self.name, self.steps)


def process(store: Store, actor: Actor, key: str) -> Process:
    """The process with this id. Refused("item_unknown")."""
    hour = settings.hour_cost(settings.read(store, actor))
    return _process(registers.row(store, actor, PROCESS, key), hour)


def processes(store: Store, actor: Actor) -> list[Process]:
    """Every process, by its function as the first of it was kept, then by id."""
    hour = settings.hour_cost(settings.read(store, actor))
    rows, _ = registers.listed(store, actor, PROCESS)
    found = [_process(row, hour) for row in rows]
    functions = list(dict.fromkeys(one.function for one in found))
    return sorted(found, key=lambda one: functions.index(one.function))


def teams(store: Store, actor: Actor, one: Process) -> list[Team]:
    """How each team does it today, by name."""
    return _grouped(_rows(store, actor, STEP, one))


def baselines(store: Store, actor: Actor, one: Process) -> list[Team]:
    """How teams did it on the days that were kept, the newest first."""
    found = _grouped(_rows(store, actor, BASELINE, one))
    return sorted(found, key=lambda team: team.day or date.min, reverse=True)


def teams_of_all(store: Store, actor: Actor, every: Iterable[Process]) -> dict[str, list[Team]]:
    """Id of each process -> its teams: for what looks at all of them at once."""
    ids = defaultdict[str, set[str]](set)
    for one in every:
        ids[one.id.lower()].add(one.id)
        ids[one.title.lower()].add(one.id)
    rows, _ = registers.listed(store, actor, STEP, Query(sort="order"))
    of_process = defaultdict[str, list[Row]](list)
    for row in rows:
        for key in set[str]().union(*(ids[name.lower()] for name in _texts(row.values["process"]))):
            of_process[key].append(row)
    return {key: _grouped(found) for key, found in of_process.items()}


def _rows(store: Store, actor: Actor, register: str, one: Process) -> list[Row]:
    """A step names its process by number or by name, in any case."""
    wanted = Query(where={"process": (one.id, one.title)}, sort="order")
    return registers.listed(store, actor, register, wanted)[0]


def _grouped(rows: Iterable[Row]) -> list[Team]:
    found = defaultdict[tuple[str, Any], list[Row]](list)
    for row in rows:
        found[str(row.values["team"]), row.values.get("kept_on")].append(row)
    return [
        Team(name, tuple(held), day)
        for (name, day), held in sorted(found.items(), key=lambda one: one[0][0].casefold())
    ]


def _process(row: Row, hour: Decimal | None) -> Process:
    said = row.values
    own = said.get("hour_cost")
    return Process(
        row.id,
        row.version,
        str(said["title"]),
        str(said.get("function", "")),
        str(said.get("purpose", "")),
        str(said.get("best_practice", "")),
        _texts(said.get("share_with", ())),
        own if isinstance(own, Decimal) else hour,
    )


def step(said: Mapping[str, Any]) -> Step:
    """The step that typed values say."""
    return Step(**{name: said[name] for name in (*TYPED, WITH_WAITING) if name in said})


def _texts(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
