"""Taking a load back: what it added goes, what it changed comes back as it was.

A row carries the batch that gave it its present state, also after a later load was taken back.
"""

from crm_core.pipeline.rows import Writer

_REPLACED = "SELECT batch_id FROM crm.batch WHERE undone_by = $batch"
"""SQL: the loads that the batch has taken the place of."""


def later_changes(change: Writer, entity: str, batch: int) -> list[int]:
    """Changes that rely on the batch's rows and still stand: they make an undo unsafe.

    One has superseded such a row, or is a load that found it known and so left it as it was. The
    rows that came back when the batch took the place of another load count as its own.
    """
    rows = change.cursor.execute(
        f"""
        WITH mine AS (
            SELECT row_id FROM crm.{entity} WHERE batch_id = $batch
            UNION ALL SELECT row_id FROM crm.{entity} WHERE row_key IN ({_replaced(entity)}))
        SELECT superseded_by FROM crm_history.{entity}
        JOIN app.change AS later ON later.change_id = superseded_by
        WHERE $batch IN (batch_id, crm_history.{entity}.change_id)
          AND superseded_by NOT IN ($batch, crm_history.{entity}.change_id)
          AND later.action <> 'batch.undo'
          AND superseded_by NOT IN (SELECT change_id FROM crm.batch WHERE undone_by IS NOT NULL)
        UNION
        SELECT batch_id FROM mine JOIN crm.{entity} USING (row_id) WHERE batch_id > $batch
        UNION
        SELECT later.change_id FROM mine
        JOIN crm.line_fate AS fate ON fate.row_id = mine.row_id AND fate.reason = 'known'
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
    removed = change.retire(f"crm.{entity}", "batch_id = ?", [batch])
    if not replaced:
        removed += change.retire(
            f"crm.{entity}",
            f"change_id = $batch OR row_key IN ({_replaced(entity)})",
            {"batch": batch},
        )
    # A load that took the place of another has put rows back itself before it changed them.
    gone = f"batch_id NOT IN ({_REPLACED})" if replaced else "change_id <> $batch"
    restored = change.cursor.execute(
        f"INSERT INTO crm.{entity} BY NAME SELECT * EXCLUDE (superseded_by)"
        f" REPLACE ({change.change_id} AS change_id) FROM crm_history.{entity}"
        f" WHERE superseded_by = $batch AND batch_id <> $batch AND {gone}",
        {"batch": batch},
    ).fetchone()
    return removed + (int(restored[0]) if restored else 0)


def _replaced(entity: str) -> str:
    """SQL: the keys of the rows that went when the batch took the place of another load."""
    return (
        f"SELECT row_key FROM crm_history.{entity}"
        f" WHERE superseded_by = $batch AND batch_id IN ({_REPLACED})"
    )
