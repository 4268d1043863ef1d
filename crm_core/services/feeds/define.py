"""Setting feeds up: add, change, stop, remove."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crm_core.domain.actor import Actor
from crm_core.domain.feeds import Feed
from crm_core.domain.problems import Refused
from crm_core.reference import entities
from crm_core.services import outbox, recipes
from crm_core.services.clock import utc_now
from crm_core.services.feeds.schedule import trigger
from crm_core.services.outbox.address import mail_address
from crm_core.store import Change, Store

AREA = "feeds"
FOLDERS = "CRM_FEED_FOLDERS"
"""The only folders that feeds may read, parted as PATH is; unset: any folder."""
_LONGEST_NAME = 80
_LONGEST_SETTLING = 3600


@dataclass(frozen=True)
class Defined:
    """A feed of the store; `version` tells whether somebody changed it meanwhile."""

    feed_id: int
    feed: Feed
    active: bool
    created_at: datetime
    version: int


def read(store: Store, _actor: Actor) -> list[Defined]:
    """Every feed by name."""
    return _read(store, "true", [])


def named(store: Store, _actor: Actor, name: str) -> Defined:
    """The feed of that name; Refused("feed_unknown")."""
    found = _read(store, "name = ?", [name])
    if not found:
        raise Refused("feed_unknown", feed=name)
    return found[0]


def by_id(store: Store, feed_id: int) -> Defined:
    """The feed; Refused("feed_unknown")."""
    found = _read(store, "feed_id = ?", [feed_id])
    if not found:
        raise Refused("feed_unknown", feed=feed_id)
    return found[0]


def add(store: Store, actor: Actor, feed: Feed, now: datetime | None = None) -> Defined:
    """Set a feed up. Refused: see `check`; feed_name_taken."""
    check(store, actor, feed)
    with store.change(actor, "feed.add", area=AREA, subject=feed.name) as made:
        _require_free(made, feed.name, None)
        [(number,)] = made.cursor.execute("SELECT nextval('app.number')").fetchall()
        _put(made, Defined(number, feed, True, now or utc_now(), made.change_id))
        made.detail = feed.model_dump(mode="json", exclude_defaults=True)
    return by_id(store, number)


def change(store: Store, actor: Actor, feed_id: int, feed: Feed, version: int) -> Defined:
    """Say anew what a feed is. Refused: see `check`; feed_name_taken; feed_changed; feed_unknown.

    `version` is that of the feed as the person saw it.
    """
    check(store, actor, feed)
    with store.change(actor, "feed.change", area=AREA, subject=feed.name) as made:
        before = by_id(store, feed_id)
        if before.version != version:
            raise Refused("feed_changed", feed=before.feed.name)
        _require_free(made, feed.name, feed_id)
        made.detail = {
            "before": before.feed.model_dump(mode="json", exclude_defaults=True),
            "after": feed.model_dump(mode="json", exclude_defaults=True),
        }
        _put(made, Defined(feed_id, feed, before.active, before.created_at, made.change_id))
    return by_id(store, feed_id)


def set_active(store: Store, actor: Actor, feed_id: int, active: bool) -> None:
    """Stop a feed, or let it go on. Its open late alarm ends with it. Refused("feed_unknown")."""
    known = by_id(store, feed_id)
    action = "feed.start" if active else "feed.stop"
    with store.change(actor, action, area=AREA, subject=known.feed.name) as made:
        # Somebody else's change of the definition stays.
        last = by_id(store, feed_id)
        _put(made, Defined(feed_id, last.feed, active, utc_now(), made.change_id))
        if not active:
            _end_alarms(made, feed_id, "kind = 'late'")


def remove(store: Store, actor: Actor, feed_id: int) -> None:
    """Forget a feed; what it loaded stays, what waited is not loaded. Refused("feed_unknown")."""
    known = by_id(store, feed_id)
    with store.change(actor, "feed.remove", area=AREA, subject=known.feed.name) as made:
        made.retire("app.feed", "feed_id = ?", [feed_id])
        made.retire("app.delivery", "feed_id = ? AND state = 'waiting'", [feed_id])
        _end_alarms(made, feed_id, "true")
        made.detail = known.feed.model_dump(mode="json", exclude_defaults=True)


def check(store: Store, actor: Actor, feed: Feed) -> None:
    """Refused: feed_name, path_not_absolute, feed_folder_not_allowed, entity_unknown,
    feed_recipe, feed_minutes, feed_cron, feed_zone, feed_hours, feed_days, feed_share,
    feed_settling, mail_address, channel_missing.
    """
    if not feed.name.strip() or len(feed.name) > _LONGEST_NAME or not feed.name.isprintable():
        raise Refused("feed_name", value=feed.name, limit=_LONGEST_NAME)
    _check_place(store, feed)
    _check_times(feed)
    for share in (feed.least_share, feed.most_quarantined):
        if share is not None and not 0 <= share <= 1:
            raise Refused("feed_share", value=share)
    for address in feed.emails:
        mail_address(address)
    known = outbox.channels(store, actor).webhooks
    for name in feed.webhooks:
        if name not in known:
            raise Refused("channel_missing", channel=name)


def require_allowed(path: Path) -> None:
    """Refused("feed_folder_not_allowed") for what is outside the folders of CRM_FEED_FOLDERS."""
    allowed = [
        Path(part).resolve() for part in os.environ.get(FOLDERS, "").split(os.pathsep) if part
    ]
    if allowed and not any(path.resolve().is_relative_to(folder) for folder in allowed):
        raise Refused("feed_folder_not_allowed", path=str(path))


def _check_place(store: Store, feed: Feed) -> None:
    if "\0" in feed.path or not Path(feed.path).is_absolute():
        raise Refused("path_not_absolute", path=feed.path)
    require_allowed(Path(feed.path))
    if feed.entity is not None and feed.entity not in entities():
        raise Refused("entity_unknown", entity=feed.entity, known=", ".join(entities()))
    if feed.recipe is not None and not recipe_path(store, feed.recipe).is_file():
        raise Refused("feed_recipe", recipe=feed.recipe)


def _check_times(feed: Feed) -> None:
    try:
        ZoneInfo(feed.zone)
    except (KeyError, ValueError, OSError) as error:
        raise Refused("feed_zone", value=feed.zone) from error
    trigger(feed)
    if feed.expected_hours is not None and not 1 <= feed.expected_hours <= 24 * 366:
        raise Refused("feed_hours", value=feed.expected_hours)
    if feed.expected_by is not None and not set(feed.expected_days) & set(range(7)):
        raise Refused("feed_days")
    if not 0 <= feed.settle_seconds <= _LONGEST_SETTLING:
        raise Refused("feed_settling", value=feed.settle_seconds, limit=_LONGEST_SETTLING)


def recipe_path(store: Store, name: str) -> Path:
    """Where a kept mapping lies; only the file's own name counts."""
    return recipes.folder(store) / Path(name).name


