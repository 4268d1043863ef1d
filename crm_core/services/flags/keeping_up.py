"""Evaluating only where something changed: on a look at the page, and in the background."""

import threading
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from crm_core.domain.actor import Actor
from crm_core.services.flags.evaluating import Evaluation, evaluate
from crm_core.store import Store

_AREAS = ("crm", "programme", "settings", "feeds")
"""Of the store: what rules read."""
_LOCK = threading.Lock()
_LAST: WeakKeyDictionary[Store, tuple[tuple[Any, ...], Evaluation]] = WeakKeyDictionary()


def keep_up(store: Store, actor: Actor, now: datetime) -> Evaluation:
    """Evaluate the rules if the store or the day has changed since they were; what was found last.

    An evaluation that writes is a change of the store: the next call evaluates once more, finds
    nothing to do, and all is quiet.
    """
    state = (now.date(), *(store.version(area) for area in _AREAS))
    with _LOCK:
        known = _LAST.get(store)
    if known and known[0] == state:
        return known[1]
    found = evaluate(store, actor, now)
    with _LOCK:
        _LAST[store] = state, found
    return found
