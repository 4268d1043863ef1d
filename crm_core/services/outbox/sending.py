"""Sending what is due: at least once, each time with the same Message-ID, later and later."""

import logging
import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Problem, Refused
from crm_core.services.clock import Clock, utc_now
from crm_core.services.outbox import mail, webhook
from crm_core.services.outbox.channels import AREA, MAIL, Channels, channels
from crm_core.services.outbox.messages import Message, due
from crm_core.store import Store

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=3)
_LOCKS: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)


@dataclass(frozen=True)
class Sent:
    """What a round of sending did."""

    sent: int
    failed: int
    """Attempts that failed; they are repeated unless given up."""


def send_due(store: Store, actor: Actor, clock: Clock = utc_now) -> Sent:
    """Send every message that is due, and note each one's fate at once.

    A program that dies between sending and noting sends that message again.
    """
    with _LOCKS[store.path]:
        todo = due(store, clock())
        known = channels(store, actor) if todo else Channels()
        failed = 0
        with mail.Connection(store, known.mail) as connection:
            for message in todo:
                problem = _send(store, message, known, connection)
                _note(store, actor, message, problem, clock())
                failed += problem is not None
    return Sent(len(todo) - failed, failed)


def _send(
    store: Store, message: Message, known: Channels, connection: mail.Connection
) -> Problem | None:
    """Why the message could not be sent; None: it was."""
    try:
        if message.channel == MAIL:
            connection.send(message)
        elif message.channel in known.webhooks:
            webhook.send(store, known.webhooks[message.channel], message)
        else:
            raise Refused("channel_missing", channel=message.channel)
    except Refused as refusal:
        return refusal.problem
    except Exception as error:
        log.exception("a message could not be sent")
        return Problem("message_failed", {"reason": type(error).__name__})
    return None


def _note(
    store: Store, actor: Actor, message: Message, problem: Problem | None, now: datetime
) -> None:
    if problem is None:
        with store.change(actor, "message.sent", area=AREA, subject=message.message_id) as change:
            change.cursor.execute(
                "UPDATE app.message SET state = 'sent', attempts = attempts + 1, sent_at = ?,"
                " problem = NULL WHERE message_id = ?",
                [now, message.message_id],
            )
            change.detail = {"channel": message.channel, "recipient": message.recipient}
        return
    with store.change(actor, "message.failed", area=AREA, subject=message.message_id) as change:
        change.cursor.execute(
            "UPDATE app.message SET state = ?, attempts = attempts + 1, next_at = ?, problem = ?"
            " WHERE message_id = ?",
            [
                "failed" if now - message.recorded_at > GIVEN_UP_AFTER else "waiting",
                now + min(FIRST_PAUSE * 2 ** min(message.attempts, 20), LONGEST_PAUSE),
                simplejson.dumps({"code": problem.code, **problem.params}, default=str),
                message.message_id,
            ],
        )
        change.detail = {"channel": message.channel, "code": problem.code}
