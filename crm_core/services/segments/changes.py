"""What changed since the reader last looked.

The marker moves when the reader says that the news was seen, and on the very first look, which
has nothing to compare with. It does not move by itself: news that a reader closed unread, or
that a filter click swept away, would be lost.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import duckdb

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.store import Store

KINDS = ("new", "late", "corrected", "reclassified", "removed")


@dataclass(frozen=True)
class Changed:
    """Rows of one kind of change, in one segment (or in all: segment None, see `by_kind`)."""

    kind: str
    segment: str | None
    currency: str | None
    rows: int
    amount: Decimal
    """The difference it made to revenue."""


def latest(store: Store, _actor: Actor) -> datetime | None:
    """When the customer data were last changed, UTC; None in a store without any."""
    with store.read() as cursor:
        [(at,)] = cursor.execute(
            "SELECT max(committed_at) FROM app.change WHERE area = 'crm'"
        ).fetchall()
    return at if isinstance(at, datetime) else None


def last_look(store: Store, actor: Actor, page: str) -> datetime | None:
    """The state of the data (UTC) that the reader last took note of; None: never looked."""
    with store.read() as cursor:
        [(at,)] = cursor.execute(
            "SELECT max(looked_at) FROM app.last_look WHERE actor_id = ? AND page = ?",
            [actor.id, page],
        ).fetchall()
    return at if isinstance(at, datetime) else None


def look(store: Store, actor: Actor, page: str, seen: datetime) -> None:
    """The reader took note of the data as of `seen` (from `latest`, when the page was drawn).

    Not a business change: there is no audit row and no version. Two sessions of one reader may
    say so at once; one of them is enough.
    """
    with store.read() as cursor, suppress(duckdb.TransactionException):
        cursor.begin()
        cursor.execute(
            "DELETE FROM app.last_look WHERE actor_id = ? AND page = ?", [actor.id, page]
        )
        cursor.execute("INSERT INTO app.last_look VALUES (?, ?, ?)", [actor.id, page, seen])
        cursor.commit()


def since(store: Store, _actor: Actor, basis: str, seen: datetime) -> list[Changed]:
    """How revenue came from what it was at `seen` to what it is: a row per segment and kind."""
    with store.read() as cursor:
        rows = metrics.run(cursor, "segment_changes", {"basis": basis, "since": seen}).to_pylist()
    return [Changed(**row) for row in rows]


def by_kind(changes: Sequence[Changed], currency: str | None) -> list[Changed]:
    """One line per kind, in one currency. A reclassified row stands in two segments: once here."""
    found = []
    for kind in KINDS:
        rows = [row for row in changes if row.kind == kind and row.currency == currency]
        if rows:
            count = sum(row.rows for row in rows)
            found.append(
                Changed(
                    kind=kind,
                    segment=None,
                    currency=currency,
                    rows=count // 2 if kind == "reclassified" else count,
                    amount=sum((row.amount for row in rows), Decimal(0)),
                )
            )
    return found
