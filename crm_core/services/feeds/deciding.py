"""A person decides what becomes of a delivery that waits."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from crm_core.domain.actor import Actor
from crm_core.domain.feeds import Alarm, State
from crm_core.domain.problems import Refused
from crm_core.services import imports
from crm_core.services.clock import Clock, utc_now
from crm_core.services.feeds import alarms, define, deliveries, shape, taking, waiting
from crm_core.services.feeds.define import AREA, Defined
from crm_core.services.feeds.deliveries import Delivery
from crm_core.services.feeds.looking import alone
from crm_core.services.imports import Upload
from crm_core.services.imports.record import loadable
from crm_core.store import Store


class Decision(StrEnum):
    """What can be decided."""

    LOAD = "load"  # this once
    SHAPE = "shape"  # and the next deliveries are compared with it
    DISMISS = "dismiss"


def decide(
    store: Store, actor: Actor, delivery_id: int, decision: Decision, clock: Clock = utc_now
) -> Delivery:
    """Carry the decision out; the delivery as it then is.

    Refused: delivery_unknown; delivery_decided; delivery_gone; feed_running; and why it cannot
    be loaded at all.
    """
    held = _held(store, delivery_id)
    with alone(store, held.feed_id):
        held = _held(store, delivery_id)
        defined = define.by_id(store, held.feed_id)
        if decision is Decision.DISMISS:
            return _dismiss(store, actor, defined, held, clock)
        path = waiting.content(store, held)
        with taking.reading(store, actor, defined.feed, path) as upload:
            _require_loadable(store, actor, upload)
            shaped = replace(
                held,
                shape=shape.shape_of(store, upload),
                lines=shape.lines(upload),
                is_shape=_is_shape(store, held, decision),
            )
            return taking.load(store, actor, defined.feed, shaped, upload, clock)


def _held(store: Store, delivery_id: int) -> Delivery:
    found = deliveries.select(store, "delivery_id = ?", [delivery_id])
    if not found:
        raise Refused("delivery_unknown")
    if found[0].state not in (State.WAITING, State.REFUSED):
        raise Refused("delivery_decided", file=Path(found[0].path).name)
    return found[0]


def _is_shape(store: Store, held: Delivery, decision: Decision) -> bool:
    """Whether it is what the next one is compared with: where nothing was, the first one is."""
    if decision is Decision.SHAPE or held.alarm is not Alarm.SHAPE:
        return True
    return deliveries.expected(store, held.feed_id, held.stream) is None


def _require_loadable(store: Store, actor: Actor, upload: Upload) -> None:
    for problem in upload.problems.values():
        raise Refused(problem.code, **problem.params)
    if any(loadable(table.plan) for table in upload.tables):
        return
    for file in imports.load(store, actor, upload, dry_run=True).refused:
        assert file.problem
        raise Refused(file.problem.code, **file.problem.params)


def _dismiss(
    store: Store, actor: Actor, defined: Defined, held: Delivery, clock: Clock
) -> Delivery:
    left = replace(held, state=State.DISMISSED)
    with store.change(actor, "delivery.dismiss", area=AREA, subject=defined.feed.name) as change:
        deliveries.put(change, left)
        alarms.clear(change, held.feed_id, defined.feed, None, clock())
        change.detail = {"file": Path(held.path).name}
    waiting.forget(store, held.delivery_id)
    return left
