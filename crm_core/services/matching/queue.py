"""The pairs that people are asked of, the most telling first, each with its two records."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.pipeline.rows import TECHNICAL
from crm_core.services.matching import kept
from crm_core.services.merging.records import check
from crm_core.store import Store

Cursor = duckdb.DuckDBPyConnection
_WAITING = "entity = ? AND band = 'review' AND said IS NULL"
_ORDER = "telling DESC NULLS LAST, probability DESC, left_row_id, right_row_id"


@dataclass(frozen=True)
class Standing:
    """How far the review is: pairs waiting, said the same and not merged yet, said different."""

    matched: bool
    waiting: int
    same: int
    different: int


@dataclass(frozen=True)
class Field:
    """A field of a pair: what either row says, and what the comparison gave to the weight.

    `level` is the comparison's code, None where nothing was compared; `title`: the source's own
    header, for a column of no field of ours.
    """

    name: str
    left: Any
    right: Any
    level: str | None = None
    weight: float | None = None
    title: str | None = None


@dataclass(frozen=True)
class Side:
    """One row of a pair and where it came from."""

    row_id: int
    row_key: str
    name: str | None
    source_file: str | None
    source_line: int | None


@dataclass(frozen=True)
class Asked:
    """A pair as it is shown to a person."""

    left: Side
    right: Side
    probability: float
    weight: float
    why: str | None
    """decided, chain, or the strong identifier in which the two differ."""
    fields: tuple[Field, ...]


def standing(store: Store, _actor: Actor, entity: str) -> Standing:
    """How far the review of an entity is. Refused("entity_not_merged")."""
    check(entity)
    with store.read() as cursor:
        ((matched, waiting, same, different),) = cursor.execute(
            """
            SELECT EXISTS (FROM crm.match_model WHERE entity = $entity),
                count(*) FILTER (band = 'review' AND said IS NULL),
                count(*) FILTER (said = 'same'), count(*) FILTER (said = 'different')
            FROM crm.match_pair WHERE entity = $entity
            """,
            {"entity": entity},
        ).fetchall()
    return Standing(matched, waiting, same, different)


def upcoming(
    store: Store,
    _actor: Actor,
    entity: str,
    *,
    most: int = 20,
    skipped: Sequence[tuple[int, int]] = (),
) -> list[tuple[int, int]]:
    """The row ids of the next pairs that wait, the most telling first; `skipped` ones come last."""
    check(entity)
    with store.read() as cursor:
        rows = cursor.execute(
            f"SELECT left_row_id, right_row_id FROM crm.match_pair WHERE {_WAITING}"
            " ORDER BY (left_row_id, right_row_id) IN"
            f" (SELECT (unnest(?::BIGINT[]), unnest(?::BIGINT[]))), {_ORDER} LIMIT ?",
            [entity, [left for left, _ in skipped], [right for _, right in skipped], most],
        ).fetchall()
    return [(left, right) for left, right in rows]


def pair(store: Store, _actor: Actor, entity: str, left: int, right: int) -> Asked:
    """A pair with both records. Refused: entity_not_merged; pair_unknown."""
    check(entity)
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT probability, weight, why, fields FROM crm.match_pair"
            " WHERE entity = ? AND left_row_id = ? AND right_row_id = ?",
            [entity, min(left, right), max(left, right)],
        ).fetchone()
        rows = _rows(cursor, entity, [min(left, right), max(left, right)])
        if found is None or len(rows) < 2:
            raise Refused("pair_unknown")
        learnt = kept.learnt(cursor, entity)
    probability, weight, why, told = found
    titles = learnt.titles if learnt else {}
    fields = _fields(rows, simplejson.loads(told), titles)
    return Asked(_side(rows[0]), _side(rows[1]), probability, weight, why, fields)


def _rows(cursor: Cursor, entity: str, ids: Sequence[int]) -> list[dict[str, Any]]:
    found = cursor.execute(
        f"SELECT * FROM crm.{entity} WHERE row_id IN (?, ?) ORDER BY row_id", list(ids)
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _side(row: dict[str, Any]) -> Side:
    wanted = ("row_id", "row_key", "name", "source_file", "source_line")
    return Side(*(row[name] for name in wanted))


def _fields(
    rows: Sequence[dict[str, Any]], told: Sequence[dict[str, Any]], titles: dict[str, str]
) -> tuple[Field, ...]:
    """Compared fields by what they weigh, then those that only one row or neither was asked of."""
    left, right = rows
    compared = {one["field"]: one for one in told}
    names = [name for name in left if name not in TECHNICAL]
    extras = [simplejson.loads(row["extra"] or "{}") for row in rows]
    found = [Field(name, left[name], right[name], **_told(compared, name)) for name in names]
    found += [
        Field(
            name, extras[0].get(title), extras[1].get(title), title=title, **_told(compared, name)
        )
        for name, title in titles.items()
    ]
    filled = [one for one in found if one.left is not None or one.right is not None]
    return tuple(sorted(filled, key=lambda one: -abs(one.weight or 0)))


def _told(compared: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    one = compared.get(name, {})
    return {"level": one.get("level"), "weight": one.get("weight")}
