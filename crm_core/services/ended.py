"""The day on which an initiative was over, also where nobody wrote it down."""

from datetime import date

import duckdb

FIRST_SAID = """
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
)
"""
"""SQL, after WITH: the day on which somebody first said of an initiative that it is done."""
_ENDED = f"""
WITH {FIRST_SAID}
SELECT one.id, coalesce(ended_on, greatest(first_said.day, started_on))
FROM programme.initiative AS one LEFT JOIN first_said ON first_said.id = one.id
WHERE one.status = 'done' OR ended_on IS NOT NULL AND coalesce(one.status, '') <> 'dropped'
"""


def ended(cursor: duckdb.DuckDBPyConnection) -> dict[str, date]:
    """Initiative -> the day on which it ended, else the one on which it was first said to be done,
    of what is over and was not dropped."""
    return dict(cursor.execute(_ENDED).fetchall())
