"""Initiatives in order: the formulas, places that move, and why methods disagree."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portfolios import portfolios

from crm_core.domain.priorities.differing import differences
from crm_core.domain.priorities.methods import (
    CRITERIA,
    USUAL_WEIGHTS,
    Method,
    cost_of_delay,
    coverage,
    scores,
)
from crm_core.domain.priorities.places import DRAWS, Moving, places, stability
from crm_core.domain.priorities.portfolio import Input, Portfolio, inputs

METHODS = st.sampled_from(Method)
SHORT = settings(max_examples=30)


def three(**said: list[float]) -> Portfolio:
    """Three initiatives, alike but for what is said."""
    alike = {
        "value": [100.0] * 3,
        "reach": [10.0] * 3,
        "risk": [0.2] * 3,
        "amount": [1.0] * 3,
        "duration": [2.0] * 3,
        "duration_least": [np.nan] * 3,
        "duration_most": [np.nan] * 3,
        "left": [np.nan] * 3,
        "flags": [0.0] * 3,
        "cost": [50.0] * 3,
        "strength": [1.0] * 3,
        "serves": [[1.0]] * 3,
        "weights": [5.0],
        "factors": [1.0],
        "others": [1.0] * 3,
    }
    return Portfolio(**{name: np.array(one, dtype=float) for name, one in (alike | said).items()})


def order(given_: Portfolio, method: Method) -> list[int]:
    return places(scores(inputs(given_), method, USUAL_WEIGHTS)).tolist()


def test_rice_is_reach_times_impact_times_confidence_by_effort() -> None:
    found = scores(inputs(three(duration=[2.0, 4.0, 0.0])), Method.RICE, USUAL_WEIGHTS)
    assert found[:2] == pytest.approx([10 * 100 * 0.8 / 2, 10 * 100 * 0.8 / 4])
    assert np.isnan(found[2])


def test_delay_costs_the_value_and_as_much_again_as_the_deadline_presses() -> None:
    given_ = inputs(three(left=[np.nan, 4.0, -1.0], flags=[1.0, 0.0, 0.0]))
    assert cost_of_delay(given_) == pytest.approx([100 + 100, 100 * 1.5, 100 * 2])


@pytest.mark.parametrize(
    ("said", "method", "expected"),
    [
        ({"left": [np.nan, np.nan, 2.0]}, Method.WSJF, [2, 3, 1]),
        ({"duration": [4.0, 2.0, 3.0]}, Method.WSJF, [3, 1, 2]),
        ({"risk": [0.5, 0.2, 0.1]}, Method.RICE, [3, 2, 1]),
        ({"amount": [3.0, 1.0, 2.0]}, Method.RATIO, [3, 1, 2]),
        ({"cost": [9.0, 1.0, 5.0]}, Method.WEIGHTED, [3, 1, 2]),
        ({"strength": [1 / 3, 1.0, 2 / 3]}, Method.WEIGHTED, [3, 1, 2]),
        ({"value": [1.0, np.nan, 3.0]}, Method.WSJF, [2, 0, 1]),
    ],
)
def test_each_input_moves_the_places_its_way(
    said: dict[str, list[float]], method: Method, expected: list[int]
) -> None:
    assert order(three(**said), method) == expected


@pytest.mark.parametrize("method", Method)
def test_what_serves_only_what_is_phased_out_stands_behind_its_like(method: Method) -> None:
    by_goal = three(serves=[[1, 0], [0, 1], [1, 1]], weights=[5, 5], factors=[0.5, 1])
    by_pain = three(others=[0.5, 1, 1])
    for given_ in (by_goal, by_pain):
        place = order(given_, method)
        assert place[0] > place[1]


@SHORT
@given(portfolios(), METHODS)
def test_places_are_the_numbers_from_one_on_for_what_has_a_score(
    given_: Portfolio, method: Method
) -> None:
    found = scores(inputs(given_), method, USUAL_WEIGHTS)
    place = places(found)
    assert sorted(place[place > 0]) == list(range(1, int((~np.isnan(found)).sum()) + 1))
    assert ((place == 0) == np.isnan(found)).all()


@SHORT
@given(portfolios(), METHODS, st.floats(0.001, 1000))
def test_another_currency_changes_no_place(
    given_: Portfolio, method: Method, factor: float
) -> None:
    dearer = replace(given_, value=given_.value * factor, cost=given_.cost * factor)
    plain, other = (scores(inputs(one), method, USUAL_WEIGHTS) for one in (given_, dearer))
    scale = 1.0 if method is Method.WEIGHTED else factor
    assert other == pytest.approx(plain * scale, rel=1e-9, nan_ok=True)


@SHORT
@given(portfolios(), METHODS, st.data())
def test_the_order_in_the_register_decides_among_equals_only(
    given_: Portfolio, method: Method, data: st.DataObject
) -> None:
    turned = np.array(data.draw(st.permutations(range(given_.count))))
    per_goal = ("weights", "factors")
    moved = replace(
        given_,
        **{
            name: getattr(given_, name)[turned]
            for name in given_.__dataclass_fields__
            if name not in per_goal
        },
    )
    plain = scores(inputs(given_), method, USUAL_WEIGHTS)
    assert scores(inputs(moved), method, USUAL_WEIGHTS) == pytest.approx(plain[turned], nan_ok=True)


@settings(max_examples=12)
@given(portfolios(), METHODS, st.integers(1, 5))
def test_without_noise_every_draw_gives_the_plain_place(
    given_: Portfolio, method: Method, top: int
) -> None:
    place = np.array(order(given_, method))
    found = stability(given_, method, USUAL_WEIGHTS, Moving(), top)
    expected = np.where(place > 0, place, np.nan)
    for one in (found.low, found.high):
        np.testing.assert_array_equal(one, expected)
    np.testing.assert_array_equal(
        found.in_front, np.where(place > 0, (place <= top).astype(float), np.nan)
    )


@settings(max_examples=12)
@given(portfolios(), METHODS, st.integers(1, 5), st.floats(0, 0.5))
def test_with_noise_shares_add_up_to_the_places_and_the_same_input_gives_the_same_answer(
    given_: Portfolio, method: Method, top: int, value: float
) -> None:
    moving = Moving(value, 30.0, durations=True)
    found = stability(given_, method, USUAL_WEIGHTS, moving, top)
    ranked = int((~np.isnan(found.low)).sum())
    assert np.nansum(found.in_front) == pytest.approx(min(top, ranked))
    assert (found.low[~np.isnan(found.low)] <= found.high[~np.isnan(found.high)]).all()
    again = stability(given_, method, USUAL_WEIGHTS, moving, top)
    np.testing.assert_array_equal(found.in_front, again.in_front)
    assert (places(scores(inputs(given_), method, USUAL_WEIGHTS)) > 0).sum() == ranked


def test_two_alike_take_turns_once_their_values_move() -> None:
    found = stability(three(value=[100, 100, 1]), Method.RATIO, USUAL_WEIGHTS, Moving(value=0.3), 1)
    assert found.in_front == pytest.approx([0.5, 0.5, 0], abs=3 / DRAWS**0.5)


@SHORT
@given(portfolios(gaps=False, most=6))
def test_a_reason_brings_two_methods_closer_when_it_is_taken_away(given_: Portfolio) -> None:
    known = inputs(given_)
    for one in differences(known, USUAL_WEIGHTS, 1, 6):
        assert one.by >= 1
        if one.why is None:
            continue
        changed = known[one.why].copy()
        changed[one.at] = np.nanmedian(changed)
        plain = {**known, one.why: changed}
        both = [scores(plain, each, USUAL_WEIGHTS) for each in (one.higher, one.lower)]
        common = ~np.isnan(both[0] + both[1])
        high, low = (places(np.where(common, each, np.nan))[one.at] for each in both)
        assert abs(low - high) < one.by


def test_a_near_deadline_is_why_wsjf_places_something_higher() -> None:
    given_ = three(value=[100.0, 110.0, 120.0], left=[1.0, np.nan, np.nan])
    weights = np.array([0.0 if one is Input.URGENCY else 10.0 for one in CRITERIA])
    [first, *_] = differences(inputs(given_), weights, 1, 3)
    assert (first.at, first.higher, first.by) == (0, Method.WSJF, 2)
    assert (first.why, first.is_more) == (Input.URGENCY, True)


@SHORT
@given(portfolios())
def test_the_weighted_score_says_how_much_of_the_weight_is_known(given_: Portfolio) -> None:
    known = inputs(given_)
    found = coverage(known, USUAL_WEIGHTS)
    assert ((found >= 0) & (found <= 1 + 1e-9)).all()
    gaps = np.array([np.isnan(known[name]) for name in CRITERIA]).any(axis=0)
    assert ((found < 1 - 1e-9) == gaps).all()
