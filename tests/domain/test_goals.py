"""Where a goal stands on the straight line from its baseline to its target."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.goals import Line, Standing, Unplaced, line, standing

YEAR = Line(100, date(2026, 1, 1), 200, date(2026, 12, 31))
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
VALUES = st.floats(-1e6, 1e6)
LINES = st.builds(
    lambda low, since, way, days: Line(low, since, low + way, since + timedelta(days)),
    VALUES,
    DAYS,
    st.floats(1, 1e6) | st.floats(-1e6, -1),
    st.integers(1, 3000),
)


@given(LINES, st.integers(0, 3000))
def test_a_value_on_the_line_is_neither_early_nor_late_and_reached_on_the_day(
    agreed: Line, passed: int
) -> None:
    whole = (agreed.until - agreed.since).days
    gone = min(passed, whole)
    value = agreed.baseline + (agreed.target - agreed.baseline) * gone / whole
    found = standing(agreed, value, agreed.since + timedelta(gone))
    assert isinstance(found, Standing)
    assert found.behind == pytest.approx(0, abs=1e-6)
    assert found.days == 0
    if 0 < gone < whole and found.done > 0.01:
        assert found.forecast is not None
        assert abs((found.forecast - agreed.until).days) <= 1


@given(LINES, VALUES, DAYS)
def test_behind_and_days_agree_on_which_side_of_the_line_a_value_is(
    agreed: Line, value: float, day: date
) -> None:
    found = standing(agreed, value, day)
    if day < agreed.since:
        assert found is Unplaced.TOO_EARLY
        return
    assert isinstance(found, Standing) and 0 <= found.planned <= 1
    whole = (agreed.until - agreed.since).days
    assert found.days == pytest.approx(-found.behind * whole, abs=1 + 1e-6 * whole)
    assert found.forecast is None or found.forecast >= agreed.since


def test_the_pace_since_the_baseline_says_when_it_is_reached() -> None:
    half = standing(YEAR, 150, date(2026, 3, 31))
    assert isinstance(half, Standing)
    assert (half.done, half.forecast) == (0.5, date(2026, 6, 28))
    wrong_way = standing(YEAR, 90, date(2026, 3, 31))
    assert isinstance(wrong_way, Standing)
    assert wrong_way.done < 0 and wrong_way.forecast is None


def test_a_goal_that_is_to_fall_is_ahead_when_it_is_lower() -> None:
    fewer = Line(100, date(2026, 1, 1), 50, date(2026, 12, 31))
    found = standing(fewer, 60, date(2026, 7, 2))
    assert isinstance(found, Standing) and found.days > 0 and found.done == pytest.approx(0.8)


def test_what_is_missing_or_turned_round_makes_no_line() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert line(1, None, 2, last) is Unplaced.NO_LINE
    assert line(1, first, 1, last) is Unplaced.NO_WAY
    assert line(1, last, 2, first) is Unplaced.NO_WAY
    assert line(1, first, 2, last) == Line(1, first, 2, last)
