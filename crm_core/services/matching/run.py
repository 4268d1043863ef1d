"""Matching the store's records: pairs found, the sure ones merged, the others to be asked."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crm_core import matching
from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.matching import ENTITIES, MERGE
from crm_core.services import merging
from crm_core.services.matching import exchange, kept
from crm_core.services.matching.queue import waiting_of
from crm_core.services.merging import Decision
from crm_core.services.merging.decide import note, said_same
from crm_core.services.merging.merge import AREA, write
from crm_core.store import Change, Store

_SCORED, _TOUCHED = "scored_pairs", "touched_rows"


@dataclass(frozen=True)
class Run:
    """What a run came to: `pairs` scored, records `merged` away, those of the pairs that wait for
    people (`review`)."""

    pairs: int
    merged: int
    review: int
    seconds: float


class _DryRun(Exception):  # noqa: N818 - leaves a change that must not commit
    pass


def run(
    store: Store,
    actor: Actor,
    entity: str = "customer",
    *,
    threshold: float = MERGE,
    dry_run: bool = False,
    export: Path | None = None,
    decisions: Sequence[Decision] = (),
    step: Callable[[str], None] = lambda _step: None,
) -> Run:
    """Match all records of an entity, merge what is sure and keep the rest for people.

    Rows that other sheets told of are matched too: a customer that only orders name is as likely
    to be one that is known. What people have said so far and `decisions` teach the model and hold.
    `threshold`: the probability from which pairs are merged by rule. `export`: a CSV file to write
    every scored pair to. `dry_run` gives the same figures and changes nothing. `step` is told what
    is done (compare, merge); what it raises ends the run, with nothing changed.

    Refused: match_entity, match_threshold, match_unwritten, record_unknown.
    """
    if entity not in ENTITIES:
        raise Refused("match_entity", entity=entity, known=", ".join(ENTITIES))
    if not 0 < threshold <= 1:
        raise Refused("match_threshold", value=str(threshold))
    started = time.perf_counter()
    step("compare")
    with store.read() as cursor:
        told = [matching.Decision(one.left, one.right, one.verdict == "same") for one in decisions]
        matched = matching.match(
            cursor,
            entity,
            kept.records_of(entity),
            into=_SCORED,
            threshold=threshold,
            decisions=[*kept.decisions(cursor, entity), *told],
        )
        step("merge")
        if export:
            exchange.write(cursor, _SCORED, kept.records_of(entity), export)
        try:
            with store.change(actor, f"{entity}.match", area=AREA, staging=cursor) as change:
                note(change, actor, entity, decisions)
                kept.keep_learnt(change, entity, matched, threshold)
                done = _publish(change, entity, started)
                if dry_run:
                    raise _DryRun
        except _DryRun:
            pass
    return done


def after_load(store: Store, actor: Actor, batch: int) -> dict[str, Run]:
    """Match what a load brought against the store, where its records were matched before.

    So is what came since the last matching: a load before this one may have been cut off there.
    They are judged as the last run learnt, with its threshold. Where that no longer serves (other
    columns than then, or twice the records), all records are matched anew.
    """
    found = {entity: _incoming(store, actor, entity, batch) for entity in merging.MERGED}
    return {entity: done for entity, done in found.items() if done}


def _incoming(store: Store, actor: Actor, entity: str, batch: int) -> Run | None:
    started = time.perf_counter()
    with store.read() as cursor:
        learnt = kept.learnt(cursor, entity)
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE {_TOUCHED} AS"
            f" SELECT row_id FROM crm.{entity} WHERE batch_id = $batch OR change_id >"
            " (SELECT max(change_id) FROM app.change WHERE action = $action)",
            {"batch": batch, "action": f"{entity}.match"},
        )
        if learnt is None or not cursor.execute(f"FROM temp.{_TOUCHED} LIMIT 1").fetchone():
            return None
        matched = matching.match(
            cursor,
            entity,
            kept.records_of(entity),
            into=_SCORED,
            only=f"temp.{_TOUCHED}",
            model=learnt.model,
            decisions=kept.decisions(cursor, entity),
            threshold=learnt.threshold,
        )
        with store.change(actor, f"{entity}.match", area=AREA, staging=cursor) as change:
            if matched.anew:
                kept.keep_learnt(change, entity, matched, learnt.threshold)
            touched = None if matched.anew else _TOUCHED
            return _publish(change, entity, started, touched=touched)


def _publish(change: Change, entity: str, started: float, *, touched: str | None = None) -> Run:
    kept.keep_pairs(change, entity, _SCORED, touched=touched)
    merged = write(change, entity, kept.to_merge(change.cursor, entity, _SCORED), "rule")
    if said := said_same(change, entity):
        merged += write(change, entity, said, "review")
    [(pairs,)] = change.cursor.execute(f"SELECT count(*) FROM temp.{_SCORED}").fetchall()
    review = waiting_of(change.cursor, entity, _SCORED)
    change.detail = {"pairs": pairs, "merged": merged, "review": review}
    return Run(pairs, merged, review, round(time.perf_counter() - started, 2))
