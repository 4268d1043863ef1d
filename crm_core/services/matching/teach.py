"""What people said teaches the model, and what they said is the same is merged."""

from crm_core import matching
from crm_core.domain.actor import Actor
from crm_core.services import merging
from crm_core.services.matching import kept
from crm_core.services.merging.merge import AREA
from crm_core.services.merging.records import check
from crm_core.store import Store

_SCORED, _PAIRS = "scored_pairs", "kept_pairs"


def finish(store: Store, actor: Actor, entity: str) -> int:
    """Merge what people said is the same and ask anew of the rest; how many were merged away.

    Refused("entity_not_merged").
    """
    merged = merging.apply(store, actor, entity)
    teach(store, actor, entity)
    return merged


def teach(store: Store, actor: Actor, entity: str) -> None:
    """Judge the kept pairs anew by what people said. Nothing is merged."""
    check(entity)
    with store.read() as cursor:
        learnt = kept.learnt(cursor, entity)
        decisions = kept.decisions(cursor, entity)
        if learnt is None or not decisions:
            return
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE {_PAIRS} AS SELECT left_row_id, right_row_id, pattern"
            f" FROM crm.match_pair JOIN crm.{entity} AS one ON one.row_id = left_row_id"
            f" JOIN crm.{entity} AS other ON other.row_id = right_row_id WHERE entity = ?",
            [entity],
        )
        model = matching.answered(cursor, _PAIRS, learnt.model, decisions)
        matching.score(
            cursor,
            entity,
            kept.records_of(entity),
            _PAIRS,
            model,
            into=_SCORED,
            threshold=learnt.threshold,
            decisions=decisions,
        )
        with store.change(actor, f"{entity}.teach", area=AREA, staging=cursor) as change:
            kept.keep_pairs(change, entity, _SCORED)
            change.subject, change.detail = entity, {"decisions": len(decisions)}
