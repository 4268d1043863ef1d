"""The merges in force, and taking them back."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.merging.decide import forget
from crm_core.services.merging.merge import AREA
from crm_core.services.merging.naming import INTO, MOST_NAMED, named
from crm_core.services.merging.records import Records, check, root
from crm_core.store import Change, Store, as_dicts

MOST_SHOWN = 500


def merges(
    store: Store, _actor: Actor, entity: str, *, name: str = "", made_by: str | None = None
) -> list[dict[str, Any]]:
    """The newest merges in force, each with the names of the two records as their rows tell them.

    Up to MOST_SHOWN. `name`: in the name of either; `made_by`: rule or review.
    Refused("entity_not_merged").
    """
    check(entity)
    with store.read() as cursor:
        found = cursor.execute(
            f"""
            SELECT merge_id, m.row_key, m.into_key, one.name, other.name AS into_name,
                one.row_id, other.row_id AS into_row_id, one.source_file, one.source_line,
                other.source_file AS into_source_file, other.source_line AS into_source_line,
                made_by, probability, weight, fields, actor_name, committed_at
            FROM crm.merge AS m
            LEFT JOIN crm.{entity} AS one ON one.row_key = m.row_key
            LEFT JOIN crm.{entity} AS other ON other.row_key = m.into_key
            LEFT JOIN app.change AS made ON made.change_id = m.change_id
            WHERE m.entity = $entity AND ($made_by IS NULL OR made_by = $made_by)
                AND ($name = '' OR contains(lower(coalesce(one.name, '')), lower($name))
                    OR contains(lower(coalesce(other.name, '')), lower($name)))
            ORDER BY merge_id DESC LIMIT {MOST_SHOWN}
            """,
            {"entity": entity, "name": name.strip(), "made_by": made_by},
        )
        return as_dicts(found)


def unmerge(store: Store, actor: Actor, merge_ids: Sequence[int]) -> int:
    """Take merges back: the records are two again, as their sources tell them; how many were.

    What had been merged into a record that is set free stays with it. No rule merges the two
    again; people may, and are asked again where they had said the same. Refused("merge_unknown")
    where one is not in force (any more); then none is taken back.
    """
    with store.change(actor, "merge.undo", area=AREA) as change:
        said = {
            name: _said_same(change, name) | direct
            for name, direct in _directly(change, merge_ids).items()
        }
        records = _named(change, merge_ids)
        asked = "merge_id IN (SELECT unnest(?::BIGINT[]))"
        done = change.retire("crm.merge", asked, [list(merge_ids)])
        if done < len(set(merge_ids)):
            raise Refused("merge_unknown")
        for name, pairs in said.items():
            _ask_again(change, name, pairs)
        metrics.refresh(change.cursor, changed="merge")
        change.detail = {"pairs": done, "records": records}
    return done


def _named(change: Change, merge_ids: Sequence[int]) -> list[str]:
    """What is taken back, by name."""
    rows = change.cursor.execute(
        "SELECT entity, row_key, into_key FROM crm.merge"
        " WHERE merge_id IN (SELECT unnest(?::BIGINT[])) ORDER BY merge_id",
        [list(merge_ids)],
    ).fetchall()
    return [
        name
        for entity, one, into in rows[:MOST_NAMED]
        for name in named(change.cursor, entity, [(one, INTO, into)])
    ]


def _directly(change: Change, merge_ids: Sequence[int]) -> dict[str, set[tuple[str, str]]]:
    """Entity -> the row_keys of what was merged and what it was merged into, the smaller first."""
    rows = change.cursor.execute(
        "SELECT entity, least(row_key, into_key), greatest(row_key, into_key) FROM crm.merge"
        " WHERE merge_id IN (SELECT unnest(?::BIGINT[])) ORDER BY ALL",
        [list(merge_ids)],
    ).fetchall()
    found: dict[str, set[tuple[str, str]]] = {}
    for entity, left, right in rows:
        found.setdefault(entity, set()).add((left, right))
    return found


def _said_same(change: Change, entity: str) -> set[tuple[str, str]]:
    """The pairs of which a person said that they are the same, and which are one record.

    Two that are merged are one also while the load of one is taken back.
    """
    up = Records(change.cursor, entity).up()
    rows = change.cursor.execute(
        "SELECT left_key, right_key, coalesce(one.key = other.key, false)"
        " FROM crm.match_decision AS said"
        " LEFT JOIN temp.record AS one ON one.row_key = left_key"
        " LEFT JOIN temp.record AS other ON other.row_key = right_key"
        " WHERE said.entity = ? AND verdict = 'same'",
        [entity],
    ).fetchall()
    return {
        (left, right) for left, right, is_one in rows if is_one or root(left, up) == root(right, up)
    }


def _ask_again(change: Change, entity: str, said: AbstractSet[tuple[str, str]]) -> None:
    """What was said of pairs that are two records now is taken back, and people are asked anew."""
    apart = sorted(said - _said_same(change, entity))
    forget(change, entity, apart)
    change.cursor.execute(
        """
        UPDATE crm.match_pair SET band = 'review', why = NULL, said = NULL
        FROM temp.record AS one, temp.record AS other
        WHERE entity = $entity AND one.row_id = left_row_id AND other.row_id = right_row_id
            AND one.key <> other.key
            AND (
                (band = 'merge' AND said IS NULL)
                OR (least(one.row_key, other.row_key), greatest(one.row_key, other.row_key))
                    IN (SELECT (unnest($left::VARCHAR[]), unnest($right::VARCHAR[])))
            )
        """,
        {
            "entity": entity,
            "left": [left for left, _ in apart],
            "right": [right for _, right in apart],
        },
    )
