"""The newest line of a broken record takes the place of the one that waited until then."""

from crm_core.domain.plan import TablePlan
from crm_core.services.quarantine import correct
from crm_core.store import Change


def same_fault(one: str, other: str) -> str:
    """SQL: two lines of the worklist have the same fault of one record."""
    alike = [f"{one}.{name} = {other}.{name}" for name in ("entity", "row_key", "rule")]
    return " AND ".join([*alike, f'{one}."column" IS NOT DISTINCT FROM {other}."column"'])


def closed_as(line: str, load: str) -> str:
    """SQL: the status of a line of the worklist that the load with that number has closed."""
    newer = f"newer.batch_id = {load} AND {same_fault('newer', line)}"
    return (
        f"CASE WHEN EXISTS (SELECT 1 FROM crm.quarantine AS newer WHERE {newer})"
        " THEN 'replaced' ELSE 'resolved' END"
    )


def take_place(change: Change) -> None:
    """Older lines wait no longer where the change, a load, has a newer one of the same fault.

    That has their owner and day, waits since they do, and has what was typed for the broken value
    while it is the same. Of several lines with one key nobody can say which is the newer form of
    which: all wait.
    """
    change.cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE replaced AS
        WITH waiting AS (
            SELECT * FROM crm.quarantine WHERE status = 'open' AND row_key IN
                (SELECT row_key FROM crm.quarantine WHERE batch_id = $batch)
            QUALIFY 1 =
                count(*) OVER (PARTITION BY entity, row_key, rule, "column", batch_id = $batch))
        SELECT newer.quarantine_id AS number, newer.file_id, newer."column",
            earlier.quarantine_id AS was, earlier.file_id AS file_was,
            earlier.owner, earlier.due, earlier.since,
            newer.value IS NOT DISTINCT FROM earlier.value AS same
        FROM waiting AS newer JOIN waiting AS earlier ON {same_fault("newer", "earlier")}
        WHERE newer.batch_id = $batch AND earlier.batch_id <> $batch
        """,
        {"batch": change.change_id},
    )
    if not change.cursor.execute("FROM temp.replaced LIMIT 1").fetchone():
        return
    change.cursor.execute(
        "UPDATE crm.quarantine SET owner = coalesce(quarantine.owner, replaced.owner),"
        " due = coalesce(quarantine.due, replaced.due), since = replaced.since"
        " FROM temp.replaced WHERE quarantine_id = number"
    )
    change.cursor.execute(
        f"UPDATE crm.quarantine SET status = 'replaced', resolved_by = {change.change_id}"
        " WHERE quarantine_id IN (SELECT was FROM temp.replaced)"
    )
    correct.type_cells(change, _typed(change))


def _typed(change: Change) -> dict[int, dict[int, str | None]]:
    """quarantine_id of a newer line -> cell -> what was typed for the broken value, still so."""
    rows = change.cursor.execute(
        """
        SELECT number, "column", cell, said.value, earlier.plan, newer.plan
        FROM temp.replaced JOIN crm.correction AS said ON said.quarantine_id = was
        JOIN crm.batch_file AS earlier ON earlier.file_id = file_was
        JOIN crm.batch_file AS newer ON newer.file_id = replaced.file_id
        WHERE same AND NOT EXISTS
            (SELECT 1 FROM crm.correction AS own WHERE own.quarantine_id = number)
        """
    ).fetchall()
    found: dict[int, dict[int, str | None]] = {}
    for number, column, cell, value, earlier, newer in rows:
        here, there = (TablePlan.model_validate_json(plan).titles() for plan in (newer, earlier))
        if there.get(cell) == column and column in here.values():
            found.setdefault(number, {})[list(here.values()).index(column)] = value
    return found
