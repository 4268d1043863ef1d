"""Periods are whole months, and what they are compared with never overlaps them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.periods import Calendar, Choice, Compare, Period, is_year_before

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
CALENDARS = st.builds(
    lambda as_of, back, start: Calendar(as_of - timedelta(days=back), as_of, start),
    DAYS,
    st.integers(0, 4000),
    st.integers(1, 12),
)
BOUNDED = [choice for choice in Choice if choice is not Choice.ALL]


@given(CALENDARS, st.sampled_from(Choice))
def test_every_period_is_whole_months_and_none_lies_after_the_data(
    calendar: Calendar, choice: Choice
) -> None:
    period = calendar.period(choice)
    assert period.first.day == period.last.day == 1
    assert len(list(period)) == period.months >= 1
    assert period.last <= calendar.as_of


@given(CALENDARS, st.sampled_from(BOUNDED), st.sampled_from(Compare))
def test_what_a_period_is_compared_with_is_as_long_earlier_and_apart(
    calendar: Calendar, choice: Choice, compare: Compare
) -> None:
    period, before = calendar.period(choice), calendar.compared(choice, compare)
    if before is not None:
        assert before.months == period.months
        assert before.last < period.first
        assert before.first >= calendar.first.replace(day=1)


@given(CALENDARS, st.sampled_from([Choice.TWELVE_MONTHS, Choice.LAST_QUARTER, Choice.MONTH]))
def test_the_period_before_ends_where_the_period_begins(calendar: Calendar, choice: Choice) -> None:
    before = calendar.compared(choice, Compare.BEFORE)
    if before is not None:
        assert [*before, *calendar.period(choice)] == list(
            Period(before.first, calendar.period(choice).last)
        )


@given(CALENDARS)
def test_a_fiscal_year_begins_in_the_month_that_was_set(calendar: Calendar) -> None:
    this, last = calendar.period(Choice.YEAR_TO_DATE), calendar.period(Choice.LAST_YEAR)
    assert this.first.month == last.first.month == calendar.year_starts
    assert last.months == 12 and list(last)[-1] < this.first <= calendar.as_of
    assert this.months <= 12


@given(CALENDARS)
def test_a_fiscal_year_to_date_is_compared_with_the_same_months_a_year_before(
    calendar: Calendar,
) -> None:
    before = calendar.compared(Choice.YEAR_TO_DATE, Compare.BEFORE)
    if before is not None:
        assert is_year_before(calendar.period(Choice.YEAR_TO_DATE), before)


@given(CALENDARS, st.sampled_from(Compare))
def test_all_time_is_compared_with_nothing_and_holds_every_day(
    calendar: Calendar, compare: Compare
) -> None:
    period = calendar.period(Choice.ALL)
    assert calendar.compared(Choice.ALL, compare) is None
    assert period.first <= calendar.first and calendar.as_of.replace(day=1) == period.last


@given(CALENDARS)
def test_the_last_full_month_has_data_or_follows_months_that_have(calendar: Calendar) -> None:
    assert calendar.first.replace(day=1) <= calendar.last_full_month <= calendar.as_of
    assert not calendar.is_running(calendar.period(Choice.MONTH))


@pytest.mark.parametrize(
    ("as_of", "full"),
    [
        (date(2025, 10, 31), date(2025, 10, 1)),
        (date(2025, 10, 29), date(2025, 10, 1)),
        (date(2025, 10, 28), date(2025, 9, 1)),
        (date(2024, 2, 27), date(2024, 2, 1)),
    ],
)
def test_a_month_is_over_once_business_reached_its_last_days(as_of: date, full: date) -> None:
    assert Calendar(date(2020, 1, 1), as_of).last_full_month == full


def test_a_store_with_half_a_month_shows_that_month() -> None:
    calendar = Calendar(date(2025, 10, 2), date(2025, 10, 14))
    assert calendar.period(Choice.TWELVE_MONTHS).last == date(2025, 10, 1)


def test_a_quarter_still_running_says_so() -> None:
    calendar = Calendar(date(2020, 1, 1), date(2025, 11, 10), 4)
    quarter = calendar.period(Choice.QUARTER)
    assert quarter == Period(date(2025, 10, 1), date(2025, 11, 1))
    assert calendar.is_running(quarter)
    assert calendar.compared(Choice.QUARTER, Compare.BEFORE) == Period(
        date(2025, 8, 1), date(2025, 9, 1)
    )


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2025, 1, 2), date(2025, 2, 1)), (date(2025, 2, 1), date(2025, 1, 1))],
)
def test_what_is_no_whole_month_is_no_period(first: date, last: date) -> None:
    with pytest.raises(ValueError, match="no period"):
        Period(first, last)
