"""The programme as the planner sees it, from the registers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from crm_core.domain.planning.calendar import A_YEAR, Calendar, Unit
from crm_core.domain.planning.entry import amount, amounts, dependency
from crm_core.domain.planning.model import (
    Capacity,
    Initiative,
    Phase,
    Programme,
    Synergy,
    Window,
)
from crm_core.domain.problems import Refused
from crm_core.domain.registers import OVER
from crm_core.services import settings
from crm_core.services.registers.rows import every_row
from crm_core.services.registers.values import Values

_USUAL: dict[Unit, int] = {"week": 260, "month": 60, "quarter": 20}
"""Periods that a plan looks at: five years."""
_TABLES = (
    *("initiative", "capacity", "phase", "it_window", "change_load", "application"),
    *("stakeholder_value", "stakeholder_group"),
)
Rows = Mapping[str, Values]


@dataclass(frozen=True)
class Read:
    """The programme, the days of its periods, and what the registers call things."""

    programme: Programme
    calendar: Calendar
    titles: Mapping[str, str]
    """Id -> title of initiatives, phases, windows and groups."""


def read(cursor: duckdb.DuckDBPyConnection, today: date, *, is_whole: bool) -> Read:
    """What is in the registers now. `is_whole`: everything has to be done, so that the horizon is
    as long as that takes one after the other.

    Refused("plan_value") for a text that says no period, amount or dependency, with its row.
    """
    chosen = settings.read_from(cursor)
    calendar = Calendar(_start(chosen["plan_start"], today), chosen["plan_unit"])
    tables = {
        name: {key: row.values for key, row in every_row(cursor, name).items()} for name in _TABLES
    }
    going = {key: row for key, row in tables["initiative"].items() if row.get("status") not in OVER}
    served = _served(tables["stakeholder_value"])
    reader = _Reader(calendar, set(going), served, _names(tables["application"]))
    initiatives = tuple(reader.initiative(key, row) for key, row in going.items())
    horizon = chosen["plan_horizon"] or _USUAL[calendar.unit]
    if is_whole:
        horizon = max(horizon, _one_after_the_other(initiatives))
    programme = Programme(
        horizon,
        initiatives,
        tuple(reader.capacity(key, row, horizon) for key, row in tables["capacity"].items()),
        tuple(reader.phase(key, row) for key, row in tables["phase"].items()),
        tuple(
            reader.window(key, row)
            for key, row in tables["it_window"].items()
            if row.get("effect") and row.get("status") not in OVER
        ),
        {
            _folded(str(row["department"])): float(row["amount"])  # type: ignore[arg-type]
            for row in tables["change_load"].values()
        },
        frozenset(group for groups in served.values() for group in groups),
        _exclusive(going),
        _synergies(going),
        A_YEAR[calendar.unit],
        float(chosen["plan_discount"]),
    )
    titles = {
        key: str(row.get("title", key)) for rows in tables.values() for key, row in rows.items()
    }
    return Read(programme, calendar, titles)


def _start(said: str | None, today: date) -> date:
    """The first day of the plan: as it was set, else that of this quarter."""
    if said:
        return date.fromisoformat(said)
    return date(today.year, (today.month - 1) // 3 * 3 + 1, 1)


class _Reader:
    def __init__(
        self,
        calendar: Calendar,
        going: set[str],
        served: Mapping[str, frozenset[str]],
        names: Mapping[str, str],
    ) -> None:
        self._calendar, self._going, self._served = calendar, going, served
        self._names = names

    def initiative(self, key: str, row: Values) -> Initiative:
        waits = [self._read(key, "depends_on", one, dependency) for one in _list(row, "depends_on")]
        return Initiative(
            key,
            int(row.get("duration", 1)),  # type: ignore[arg-type]
            tuple(one for one in waits if one.on in self._going),
            self._amounts(key, row, "effort"),
            _number(row, "cost"),
            _number(row, "running_cost"),
            _number(row, "value_a_year"),
            int(row.get("value_after", 0)),  # type: ignore[arg-type]
            _number(row, "risk"),
            {_folded(name): one for name, one in _loads(row).items()},
            self._touched(_list(row, "touches")),
            self._served.get(key, frozenset()),
            max(0, self._period(key, row, "earliest") or 0),
            self._after(key, row, "deadline"),
            next(iter(_list(row, "phase")), None),
            self._period(key, row, "pinned"),
            {"always": True, "never": False}.get(str(row.get("wanted"))),
        )

    def capacity(self, key: str, row: Values, horizon: int) -> Capacity:
        last = self._after(key, row, "to_period")
        return Capacity(
            str(row["skill"]),
            max(0, self._period(key, row, "from_period") or 0),
            horizon if last is None else last,
            _number(row, "amount"),
        )

    def phase(self, key: str, row: Values) -> Phase:
        start, end = self._period(key, row, "starts"), self._after(key, row, "ends")
        budget = row.get("budget")
        return Phase(
            key,
            max(0, start or 0),
            max(0, end or 0),
            None if budget is None else float(budget),  # type: ignore[arg-type]
        )

    def window(self, key: str, row: Values) -> Window:
        starts, ends = row["starts"], row["ends"]
        assert isinstance(starts, date)
        assert isinstance(ends, date)
        names = {*_list(row, "touches"), *_list(row, "applications")}
        return Window(
            key,
            self._calendar.period(starts),
            self._calendar.period(ends) + 1,
            self._touched(names),
            row["effect"],  # type: ignore[arg-type]
        )

    def _touched(self, names: Iterable[str]) -> frozenset[str]:
        """Applications by their number, whatever they are called; technologies by name."""
        return frozenset(self._names.get(_folded(one), _folded(one)) for one in names)

    def _period(self, key: str, row: Values, name: str) -> int | None:
        said = row.get(name)
        return None if said is None else self._read(key, name, str(said), self._calendar.read)

    def _after(self, key: str, row: Values, name: str) -> int | None:
        """The period after the one that is named."""
        period = self._period(key, row, name)
        return None if period is None else period + 1

    def _amounts(self, key: str, row: Values, name: str) -> dict[str, float]:
        for one in _list(row, name):
            self._read(key, name, one, amount)
        return amounts(_list(row, name))

    def _read(self, key: str, name: str, text: str, how: Any) -> Any:
        found = how(text)
        if found is None:
            raise Refused("plan_value", id=key, field=name, value=text)
        return found


def _loads(row: Values) -> dict[str, float]:
    """A department without a number takes in one."""
    return amounts(one if amount(one) else f"{one}: 1" for one in _list(row, "departments"))


def _one_after_the_other(initiatives: Iterable[Initiative]) -> int:
    """Periods that all take one after the other, with their lags, from the latest beginning on."""
    found = 0
    for one in initiatives:
        found += one.duration + sum(max(0, each.lag) for each in one.waits_for)
    return found + max((one.earliest for one in initiatives), default=0)


def _served(rows: Rows) -> dict[str, frozenset[str]]:
    """Initiative -> groups that it gives something."""
    found: dict[str, set[str]] = {}
    for row in rows.values():
        for key in _list(row, "initiative"):
            found.setdefault(key, set()).update(_list(row, "group"))
    return {key: frozenset(groups) for key, groups in found.items()}


def _names(applications: Rows) -> dict[str, str]:
    """What applications are called, folded -> number."""
    return {
        _folded(name): key
        for key, row in applications.items()
        for name in (key, str(row.get("title", key)), *_list(row, "also_called"))
    }


def _exclusive(rows: Rows) -> tuple[tuple[str, str], ...]:
    pairs = {
        (min(key, other), max(key, other))
        for key, row in rows.items()
        for other in _list(row, "excludes")
        if other in rows and other != key
    }
    return tuple(sorted(pairs))


def _synergies(rows: Rows) -> tuple[Synergy, ...]:
    return tuple(
        Synergy(key, other, value)
        for key, row in rows.items()
        for other, value in amounts(_list(row, "together_with")).items()
        if other in rows and other != key
    )


def _list(row: Values, name: str) -> Sequence[str]:
    found = row.get(name, ())
    return found if isinstance(found, tuple) else ()


def _number(row: Values, name: str) -> float:
    found = row.get(name, 0)
    return float(found) if isinstance(found, int | Decimal) else 0.0


def _folded(name: str) -> str:
    return name.strip().casefold()
