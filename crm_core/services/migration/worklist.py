"""The records that a run rejected, kept as a worklist: still there, new, or solved."""

from crm_core.services.migration.compute import Counted
from crm_core.services.migration.sql import literals
from crm_core.store import Change

TABLE = "crm.migration_reject"
_SAME = 'o."table" = b."table" AND o.row_key = b.row_key AND o."column" = b."column"'
_SAME += " AND o.rule = b.rule"


def keep(change: Change, target: str, run: int, tables: list[Counted]) -> None:
    """Take over what the run met: owner and day of what was met before stay, the rest is solved."""
    mine = "o.status = 'open' AND o.said_by = 'template' AND o.target = $target"
    params = {"target": target, "run": run, "change": change.change_id}
    change.cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE solved AS SELECT reject_id FROM {TABLE} AS o
        WHERE {mine} AND NOT EXISTS (FROM bad AS b WHERE {_SAME})
        """,
        {"target": target},
    )
    solve(change, run)
    change.cursor.execute(
        f"UPDATE {TABLE} AS o SET last_run = $run, new_id = b.new_id, value = b.value,"
        f' "limit" = b."limit", suggestion = b.suggestion FROM bad AS b WHERE {mine} AND {_SAME}',
        {"target": target, "run": run},
    )
    change.cursor.execute(
        f"""
        INSERT INTO {TABLE} BY NAME
        SELECT nextval('app.number') AS reject_id, $target AS target, "table", $run AS run_id,
            $run AS last_run, 'template' AS said_by, row_key, new_id, "column", value, rule,
            "limit", suggestion, 'open' AS status, $change AS change_id
        FROM (
            SELECT b.* FROM bad AS b
            WHERE NOT EXISTS (FROM {TABLE} AS o WHERE {mine} AND {_SAME})
            ORDER BY list_position({literals(one.table.name for one in tables)}, b."table"),
                b.new_id, b."column"
        )
        """,
        params,
    )


def solve(change: Change, run: int) -> None:
    """Close what the temporary table `solved` (reject_id) lists; the run no longer met it."""
    closed = f"SELECT * FROM {TABLE} WHERE reject_id IN (SELECT reject_id FROM temp.solved)"
    change.cursor.execute(f"CREATE OR REPLACE TEMP TABLE closed AS {closed}")
    change.retire(TABLE, "reject_id IN (SELECT reject_id FROM temp.solved)")
    change.cursor.execute(
        f"INSERT INTO {TABLE} BY NAME SELECT * REPLACE ('solved' AS status,"
        f" {run}::BIGINT AS solved_by, {change.change_id}::BIGINT AS change_id) FROM temp.closed"
    )
