"""Lines leave the worklist when a load brings them in, and come back when it is undone.

A line that left names in `resolved_by` the load that brought it in, or that has a newer line of the
same fault (`replaced`), or the change that took its own load back; one that a person dropped names
nothing and stays away for good.
"""

from collections.abc import Sequence

from crm_core.reference import entities
from crm_core.services.quarantine.newer import closed_as, same_fault
from crm_core.store import Change

_AGAIN = (
    "crm.quarantine AS earlier WHERE again.file_id = $file"
    " AND earlier.source_line = again.source_line"
    " AND earlier.quarantine_id IN (SELECT unnest($lines::BIGINT[]))"
)
"""SQL: the form in which a line of a table waited earlier."""


def later_loads(change: Change, batch: int) -> list[int]:
    """Loads in force that found a line of the batch waiting, and so did not put it in again."""
    rows = change.cursor.execute(
        "SELECT DISTINCT batch_id FROM crm.line_fate AS fate JOIN crm.batch_file USING (file_id)"
        " JOIN crm.batch USING (batch_id) WHERE fate = 'quarantined' AND corrects IS NULL"
        " AND batch_id <> $batch AND undone_by IS NULL"
        " AND row_id IN (SELECT quarantine_id FROM crm.quarantine WHERE batch_id = $batch)",
        {"batch": batch},
    ).fetchall()
    return [row[0] for row in rows]


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
        "UPDATE crm.quarantine AS again SET owner = earlier.owner, due = earlier.due,"
        " since = earlier.since"
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
        " CASE WHEN earlier.resolved_by IS NULL THEN 'dropped'"
        f" ELSE {closed_as('again', 'earlier.resolved_by')} END"
        f" FROM {_AGAIN} AND earlier.resolved_by IS DISTINCT FROM $change",
        {"lines": list(lines), "file": file_id, "change": change.change_id},
    )


def reopen(change: Change, batch: int, restored: Sequence[int]) -> None:
    """Lines of a load that was taken back wait no longer; those that it had closed wait again.

    Unless another load has brought them in: as lines of this one, or before this one took its
    place. `restored`: the loads that are in force again, and what they had brought in is off it.
    """
    _note_closed(change, batch, restored)
    _note_closers(change, batch, restored)
    change.cursor.execute(
        "UPDATE crm.quarantine SET resolved_by = coalesce(resolved_by, ?), status = 'dropped'"
        " WHERE batch_id = ? AND status IN ('open', 'resolved', 'replaced')",
        [change.change_id, batch],
    )
    change.cursor.execute(
        "UPDATE crm.quarantine AS line SET"
        " resolved_by = CASE WHEN NOT unwanted THEN coalesce(closer, gone) END,"
        " status = CASE WHEN unwanted OR gone IS NOT NULL THEN 'dropped'"
        f" WHEN closer IS NULL THEN 'open' ELSE {closed_as('line', 'closer')} END"
        " FROM closed WHERE closed.quarantine_id = line.quarantine_id"
    )
    change.cursor.execute(
        f"UPDATE crm.quarantine AS line SET status = {closed_as('line', 'resolved_by')}"
        " WHERE status = 'dropped'"
        " AND resolved_by IS NOT NULL AND batch_id IN (SELECT unnest(?::BIGINT[]))"
        " AND quarantine_id NOT IN (SELECT quarantine_id FROM closed)",
        [list(restored)],
    )


def _note_closed(change: Change, batch: int, restored: Sequence[int]) -> None:
    """The temporary table `closed` of the lines that the load has closed.

    Where others are in force again, also of those that waited since the load took their place.
    `gone`: the change that took back the line's own load; `closer`, `unwanted`: the load that
    brought it in, and whether it was dropped, after a line of this load had taken its place.
    """
    since = "line.status = 'open' AND line.batch_id <> $batch" if restored else "false"
    # No line takes the place of one that a later load has set aside.
    taken = "later.batch_id = $batch AND line.batch_id < $batch"
    change.cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE closed AS
        WITH placed AS (
            SELECT line.*, file.path FROM crm.quarantine AS line
            JOIN crm.batch_file AS file USING (file_id)
            WHERE line.resolved_by = $batch OR line.batch_id = $batch AND line.status <> 'open'
                OR {since}),
        successor AS (
            SELECT line.quarantine_id, later.resolved_by FROM placed AS line
            JOIN placed AS later ON {same_fault("later", "line")} WHERE {taken}
            UNION
            SELECT line.quarantine_id, later.resolved_by FROM placed AS line
            JOIN placed AS later ON later.path = line.path
                AND later.sheet IS NOT DISTINCT FROM line.sheet
                AND later.source_line = line.source_line WHERE {taken}),
        end_of AS (
            SELECT quarantine_id, max(resolved_by) AS closer,
                bool_and(resolved_by IS NULL) AS unwanted
            FROM successor GROUP BY quarantine_id)
        SELECT line.* EXCLUDE (resolved_by), own.undone_by AS gone, closer,
            coalesce(unwanted, false) AS unwanted
        FROM placed AS line JOIN crm.batch AS own USING (batch_id)
        LEFT JOIN end_of USING (quarantine_id) WHERE line.resolved_by = $batch OR {since}
        """,
        {"batch": batch},
    )


def _note_closers(change: Change, batch: int, restored: Sequence[int]) -> None:
    """Into `closed`: which other load has brought a line in, or has a newer one of its fault.

    The former of the loads that are in force again, the latter of all.
    """
    waiting = (
        "SELECT closed.quarantine_id, newer.batch_id FROM closed JOIN crm.quarantine AS newer"
        f" ON {same_fault('newer', 'closed')}"
        f" WHERE newer.status = 'open' AND newer.batch_id <> {batch}"
    )
    _close_by(change, waiting)
    if not restored:
        return
    brought = [
        "SELECT closed.quarantine_id, file.batch_id FROM closed"
        f" JOIN crm.{entity} AS row USING (row_key)"
        " JOIN crm.line_fate AS fate USING (row_id) JOIN crm.batch_file AS file"
        " ON file.file_id = fate.file_id"
        f" WHERE closed.entity = '{entity}' AND origin = 'own'"
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
    among = f"SELECT unnest({list(restored)})"
    _close_by(
        change,
        f"SELECT * FROM ({' UNION ALL '.join(brought)}) WHERE batch_id IN ({among})",
    )


def _close_by(change: Change, found: str) -> None:
    """`found`: SQL of quarantine_id and the batch_id of a later load that closes it."""
    change.cursor.execute(
        f"UPDATE closed SET closer = found.batch_id FROM ({found}) AS found"
        " WHERE found.quarantine_id = closed.quarantine_id AND closer IS NULL AND NOT unwanted"
        " AND found.batch_id > closed.batch_id"
    )
