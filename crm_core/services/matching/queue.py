"""The pairs that people are asked of, the most telling first, each with its two records."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.pipeline.rows import TECHNICAL
from crm_core.reference import entities
from crm_core.services.matching import kept
from crm_core.services.merging import MERGED, Decision
from crm_core.services.merging.decide import note
from crm_core.services.merging.merge import AREA
from crm_core.services.merging.records import check
from crm_core.store import Store, as_dicts

Cursor = duckdb.DuckDBPyConnection
State = Literal["waiting", "same", "different", "one", "settled", "unknown"]
"""Of a pair: asked of people; what they said; one record by now; sure enough to ask nobody; of two
that matching did not hold possible."""
_PAIRS = """
    FROM crm.match_pair AS p
    LEFT JOIN mart.member AS l ON l.entity = p.entity AND l.row_id = left_row_id
    LEFT JOIN mart.member AS r ON r.entity = p.entity AND r.row_id = right_row_id
"""
_ONE = "coalesce(l.key = r.key, false)"
_WAITING = f"band = 'review' AND said IS NULL AND NOT {_ONE}"
_STATE = f"""
    CASE
        WHEN {_ONE} THEN 'one' WHEN said IS NOT NULL THEN said
        WHEN band = 'review' THEN 'waiting' ELSE 'settled'
    END
"""
_ALIASES = {"given": "given_name", "birth": "birth_date", "holder": "customer_id"}
"""Comparison -> the column that it reads, where that is called otherwise."""
_ORDER = "telling DESC NULLS LAST, probability DESC, left_row_id, right_row_id"


@dataclass(frozen=True)
class Standing:
    """How far the review is: pairs waiting, said the same and not merged yet, said different.

    `by_rule` and `by_people`: records merged away. What is taken back counts no more, be it the
    merge or the load of either record.
    """

    matched: bool
    waiting: int
    same: int
    different: int
    by_rule: int = 0
    by_people: int = 0


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
    probability: float | None
    weight: float | None
    why: str | None
    """decided, chain, or the strong identifier in which the two differ."""
    fields: tuple[Field, ...]
    state: State = "waiting"


def sizes(store: Store, _actor: Actor) -> dict[str, int]:
    """How many rows each entity has whose records can be one."""
    with store.read() as cursor:
        counts = ", ".join(f"(SELECT count(*) FROM crm.{entity})" for entity in MERGED)
        [found] = cursor.execute(f"SELECT {counts}").fetchall()
    return dict(zip(MERGED, found, strict=True))


def was_matched(store: Store, _actor: Actor, entity: str) -> bool:
    """Whether anybody has looked for the duplicates of an entity."""
    with store.read() as cursor:
        return kept.titles(cursor, entity) is not None


def standing(store: Store, _actor: Actor, entity: str) -> Standing:
    """How far the review of an entity is. Refused("entity_not_merged")."""
    check(entity)
    keys = f"(SELECT row_key FROM crm.{entity})"
    merged = f"FROM crm.merge WHERE entity = $entity AND row_key IN {keys} AND into_key IN {keys}"
    with store.read() as cursor:
        [counts] = cursor.execute(
            f"""
            SELECT EXISTS (FROM crm.match_model WHERE entity = $entity),
                count(*) FILTER ({_WAITING} AND {_there(entity)}),
                count(*) FILTER (said = 'same' AND NOT {_ONE}),
                count(*) FILTER (said = 'different'),
                (SELECT count(*) {merged} AND made_by = 'rule'),
                (SELECT count(*) {merged} AND made_by <> 'rule')
            {_PAIRS} WHERE p.entity = $entity
            """,
            {"entity": entity},
        ).fetchall()
    return Standing(*counts)


def upcoming(
    store: Store,
    _actor: Actor,
    entity: str,
    *,
    most: int = 20,
    skipped: Sequence[tuple[int, int]] = (),
) -> list[tuple[int, int]]:
    """The row ids of the next pairs that wait, the most telling first; `skipped` ones come last.

    Pairs that are one by way of a third record wait no longer, nor do those of a load undone.
    """
    check(entity)
    with store.read() as cursor:
        rows = cursor.execute(
            f"SELECT left_row_id, right_row_id {_PAIRS} WHERE p.entity = $entity AND {_WAITING}"
            f" AND {_there(entity)} ORDER BY (left_row_id, right_row_id) IN"
            " (SELECT (unnest($left::BIGINT[]), unnest($right::BIGINT[]))),"
            f" {_ORDER} LIMIT $most",
            {
                "entity": entity,
                "left": [left for left, _ in skipped],
                "right": [right for _, right in skipped],
                "most": most,
            },
        ).fetchall()
    return [(left, right) for left, right in rows]


def pair(store: Store, _actor: Actor, entity: str, left: int, right: int) -> Asked:
    """A pair with both records, be it one that matching found or not.

    Refused: entity_not_merged; pair_unknown where a record is gone.
    """
    check(entity)
    ids = [min(left, right), max(left, right)]
    with store.read() as cursor:
        found = cursor.execute(
            f"SELECT probability, weight, why, fields, {_STATE} {_PAIRS}"
            " WHERE p.entity = ? AND left_row_id = ? AND right_row_id = ?",
            [entity, *ids],
        ).fetchone()
        rows = _rows(cursor, entity, ids)
        if len(rows) < 2:
            raise Refused("pair_unknown")
        titles = kept.titles(cursor, entity) or {}
    probability, weight, why, told, state = found or (None, None, None, "[]", "unknown")
    fields = _fields(rows, simplejson.loads(told), titles)
    return Asked(_side(rows[0]), _side(rows[1]), probability, weight, why, fields, state)


def answer(store: Store, actor: Actor, entity: str, decision: Decision) -> None:
    """Keep what a person says of a pair that still waits; nothing is merged yet.

    Refused: entity_not_merged; pair_unknown; pair_settled where it waits no longer, because
    somebody else was faster.
    """
    check(entity)
    ids = [min(decision.left, decision.right), max(decision.left, decision.right)]
    with store.change(actor, f"{entity}.decide", area=AREA) as change:
        found = change.cursor.execute(
            f"SELECT {_STATE} {_PAIRS} WHERE p.entity = ? AND left_row_id = ? AND right_row_id = ?",
            [entity, *ids],
        ).fetchone()
        if found is None or len(_rows(change.cursor, entity, ids)) < 2:
            raise Refused("pair_unknown")
        if found[0] != "waiting":
            raise Refused("pair_settled")
        note(change, actor, entity, [decision])


def waiting_of(cursor: Cursor, entity: str, scored: str) -> int:
    """How many pairs of temporary table `scored` people are asked of, those aside that are one."""
    [(count,)] = cursor.execute(
        f"SELECT count(*) {_PAIRS} SEMI JOIN temp.{scored} AS s"
        " ON s.left_row_id = p.left_row_id AND s.right_row_id = p.right_row_id"
        f" WHERE p.entity = ? AND {_WAITING}",
        [entity],
    ).fetchall()
    return int(count)


def _there(entity: str) -> str:
    """SQL: both rows of a pair are in the store still."""
    rows = f"(SELECT row_id FROM crm.{entity})"
    return f"left_row_id IN {rows} AND right_row_id IN {rows}"


def _rows(cursor: Cursor, entity: str, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Both records; a name that stands in for a number nobody gave is not shown as one."""
    key = entities()[entity].key
    found = cursor.execute(
        f"SELECT * REPLACE (CASE WHEN {key} <> name THEN {key} END AS {key})"
        f" FROM crm.{entity} WHERE row_id IN (?, ?) ORDER BY row_id",
        list(ids),
    )
    return as_dicts(found)


