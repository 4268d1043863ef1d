"""The pairs of a store's records that are probably one, found without changing anything."""

import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from crm_core import matching
from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.store import Store
from crm_core.store.database import CATALOG

Cursor = duckdb.DuckDBPyConnection
_SCORED = "scored_pairs"
COLUMNS = (
    *("left_row_id", "left_source_file", "left_source_line"),
    *("right_row_id", "right_source_file", "right_source_line"),
    *("probability", "band"),
)
"""The columns of an exported file."""


@dataclass(frozen=True)
class Found:
    """What matching found."""

    pairs: int
    """Scored pairs."""
    merge: int
    """Pairs to be merged by rule."""
    review: int
    """Pairs for a person to look at."""
    seconds: float


def find(
    store: Store,
    _actor: Actor,
    entity: str = "customer",
    *,
    threshold: float | None = None,
    export: Path | None = None,
) -> Found:
    """Score the pairs of an entity's rows; `export`: a CSV file to write them to.

    Rows that other sheets told of are matched too: a customer that only orders name is as likely
    to be one that is known, and has nothing else by which it could be found.

    Refused: match_entity, match_threshold, match_unwritten.
    """
    started = time.perf_counter()
    least = matching.MERGE if threshold is None else threshold
    if entity not in matching.ENTITIES:
        raise Refused("match_entity", entity=entity, known=", ".join(matching.ENTITIES))
    if not 0 < least <= 1:
        raise Refused("match_threshold", value=str(threshold))
    with store.read() as cursor:
        records = f"{CATALOG}.crm.{entity}"
        matching.match(cursor, entity, records, into=_SCORED, threshold=least)
        if export:
            _write(cursor, records, export)
        pairs, merge, review = _counts(cursor)
    return Found(pairs, merge, review, round(time.perf_counter() - started, 2))


def _counts(cursor: Cursor) -> tuple[int, int, int]:
    (row,) = cursor.execute(
        "SELECT count(*), count(*) FILTER (band = 'merge'), count(*) FILTER (band = 'review')"
        f" FROM {_SCORED}"
    ).fetchall()
    return int(row[0]), int(row[1]), int(row[2])


def _write(cursor: Cursor, records: str, path: Path) -> None:
    """Every scored pair as CSV, the most probable first."""
    sides = ", ".join(
        f"{side}_row_id, {side}s.source_file AS {side}_source_file,"
        f" {side}s.source_line AS {side}_source_line"
        for side in ("left", "right")
    )
    try:
        path.touch()
        cursor.execute(
            f"COPY (SELECT {sides}, probability, band FROM {_SCORED}"
            f" JOIN {records} AS lefts ON lefts.row_id = left_row_id"
            f" JOIN {records} AS rights ON rights.row_id = right_row_id"
            " ORDER BY probability DESC, left_row_id, right_row_id)"
            f" TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT csv, HEADER)"
        )
    except (OSError, duckdb.IOException) as error:
        reason = getattr(error, "strerror", None) or "the disk refused it"
        raise Refused("match_unwritten", path=str(path), reason=reason) from error
