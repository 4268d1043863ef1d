"""The programme as the planner sees it, from the registers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from crm_core.domain.planning.calendar import A_YEAR, Calendar
from crm_core.domain.planning.entry import amounts, dependency
from crm_core.domain.planning.forecast import Begun, Done, forecast
from crm_core.domain.planning.model import Initiative, Programme, Synergy
from crm_core.domain.planning.scenario import Scenario, under
from crm_core.domain.registers import OVER
from crm_core.services import plan_span, settings
from crm_core.services.ended import ended
from crm_core.services.plan_span import Span
from crm_core.services.planning.typed import Reader, folded, listed, number
from crm_core.services.registers.rows import every_row
from crm_core.services.registers.values import Values

_WHOLE = ("initiative", "application", "goal")
_TABLES = (
    *("initiative", "capacity", "phase", "it_window", "change_load", "application"),
    *("stakeholder_value", "stakeholder_group", "scenario", "goal", "risk_event"),
)
Rows = Mapping[str, Values]


@dataclass(frozen=True)
class Read:
    """The programme, the days of its periods, and what the registers call things."""

    programme: Programme
    calendar: Calendar
    titles: Mapping[str, str]
    """Id -> title of initiatives, phases, windows and groups."""
    scenario: str = ""
    """The id of the scenario in which it is read; "": the registers as they stand."""


def read(
    cursor: duckdb.DuckDBPyConnection, today: date, *, scenario: str = "", is_whole: bool = False
) -> Read:
    """What is in the registers now, and can still be planned on that day, in the scenario of that
    id or title where there is one. `is_whole`: everything has to be done, so that the horizon is as
    long as that takes one after the other.

    Refused("plan_value") for a text that says no period, amount or dependency, with its row.
    """
    span = plan_span.read_from(cursor, today)
    calendar = span.calendar
    tables = {name: _going(cursor, name) for name in _TABLES}
    for one, day in ended(cursor).items():
        tables["initiative"][one] = {**tables["initiative"][one], "ended_on": day}
    key = _scenario(tables["scenario"], scenario)
    other = Scenario()
    if key:
        reader = Reader(calendar, set(), {}, {}, {})
        other = reader.scenario(key, tables["scenario"][key], _known(tables))
        span = span._replace(horizon=other.horizon or span.horizon)
    served = _served(tables["stakeholder_value"])
    programme = _programme(tables, span, served, cursor)
    if is_whole:
        begins = max(0, calendar.period(today))
        longest = begins + _one_after_the_other(programme.initiatives)
        programme = _programme(
            tables, span._replace(horizon=max(span.horizon, longest)), served, cursor
        )
    programme = under(programme, other)
    begun, done = _actuals(tables["initiative"], served, calendar)
    now = min(max(0, calendar.period(today)), programme.horizon)
    titles = {
        key: str(row.get("title", key)) for rows in tables.values() for key, row in rows.items()
    } | _departments(tables["initiative"])
    return Read(forecast(programme, now, begun, done), calendar, titles, key)


def _going(cursor: duckdb.DuckDBPyConnection, name: str) -> dict[str, Values]:
    """The rows that hold: what is done or dropped binds nothing. Of initiatives all, for what is
    done has used money; of applications and goals too, for their names."""
    rows = {key: row.values for key, row in every_row(cursor, name).items()}
    if name in _WHOLE:
        return rows
    return {key: row for key, row in rows.items() if row.get("status") not in OVER}


def _is_over(row: Values) -> bool:
    return row.get("status") in OVER or "ended_on" in row


def _scenario(rows: Rows, said: str) -> str:
    """The id of the scenario that is meant; "" where there is none."""
    wanted = folded(said)
    found = (
        key for key, row in rows.items() if wanted in (folded(key), folded(str(row.get("title"))))
    )
    return next(found, "") if wanted else ""


def _known(tables: Mapping[str, Rows]) -> dict[str, set[str]]:
    """What a scenario can name, by its field."""
    skills = {str(row["skill"]) for row in tables["capacity"].values()}
    return {
        "budgets": set(tables["phase"]),
        "staff": skills,
        "starts": set(tables["initiative"]),
        "goal_weights": set(tables["goal"]),
    }


def _programme(
    tables: Mapping[str, Rows],
    span: Span,
    served: Mapping[str, frozenset[str]],
    cursor: duckdb.DuckDBPyConnection,
) -> Programme:
    calendar, horizon = span
    gone = every_row(cursor, "stakeholder_group").keys() - tables["stakeholder_group"].keys()
    rows = tables["initiative"]
    going = {key: row for key, row in rows.items() if not _is_over(row)}
    skills = {folded(str(row["skill"])): str(row["skill"]) for row in tables["capacity"].values()}
    reader = Reader(calendar, set(going), served, _names(tables["application"]), skills)
    return Programme(
        horizon,
        tuple(
            _after_done(reader.initiative(key, row), row, rows, calendar)
            for key, row in going.items()
        ),
        tuple(reader.capacity(key, row, horizon) for key, row in tables["capacity"].items()),
        tuple(reader.phase(key, row) for key, row in tables["phase"].items()),
        tuple(
            reader.window(key, row) for key, row in tables["it_window"].items() if row.get("effect")
        ),
        {
            folded(str(row["department"])): float(row["amount"])  # type: ignore[arg-type]
            for row in tables["change_load"].values()
        },
        frozenset(group for groups in served.values() for group in groups if group not in gone),
        _exclusive(going),
        _synergies(going),
        A_YEAR[calendar.unit],
        float(settings.read_from(cursor)["plan_discount"]),
        events=tuple(reader.event(key, row) for key, row in tables["risk_event"].items()),
    )


def _actuals(
    rows: Rows, served: Mapping[str, frozenset[str]], calendar: Calendar
) -> tuple[dict[str, Begun], list[Done]]:
    """What has begun, by id, and what is done with the days on which it was."""
    begun, done = {}, []
    for key, row in rows.items():
        start, end = row.get("started_on"), row.get("ended_on")
        first = calendar.period(start) if isinstance(start, date) else None
        if row.get("status") != "dropped" and isinstance(end, date):
            last = calendar.period(end)
            cost, groups = number(row, "cost"), served.get(key, frozenset())
            done.append(Done(last if first is None else first, last + 1, cost, groups))
        elif first is not None and row.get("status") not in OVER:
            said = row.get("progress")
            begun[key] = Begun(first, said / 100 if isinstance(said, int) else None)
    return begun, done


def _after_done(one: Initiative, row: Values, rows: Rows, calendar: Calendar) -> Initiative:
    """What was done excludes it, or makes it wait for its lag still."""
    done = {
        key: calendar.period(end) + 1
        for key, other in rows.items()
        if other.get("status") != "dropped" and isinstance(end := other.get("ended_on"), date)
    }
    excluding = any(
        other in done
        and (other in listed(row, "excludes") or one.id in listed(rows[other], "excludes"))
        for other in rows
    )
    waits = filter(None, map(dependency, listed(row, "depends_on")))
    lags = [done[each.on] + each.lag for each in waits if each.on in done and each.lag > 0]
    earliest = max([one.earliest, *lags])
    return replace(one, earliest=earliest, is_wanted=False if excluding else one.is_wanted)


def _departments(initiatives: Rows) -> dict[str, str]:
    """Departments as they are compared -> as somebody wrote them first."""
    said = [
        one.replace("：", ":").partition(":")[0].strip()
        for row in initiatives.values()
        for one in listed(row, "departments")
    ]
    return {folded(name): name for name in reversed(said)}


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
        for key in listed(row, "initiative"):
            found.setdefault(key, set()).update(listed(row, "group"))
    return {key: frozenset(groups) for key, groups in found.items()}


def _names(applications: Rows) -> dict[str, str]:
    """What applications are called, folded -> number."""
    return {
        folded(name): key
        for key, row in applications.items()
        for name in (key, str(row.get("title", key)), *listed(row, "also_called"))
    }


def _exclusive(rows: Rows) -> tuple[tuple[str, str], ...]:
    pairs = {
        (min(key, other), max(key, other))
        for key, row in rows.items()
        for other in listed(row, "excludes")
        if other in rows and other != key
    }
    return tuple(sorted(pairs))


def _synergies(rows: Rows) -> tuple[Synergy, ...]:
    return tuple(
        Synergy(key, other, value)
        for key, row in rows.items()
        for other, value in amounts(listed(row, "together_with")).items()
        if other in rows and other != key
    )
