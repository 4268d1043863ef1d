"""Lines leave the worklist when a load brings them in, and come back when it is undone.

A line that left names in `resolved_by` the load that brought it in, or the change that took its own
load back; one that a person dropped names nothing and stays away for good.
"""

from collections.abc import Sequence

from crm_core.reference import entities
from crm_core.store import Change

_AGAIN = (
    "crm.quarantine AS earlier WHERE again.file_id = $file"
    " AND earlier.source_line = again.source_line"
    " AND earlier.quarantine_id IN (SELECT unnest($lines::BIGINT[]))"
)
"""SQL: the form in which a line of a table waited earlier."""


def close(change: Change, file_id: int, lines: Sequence[int]) -> None:
    """Of the worklist's `lines` those that a loaded table has brought in are off it.

    So are those that wait on as lines of the table itself. All lie in the file of the table.
    """
    change.cursor.execute(
        "UPDATE crm.quarantine SET resolved_by = $change,"
        " status = CASE status WHEN 'open' THEN 'resolved' ELSE status END"
        " WHERE quarantine_id IN (SELECT unnest($lines::BIGINT[])) AND source_line IN"
        " (SELECT line FROM crm.line_fate WHERE file_id = $file AND fate <> 'quarantined'"
        " UNION SELECT source_line FROM crm.quarantine WHERE file_id = $file)",
        {"change": change.change_id, "lines": list(lines), "file": file_id},
    )


def hand_on(change: Change, file_id: int, lines: Sequence[int]) -> None:
    """A line that waits in a loaded table has the owner, the day and the cells typed so far.

    `lines`: as which it waited; all lie in the file of the table.
    """
    params = {"lines": list(lines), "file": file_id}
    change.cursor.execute(
        "UPDATE crm.quarantine AS again SET owner = earlier.owner, due = earlier.due"
        f" FROM {_AGAIN}",
        params,
    )
    change.cursor.execute(
        "INSERT INTO crm.correction BY NAME"
        " SELECT moved.quarantine_id, cell, value, $change AS change_id FROM crm.correction AS said"
        " JOIN (SELECT again.quarantine_id, earlier.quarantine_id AS was"
        f" FROM crm.quarantine AS again, {_AGAIN}) AS moved ON said.quarantine_id = moved.was",
        params | {"change": change.change_id},
    )


def hand_on_settled(change: Change, file_id: int, lines: Sequence[int]) -> None:
    """A line waits no more in a loaded table that was brought in or dropped in its earlier form.

    `lines`: as `hand_on` has them, of a load that this change has taken back.
    """
    change.cursor.execute(
        "UPDATE crm.quarantine AS again SET resolved_by = earlier.resolved_by, status ="
        " CASE WHEN earlier.resolved_by IS NULL THEN 'dropped' ELSE 'resolved' END"
        f" FROM {_AGAIN} AND earlier.resolved_by IS DISTINCT FROM $change",
        {"lines": list(lines), "file": file_id, "change": change.change_id},
    )


def reopen(change: Change, batch: int, restored: Sequence[int]) -> None:
    """Lines of a load that was taken back wait no longer; those that it had closed wait again.

    Unless another load has brought them in: as lines of this one, or before this one took its
    place. `restored`: the loads that are in force again.
    """
    _note_closed(change, batch)
    _note_closers(change, restored)
    change.cursor.execute(
        "UPDATE crm.quarantine SET resolved_by = coalesce(resolved_by, ?), status = 'dropped'"
        " WHERE batch_id = ? AND status IN ('open', 'resolved')",
        [change.change_id, batch],
    )
    change.cursor.execute(
        "UPDATE crm.quarantine AS line SET"
        " resolved_by = CASE WHEN NOT unwanted THEN coalesce(closer, gone) END,"
        " status = CASE WHEN unwanted OR gone IS NOT NULL THEN 'dropped'"
        " WHEN closer IS NULL THEN 'open' ELSE 'resolved' END"
        " FROM closed WHERE closed.quarantine_id = line.quarantine_id"
    )
    change.cursor.execute(
        "UPDATE crm.quarantine SET status = 'resolved' WHERE status = 'dropped'"
        " AND resolved_by IS NOT NULL AND batch_id IN (SELECT unnest(?::BIGINT[]))"
        " AND quarantine_id NOT IN (SELECT quarantine_id FROM closed)",
        [list(restored)],
    )


def _note_closed(change: Change, batch: int) -> None:
    """The temporary table `closed` of the lines that the load has closed.

    `gone`: the change that took back the line's own load; `closer`, `unwanted`: the load that
    brought it in, and whether it was dropped, after it had become a line of this load.
    """
    change.cursor.execute(
        """
        CREATE OR REPLACE TEMP TABLE closed AS
        WITH placed AS (
            SELECT line.*, file.path FROM crm.quarantine AS line
            JOIN crm.batch_file AS file USING (file_id)
            WHERE line.resolved_by = $batch OR line.batch_id = $batch AND line.status <> 'open')
        SELECT line.quarantine_id, line.entity, line.row_key, line.batch_id, line.path, line.sheet,
            line.source_line, own.undone_by AS gone, later.resolved_by AS closer,
            later.quarantine_id IS NOT NULL AND later.resolved_by IS NULL AS unwanted
        FROM placed AS line JOIN crm.batch AS own USING (batch_id)
        LEFT JOIN placed AS later ON later.batch_id = $batch AND later.path = line.path
            AND later.sheet IS NOT DISTINCT FROM line.sheet AND later.source_line = line.source_line
        WHERE line.resolved_by = $batch
        """,
        {"batch": batch},
    )


def _note_closers(change: Change, restored: Sequence[int]) -> None:
    """Into `closed`: which of the loads in force again has brought a line in."""
    if not restored:
        return
    brought = [
        f"SELECT quarantine_id, row.batch_id FROM closed JOIN crm.{entity} AS row USING (row_key)"
        f" WHERE entity = '{entity}' AND origin = 'own'"
        for entity in entities()
    ]
    brought.append(
        "SELECT closed.quarantine_id, file.batch_id FROM closed JOIN crm.batch_file AS file"
        " ON file.corrects IS NOT NULL AND file.path = closed.path"
        " AND file.sheet IS NOT DISTINCT FROM closed.sheet"
        " WHERE source_line IN (SELECT line FROM crm.line_fate"
        " WHERE file_id = file.file_id AND fate <> 'quarantined'"
        " UNION SELECT source_line FROM crm.quarantine WHERE file_id = file.file_id)"
    )
    change.cursor.execute(
        "UPDATE closed SET closer = brought.batch_id"
        f" FROM ({' UNION ALL '.join(brought)}) AS brought"
        " WHERE brought.quarantine_id = closed.quarantine_id AND closer IS NULL AND NOT unwanted"
        " AND brought.batch_id > closed.batch_id"
        " AND brought.batch_id IN (SELECT unnest(?::BIGINT[]))",
        [list(restored)],
    )
