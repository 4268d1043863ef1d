"""The path that most cases of an event log take."""

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.event_log import Event, most_frequent

START = datetime(2026, 3, 2, 9)


def event(case: str, activity: str, minute: float, **more: object) -> Event:
    return Event(case, activity, START + timedelta(minutes=minute), **more)


def test_the_path_of_most_cases_with_the_median_minutes_between_its_events() -> None:
    found = most_frequent(
        [
            event("1", "open", 0, resource="Ann"),
            event("1", "check", 4, resource="Bob"),
            event("2", "check", 16, resource="Bob"),
            event("2", "open", 10),
            event("3", "open", 0, resource="Ann"),
            event("3", "close", 1),
        ]
    )
    assert (found.followed, found.cases, found.paths) == (2, 3, 2)
    assert [(one.what, one.who, one.minutes) for one in found.steps] == [
        ("open", "Ann", None),
        ("check", "Bob", Decimal("5.0")),
    ]
    assert [one.with_waiting for one in found.steps] == [False, True], "no end says what is work"


def test_a_log_with_ends_tells_what_a_step_takes_without_the_waiting() -> None:
    end = START + timedelta(minutes=3)
    found = most_frequent([event("1", "open", 0, until=end), event("1", "check", 60)])
    assert [one.minutes for one in found.steps] == [Decimal("3.0"), Decimal("57.0")]
    assert [one.with_waiting for one in found.steps] == [False, True]


def test_a_step_that_begins_before_the_one_before_it_ends_takes_no_time_below_zero() -> None:
    end = START + timedelta(minutes=30)
    found = most_frequent([event("1", "open", 0, until=end), event("1", "check", 10)])
    assert [one.minutes for one in found.steps] == [Decimal("30.0"), Decimal("0.0")]


def test_of_paths_as_frequent_the_shortest_counts() -> None:
    events = [event("1", "open", 0), event("1", "close", 1), event("2", "wait", 0)]
    assert [one.what for one in most_frequent(events).steps] == ["wait"]


@given(
    st.lists(
        st.builds(event, st.sampled_from("123"), st.sampled_from("ab"), st.integers(0, 50)),
        min_size=1,
        max_size=12,
    ),
    st.randoms(),
)
def test_the_order_of_the_lines_does_not_matter_where_times_differ(events, random) -> None:
    apart = [
        Event(one.case, one.activity, one.at + timedelta(seconds=place))
        for place, one in enumerate(events)
    ]
    shuffled = random.sample(apart, len(apart))
    found = most_frequent(apart)
    assert most_frequent(shuffled) == found
    assert 1 <= found.followed <= found.cases
    assert found.paths <= found.cases - found.followed + 1
