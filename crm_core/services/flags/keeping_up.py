"""Evaluating only what may have changed: on a look at the page, and beside it in the background."""

import threading
from dataclasses import dataclass, replace
from datetime import date, datetime
from weakref import WeakKeyDictionary

from crm_core.domain.actor import Actor
from crm_core.domain.goals import READER
from crm_core.reference.flags import flag_rules
from crm_core.services import goals
from crm_core.services.flags.evaluating import Evaluation, evaluate
from crm_core.services.flags.finding import AREAS
from crm_core.store import Store


@dataclass(frozen=True)
class _Look:
    """The day and the parts' versions of the last evaluation, and what it found."""

    day: date
    parts: dict[str, tuple[int, ...]]
    found: Evaluation


_LOCK = threading.Lock()
_LAST: WeakKeyDictionary[Store, _Look] = WeakKeyDictionary()


def keep_up(store: Store, actor: Actor, now: datetime) -> Evaluation:
    """Evaluate the rules that read what has changed since they were evaluated, all on a new day;
    what they found last.

    An evaluation that writes is a change of the registers: the next call evaluates the rules about
    those once more, finds nothing to do, and all is quiet.
    """
    with _LOCK:
        last = _LAST.get(store)
    if last and (last.day, last.parts) == (now.date(), _versions(store)):
        return last.found
    goals.keep_readings(store, READER, now.date())
    parts = _versions(store)
    if last and last.day == now.date():
        changed = {name for name in parts if parts[name] != last.parts[name]}
        found = _with_earlier(evaluate(store, actor, now, changed), last.found, changed)
    else:
        found = evaluate(store, actor, now)
    with _LOCK:
        _LAST[store] = _Look(now.date(), parts, found)
    return found


def _versions(store: Store) -> dict[str, tuple[int, ...]]:
    return {name: tuple(map(store.version, areas)) for name, areas in AREAS.items()}


def _with_earlier(found: Evaluation, earlier: Evaluation, changed: set[str]) -> Evaluation:
    """The failures of rules that were not evaluated again are still there."""
    rules = flag_rules()
    kept = {
        rule: reason
        for rule, reason in earlier.failed.items()
        if rule in rules and changed.isdisjoint(rules[rule].reads)
    }
    return replace(found, failed=kept | dict(found.failed))
