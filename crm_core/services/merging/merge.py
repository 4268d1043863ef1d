"""Merging: the records of pairs become one, in one change of the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.matching.groups import groups
from crm_core.services.merging.naming import INTO, named
from crm_core.services.merging.records import Records, Row, root
from crm_core.store import Change, Store

AREA = "crm"
MadeBy = Literal["rule", "review"]
Edge = tuple[str, str, dict[str, Any]]
_KEPT = ("probability", "weight", "fields")


@dataclass(frozen=True)
class Pair:
    """Two rows that are one record.

    `probability`, `weight` (log2 of the odds) and `fields` (JSON: what each field gave to the
    weight) are the model's.
    """

    left: int
    right: int
    probability: float | None = None
    weight: float | None = None
    fields: str | None = None


def by_rule(store: Store, actor: Actor, entity: str, pairs: Sequence[Pair]) -> int:
    """Make one of the records of each pair that the model is sure of; how many were merged away.

    None is merged that would bring two values of a strong identifier together, or two records that
    a person held apart, be it by way of others. Refused: entity_not_merged, record_unknown.
    """
    with store.change(actor, f"{entity}.merge", area=AREA) as change:
        return write(change, entity, pairs, "rule")


def write(change: Change, entity: str, pairs: Sequence[Pair], made_by: MadeBy) -> int:
    """Merge inside a larger change: the rows stay as they are, and are read as one from now on."""
    records = Records(change.cursor, entity)
    pairs = sorted(pairs, key=lambda pair: -(pair.probability or 0))
    ids = {row for pair in pairs for row in (pair.left, pair.right)}
    rows = records.rows(ids)
    heads = dict(records.heads({row.record for row in rows.values()}))
    joined = groups(
        ((rows[pair.left].record, rows[pair.right].record) for pair in pairs),
        records.identifiers(heads) if made_by == "rule" else {},
        records.apart() if made_by == "rule" else (),
    )
    edges = _edges(joined, heads, records.up(), _surest(pairs, rows))
    if edges:
        _insert(change, entity, made_by, edges)
        metrics.refresh(change.cursor, changed="merge")
    _ask_of_the_rest(change, entity, _kept_apart(pairs, rows, joined))
    names = named(change.cursor, entity, [(one, INTO, into) for one, into, _ in edges])
    change.subject = entity
    change.detail = {"merged": len(edges), "by": made_by, "records": names}
    return len(edges)


def _kept_apart(
    pairs: Sequence[Pair], rows: Mapping[int, Row], joined: Sequence[Sequence[str]]
) -> list[Pair]:
    """The pairs that no group took both records of."""
    of = {record: number for number, group in enumerate(joined) for record in group}
    found = [(pair, rows[pair.left].record, rows[pair.right].record) for pair in pairs]
    return [
        pair
        for pair, one, other in found
        if one != other and (one not in of or of[one] != of.get(other))
    ]


def _ask_of_the_rest(change: Change, entity: str, apart: Sequence[Pair]) -> None:
    """A pair that was to be merged and may not be waits for people."""
    change.cursor.execute(
        """
        UPDATE crm.match_pair SET band = 'review', why = 'chain'
        WHERE entity = $entity AND band = 'merge' AND said IS NULL
            AND (left_row_id, right_row_id)
                IN (SELECT (unnest($left::BIGINT[]), unnest($right::BIGINT[])))
        """,
        {
            "entity": entity,
            "left": [min(pair.left, pair.right) for pair in apart],
            "right": [max(pair.left, pair.right) for pair in apart],
        },
    )


def _edges(
    joined: Sequence[Sequence[str]],
    heads: Mapping[str, str],
    up: Mapping[str, str],
    surest: Mapping[str, Pair],
) -> list[Edge]:
    """What is merged into what, so that merges stay trees: each record into one other at most.

    `heads`: record -> its row_key, the best to be merged into first. A head that is itself merged
    (into a record of a load that was taken back) is not merged once more: what it is merged into
    is, in its place.
    """
    places = {record: place for place, record in enumerate(heads)}
    edges = []
    for group in joined:
        into, *others = sorted(group, key=lambda one: (heads[one] not in up, places[one]))
        edges += [(root(heads[one], up), heads[into], _kept(surest[one])) for one in others]
    return edges


def _surest(pairs: Sequence[Pair], rows: Mapping[int, Row]) -> dict[str, Pair]:
    """Record -> the first pair that it stands in."""
    found: dict[str, Pair] = {}
    for pair in pairs:
        for row in (pair.left, pair.right):
            found.setdefault(rows[row].record, pair)
    return found


def _kept(pair: Pair) -> dict[str, Any]:
    """What is kept of a pair with the merge that it led to."""
    return {"probability": pair.probability, "weight": pair.weight, "fields": pair.fields}


def _insert(change: Change, entity: str, made_by: MadeBy, edges: Sequence[Edge]) -> None:
    """Write merges: (row_key, the one it is merged into, what is kept of their pair)."""
    change.cursor.execute(
        """
        INSERT INTO crm.merge BY NAME
        SELECT nextval('crm.row_id') AS merge_id, $entity AS entity, $made_by AS made_by,
            unnest($keys::VARCHAR[]) AS row_key, unnest($into::VARCHAR[]) AS into_key,
            unnest($probability::DOUBLE[]) AS probability, unnest($weight::DOUBLE[]) AS weight,
            unnest($fields::JSON[]) AS fields, $change AS change_id
        """,
        {
            "entity": entity,
            "made_by": made_by,
            "change": change.change_id,
            "keys": [edge[0] for edge in edges],
            "into": [edge[1] for edge in edges],
            **{name: [edge[2][name] for edge in edges] for name in _KEPT},
        },
    )
