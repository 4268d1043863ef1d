"""What a load brought is matched against the store, once the load itself is safe."""

import logging

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Problem, Refused
from crm_core.services.imports.result import Arrivals, Progress
from crm_core.store import Store

log = logging.getLogger(__name__)


def match(store: Store, actor: Actor, batch: int, progress: Progress) -> Arrivals | None:
    """Match what a load brought; None where the store's records were never matched.

    Never fails: the load is in the store, whatever becomes of this.
    """
    if not _was_matched(store):
        return None
    progress("match", "", 0.0)
    try:
        from crm_core.services import matching  # splink is slow to import

        done = matching.after_load(store, actor, batch)
    except Refused as refusal:
        log.exception("a load was not matched")
        return Arrivals({}, {}, refusal.problem)
    except Exception as error:
        log.exception("a load was not matched")
        detail = {"batch": batch, "detail": type(error).__name__}
        return Arrivals({}, {}, Problem("load_not_matched", detail))
    merged = {entity: one.merged for entity, one in done.items()}
    return Arrivals(merged, {entity: one.review for entity, one in done.items()})


def _was_matched(store: Store) -> bool:
    with store.read() as cursor:
        return cursor.execute("FROM crm.match_model LIMIT 1").fetchone() is not None
