"""Alarms: what raises one, that it is told once, and what ends it."""

from datetime import time, timedelta

import pytest
from nights import HEAD, Night, deals

from crm_core.domain.actor import LOCAL
from crm_core.domain.feeds import Alarm, State
from crm_core.domain.problems import Refused
from crm_core.services import feeds, loads, outbox
from crm_core.services.feeds import Decision

HOUR = timedelta(hours=1)


def told(night: Night) -> list[str]:
    """Subjects of all messages, the oldest first."""
    return [one.subject for one in reversed(outbox.messages(night.store, LOCAL))]


def open_alarms(night: Night) -> list[Alarm]:
    return [one.kind for one in feeds.alarm_list(night.store, LOCAL)]


def accepted(night: Night, times: int = 3, lines: int = 100) -> None:
    """Deliveries of the usual size and shape."""
    for number in range(times):
        night.deliver(deals(lines, first=number * lines + 1))
        assert night.look().deliveries[0].state is State.LOADED


def test_a_delivery_that_is_late_is_told_once_and_then_the_all_clear(night: Night) -> None:
    night.set_up(expected_by=time(6, 0))
    night.look()
    assert open_alarms(night) == []
    night.look(HOUR)
    night.look(HOUR)
    assert open_alarms(night) == [Alarm.LATE]
    assert told(night) == ["Feed Deals: overdue"]
    night.deliver(deals())
    night.look()
    assert open_alarms(night) == []
    assert told(night) == ["Feed Deals: overdue", "Feed Deals: all clear"]


def test_lateness_is_found_although_nothing_was_to_be_looked_at(night: Night) -> None:
    night.set_up(every_minutes=None, cron="0 2 * * *", expected_by=time(6, 0))
    night.now += 2 * HOUR
    feeds.run_overdue(night.store, LOCAL, night.clock, night.sleep)
    assert open_alarms(night) == [Alarm.LATE]


def test_the_clock_of_the_feed_counts(night: Night) -> None:
    # 05:00 UTC is 13:00 in Shanghai: the deadline of 14:00 there is an hour away.
    night.set_up(expected_by=time(14, 0), zone="Asia/Shanghai")
    night.look(HOUR - timedelta(minutes=1))
    assert open_alarms(night) == []
    night.look(timedelta(minutes=2))
    assert open_alarms(night) == [Alarm.LATE]


def test_at_least_every_so_many_hours(night: Night) -> None:
    night.set_up(expected_hours=4)
    night.deliver(deals())
    night.look()
    night.look(4 * HOUR)
    assert open_alarms(night) == []
    night.look(HOUR)
    assert open_alarms(night) == [Alarm.LATE]


def test_a_stopped_feed_is_never_late(night: Night) -> None:
    night.set_up(expected_hours=1)
    feeds.set_active(night.store, LOCAL, night.feed_id, False)
    night.look(5 * HOUR)
    assert open_alarms(night) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (deals().replace("Industry,", "").replace("Medical,", ""), "feed_column_missing"),
        (deals().replace("Stage,", "Stage,Note,").replace("Won,", "Won,x,"), "feed_column_added"),
        (deals(amount="lots"), "feed_column_looks"),
        ("Name,E-mail,Title\nAnn,ann@example.com,Buyer\n", "feed_entity"),
        (deals().replace("2026-02-", "02/2026/"), "feed_column_looks"),
    ],
)
def test_a_changed_shape_waits_for_a_person_and_nothing_is_loaded(
    night: Night, text: str, code: str
) -> None:
    night.set_up()
    accepted(night, 1, 10)
    night.deliver(text)
    [held] = night.look().deliveries
    assert held.state in (State.WAITING, State.REFUSED)
    assert held.alarm is Alarm.SHAPE
    assert code in [problem.code for problem in held.problems]
    assert len(loads.batches(night.store, LOCAL)) == 1
    assert told(night) == ["Feed Deals: unlike earlier ones"]


def test_the_order_of_day_and_month_is_part_of_the_shape(night: Night) -> None:
    def dated(order: str) -> str:
        lines = [f"{n},A{n},Medical,Closed Won,1,{order.format(d=n, m=2)}\n" for n in range(1, 29)]
        return HEAD + "".join(lines)

    night.set_up()
    night.deliver(dated("{d:02}/{m:02}/2026"))
    assert night.look().deliveries[0].state is State.LOADED
    night.deliver(dated("{m:02}/{d:02}/2026"))
    [held] = night.look().deliveries
    assert [problem.code for problem in held.problems] == ["feed_date_order"]


@pytest.mark.long
def test_a_second_delivery_of_the_same_changed_shape_is_no_second_alarm(night: Night) -> None:
    night.set_up()
    accepted(night, 1)
    for amount in ("many", "lots"):
        night.deliver(deals(100, amount=amount))
        night.look()
    assert told(night) == ["Feed Deals: unlike earlier ones"]
    assert len(feeds.held_list(night.store, LOCAL)) == 2


@pytest.mark.long
def test_load_anyway_loads_once_and_the_expected_shape_stays(night: Night) -> None:
    night.set_up()
    accepted(night, 1, 10)
    wider = deals(10).replace("Stage,", "Stage,Note,").replace("Won,", "Won,x,")
    night.deliver(wider)
    [held] = night.look().deliveries
    loaded = feeds.decide(night.store, LOCAL, held.delivery_id, Decision.LOAD, night.clock)
    assert (loaded.state, loaded.updated) == (State.LOADED, 10)
    assert (open_alarms(night), told(night)[-1]) == ([], "Feed Deals: all clear")
    night.deliver(wider.replace("10.50", "11.50"))
    assert night.look().deliveries[0].state is State.WAITING


