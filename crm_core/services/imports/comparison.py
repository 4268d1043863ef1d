"""What comes out otherwise when a load is made again: compared inside the change that does it."""

from collections.abc import Mapping

from crm_core.pipeline.rows import TECHNICAL, columns_of
from crm_core.reference import entities
from crm_core.store import Change


def note(change: Change, batch: int) -> None:
    """Keep the load's rows as temporary tables, before it is taken back."""
    for entity in entities():
        change.cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE was_{entity} AS"
            f" SELECT * FROM crm.{entity} WHERE batch_id = ?",
            [batch],
        )


def lines_apart(change: Change, again: Mapping[int, int | None]) -> int:
    """The lines whose fate, or a row made of them, is another than was noted.

    `again`: number of each table of the load -> its number now, None where it was left out.
    """
    return sum(_apart(change, was, now) for was, now in again.items())


def _apart(change: Change, was: int, now: int | None) -> int:
    fates = "SELECT line, fate, reason FROM crm.line_fate WHERE file_id ="
    parts = [_differing(f"{fates} $was", f"{fates} $now")]
    for entity in entities():
        values = _values(change, entity)
        then = f"SELECT {values} FROM was_{entity} WHERE file_id = $was"
        parts.append(_differing(then, f"SELECT {values} FROM crm.{entity} WHERE file_id = $now"))
    found = change.cursor.execute(
        f"SELECT count(DISTINCT line) FROM ({' UNION ALL '.join(parts)})",
        {"was": was, "now": now},
    ).fetchone()
    return int(found[0]) if found else 0


def _differing(then: str, now: str) -> str:
    """SQL: the lines with a row that only one of the two queries has."""
    return (
        f"SELECT line FROM ({then} EXCEPT {now}) UNION ALL SELECT line FROM ({now} EXCEPT {then})"
    )


def _values(change: Change, entity: str) -> str:
    """SQL: the line of a row and what it says, without what tells one load from another."""
    said = [f'"{name}"' for name in columns_of(change.cursor, entity) if name not in TECHNICAL]
    return ", ".join(("source_line AS line", "row_key", "extra::VARCHAR AS extra", *said))
