"""What a person merges without being asked, and whose values they choose to be shown."""

from collections.abc import Mapping

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.merging.decide import Decision, note, said_same
from crm_core.services.merging.merge import AREA, write
from crm_core.services.merging.records import OF_ONE, Records, check
from crm_core.store import Change, Store

Pair = tuple[int, int]
_MERGED = "SELECT row_key AS one, into_key AS other FROM crm.merge WHERE entity = $entity"
_CHOSEN = (
    "SELECT left_key AS one, right_key AS other FROM crm.match_decision"
    " WHERE entity = $entity AND verdict = 'same' AND chosen::VARCHAR <> '{}'"
)


def merge(
    store: Store, actor: Actor, entity: str, left: int, right: int, chosen: Mapping[str, int]
) -> int:
    """Make two rows one record because a person says so; how many records were merged away.

    `chosen`: field -> the row whose value is to hold. Answers to other pairs are not used yet.
    Refused: entity_not_merged; record_unknown; pair_settled where they are one already.
    """
    check(entity)
    with store.change(actor, f"{entity}.merge", area=AREA) as change:
        rows = Records(change.cursor, entity).rows({left, right})
        if len({row.record for row in rows.values()}) < 2:
            raise Refused("pair_settled")
        note(change, actor, entity, [Decision(left, right, "same", chosen)])
        said = [one for one in said_same(change, entity) if {one.left, one.right} == {left, right}]
        return write(change, entity, said, "review")


def choose(store: Store, actor: Actor, entity: str, row_id: int, chosen: Mapping[str, int]) -> None:
    """Whose values are shown of the record that a row is one with: field -> row.

    All other fields are left to the rules. Who chooses says that the records are one.
    Refused: entity_not_merged; record_unknown where a row is not one with it.
    """
    check(entity)
    with store.change(actor, f"{entity}.choose", area=AREA) as change:
        merged, chosen_of = (_pairs(change, entity, row_id, one) for one in (_MERGED, _CHOSEN))
        members = _members(change, entity, row_id)
        said: dict[Pair, dict[str, int]] = {pair: {} for pair in chosen_of}
        for field, row in chosen.items():
            if not merged or row not in members:
                raise Refused("record_unknown", id=row)
            pair = next((one for one in merged if row in one), merged[0])
            said.setdefault(pair, {})[field] = row
        note(change, actor, entity, [Decision(*pair, "same", of) for pair, of in said.items()])
        metrics.refresh(change.cursor, changed="match_decision")
        [(name,)] = change.cursor.execute(
            f"SELECT coalesce(name, {entity}_id, '') FROM crm.{entity} WHERE row_id = ?", [row_id]
        ).fetchall()
        values = _values(change, entity, chosen)
        change.subject, change.detail = entity, {"values": values, "records": [name]}


def _pairs(change: Change, entity: str, row_id: int, said: str) -> list[Pair]:
    """The pairs within the record of a row among those that `said` gives: SQL of the row_keys `one`
    and `other`, its parameter $entity."""
    return change.cursor.execute(
        f"""
        SELECT DISTINCT least(m.row_id, o.row_id), greatest(m.row_id, o.row_id)
        FROM ({said}) AS said
        JOIN mart.member AS m ON m.row_key = said.one
        JOIN mart.member AS o ON o.row_key = said.other AND (o.entity, o.key) = (m.entity, m.key)
        WHERE {OF_ONE} ORDER BY ALL
        """,
        {"entity": entity, "row": row_id},
    ).fetchall()


def _members(change: Change, entity: str, row_id: int) -> set[int]:
    rows = change.cursor.execute(
        f"SELECT row_id FROM mart.member AS m WHERE {OF_ONE}", {"entity": entity, "row": row_id}
    ).fetchall()
    return {row[0] for row in rows}


def _values(change: Change, entity: str, chosen: Mapping[str, int]) -> dict[str, str | None]:
    """What the chosen rows say, for the audit."""
    found = {}
    for name, row in chosen.items():
        [(value,)] = change.cursor.execute(
            f"SELECT {name}::VARCHAR FROM crm.{entity} WHERE row_id = ?", [row]
        ).fetchall()
        found[name] = value
    return found
