"""What people say of pairs: kept at once, merged all together when they say so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.merging.merge import AREA, Pair, write
from crm_core.services.merging.naming import SIGNS, named
from crm_core.services.merging.records import check
from crm_core.store import Change, Store

Verdict = Literal["same", "different"]


@dataclass(frozen=True)
class Decision:
    """Whether two rows are one record; `chosen`: field -> the row whose value is to hold."""

    left: int
    right: int
    verdict: Verdict
    chosen: Mapping[str, int] = field(default_factory=dict)


def decide(store: Store, actor: Actor, entity: str, decisions: Sequence[Decision]) -> None:
    """Keep decisions, in place of earlier ones of the same pairs. Nothing is merged yet.

    Refused: entity_not_merged, record_unknown.
    """
    check(entity)
    with store.change(actor, f"{entity}.decide", area=AREA) as change:
        note(change, actor, entity, decisions)


def note(change: Change, actor: Actor, entity: str, decisions: Sequence[Decision]) -> None:
    """Keep decisions inside a larger change, of one pair the last. Refused("record_unknown")."""
    decisions = list({frozenset((one.left, one.right)): one for one in decisions}.values())
    keys = _keys(change, entity, decisions)
    pairs = [sorted((keys[one.left], keys[one.right])) for one in decisions]
    forget(change, entity, pairs)
    _mark(change, entity, decisions)
    change.cursor.execute(
        """
        INSERT INTO crm.match_decision BY NAME
        SELECT $entity AS entity, unnest($left::VARCHAR[]) AS left_key,
            unnest($right::VARCHAR[]) AS right_key, unnest($verdict::VARCHAR[]) AS verdict,
            unnest($chosen::JSON[]) AS chosen, $actor AS actor_name,
            now() AT TIME ZONE 'UTC' AS decided_at, $change AS change_id
        """,
        {
            "entity": entity,
            "left": [left for left, _ in pairs],
            "right": [right for _, right in pairs],
            "verdict": [one.verdict for one in decisions],
            "chosen": [
                simplejson.dumps({name: keys[row] for name, row in one.chosen.items()})
                for one in decisions
            ],
            "actor": actor.name,
            "change": change.change_id,
        },
    )
    told = [(one.left, SIGNS[one.verdict], one.right) for one in decisions]
    records = named(change.cursor, entity, told, by="row_id")
    change.subject, change.detail = entity, {"pairs": len(decisions), "records": records}


def withdraw(store: Store, actor: Actor, entity: str, left: int, right: int) -> None:
    """Take back what was said of a pair, so that it is asked again. Refused as `decide` says."""
    check(entity)
    with store.change(actor, f"{entity}.decide", area=AREA) as change:
        keys = _keys(change, entity, [Decision(left, right, "different")])
        forget(change, entity, [sorted(keys.values())])
        _mark(change, entity, [Decision(left, right, "different")], said=False)
        records = named(change.cursor, entity, [(left, "·", right)], by="row_id")
        change.subject, change.detail = entity, {"withdrawn": 1, "records": records}


def apply(store: Store, actor: Actor, entity: str) -> int:
    """Merge what people said is the same and is not one yet; how many were merged away."""
    check(entity)
    with store.change(actor, f"{entity}.merge", area=AREA) as change:
        return write(change, entity, said_same(change, entity), "review")


def _keys(change: Change, entity: str, decisions: Sequence[Decision]) -> dict[int, str]:
    """Row id -> row_key. Refused("record_unknown") where a row is not there (any more)."""
    ids = {row for one in decisions for row in (one.left, one.right, *one.chosen.values())}
    keys = dict(
        change.cursor.execute(
            f"SELECT row_id, row_key FROM crm.{entity}"
            " WHERE row_id IN (SELECT unnest(?::BIGINT[]))",
            [list(ids)],
        ).fetchall()
    )
    for row_id in ids:
        if row_id not in keys:
            raise Refused("record_unknown", id=row_id)
    return keys


def forget(change: Change, entity: str, pairs: Sequence[Sequence[str]]) -> None:
    """What was said of pairs, the smaller row_key first, is in force no longer."""
    change.retire(
        "crm.match_decision",
        "entity = ? AND (left_key, right_key) IN"
        " (SELECT (unnest(?::VARCHAR[]), unnest(?::VARCHAR[])))",
        [entity, [left for left, _ in pairs], [right for _, right in pairs]],
    )


def _mark(change: Change, entity: str, decisions: Sequence[Decision], *, said: bool = True) -> None:
    """Note at the pairs themselves what was said, so that they are not asked again."""
    change.cursor.execute(
        """
        UPDATE crm.match_pair AS p SET said = new.verdict
        FROM (SELECT unnest($left::BIGINT[]) AS l, unnest($right::BIGINT[]) AS r,
            unnest($verdict::VARCHAR[]) AS verdict) AS new
        WHERE entity = $entity AND left_row_id = l AND right_row_id = r
        """,
        {
            "entity": entity,
            "left": [min(one.left, one.right) for one in decisions],
            "right": [max(one.left, one.right) for one in decisions],
            "verdict": [one.verdict if said else None for one in decisions],
        },
    )


def said_same(change: Change, entity: str) -> list[Pair]:
    """The pairs that people said are the same, merged by now or not."""
    rows = change.cursor.execute(
        f"""
        SELECT one.row_id, other.row_id, p.probability, p.weight, p.fields
        FROM crm.match_decision AS said
        JOIN crm.{entity} AS one ON one.row_key = left_key
        JOIN crm.{entity} AS other ON other.row_key = right_key
        LEFT JOIN crm.match_pair AS p
            ON p.entity = said.entity AND p.left_row_id = least(one.row_id, other.row_id)
            AND p.right_row_id = greatest(one.row_id, other.row_id)
        WHERE said.entity = ? AND verdict = 'same'
        """,
        [entity],
    ).fetchall()
    return [Pair(*row) for row in rows]
