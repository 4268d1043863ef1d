"""Keeping what the measures of goals say: a value a day, for rules and for the course of a goal."""

from collections.abc import Mapping
from datetime import date

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.goals import REGISTER
from crm_core.domain.registers import OVER
from crm_core.services.goals.reading import Reading, readings
from crm_core.services.registers.rows import AREA
from crm_core.store import Change, Store

_TABLE = "programme.goal_reading"
_KEY = "metric || coalesce(' ' || array_to_string(metric_rows, '; '), '')"
_GOALS = f"""
SELECT
    id, metric, coalesce(metric_rows, []), {_KEY} AS measure,
    coalesce(status, 'open') NOT IN {OVER} AS is_open
FROM programme.{REGISTER} WHERE metric IS NOT NULL
"""
Told = tuple[str, str, date, float, str | None]
"""A row of the table without its change."""


def keep_readings(store: Store, actor: Actor, today: date) -> int:
    """Read the measure of every goal that is neither reached nor dropped, and keep what is new;
    how many values that are. A value of the same day takes the place of the one before. What
    another measure said of a goal is no longer in force. Where nothing is new nothing is written.
    """
    with store.snapshot() as cursor:
        new, gone = _news(cursor, today)
    if not new and not gone:
        return 0
    with store.change(actor, "goal.read", area=AREA) as change:
        for goal, measure, *_ in gone:
            change.retire(_TABLE, "goal = ? AND measure = ?", [goal, measure])
        for told in new:
            _replace(change, told)
        change.detail = {"values": len(new)}
    return len(new)


def _news(cursor: duckdb.DuckDBPyConnection, today: date) -> tuple[list[Told], list[Told]]:
    """The values that the table does not have, and those of measures that no goal has any more."""
    held: list[Told] = cursor.execute(
        f"SELECT goal, measure, day, value, currency FROM {_TABLE} ORDER BY ALL"
    ).fetchall()
    goals = cursor.execute(_GOALS).fetchall()
    measures: Mapping[str, str] = {goal: measure for goal, _, _, measure, _ in goals}
    asked = [(goal, metric, rows) for goal, metric, rows, _, is_open in goals if is_open]
    found = [
        (goal, measures[goal], *read.points[-1], read.currency)
        for goal, read in readings(cursor, asked, today)
        if isinstance(read, Reading)
    ]
    known = set(held)
    gone = {told[:2]: told for told in held if measures.get(told[0]) != told[1]}
    return [told for told in found if told not in known], list(gone.values())


def _replace(change: Change, told: Told) -> None:
    goal, _, day, *_ = told
    change.retire(_TABLE, "goal = ? AND day = ?", [goal, day])
    change.cursor.execute(
        f"INSERT INTO {_TABLE} VALUES (?, ?, ?, ?, ?, ?)", [*told, change.change_id]
    )