@pytest.mark.long
def test_the_new_shape_is_what_the_next_delivery_is_compared_with(night: Night) -> None:
    night.set_up()
    accepted(night, 1, 10)
    wider = deals(10).replace("Stage,", "Stage,Note,").replace("Won,", "Won,x,")
    night.deliver(wider)
    [held] = night.look().deliveries
    feeds.decide(night.store, LOCAL, held.delivery_id, Decision.SHAPE, night.clock)
    night.deliver(wider.replace("10.50", "11.50"))
    assert night.look().deliveries[0].state is State.LOADED
    night.deliver(deals(10, amount="12.50"))
    assert night.look().deliveries[0].state is State.WAITING


@pytest.mark.long
def test_what_waits_can_still_be_loaded_after_the_next_night_overwrote_it(night: Night) -> None:
    night.set_up()
    accepted(night, 1, 10)
    night.deliver(deals(7, first=500).replace("Industry,", "").replace("Medical,", ""))
    [held] = night.look().deliveries
    night.deliver(deals(10, amount="99"))
    night.look()
    loaded = feeds.decide(night.store, LOCAL, held.delivery_id, Decision.LOAD, night.clock)
    assert loaded.loaded == 7


@pytest.mark.long
def test_a_delivery_is_decided_once(night: Night) -> None:
    night.set_up()
    accepted(night, 1, 10)
    night.deliver(deals(amount="lots"))
    [held] = night.look().deliveries
    feeds.decide(night.store, LOCAL, held.delivery_id, Decision.DISMISS, night.clock)
    assert open_alarms(night) == []
    with pytest.raises(Refused, match="delivery_decided"):
        feeds.decide(night.store, LOCAL, held.delivery_id, Decision.LOAD, night.clock)


def test_far_fewer_lines_than_usual_wait_for_a_person(night: Night) -> None:
    night.set_up(least_share=0.5)
    accepted(night, 3, 100)
    night.deliver(deals(49, first=900))
    [held] = night.look().deliveries
    assert (held.state, held.alarm) == (State.WAITING, Alarm.SHRUNKEN)
    assert held.problems[0].params == {"lines": 49, "usual": 100}
    night.deliver(deals(51, first=900))
    assert night.look().deliveries[0].state is State.LOADED
    assert open_alarms(night) == [Alarm.SHRUNKEN], "the other one still waits"


@pytest.mark.long
def test_a_feed_may_shrink_where_nobody_minds(night: Night) -> None:
    night.set_up(least_share=None)
    accepted(night, 3, 100)
    night.deliver(deals(1, first=900))
    assert night.look().deliveries[0].state is State.LOADED


def test_a_file_that_cannot_be_read_is_refused_until_a_good_one_comes(night: Night) -> None:
    night.set_up()
    accepted(night, 1, 10)
    night.deliver(bytes(range(256)) * 40 + b"\n")
    [refused] = night.look().deliveries
    assert (refused.state, refused.alarm) == (State.REFUSED, Alarm.REFUSED)
    assert night.look().deliveries == (), "it is not read again and again"
    assert told(night) == ["Feed Deals: refused"]
    night.deliver(deals(10, amount="3"))
    night.look()
    assert (open_alarms(night), told(night)[-1]) == ([], "Feed Deals: all clear")


def test_too_many_lines_that_would_be_set_aside_wait_for_a_person(night: Night) -> None:
    night.set_up(most_quarantined=0.2)
    good, bad = deals(14), deals(6, first=50, amount="12x").removeprefix(HEAD)
    night.deliver(good + bad)
    [held] = night.look().deliveries
    assert (held.state, held.alarm) == (State.WAITING, Alarm.REFUSED)
    assert held.problems[0].params == {"quarantined": 6, "lines": 20}
    assert not loads.batches(night.store, LOCAL)
    loaded = feeds.decide(night.store, LOCAL, held.delivery_id, Decision.LOAD, night.clock)
    assert (loaded.loaded, loaded.quarantined) == (14, 6)


@pytest.mark.long
def test_columns_that_nobody_is_sure_of_wait_the_first_time_only(night: Night) -> None:
    def ambiguous(amount: str) -> str:
        return HEAD + f"1,A,Medical,Closed Won,{amount},03/04/2026\n2,B,Retail,Lost,7,04/05/2026\n"

    night.set_up()
    night.deliver(ambiguous("5"))
    [held] = night.look().deliveries
    assert [problem.code for problem in held.problems] == ["feed_column_unsure"]
    feeds.decide(night.store, LOCAL, held.delivery_id, Decision.LOAD, night.clock)
    night.deliver(ambiguous("6"))
    assert night.look().deliveries[0].state is State.LOADED


@pytest.mark.long
def test_files_of_different_streams_are_not_compared_with_each_other(night: Night) -> None:
    night.set_up()
    night.deliver(deals(10), "deals-2026-03-01.csv")
    people = "Contact ID,Name,E-mail,Title\n" + "".join(
        f"{n},Ann {n},ann{n}@example.com,Buyer\n" for n in range(10)
    )
    night.deliver(people, "contacts-2026-03-01.csv")
    assert {one.state for one in night.look().deliveries} == {State.LOADED}
    night.deliver(deals(10, amount="3"), "deals-2026-03-02.csv")
    assert night.look().deliveries[0].state is State.LOADED


def test_the_message_says_what_happened_in_the_language_of_the_feed(night: Night) -> None:
    night.set_up(language="en")
    accepted(night, 1, 10)
    night.deliver(deals(amount="lots"))
    night.look()
    [message] = outbox.messages(night.store, LOCAL)
    assert "The column Amount held numbers and now holds text." in message.body
    assert "File: deals.csv" in message.body
    assert message.recipient == "ops@example.com"
