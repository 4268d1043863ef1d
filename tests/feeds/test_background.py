"""The app looks by itself."""

import time
from collections.abc import Callable
from pathlib import Path

from nights import deals

from crm_core.domain.actor import LOCAL
from crm_core.domain.feeds import Feed, State
from crm_core.services import feeds
from crm_core.services.background import Background
from crm_core.store import Store


def until(true: Callable[[], object], seconds: float = 20) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_a_feed_is_looked_at_by_the_schedule_and_follows_its_changes(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "deals.csv").write_text(deals(5))
    background = Background(lambda: store, tick_seconds=0.1)
    background.start()
    try:
        feed = Feed(name="Deals", path=str(tmp_path / "in"), every_minutes=60, settle_seconds=0)
        made = feeds.add(store, LOCAL, feed)
        until(lambda: feeds.history(store, LOCAL, made.feed_id))
        until(lambda: feeds.history(store, LOCAL, made.feed_id)[0].state is State.LOADED)
        assert feeds.history(store, LOCAL, made.feed_id)[0].loaded == 5
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "deals.csv").write_text(deals(5, first=70))
        moved = feed.model_copy(update={"path": str(tmp_path / "other"), "cron": "* * * * *"})
        every_minute = moved.model_copy(update={"every_minutes": None})
        feeds.change(store, LOCAL, made.feed_id, every_minute, made.version)
        until(lambda: len(background._scheduler.get_jobs()) == 6)
        job = background._scheduler.get_job(str(made.feed_id))
        until(lambda: background._known.get(made.feed_id) == every_minute)
        assert job is not None
        feeds.remove(store, LOCAL, made.feed_id)
        until(lambda: background._scheduler.get_job(str(made.feed_id)) is None)
    finally:
        background.stop()


def test_a_look_that_waits_does_not_keep_the_app_from_stopping(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "deals.csv").write_text(deals(5))
    pattern = str(tmp_path / "*.csv")
    feeds.add(store, LOCAL, Feed(name="D", path=pattern, every_minutes=60, settle_seconds=3000))
    background = Background(lambda: store, tick_seconds=0.1)
    background.start()
    until(lambda: background._known)
    time.sleep(0.3)
    begun = time.monotonic()
    background.stop()
    assert time.monotonic() - begun < 5


def test_a_store_that_cannot_be_opened_now_is_tried_again(store: Store) -> None:
    tries: list[int] = []

    def opened() -> Store | None:
        tries.append(1)
        if len(tries) < 4:
            raise OSError("held")
        return store

    background = Background(opened, tick_seconds=0.05)
    background.start()
    try:
        until(lambda: len(tries) > 6)
    finally:
        background.stop()
