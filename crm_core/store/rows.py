"""Row history: a changed row moves to the history table, so any past state can be shown.

Table `S.t` keeps its earlier versions in `S_history.t` (for `app.setting`: `app.setting_history`).
A version was in force from the commit of its `change_id` to that of its `superseded_by`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import duckdb

from crm_core.store.change import history_of


def as_dicts(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The rows of what was just executed, each by the names of its columns."""
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def versions(
    cursor: duckdb.DuckDBPyConnection, table: str, condition: str, params: Sequence[Any] = ()
) -> list[dict[str, Any]]:
    """Every version of the rows that meet `condition`, the newest first.

    Each with `changed_at`, `changed_by` and `action` of the change that made it, and
    `superseded_by` (None for the version in force).
    """
    result = cursor.execute(
        f"WITH version AS (SELECT *, NULL::BIGINT AS superseded_by FROM {table}"
        f" UNION ALL BY NAME SELECT * FROM {history_of(table)})"
        " SELECT version.*, change.committed_at AS changed_at, change.actor_name AS changed_by,"
        " change.action FROM version JOIN app.change AS change USING (change_id)"
        f" WHERE {condition} ORDER BY change.committed_at DESC",
        params,
    )
    return as_dicts(result)


def state_at(
    cursor: duckdb.DuckDBPyConnection, table: str, at: datetime
) -> duckdb.DuckDBPyRelation:
    """`table` as it stood at the moment `at` (UTC), as a relation with the table's columns."""
    return cursor.sql(
        f"""
        SELECT version.* EXCLUDE (superseded_by)
        FROM (SELECT *, NULL::BIGINT AS superseded_by FROM {table}
              UNION ALL BY NAME SELECT * FROM {history_of(table)}) AS version
        JOIN app.change AS made USING (change_id)
        LEFT JOIN app.change AS ended ON ended.change_id = version.superseded_by
        WHERE made.committed_at <= $at AND (ended.committed_at IS NULL OR ended.committed_at > $at)
        """,
        params={"at": at},
    )
