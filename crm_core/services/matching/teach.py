"""What people said teaches the model, and what they said is the same is merged."""

from collections.abc import Iterator
from contextlib import contextmanager

from crm_core import matching
from crm_core.domain.actor import Actor
from crm_core.services import merging
from crm_core.services.matching import kept
from crm_core.services.merging.decide import said_same
from crm_core.services.merging.merge import AREA, write
from crm_core.services.merging.naming import MOST_NAMED
from crm_core.services.merging.records import check
from crm_core.store import Change, Store

_SCORED, _PAIRS = "scored_pairs", "kept_pairs"


def finish(store: Store, actor: Actor, entity: str) -> int:
    """Merge what people said is the same, judge the rest by it, and merge what is sure by now.

    How many records were merged away. Refused("entity_not_merged").
    """
    check(entity)
    with _judged(store, actor, entity, "merge") as change:
        if change is None:
            return merging.apply(store, actor, entity)
        merged = write(change, entity, said_same(change, entity), "review")
        records = change.detail["records"]
        if sure := kept.to_merge(change.cursor, entity, _SCORED):
            merged += write(change, entity, sure, "rule")
            records += change.detail["records"]
        change.detail = {"merged": merged, "records": records[:MOST_NAMED]}
    return merged


def teach(store: Store, actor: Actor, entity: str) -> None:
    """Judge the kept pairs anew by what people said. Nothing is merged."""
    check(entity)
    with _judged(store, actor, entity, "teach") as change:
        if change is not None:
            change.subject = entity


@contextmanager
def _judged(store: Store, actor: Actor, entity: str, action: str) -> Iterator[Change | None]:
    """The change in which the pairs, judged anew, are kept; None where nothing was learnt."""
    with store.read() as cursor:
        learnt = kept.learnt(cursor, entity)
        decisions = kept.decisions(cursor, entity)
        if learnt is None or not decisions:
            yield None
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
        with store.change(actor, f"{entity}.{action}", area=AREA, staging=cursor) as change:
            kept.keep_pairs(change, entity, _SCORED)
            change.detail = {"decisions": len(decisions)}
            yield change
