"""Setting feeds up, and when they are looked at."""

from datetime import datetime, time, timedelta

import pytest
from nights import START, Night

from crm_core.domain.actor import LOCAL
from crm_core.domain.feeds import Feed, overdue, stream
from crm_core.domain.problems import Refused
from crm_core.services import audit, feeds


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": "  "}, "feed_name"),
        ({"name": "x" * 81}, "feed_name"),
        ({"path": "exports"}, "path_not_absolute"),
        ({"path": "/a\0b"}, "path_not_absolute"),
        ({"entity": "ufo"}, "entity_unknown"),
        ({"recipe": "../../etc/passwd"}, "feed_recipe"),
        ({"every_minutes": 0}, "feed_minutes"),
        ({"every_minutes": None, "cron": "soon"}, "feed_cron"),
        ({"every_minutes": None, "cron": "0 6 1 * 1"}, "feed_cron"),
        ({"every_minutes": None, "cron": "0 6 * * 8"}, "feed_cron"),
        ({"zone": "Mars/Olympus"}, "feed_zone"),
        ({"expected_hours": 0}, "feed_hours"),
        ({"expected_by": time(6), "expected_days": ()}, "feed_days"),
        ({"least_share": 1.5}, "feed_share"),
        ({"settle_seconds": -1}, "feed_settling"),
        ({"emails": ("a@b\nBcc: c@example.com",)}, "mail_address"),
        ({"webhooks": ("nobody",)}, "channel_missing"),
    ],
)
def test_a_feed_that_makes_no_sense_is_refused(
    night: Night, said: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        night.set_up(**said)
    assert feeds.read(night.store, LOCAL) == []


def test_two_feeds_never_share_a_name(night: Night) -> None:
    night.set_up()
    with pytest.raises(Refused, match="feed_name_taken"):
        night.set_up(name="DEALS")


def test_saving_over_somebody_elses_change_is_refused(night: Night) -> None:
    night.set_up()
    [seen] = feeds.read(night.store, LOCAL)
    theirs = seen.feed.model_copy(update={"every_minutes": 5})
    feeds.change(night.store, LOCAL, seen.feed_id, theirs, seen.version)
    with pytest.raises(Refused, match="feed_changed"):
        feeds.change(night.store, LOCAL, seen.feed_id, seen.feed, seen.version)
    assert feeds.read(night.store, LOCAL)[0].feed == theirs


def test_every_change_of_a_feed_stands_in_the_audit(night: Night) -> None:
    night.set_up()
    feeds.set_active(night.store, LOCAL, night.feed_id, False)
    feeds.remove(night.store, LOCAL, night.feed_id)
    trail = audit.trail(night.store, LOCAL, audit.Filter(area="feeds"))
    assert [entry.action for entry in trail] == ["feed.remove", "feed.stop", "feed.add"]


@pytest.mark.parametrize(
    ("cron", "zone", "expected"),
    [
        ("30 6 * * *", "UTC", datetime(2026, 3, 2, 6, 30)),
        ("30 6 * * *", "Asia/Shanghai", datetime(2026, 3, 2, 22, 30)),
        ("0 6 * * 0", "UTC", datetime(2026, 3, 8, 6, 0)),  # Sunday, as cron counts
        ("0 6 * * 7", "UTC", datetime(2026, 3, 8, 6, 0)),
        ("0 6 * * 6-7", "UTC", datetime(2026, 3, 7, 6, 0)),
        ("0 4 * * 1-5", "UTC", datetime(2026, 3, 3, 4, 0)),
        ("0 4 * * mon", "UTC", datetime(2026, 3, 9, 4, 0)),
        ("0 4 1 * *", "UTC", datetime(2026, 4, 1, 4, 0)),
        ("*/20 * * * *", "UTC", datetime(2026, 3, 2, 5, 20)),
    ],
)
def test_a_cron_text_means_what_cron_means(cron: str, zone: str, expected: datetime) -> None:
    feed = Feed(name="x", path="/x", cron=cron, zone=zone)
    assert feeds.next_look(feed, START + timedelta(seconds=1), START) == expected


def test_what_was_missed_while_the_app_was_down_is_due_at_once() -> None:
    daily = Feed(name="x", path="/x", cron="0 2 * * *")
    assert feeds.next_look(daily, START - timedelta(days=2), START) == START
    often = Feed(name="x", path="/x", every_minutes=30)
    assert feeds.next_look(often, None, START) == START
    assert feeds.next_look(often, START - timedelta(minutes=10), START) == START + timedelta(
        minutes=20
    )


def test_a_numbered_or_dated_name_is_the_same_stream() -> None:
    names = ["deals-2026-03-01.csv", "Deals-20260302.csv", "deals-7.csv"]
    assert {stream(name) for name in names} == {"deals-#.csv"}
    assert stream("contacts-7.csv") != stream("deals-7.csv")


def daily(**said: object) -> Feed:
    return Feed.model_validate({"name": "x", "path": "/x", "expected_by": time(6), **said})


BEGAN = datetime(2026, 2, 1)


def test_a_late_delivery_does_not_count_for_the_next_night_as_well() -> None:
    came = datetime(2026, 3, 2, 7, 0)
    answered = datetime(2026, 3, 2, 7, 0, 1)
    next_day = datetime(2026, 3, 3, 6, 1)
    assert overdue(daily(), BEGAN, came, None, next_day) is None
    assert overdue(daily(), BEGAN, came, answered, next_day) == datetime(2026, 3, 3, 6, 0)


def test_a_delivery_shortly_before_the_next_deadline_counts_for_that() -> None:
    came = datetime(2026, 3, 3, 5, 0)
    answered = datetime(2026, 3, 3, 5, 0, 1)
    assert overdue(daily(), BEGAN, came, answered, datetime(2026, 3, 3, 6, 1)) is None


def test_nothing_is_expected_on_a_weekend_that_is_left_out() -> None:
    friday, sunday = datetime(2026, 3, 6, 5, 50), datetime(2026, 3, 8, 12, 0)
    workdays = daily(expected_days=(0, 1, 2, 3, 4))
    assert overdue(workdays, BEGAN, friday, None, sunday) is None
    assert overdue(daily(), BEGAN, friday, None, sunday) == datetime(2026, 3, 8, 6, 0)
    monday = datetime(2026, 3, 9, 6, 1)
    assert overdue(workdays, BEGAN, friday, None, monday) == datetime(2026, 3, 9, 6, 0)


def test_nothing_is_late_that_was_due_before_the_feed_began() -> None:
    assert overdue(daily(), START, None, None, START) is None