def _require_free(made: Change, name: str, own: int | None) -> None:
    taken = made.cursor.execute(
        "SELECT 1 FROM app.feed WHERE lower(name) = lower(?) AND feed_id IS DISTINCT FROM ?",
        [name, own],
    ).fetchone()
    if taken:
        raise Refused("feed_name_taken", feed=name)


def _put(made: Change, defined: Defined) -> None:
    made.retire("app.feed", "feed_id = ?", [defined.feed_id])
    made.cursor.execute(
        "INSERT INTO app.feed VALUES (?, ?, ?, ?, ?, ?)",
        [
            *(defined.feed_id, defined.feed.name, defined.active),
            *(defined.feed.model_dump_json(), defined.created_at, made.change_id),
        ],
    )


def _end_alarms(made: Change, feed_id: int, condition: str) -> None:
    made.cursor.execute(
        f"UPDATE app.feed_alarm SET cleared_at = ? WHERE feed_id = ? AND cleared_at IS NULL"
        f" AND {condition}",
        [utc_now(), feed_id],
    )


def _read(store: Store, condition: str, params: list[Any]) -> list[Defined]:
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT feed_id, definition, active, created_at, change_id FROM app.feed"
            f" WHERE {condition} ORDER BY lower(name)",
            params,
        ).fetchall()
    return [
        Defined(number, Feed.model_validate_json(definition), active, at, version)
        for number, definition, active, at, version in found
    ]
