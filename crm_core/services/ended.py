"""The day on which an initiative was over, also where nobody wrote it down."""

from datetime import date

import duckdb

OVER = """
said AS (
    SELECT id, change_id, data FROM programme.item WHERE register = 'initiative'
    UNION ALL
    SELECT id, change_id, data FROM programme_history.item WHERE register = 'initiative'
),
first_said AS (
    SELECT id, min(committed_at)::DATE AS day
    FROM said JOIN app.change USING (change_id)
    WHERE data ->> 'status' = 'done' OR (data ->> 'progress')::INTEGER = 100
    GROUP BY id
),
over AS (
    SELECT one.*, coalesce(ended_on, greatest(first_said.day, started_on)) AS day
    FROM programme.initiative AS one LEFT JOIN first_said ON first_said.id = one.id
    WHERE (ended_on IS NOT NULL OR status = 'done' OR progress = 100)
        AND coalesce(status, '') <> 'dropped'
)
"""
"""SQL, after WITH: initiatives that are over and were not dropped, with the day on which each
ended, else the one on which somebody first said that it is done."""


def ended(cursor: duckdb.DuckDBPyConnection) -> dict[str, date]:
    """Initiative -> the day on which it ended."""
    return dict(cursor.execute(f"WITH {OVER} SELECT id, day FROM over").fetchall())
