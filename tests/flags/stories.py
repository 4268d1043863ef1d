"""What happens to a store day by day, told in few words: rows put into it, and flags that stand."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import answered
import pyarrow as pa
import yaml

from crm_core import metrics
from crm_core.domain.actor import LOCAL
from crm_core.domain.flags import RULES
from crm_core.reference.registers import registers
from crm_core.services import flags
from crm_core.services.flags import Evaluation
from crm_core.services.registers import Query, Write, listed, write
from crm_core.store import Change, Store, history_of

AREAS = {"crm": "crm", "programme": "programme"}
"""Schema of a table -> the area of its changes."""
CASES = Path(__file__).parent / "cases"
Rows = Iterable[Mapping[str, Any]]


def steps(rule: str) -> list[dict[str, Any]]:
    """The days of a rule's case: day, put (register or table -> rows), stands (subjects)."""
    found: list[dict[str, Any]] = yaml.safe_load((CASES / f"{rule}.yaml").read_text("utf-8"))
    return found


def evening(day: date) -> datetime:
    """The day's end."""
    return datetime.combine(day, time.max)


def put(store: Store, day: date, given: Mapping[str, Rows]) -> None:
    """Rows of registers (by their ids), assessments, or all rows of tables, as if it had been done
    that day."""
    for name, rows in given.items():
        before = _last_change(store)
        if name == "assessments":
            answered.put(store, rows)
        elif name in registers():
            _write(store, name, rows)
        else:
            _replace(store, name, rows)
        _date(store, day, before)


def evaluate(store: Store, day: date) -> Evaluation:
    """Evaluate the rules in the evening of a day."""
    return flags.evaluate(store, RULES, evening(day))


def standing(store: Store, rule: str) -> set[str]:
    """The subjects of a rule whose flags stand."""
    found = flags.listed(store, LOCAL)
    return {str(one.values["subject"]) for one in found if one.rule and one.rule.id == rule}


def _write(store: Store, name: str, rows: Rows) -> None:
    there = {row.id: row.version for row in listed(store, LOCAL, name, Query())[0]}
    write(
        store,
        LOCAL,
        name,
        [
            Write(
                row["id"], {k: _value(v) for k, v in row.items() if k != "id"}, there.get(row["id"])
            )
            for row in rows
        ],
    )


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return Decimal(str(value)) if isinstance(value, float) else value


def _replace(store: Store, table: str, rows: Rows) -> None:
    """`times`: so many rows of that kind."""
    with store.change(LOCAL, "test.put", area=AREAS.get(table.split(".")[0], "feeds")) as change:
        known = change.cursor.execute(
            "SELECT 1 FROM duckdb_tables() WHERE schema_name || '.' || table_name = ?"
            " AND database_name = 'cockpit'",
            [history_of(table)],
        ).fetchone()
        if known:
            change.retire(table, "true")
        else:
            change.cursor.execute(f"DELETE FROM {table}")
        every = [dict(row) for row in rows for _ in range(row.get("times", 1))]
        if every:
            _insert(change, table, every)
        if table.startswith("crm"):
            metrics.refresh(change.cursor)


def _insert(change: Change, table: str, rows: list[dict[str, Any]]) -> None:
    made = [
        _defaults(table, number, change.change_id) | row for number, row in enumerate(rows, start=1)
    ]
    names = [name for name in dict.fromkeys(k for row in made for k in row) if name != "times"]
    given = pa.table({name: [row.get(name) for row in made] for name in names})
    change.cursor.register("given", given)
    change.cursor.execute(f"INSERT INTO {table} BY NAME SELECT * FROM given")
    change.cursor.unregister("given")


def _defaults(table: str, number: int, change: int) -> dict[str, Any]:
    """The technical columns of a table's row."""
    own: dict[str, dict[str, Any]] = {
        "crm.batch": {"batch_id": number, "actor_name": "A", "seconds": 1},
        "crm.quarantine": {"quarantine_id": number, "file_id": 1, "entity": "customer"}
        | {"source_file": "given.csv", "source_line": number, "rule": "number_unreadable"}
        | {"reason": "{}", "status": "open"},
        "crm.merge": {"merge_id": number, "entity": "customer", "row_key": str(number + 1)}
        | {"into_key": "1", "made_by": "rule", "change_id": change},
        "app.feed": {"feed_id": number, "active": True, "definition": "{}"}
        | {"created_at": "2026-01-01", "change_id": change},
        "programme.goal_reading": {"measure": "m", "change_id": change},
        "programme.plan": {"scenario": "", "made_at": "2026-01-01", "titles": "{}"}
        | {"calendar": '{"start": "2026-01-01", "unit": "month"}', "change_id": change},
        "programme.plan_acceptance": {"accepted_at": "2026-01-01", "reason": "board"}
        | {"change_id": change},
        "app.feed_alarm": {"alarm_id": number, "feed_id": 1, "problems": "[]", "change_id": change},
    }
    if table == "crm.batch":
        return own[table] | {"change_id": change}
    return own.get(table) or {
        "row_id": number,
        "row_key": str(number),
        "origin": "own",
        "source_file": "given.csv",
        "source_line": number,
        "loaded_at": "2026-01-01",
        "change_id": change,
    }


def _last_change(store: Store) -> int:
    with store.read() as cursor:
        [(last,)] = cursor.execute("SELECT coalesce(max(change_id), 0) FROM app.change").fetchall()
    return int(last)


def _date(store: Store, day: date, before: int) -> None:
    """Let the changes after that one be of that day."""
    with store.read() as cursor:
        cursor.execute(
            "UPDATE app.change SET committed_at = ? WHERE change_id > ?",
            [datetime.combine(day, time(12)), before],
        )
