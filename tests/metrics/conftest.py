"""A store in memory, made by the migrations alone, and rows put into it in few words."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crm_core import metrics

MIGRATIONS = Path(__file__).resolve().parents[2] / "crm_core" / "store" / "migrations"

Rows = Mapping[str, Iterable[Mapping[str, Any]]]
Fill = Callable[[Rows], duckdb.DuckDBPyConnection]

CHANGE = {"actor_id": "a", "actor_name": "A", "area": "crm", "action": "batch.load"}

COUNTS = dict.fromkeys(("rows_read", "loaded", "updated", "merged", "quarantined", "skipped"), 0)
BARE: dict[str, dict[str, Any]] = {
    "crm.batch_file": {"batch_id": 1, "path": "given.csv", "source_file": "given.csv"}
    | {"derived": "{}", **COUNTS},
    "crm.quarantine": {"quarantine_id": 1, "batch_id": 1, "source_file": "given.csv"}
    | {"source_line": 2, "reason": "{}", "rule": "number_unreadable", "status": "open"},
    "crm.merge": {"made_by": "rule", "change_id": 1},
    "crm.parent": {"reasons": [], "actor_name": "A", "decided_at": "2024-01-01", "change_id": 1},
}


@pytest.fixture(scope="session")
def empty() -> Iterable[duckdb.DuckDBPyConnection]:
    """A store without rows; each use works in a transaction that is rolled back."""
    connection = duckdb.connect()
    for path in sorted(MIGRATIONS.glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))
    metrics.install(connection)
    yield connection
    connection.close()


@pytest.fixture
def fill(empty: duckdb.DuckDBPyConnection) -> Iterable[Fill]:
    """Puts rows into tables (what is technical has defaults) and refreshes the rollups.

    May be called again: the store is emptied first. row_id is given, or counts from 1.
    """
    empty.execute("BEGIN")

    def put(given: Rows) -> duckdb.DuckDBPyConnection:
        empty.execute("ROLLBACK")
        empty.execute("BEGIN")
        for metric in metrics.catalogue():
            metrics.prepare(empty, metric)
        count = 0
        for table, rows in given.items():
            for row in rows:
                count += 1
                insert(empty, table, defaults(table, count) | dict(row))
        metrics.refresh(empty)
        return empty

    yield put
    empty.execute("ROLLBACK")


def defaults(table: str, number: int) -> dict[str, Any]:
    """The technical columns of a table's row; what is no customer data has few."""
    if table.startswith("temp.") or table in BARE:
        return BARE.get(table, {})
    if table == "app.change":
        return CHANGE
    if table in ("app.setting", "crm.segment"):
        return {"change_id": 1}
    return {
        "row_id": number,
        "row_key": str(number),
        "origin": "own",
        "source_file": "given.csv",
        "source_line": number,
        "loaded_at": "2024-01-01",
        "change_id": 1,
    }


def insert(store: duckdb.DuckDBPyConnection, table: str, row: Mapping[str, Any]) -> None:
    """One row, its values bound."""
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" for _ in row)
    store.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
