"""Before and after: a known shift is found, a trend is none, intervals hold what they say."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_core.domain.effect import (
    LEAST,
    Period,
    Shift,
    Unknown,
    Verdict,
    against_others,
    own_trend,
    sides,
    verdict,
)

START = date(2024, 1, 1)
Values = npt.NDArray[np.float64]
LEVELS = st.floats(-1e6, 1e6, allow_nan=False)


def weeks(values: Values) -> list[Period]:
    return [
        Period(START + timedelta(weeks=at), START + timedelta(weeks=at, days=6), float(value))
        for at, value in enumerate(values)
    ]


def in_week(at: int) -> date:
    return START + timedelta(weeks=at, days=3)


def alike(seed: int, count: int, rho: float) -> Values:
    """A series in which neighbours are alike."""
    drawn = np.random.default_rng(seed).standard_normal(count)
    found = np.empty(count)
    found[0] = drawn[0] / np.sqrt(1 - rho * rho)
    for at in range(1, count):
        found[at] = rho * found[at - 1] + drawn[at]
    return found


@given(LEVELS, st.floats(-100, 100), LEVELS, st.integers(LEAST, 30))
def test_a_pure_shift_on_a_line_is_found_as_large_as_it_is(
    level: float, slope: float, shift: float, count: int
) -> None:
    time = np.arange(2 * count + 1)
    values = level + slope * time + np.where(time > count, shift, 0.0)
    found = own_trend(weeks(values), in_week(count), in_week(count), count)
    assert isinstance(found, Shift)
    slack = 1e-6 * (1 + np.abs(values).max())
    assert found.difference == pytest.approx(shift, abs=slack)
    assert found.low - slack <= shift <= found.high + slack


@given(st.integers(0, 10**6), st.floats(-5, 5), st.sampled_from([1e-3, 1.0, 1e6]))
@settings(max_examples=30)
def test_scale_and_level_change_the_unit_of_what_is_told_and_nothing_else(
    seed: int, slope: float, scale: float
) -> None:
    values = alike(seed, 25, 0.3) + slope * np.arange(25)
    one = own_trend(weeks(values), in_week(12), in_week(12), 12)
    other = own_trend(weeks((values + 7) * scale), in_week(12), in_week(12), 12)
    assert isinstance(one, Shift)
    assert isinstance(other, Shift)
    told = (one.difference, one.low, one.high)
    assert (other.difference, other.low, other.high) == pytest.approx(
        [scale * each for each in told], rel=1e-3, abs=1e-3 * scale
    )


Look = Callable[[Values, Values], Shift | Unknown]


def by_trend(values: Values, _: Values) -> Shift | Unknown:
    return own_trend(weeks(values), in_week(12), in_week(12), 12)


def by_others(values: Values, others: Values) -> Shift | Unknown:
    return against_others(weeks(values), weeks(others), in_week(12), in_week(12), 12, is_share=True)


@pytest.mark.parametrize("look", [by_trend, by_others])
@pytest.mark.parametrize("rho", [0.0, 0.3, pytest.param(0.6, marks=pytest.mark.long)])
def test_an_interval_of_90_percent_holds_the_truth_in_about_90_of_100_series(
    look: Look, rho: float
) -> None:
    time, held, none = np.arange(25), 0, 0
    for seed in range(300):
        trend = 20 + 0.2 * time
        others = alike(10_000 + seed, 25, rho) + trend
        noise = alike(seed, 25, rho) + trend
        found = look(noise + np.where(time > 12, 3.0, 0.0), others)
        still = look(noise, others)
        assert isinstance(found, Shift)
        assert isinstance(still, Shift)
        held += found.low <= 3 <= found.high
        none += not still.is_told
    assert 0.80 <= held / 300 <= 0.98
    assert none / 300 >= 0.80


def test_what_came_to_all_is_no_effect_against_others_though_it_is_against_the_own_trend() -> None:
    time = np.arange(25)
    both = np.where(time > 12, 8.0, 0.0)
    mine, others = alike(1, 25, 0.2) + 50 + both, 10 * (alike(2, 25, 0.2) + 50 + both)
    own = by_trend(mine, others)
    against = against_others(
        weeks(mine), weeks(others), in_week(12), in_week(12), 12, is_share=False
    )
    assert isinstance(own, Shift)
    assert isinstance(against, Shift)
    assert own.is_told and not against.is_told
    assert verdict(own, against, 1) is Verdict.UNTOLD
    assert verdict(own, Unknown.NO_OTHERS, 1) is Verdict.BETTER
    assert verdict(own, Unknown.NO_OTHERS, -1) is Verdict.WORSE


def test_the_transition_is_left_out_and_both_sides_are_alike_long() -> None:
    series = weeks(np.arange(30.0))
    found = sides(series, in_week(10), in_week(12), 26)
    assert [one.value for one in found.before] == list(range(10))
    assert [one.value for one in found.after] == list(range(13, 23))
    assert found.gap == 3
    assert len(sides(series, in_week(10), in_week(12), 8).after) == 8


@pytest.mark.parametrize(
    ("live", "why"), [(LEAST - 1, Unknown.FEW_BEFORE), (30 - LEAST, Unknown.FEW_AFTER)]
)
def test_with_fewer_than_six_periods_on_a_side_nothing_is_told(live: int, why: Unknown) -> None:
    series = weeks(np.arange(30.0))
    assert own_trend(series, in_week(live), in_week(live), 26) is why
    assert against_others(series, series, in_week(live), in_week(live), 26, is_share=True) is why


def test_without_others_in_the_same_periods_nothing_is_compared_with_them() -> None:
    series, since = weeks(np.arange(30.0)), in_week(15)
    assert against_others(series, [], since, since, 12, is_share=True) is Unknown.NO_OTHERS
    nothing = weeks(np.zeros(30))
    assert against_others(series, nothing, since, since, 12, is_share=False) is Unknown.NO_OTHERS
