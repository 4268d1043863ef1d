"""The command `feeds`: what each brought last, and one looked at now."""

import argparse
from pathlib import Path
from typing import Any

from crm_core.cli.console import Console
from crm_core.domain.actor import LOCAL
from crm_core.domain.feeds import State
from crm_core.services import feeds as service
from crm_core.services import outbox
from crm_core.services.clock import utc_now
from crm_core.services.feeds import words
from crm_core.services.feeds.deliveries import COUNTS, Delivery
from crm_core.store import Store

COLUMNS = [
    *("feed", "active", "file", "seen_at", "state", *COUNTS),
    *("alarms", "looked_at", "next_look"),
]
BROUGHT = ["file", "state", "alarm", *COUNTS, "reasons"]


def feeds(args: argparse.Namespace, store: Store, console: Console) -> int:
    """List the feeds, or look at one; 1 if something of it waits for a person or was refused."""
    if args.run is None:
        console.rows([_row(row) for row in service.rows(store, LOCAL, utc_now())], COLUMNS)
        return 0
    feed = service.named(store, LOCAL, args.run)
    look = service.run(store, LOCAL, feed.feed_id)
    outbox.send_due(store, LOCAL)
    console.rows([_brought(one, console) for one in look.deliveries], BROUGHT)
    for problem in look.problems:
        console.tell(problem)
    held = [one for one in look.deliveries if one.state in (State.WAITING, State.REFUSED)]
    for one in held:
        for problem in one.problems:
            console.say(f"{one.path}: {words.said(console.texts, problem)}")
    return 1 if held else 0


def _row(row: service.Row) -> dict[str, Any]:
    last = row.last
    return {
        "feed": row.defined.feed.name,
        "active": row.defined.active,
        "file": Path(last.path).name if last else None,
        "seen_at": last.seen_at if last else None,
        "state": last.state.value if last else None,
        **{name: getattr(last, name) if last else None for name in COUNTS},
        "alarms": ", ".join(row.alarms),
        "looked_at": row.looked_at,
        "next_look": row.next_look,
    }


def _brought(one: Delivery, console: Console) -> dict[str, Any]:
    reasons = [words.said(console.texts, problem) for problem in one.problems]
    return {
        "file": Path(one.path).name,
        "state": one.state.value,
        "alarm": one.alarm.value if one.alarm else None,
        **{name: getattr(one, name) for name in COUNTS},
        "reasons": " ".join(reasons),
    }
