"""What matching keeps in the store: the pairs it found and what it has learnt."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb
import simplejson

from crm_core.matching import Decision, Matched, Model
from crm_core.services.merging import Pair
from crm_core.store import Change
from crm_core.store.database import CATALOG

Cursor = duckdb.DuckDBPyConnection
COLUMNS = (
    *("left_row_id", "right_row_id", "pattern", "probability", "weight", "fields", "telling"),
    *("band", "why"),
)


@dataclass(frozen=True)
class Learnt:
    """The model kept for an entity; `titles`: comparison -> title of the source's column.

    `threshold`: the probability from which the run that it was learnt in merged by rule.
    """

    model: Model
    threshold: float
    titles: dict[str, str] = field(default_factory=dict)


def records_of(entity: str) -> str:
    """The table of an entity's rows, its catalog named."""
    return f"{CATALOG}.crm.{entity}"


def learnt(cursor: Cursor, entity: str) -> Learnt | None:
    """What was learnt of the entity's records; None where they were never matched."""
    found = cursor.execute(
        "SELECT model, titles FROM crm.match_model WHERE entity = ?", [entity]
    ).fetchone()
    if found is None:
        return None
    saved = simplejson.loads(found[0])
    return Learnt(Model.from_dict(saved), saved["threshold"], simplejson.loads(found[1]))


def titles(cursor: Cursor, entity: str) -> dict[str, str] | None:
    """As `Learnt.titles`, without the model; None where the entity was never matched."""
    found = cursor.execute(
        "SELECT titles FROM crm.match_model WHERE entity = ?", [entity]
    ).fetchone()
    return dict(simplejson.loads(found[0])) if found else None


def keep_learnt(change: Change, entity: str, matched: Matched, threshold: float) -> None:
    """Keep what was learnt, in place of what was."""
    change.retire("crm.match_model", "entity = ?", [entity])
    change.cursor.execute(
        "INSERT INTO crm.match_model VALUES (?, ?, ?, ?)",
        [
            entity,
            simplejson.dumps(matched.model.as_dict() | {"threshold": threshold}),
            simplejson.dumps(matched.titles),
            change.change_id,
        ],
    )


def keep_pairs(change: Change, entity: str, scored: str, *, touched: str | None = None) -> None:
    """Keep the pairs of temporary table `scored` in place of those that were.

    `touched`: a temporary table with a column row_id: only pairs that one of these stands in are
    replaced.
    """
    rows = f"SELECT row_id FROM temp.{touched}" if touched else ""
    only = f" AND (left_row_id IN ({rows}) OR right_row_id IN ({rows}))" if touched else ""
    change.cursor.execute(f"DELETE FROM crm.match_pair WHERE entity = ?{only}", [entity])
    change.cursor.execute(
        f"""
        INSERT INTO crm.match_pair BY NAME
        SELECT ? AS entity, {", ".join(f"found.{name}" for name in COLUMNS)}, verdict AS said
        FROM temp.{scored} AS found
        JOIN crm.{entity} AS one ON one.row_id = left_row_id
        JOIN crm.{entity} AS other ON other.row_id = right_row_id
        LEFT JOIN crm.match_decision AS d ON d.entity = ?
            AND d.left_key = least(one.row_key, other.row_key)
            AND d.right_key = greatest(one.row_key, other.row_key)
        """,
        [entity, entity],
    )


def decisions(cursor: Cursor, entity: str) -> list[Decision]:
    """What people said of pairs of rows that are there, the oldest first."""
    rows = cursor.execute(
        f"SELECT one.row_id, other.row_id, verdict = 'same' FROM crm.match_decision AS d"
        f" JOIN crm.{entity} AS one ON one.row_key = left_key"
        f" JOIN crm.{entity} AS other ON other.row_key = right_key"
        " WHERE entity = ? ORDER BY decided_at, left_key, right_key",
        [entity],
    ).fetchall()
    return [Decision(*row) for row in rows]


def to_merge(cursor: Cursor, entity: str, scored: str) -> Sequence[Pair]:
    """The pairs of temporary table `scored` that are to be merged by rule, their rows still there.

    A load may have been taken back while the pairs were compared.
    """
    rows = cursor.execute(
        f"SELECT left_row_id, right_row_id, probability, weight, fields FROM temp.{scored}"
        f" SEMI JOIN crm.{entity} AS one ON one.row_id = left_row_id"
        f" SEMI JOIN crm.{entity} AS other ON other.row_id = right_row_id"
        " WHERE band = 'merge' AND why IS DISTINCT FROM 'decided'"
    ).fetchall()
    return [Pair(*row) for row in rows]