def _side(row: dict[str, Any]) -> Side:
    wanted = ("row_id", "row_key", "name", "source_file", "source_line")
    return Side(*(row[name] for name in wanted))


def _fields(
    rows: Sequence[dict[str, Any]], told: Sequence[dict[str, Any]], titles: dict[str, str]
) -> tuple[Field, ...]:
    """Compared fields by what they weigh, then those that only one row or neither was asked of."""
    left, right = rows
    compared = {_ALIASES.get(one["field"], one["field"]): one for one in told}
    names = [name for name in left if name not in TECHNICAL]
    extras = [simplejson.loads(row["extra"] or "{}") for row in rows]
    found = [Field(name, left[name], right[name], **_told(compared, name)) for name in names]
    found += [
        Field(
            name, extras[0].get(title), extras[1].get(title), title=title, **_told(compared, name)
        )
        for name, title in titles.items()
    ]
    # What was compared and is no column, such as the domain of a mail.
    known = {*names, *titles}
    found += [Field(name, None, None, **_told(compared, name)) for name in compared.keys() - known]
    shown = [one for one in found if (one.left, one.right, one.level) != (None, None, None)]
    return tuple(sorted(shown, key=lambda one: (-abs(one.weight or 0), one.name)))


def _told(compared: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    one = compared.get(name, {})
    return {"level": one.get("level"), "weight": one.get("weight")}
