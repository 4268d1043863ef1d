"""Which records a run writes: all of them, or those that are new or changed since another run."""

import duckdb

from crm_core.services.migration.compute import Counted
from crm_core.services.migration.files import Rows
from crm_core.services.migration.sql import literal


def choose(
    cursor: duckdb.DuckDBPyConnection, target: str, one: Counted, since: int | None
) -> tuple[int, int]:
    """Make row_<n>: key, row_key, new_id, depth, digest, written; how many are and are not written.

    A record that the target rejected is written again, changed or not: it is not there yet.
    """
    cells = ", ".join(f"coalesce({cell.text}, chr(30))" for cell in one.cells)
    table = literal(one.table.name)
    written = "old.new_id IS NULL OR r.new_id IS NOT NULL" if since is not None else "true"
    n = one.number
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE row_{n} AS
        WITH one AS (
            SELECT key, row_key, c.new_id, depth,
                md5_number_lower(concat_ws(chr(31), {cells})) AS digest
            FROM cells_{n} AS c JOIN placed_{n} USING (key) WHERE state = 'accepted'
        ),
        old AS (
            SELECT new_id, digest FROM crm.migration_row
            WHERE run_id = {since or 0} AND "table" = {table}
        ),
        refused AS (
            SELECT DISTINCT new_id FROM crm.migration_reject
            WHERE status = 'open' AND said_by = 'target' AND target = {literal(target)}
                AND "table" = {table}
        )
        SELECT one.*, {written} AS written
        FROM one
        LEFT JOIN old ON old.new_id = one.new_id AND old.digest = one.digest
        LEFT JOIN refused AS r ON r.new_id = one.new_id
        """
    )
    ((yes, no),) = cursor.execute(
        f"SELECT count(*) FILTER (written), count(*) FILTER (NOT written) FROM row_{n}"
    ).fetchall()
    return int(yes), int(no)


def vanished(tables: list[Counted], since: int) -> Rows:
    """What the target has since a run that it should have no longer, and what became of it."""
    of = " UNION ALL ".join(_vanished(one, since) for one in tables)
    heads = ["table", "new_id", "became", "merged_into"]
    return Rows(
        heads=heads,
        texts=[f'"{head}"' for head in heads],
        of=f"(FROM ({of}) ORDER BY number, new_id)",
    )


def _vanished(one: Counted, since: int) -> str:
    """merged: it is another record by now, which has its own id in the target."""
    n, table = one.number, literal(one.table.name)
    return f"""
        SELECT {n} AS number, {table} AS "table", old.new_id,
            CASE WHEN i.key IS NULL THEN 'gone' WHEN i.new_id <> old.new_id THEN 'merged'
                ELSE p.state END AS became,
            CASE WHEN i.new_id <> old.new_id THEN i.new_id END AS merged_into
        FROM crm.migration_row AS old
        LEFT JOIN temp.member AS m
            ON m.entity = '{one.table.entity}' AND m.row_key = old.row_key
        LEFT JOIN ids_{n} AS i ON i.key = m.key
        LEFT JOIN placed_{n} AS p ON p.key = m.key
        WHERE old.run_id = {since} AND old."table" = {table}
            AND old.new_id NOT IN (SELECT new_id FROM row_{n})
    """
