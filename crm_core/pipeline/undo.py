"""Taking a load back: what it added goes, what it changed comes back as it was.

A row carries the batch that gave it its present state, also after a later load was taken back.
"""

from crm_core.pipeline.rows import Writer

_REPLACED = "SELECT batch_id FROM crm.batch WHERE undone_by = $batch"
"""SQL: the loads that the batch has taken the place of."""


def later_changes(change: Writer, entity: str, batch: int) -> list[int]:
    """Changes that rely on the batch's rows and still stand: they make an undo unsafe.

    One has superseded such a row, or is a load that found its record known and so left it as it
    was, whatever number the row had then: each load that is made again gives new ones. The
    rows that came back when the batch took the place of another load count as its own. What went
    because its load was made again is gone by the one that stands in its place now.
    """
    rows = change.cursor.execute(
        f"""
        WITH RECURSIVE mine AS (
            SELECT row_id FROM crm.{entity} WHERE batch_id = $batch
            UNION ALL SELECT row_id FROM crm.{entity} WHERE row_key IN ({_replaced(entity)})),
        known AS (
            FROM mine UNION
            SELECT row_id FROM crm_history.{entity} WHERE row_key IN (
                SELECT row_key FROM crm.{entity} JOIN mine USING (row_id))),
        place AS (
            SELECT change_id AS load, batch_id AS taken_by FROM crm.batch
            UNION ALL
            SELECT load, batch.undone_by FROM place
            JOIN crm.batch ON batch.batch_id = taken_by
            WHERE undone_by IN (SELECT batch_id FROM crm.batch)),
        standing AS (
            SELECT load, taken_by FROM place
            JOIN crm.batch ON batch.batch_id = taken_by WHERE undone_by IS NULL)
        SELECT coalesce(standing.taken_by, superseded_by) AS later
        FROM crm_history.{entity} AS version
        JOIN app.change AS change ON change.change_id = superseded_by
        LEFT JOIN standing ON standing.load = superseded_by
        LEFT JOIN place ON place.load = version.batch_id AND place.taken_by = superseded_by
        WHERE $batch IN (version.batch_id, version.change_id)
          AND superseded_by <> $batch
          AND action <> 'batch.undo'
          AND (standing.taken_by = superseded_by OR place.load IS NOT NULL
               OR superseded_by NOT IN (SELECT change_id FROM crm.batch))
          AND later <> $batch
        UNION
        SELECT batch_id FROM mine JOIN crm.{entity} USING (row_id) WHERE batch_id > $batch
        UNION
        SELECT later.change_id FROM known
        JOIN crm.line_fate AS fate ON fate.row_id = known.row_id AND fate.reason = 'known'
        JOIN crm.batch_file AS file ON file.file_id = fate.file_id
        JOIN crm.batch AS later ON later.batch_id = file.batch_id
        WHERE later.batch_id > $batch AND later.undone_by IS NULL
        ORDER BY 1
        """,
        {"batch": batch},
    ).fetchall()
    return [int(row[0]) for row in rows]


def take_back(change: Writer, entity: str, batch: int, *, replaced: bool) -> int:
    """Undo what the batch did to the entity's rows; how many rows were touched.

    Restored rows are new versions made by this change, so the history shows both steps.
    `replaced`: another load takes the batch's place, so that what the batch itself took the place
    of stays out of force; else that comes back.
    """
    change.retire(f"crm.{entity}", "batch_id = ?", [batch])
    if not replaced:
        change.retire(
            f"crm.{entity}",
            f"change_id = $batch OR row_key IN ({_replaced(entity)})",
            {"batch": batch},
        )
    # A load that took the place of another has put rows back itself before it changed them.
    gone = f"batch_id NOT IN ({_REPLACED})" if replaced else "change_id <> $batch"
    change.cursor.execute(
        f"INSERT INTO crm.{entity} BY NAME SELECT * EXCLUDE (superseded_by)"
        f" REPLACE ({change.change_id} AS change_id) FROM crm_history.{entity}"
        f" WHERE superseded_by = $batch AND batch_id <> $batch AND {gone}",
        {"batch": batch},
    )
    touched = change.cursor.execute(
        f"SELECT count(*) FROM (SELECT row_id FROM crm.{entity} WHERE change_id = $now"
        f" UNION SELECT row_id FROM crm_history.{entity} WHERE superseded_by = $now)",
        {"now": change.change_id},
    ).fetchone()
    return int(touched[0]) if touched else 0


def _replaced(entity: str) -> str:
    """SQL: the keys of the rows that went when the batch took the place of another load."""
    return (
        f"SELECT row_key FROM crm_history.{entity}"
        f" WHERE superseded_by = $batch AND batch_id IN ({_REPLACED})"
    )
