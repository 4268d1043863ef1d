"""What is worth most, where each value is known as a range only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.ranking import Worth, in_front, worth

MONEY = st.floats(0, 1e9)
RANGES = st.tuples(MONEY, MONEY).map(lambda two: Worth(min(two), max(two)))


@given(st.lists(RANGES, max_size=12), st.integers(1, 4))
def test_shares_add_up_to_the_places_and_the_same_ranges_give_the_same_answer(
    values: list[Worth], top: int
) -> None:
    found = in_front(values, top)
    assert sum(found) == pytest.approx(min(top, len(values)))
    assert all(0 <= share <= 1 for share in found)
    assert in_front(values, top) == found


@given(st.lists(RANGES, min_size=2, max_size=8))
def test_what_is_worth_more_in_any_case_is_always_in_front(values: list[Worth]) -> None:
    highest = max(one.most for one in values)
    first = Worth(highest + 1e4, highest + 2e4)
    assert in_front([*values, first], 1) == [0.0] * len(values) + [1.0]


def test_a_sure_value_between_the_bounds_of_another_is_in_front_half_of_the_time() -> None:
    half, other = in_front([Worth(50, 50), Worth(0, 100)], 1)
    assert half == pytest.approx(0.5, abs=0.05) and half + other == 1


def test_equal_values_take_turns() -> None:
    assert in_front([Worth(7, 7)] * 4, 2) == pytest.approx([0.5] * 4, abs=0.06)
    assert in_front([Worth(0, 0)] * 4, 2) == pytest.approx([0.5] * 4, abs=0.06)


@given(RANGES)
def test_mean_and_likely_range_lie_within_the_bounds_in_order(one: Worth) -> None:
    order = [one.least, one.low, one.expected, one.high, one.most]
    assert order == pytest.approx(sorted(order))
    assert one.times(0.5).expected == pytest.approx(one.expected / 2)


def test_one_bound_alone_is_that_value_and_none_is_no_value() -> None:
    assert worth(5, None) == worth(None, 5) == Worth(5, 5)
    assert worth(9, 3) == Worth(3, 9)
    assert worth(None, None) is None
