"""The merges in force, and taking them back."""

from collections.abc import Sequence
from typing import Any

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.merging.merge import AREA
from crm_core.services.merging.records import check
from crm_core.store import Store

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
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def unmerge(store: Store, actor: Actor, merge_ids: Sequence[int]) -> int:
    """Take merges back: the records are two again, as their sources tell them; how many were.

    What had been merged into a record that is set free stays with it. Refused("merge_unknown")
    where one is not in force (any more); then none is taken back.
    """
    with store.change(actor, "merge.undo", area=AREA) as change:
        asked = "merge_id IN (SELECT unnest(?::BIGINT[]))"
        done = change.retire("crm.merge", asked, [list(merge_ids)])
        if done < len(set(merge_ids)):
            raise Refused("merge_unknown")
        metrics.refresh(change.cursor)
        change.detail = {"merges": list(merge_ids)}
    return done
