"""Taking one file: compare it, then load it or hold it; safe against being cut off anywhere."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from crm_core.domain.actor import Actor
from crm_core.domain.feeds import Alarm, Feed, State, stream
from crm_core.domain.problems import Problem, Refused
from crm_core.services import imports, recipes
from crm_core.services.clock import Clock
from crm_core.services.feeds import alarms, deliveries, waiting
from crm_core.services.feeds.define import AREA, Defined, recipe_path
from crm_core.services.feeds.deliveries import Delivery
from crm_core.services.feeds.finding import Arrived, digest, stated
from crm_core.services.feeds.judging import Verdict, judge
from crm_core.services.imports import ImportResult, Upload
from crm_core.store import Store

log = logging.getLogger(__name__)


def take(
    store: Store, actor: Actor, defined: Defined, file: Arrived, clock: Clock
) -> Delivery | Problem:
    """What became of a file that has arrived whole; a problem if it changed while it was read."""
    content = digest(file)
    changed = Problem("feed_still_growing", {"file": file.path.name})
    if content is None:
        return changed
    delivery = Delivery(
        deliveries.number(store),
        defined.feed_id,
        str(file.path),
        stream(file.path.name),
        file.size,
        file.modified,
        content,
        clock(),
        State.KNOWN,
        is_shape=False,
    )
    if _is_known(store, delivery):
        _settle(store, actor, defined.feed, "delivery.known", delivery, clock())
        return delivery
    try:
        with reading(store, actor, defined.feed, file.path) as upload:
            if stated(file.path) != file:
                return changed
            verdict = judge(store, actor, defined.feed_id, defined.feed, upload, delivery.stream)
            judged = _judged(delivery, verdict)
            if verdict.alarm is None:
                return load(store, actor, defined.feed, judged, upload, clock)
    except Refused as refusal:
        if not refusal.problem.code.startswith(("recipe_", "entity_")):
            raise
        judged = _judged(delivery, Verdict(Alarm.REFUSED, (refusal.problem,), readable=False))
    return _hold(store, actor, defined.feed, judged, clock())


@contextmanager
def reading(store: Store, actor: Actor, feed: Feed, path: Path) -> Iterator[Upload]:
    """The file as it is read for a feed, with its recipe. Raises what prepare does."""
    recipe = recipes.load(recipe_path(store, feed.recipe)) if feed.recipe else recipes.kept(store)
    with imports.prepare(store, actor, [path], entity=feed.entity, recipe=recipe) as upload:
        yield upload


def load(
    store: Store, actor: Actor, feed: Feed, delivery: Delivery, upload: Upload, clock: Clock
) -> Delivery:
    """Load it. Cut off before or after the load itself, the next look finds what happened."""
    with store.change(actor, "delivery.begin", area=AREA, subject=feed.name) as change:
        deliveries.put(change, replace(delivery, state=State.LOADING))
        change.detail = {"file": Path(delivery.path).name}
    result = imports.load(store, actor, upload)
    return finish(store, actor, feed, _counted(delivery, result), clock())


def finish(store: Store, actor: Actor, feed: Feed, delivery: Delivery, now: datetime) -> Delivery:
    """Note that a delivery is loaded, and end the alarms that it ends."""
    loaded = replace(delivery, state=State.LOADED)
    _settle(store, actor, feed, "delivery.load", loaded, now)
    waiting.forget(store, delivery.delivery_id)
    return loaded


def resume(store: Store, actor: Actor, defined: Defined, clock: Clock) -> None:
    """Finish what was cut off: a load that happened is noted, one that did not is begun anew."""
    condition = "feed_id = ? AND state = ?"
    for delivery in deliveries.select(store, condition, [defined.feed_id, State.LOADING]):
        batch = _batch_of(store, delivery)
        if batch is not None:
            finish(store, actor, defined.feed, batch, clock())
            continue
        with store.change(actor, "delivery.again", area=AREA, subject=defined.feed.name) as change:
            if delivery.alarm is None:
                change.retire("app.delivery", "delivery_id = ?", [delivery.delivery_id])
            else:  # a person had decided to load it, and is asked again
                deliveries.put(change, replace(delivery, state=State.WAITING))


def _settle(
    store: Store, actor: Actor, feed: Feed, action: str, delivery: Delivery, now: datetime
) -> None:
    with store.change(actor, action, area=AREA, subject=feed.name) as change:
        deliveries.put(change, delivery)
        alarms.clear(change, delivery.feed_id, feed, delivery.seen_at, now)
        change.detail = {"file": Path(delivery.path).name, "batch": delivery.batch_id}


def _hold(store: Store, actor: Actor, feed: Feed, delivery: Delivery, now: datetime) -> Delivery:
    """Keep it for a person's decision, and raise its alarm in the same change."""
    if delivery.state is State.WAITING:
        waiting.keep(store, delivery)
    with store.change(actor, "delivery.hold", area=AREA, subject=feed.name) as change:
        deliveries.put(change, delivery)
        alarms.raise_for(change, feed, delivery)
        alarms.clear(change, delivery.feed_id, feed, delivery.seen_at, now)
        change.detail = {"file": Path(delivery.path).name, "alarm": delivery.alarm}
    return delivery


def _judged(delivery: Delivery, verdict: Verdict) -> Delivery:
    held = State.WAITING if verdict.readable else State.REFUSED
    return replace(
        delivery,
        state=State.LOADING if verdict.alarm is None else held,
        alarm=verdict.alarm,
        problems=verdict.problems,
        shape=verdict.shape,
        lines=verdict.lines,
        is_shape=verdict.alarm is None,
    )


def _counted(delivery: Delivery, result: ImportResult) -> Delivery:
    counted = _with_counts(
        delivery,
        result.batch,
        [(file.loaded, file.updated, file.quarantined) for file in result.files],
    )
    if (came := result.arrivals) is None or came.problem:
        return counted
    merged, review = sum(came.merged.values()), sum(came.review.values())
    return replace(counted, merged=merged, review=review)


def _batch_of(store: Store, delivery: Delivery) -> Delivery | None:
    """The delivery with its batch, if its load was committed before the program was cut off."""
    paths = [delivery.path, str(waiting.copy_of(store, delivery))]
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT batch_id, loaded, updated, quarantined FROM crm.batch_file"
            " WHERE list_contains(?, path) AND batch_id > ?",
            [paths, delivery.change_id],
        ).fetchall()
    if not found:
        return None
    first = min(row[0] for row in found)
    return _with_counts(delivery, first, [row[1:] for row in found if row[0] == first])


def _with_counts(
    delivery: Delivery, batch: int | None, counts: Sequence[tuple[int, int, int]]
) -> Delivery:
    loaded, updated, quarantined = (sum(column) for column in zip(*counts, strict=True))
    return replace(
        delivery, batch_id=batch, loaded=loaded, updated=updated, quarantined=quarantined
    )


def _is_known(store: Store, delivery: Delivery) -> bool:
    condition = "feed_id = ? AND digest = ? AND state <> ?"
    params = [delivery.feed_id, delivery.digest, State.LOADING]
    return bool(deliveries.select(store, condition, params, 1))
