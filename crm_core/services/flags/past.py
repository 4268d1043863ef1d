"""The store as it was: a second one in memory, filled with what was in force at a moment.

Rules and metrics run on it unchanged, since every table has its own name and columns there.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

import duckdb

from crm_core import metrics
from crm_core.store import CATALOG, Store, history_of

Cursor = duckdb.DuckDBPyConnection


class Past:
    """A cursor on the past; it is at no moment until it is moved to one."""

    def __init__(self, cursor: Cursor, parts: Collection[str]) -> None:
        self.cursor = cursor
        self._parts = parts
        tables = cursor.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
            " WHERE database_name = ? AND list_contains(?::VARCHAR[], schema_name)",
            [CATALOG, [*parts, *(f"{part}_history" for part in parts)]],
        ).fetchall()
        self._tables = {table for (table,) in tables}

    def move(self, at: datetime) -> None:
        """Be as the store was at a moment (UTC)."""
        self._fill("app.change", "committed_at <= $at", at)
        self._fill(
            "app.feed_alarm",
            "raised_at <= $at",
            at,
            "* REPLACE (CASE WHEN cleared_at <= $at THEN cleared_at END AS cleared_at)",
        )
        for table in sorted(self._tables):
            if history_of(table) in self._tables and table != "app.feed_alarm":
                self._restore(table)
        if "crm" in self._parts:
            metrics.refresh(self.cursor)

    def _fill(self, table: str, condition: str, at: datetime, columns: str = "*") -> None:
        self.cursor.execute(f"DELETE FROM {table}")
        self.cursor.execute(
            f"INSERT INTO {table} BY NAME"
            f" SELECT {columns} FROM {CATALOG}.{table} WHERE {condition}",
            {"at": at},
        )

    def _restore(self, table: str) -> None:
        """The versions that were in force: made by then, and superseded later or not at all."""
        self.cursor.execute(f"DELETE FROM {table}")
        self.cursor.execute(
            f"""
            INSERT INTO {table} BY NAME
            SELECT * FROM {CATALOG}.{table} WHERE change_id IN (SELECT change_id FROM app.change)
            UNION ALL BY NAME
            SELECT * EXCLUDE superseded_by FROM {CATALOG}.{history_of(table)}
            WHERE change_id IN (SELECT change_id FROM app.change)
                AND superseded_by NOT IN (SELECT change_id FROM app.change)
            """
        )


@contextmanager
def past(store: Store, parts: Collection[str]) -> Iterator[Past]:
    """The past of these parts of the store (crm, programme, app); the others are empty."""
    name = f"past_{uuid4().hex}"
    with store.read() as cursor:
        cursor.execute(f"ATTACH ':memory:' AS {name}")
        try:
            cursor.execute(f"COPY FROM DATABASE {CATALOG} TO {name} (SCHEMA)")
            cursor.execute(f"USE {name}")
            yield Past(cursor, parts)
        finally:
            cursor.execute(f"USE {CATALOG}")
            cursor.execute(f"DETACH {name}")
