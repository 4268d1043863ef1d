"""Links by which respondents reach their own sheet: signed, expiring, replaced at will."""

import secrets
import threading
from dataclasses import replace
from datetime import date, timedelta

from itsdangerous import BadData, URLSafeSerializer

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.checklists import respondents
from crm_core.services.checklists.editions import AREA
from crm_core.services.checklists.respondents import Respondent
from crm_core.services.clock import Clock, utc_now
from crm_core.services.outbox import secret
from crm_core.store import Store

PAGE = "answer"
"""The address of the page that a link opens, with ?token=…"""
USUAL_DAYS, MOST_DAYS = 30, 365
_SECRET = "links"
_LOCK = threading.Lock()


def make(
    store: Store,
    actor: Actor,
    respondent: str,
    days: int = USUAL_DAYS,
    clock: Clock = utc_now,
) -> str:
    """A token for a respondent, good for so many days; earlier ones stay good.

    Refused: respondent_unknown; link_days.
    """
    who = respondents.respondent(store, actor, respondent)
    if not who.link:
        who = renew(store, actor, respondent)
    return token(store, who, days, clock)


def renew(store: Store, actor: Actor, respondent: str) -> Respondent:
    """Make every link of a respondent worthless that was made so far. Refused as `make`."""
    with store.change(actor, "link.renew", area=AREA) as change:
        who = respondents.one(change.cursor, respondent)
        change.subject = who.assessment
        change.detail = {"respondent": respondent, "link": who.link + 1}
        respondents.write(change, replace(who, link=who.link + 1))
    return replace(who, link=who.link + 1, version=who.version + 1)


def token(store: Store, who: Respondent, days: int, clock: Clock) -> str:
    """The same for a respondent who has a link."""
    if not 1 <= days <= MOST_DAYS:
        raise Refused("link_days", limit=MOST_DAYS)
    last = clock().date() + timedelta(days=days)
    return str(_serializer(store).dumps([who.id, who.link, last.isoformat()]))


def respondent(store: Store, token: str, clock: Clock = utc_now) -> Respondent:
    """Whose sheet a link opens.

    Refused: link_wrong for one that this store did not sign; link_expired; link_replaced;
    respondent_unknown.
    """
    try:
        key, number, last = _serializer(store).loads(token)
        day = date.fromisoformat(last)
    except (BadData, ValueError, TypeError) as error:
        raise Refused("link_wrong") from error
    if day < clock().date():
        raise Refused("link_expired", day=day)
    with store.read() as cursor:
        who = respondents.one(cursor, key)
    if who.link != number:
        raise Refused("link_replaced")
    return who


def _serializer(store: Store) -> URLSafeSerializer:
    """It signs with the store's own key, which lies beside the store and in no backup of it."""
    with _LOCK:
        key = secret.read(store, _SECRET)
        if key is None:
            key = secrets.token_urlsafe(32)
            secret.write(store, _SECRET, key)
    return URLSafeSerializer(key, salt="respondent")
