"""The messages of a store: recorded once, looked at, sent again by hand."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import make_msgid

import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Problem, Refused
from crm_core.services.clock import utc_now
from crm_core.services.outbox.channels import AREA, MAIL
from crm_core.store import Change, Store

_DOMAIN = "crm-cockpit.local"
_COLUMNS = (
    *("message_id", "channel", "recipient", "subject", "body", "recorded_at", "state"),
    *("attempts", "next_at", "problem", "sent_at"),
)


@dataclass(frozen=True)
class Recipients:
    """Who is told."""

    emails: tuple[str, ...] = ()
    webhooks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Message:
    """A message to one recipient; `state` is waiting, sent or failed (given up)."""

    message_id: str
    channel: str
    recipient: str | None
    subject: str
    body: str
    recorded_at: datetime
    state: str
    attempts: int
    next_at: datetime
    problem: Problem | None
    sent_at: datetime | None


def record(
    change: Change, to: Recipients, subject: str, body: str, now: datetime | None = None
) -> list[str]:
    """Record a message to each recipient as part of `change`; their Message-IDs.

    It is sent if and only if the change commits.
    """
    at = now or utc_now()
    targets = [(MAIL, address) for address in dict.fromkeys(to.emails)]
    targets += [(name, None) for name in dict.fromkeys(to.webhooks)]  # type: ignore[misc]
    ids = [make_msgid(domain=_DOMAIN) for _ in targets]
    for message_id, (channel, recipient) in zip(ids, targets, strict=True):
        change.cursor.execute(
            "INSERT INTO app.message VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?, NULL, NULL, ?)",
            [message_id, channel, recipient, subject, body, at, at, change.change_id],
        )
    return ids


def tell(
    store: Store, actor: Actor, to: Recipients, subject: str, body: str, now: datetime | None = None
) -> list[str]:
    """Record a message that tells of no change, such as a test; their Message-IDs."""
    with store.change(actor, "message.record", area=AREA) as change:
        ids = record(change, to, subject, body, now)
        change.subject = ", ".join(ids)
    return ids


def messages(
    store: Store, _actor: Actor, *, state: str | None = None, limit: int = 100
) -> list[Message]:
    """The newest messages, of one state or all."""
    return _messages(
        store, "coalesce(state = ?, true) ORDER BY recorded_at DESC, message_id", [state], limit
    )


def due(store: Store, now: datetime) -> list[Message]:
    """The messages whose next attempt is due, the oldest first."""
    condition = "state = 'waiting' AND next_at <= ? ORDER BY recorded_at, message_id"
    return _messages(store, condition, [now], 200)


def retry(store: Store, actor: Actor, message_id: str, now: datetime | None = None) -> None:
    """Try a message once more that waits or was given up. Refused("message_unknown")."""
    at = now or utc_now()
    with store.change(actor, "message.retry", area=AREA, subject=message_id) as change:
        change.cursor.execute(
            "UPDATE app.message SET state = 'waiting', next_at = ?"
            " WHERE message_id = ? AND state <> 'sent'",
            [at, message_id],
        )
        done = change.cursor.fetchone()
        if not done or not done[0]:
            raise Refused("message_unknown")


def _messages(store: Store, condition: str, params: list[object], limit: int) -> list[Message]:
    with store.read() as cursor:
        rows = cursor.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM app.message WHERE {condition} LIMIT ?",
            [*params, limit],
        ).fetchall()
    return [_message(dict(zip(_COLUMNS, row, strict=True))) for row in rows]


def problem_of(kept: str | None) -> Problem | None:
    """Why the last attempt at a message failed, from what the store keeps of it."""
    told = simplejson.loads(kept) if kept else None
    return Problem(told.pop("code"), told) if told else None


def _message(row: dict[str, object]) -> Message:
    found = problem_of(str(row["problem"]) if row["problem"] else None)
    return Message(**(row | {"problem": found}))  # type: ignore[arg-type]
