"""Weighted choice: weights, consistency, ranking and what flips it, by hand and by properties."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crm_core.domain.choice import (
    Cost,
    Pair,
    by_pairs,
    by_points,
    first_places,
    ranking,
    smallest_flip,
    together,
    total_cost,
)

NAMES = ("a", "b", "c", "d")


def test_points_become_shares() -> None:
    found = by_points({"a": 30, "b": 10, "c": 0})
    assert found is not None
    assert found.weights == {"a": 0.75, "b": 0.25, "c": 0}
    assert found.is_consistent
    assert by_points({"a": 0}) is None


def test_comparisons_that_agree_give_their_weights_and_no_inconsistency() -> None:
    found = by_pairs("abc", [Pair("a", "b", 2), Pair("b", "c", 3), Pair("a", "c", 6)])
    assert found is not None
    assert found.weights == pytest.approx({"a": 0.6, "b": 0.3, "c": 0.1})
    assert found.inconsistency == pytest.approx(0)


def test_of_comparisons_that_contradict_each_other_the_worst_is_named() -> None:
    found = by_pairs(
        NAMES,
        [
            *(Pair("a", "b", 2), Pair("a", "c", 4), Pair("a", "d", 8)),
            *(Pair("b", "c", 2), Pair("b", "d", 4), Pair("c", "d", 1 / 9)),
        ],
    )
    assert found is not None
    assert not found.is_consistent
    assert found.worst is not None
    assert found.worst[:2] == ("c", "d")
    assert found.worst.times > 1 / 9


def test_the_index_is_that_of_the_literature_for_a_full_matrix() -> None:
    pairs = [Pair("a", "b", 3), Pair("b", "c", 3), Pair("a", "c", 3)]
    found = by_pairs("abc", pairs)
    assert found is not None
    # one cycle: ln(3·3/3) spread over three comparisons: 3·(ln 3 / 3)² / ((3-1)(3-2)/2)
    assert found.inconsistency == pytest.approx(math.log(3) ** 2 / 3)
    assert found.limit == 0.31


def test_comparisons_that_do_not_link_all_criteria_give_no_weights() -> None:
    assert by_pairs(NAMES, [Pair("a", "b", 2), Pair("c", "d", 2)]) is None
    linked = by_pairs(NAMES, [Pair("a", "b", 2), Pair("c", "d", 2), Pair("a", "c", 1)])
    assert linked is not None
    assert linked.inconsistency is None
    assert by_pairs((), []) is None


times = st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1.0, 3.0, 5.0, 9.0])


@given(st.lists(times, min_size=6, max_size=6))
def test_weights_of_a_full_matrix_are_the_geometric_means_of_its_rows(drawn: list[float]) -> None:
    pairs = [Pair(*two, x) for two, x in zip(combinations(NAMES, 2), drawn, strict=True)]
    matrix = np.ones((4, 4))
    for one, other, x in pairs:
        matrix[NAMES.index(one), NAMES.index(other)] = x
        matrix[NAMES.index(other), NAMES.index(one)] = 1 / x
    means = np.exp(np.log(matrix).mean(axis=1))
    found = by_pairs(NAMES, pairs)
    assert found is not None
    assert list(found.weights.values()) == pytest.approx(list(means / means.sum()))


@given(st.permutations(range(6)), st.lists(times, min_size=6, max_size=6), st.booleans())
def test_neither_order_nor_direction_of_comparisons_matters(
    order: list[int], drawn: list[float], turned: bool
) -> None:
    pairs = [Pair(*two, x) for two, x in zip(combinations(NAMES, 2), drawn, strict=True)]
    other = [pairs[at] for at in order]
    if turned:
        other = [Pair(two, one, 1 / x) for one, two, x in other]
    first, second = by_pairs(NAMES, pairs), by_pairs(NAMES, other)
    assert first is not None
    assert second is not None
    assert first.weights == pytest.approx(dict(second.weights))
    assert first.inconsistency == pytest.approx(second.inconsistency)


def test_people_count_alike_and_who_leaves_a_criterion_out_gives_it_nothing() -> None:
    assert together([{"a": 1.0}, {"a": 0.5, "b": 0.5}]) == {"a": 0.75, "b": 0.25}


def test_the_ranking_is_by_the_weighted_mean_of_what_was_scored() -> None:
    found = ranking(
        {"a": 0.5, "b": 0.3, "c": 0.2},
        {
            "x": {"a": 8, "b": 4, "c": 5},
            "y": {"a": 6, "b": 9},
            "z": {},
        },
    )
    assert [one.option for one in found] == ["y", "x", "z"]
    assert [one.value for one in found] == [pytest.approx(5.7 / 0.8), pytest.approx(6.2), None]
    assert [one.coverage for one in found] == pytest.approx([0.8, 1, 0])


def test_the_smallest_change_of_a_weight_that_flips_the_first_place_is_found() -> None:
    weights = {"a": 0.6, "b": 0.4}
    scores = {"x": {"a": 8.0, "b": 2.0}, "y": {"a": 5.0, "b": 6.0}}
    # lead of x: 3·w - 4·(1 - w) = 7w - 4, which is 0 at 4/7
    found = smallest_flip(weights, scores)
    assert found is not None
    assert (found.criterion, found.option) == ("a", "y")
    assert found.after == pytest.approx(4 / 7)


def test_an_option_that_is_better_in_everything_cannot_be_overtaken() -> None:
    scores = {"x": {"a": 8.0, "b": 7.0}, "y": {"a": 5.0, "b": 6.0}}
    assert smallest_flip({"a": 0.6, "b": 0.4}, scores) is None
    assert smallest_flip({"a": 1.0}, {"x": {"a": 1.0}}) is None


marks = st.integers(0, 10).map(float)
scored = st.fixed_dictionaries(dict.fromkeys(NAMES, marks))
shares = st.lists(st.integers(1, 20), min_size=4, max_size=4)


@given(st.fixed_dictionaries({"x": scored, "y": scored, "z": scored}), shares)
def test_at_the_flip_both_are_level_and_with_less_of_a_change_the_first_stays(
    scores: dict[str, dict[str, float]], drawn: list[int]
) -> None:
    total = sum(drawn)
    weights = {name: one / total for name, one in zip(NAMES, drawn, strict=True)}
    placed = ranking(weights, scores)
    assume(placed[0].value != placed[1].value)
    first, flip = placed[0].option, smallest_flip(weights, scores)
    if flip is None:
        return

    def moved(to: float) -> dict[str, float]:
        rest = 1 - weights[flip.criterion]
        return {
            name: to if name == flip.criterion else one * (1 - to) / rest
            for name, one in weights.items()
        }

    values = {one.option: one.value for one in ranking(moved(flip.after), scores)}
    assert values[first] == pytest.approx(values[flip.option], abs=1e-9)
    half = {
        one.option: one.value
        for one in ranking(moved((flip.before + flip.after) / 2), scores)
        if one.value is not None
    }
    assert half[first] >= max(half.values()) - 1e-9


some = st.dictionaries(st.sampled_from(NAMES), marks, min_size=1)


@given(st.fixed_dictionaries({"x": some, "y": some, "z": some}), shares)
def test_no_smaller_change_than_the_one_that_is_named_takes_the_first_place(
    scores: dict[str, dict[str, float]], drawn: list[int]
) -> None:
    """Tried out in steps of a hundredth, with options of which something was not scored."""
    total = sum(drawn)
    weights = {name: one / total for name, one in zip(NAMES, drawn, strict=True)}
    placed = ranking(weights, scores)
    assume(placed[0].value - placed[1].value > 0.01)
    first, flip = placed[0].option, smallest_flip(weights, scores)
    overtaken = []
    for criterion, now in weights.items():
        for to in (at / 100 for at in range(1, 100)):
            moved = {name: one * (1 - to) / (1 - now) for name, one in weights.items()}
            moved[criterion] = to
            values = {one.option: one.value or 0 for one in ranking(moved, scores)}
            if values[first] < max(values.values()) - 1e-9:
                overtaken.append(abs(to - now))
    if overtaken:
        assert flip is not None
        assert abs(flip.after - flip.before) <= min(overtaken) + 1e-9


def test_a_first_of_which_something_was_not_scored_can_be_overtaken_as_well() -> None:
    scores = {"x": {"a": 8.0}, "y": {"a": 6.0, "b": 9.0}, "z": {"a": 5.0, "b": 1.0}}
    found = smallest_flip({"a": 0.5, "b": 0.5}, scores)
    assert found is not None
    assert (found.criterion, found.option, found.after) == ("a", "y", pytest.approx(1 / 3))


def test_who_is_first_in_any_case_is_first_in_every_draw() -> None:
    spans = {"x": {"a": (7.0, 9.0)}, "y": {"a": (1.0, 6.0)}, "z": {}}
    assert first_places([{"a": 1.0}], spans) == {"x": 1.0, "y": 0.0, "z": 0.0}


def test_where_people_differ_both_can_be_first() -> None:
    spans = {"x": {"a": (8.0, 8.0), "b": (2.0, 2.0)}, "y": {"a": (2.0, 2.0), "b": (8.0, 8.0)}}
    found = first_places([{"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 1.0}], spans)
    assert found["x"] == pytest.approx(0.5, abs=0.05)
    assert sum(found.values()) == pytest.approx(1)


def test_costs_are_added_over_their_years_with_their_range() -> None:
    found = total_cost([Cost(100, 100, 100), Cost(10, 20, 30, 2, 9)], 4)
    assert found.by_year == (100, 20, 20, 20)
    assert found.expected == 160
    assert 130 < found.low < 160 < found.high < 190
    assert total_cost([], 3).by_year == (0, 0, 0)


costs = st.builds(
    Cost,
    *[st.floats(0, 1e9)] * 3,
    first_year=st.integers(1, 10),
    last_year=st.integers(1, 10),
)


@given(st.lists(costs, max_size=5), st.integers(1, 10))
def test_a_total_lies_between_the_least_and_the_most_of_its_parts(
    parts: list[Cost], years: int
) -> None:
    found = total_cost(parts, years)
    years_of = [max(0, min(years, one.last_year) - one.first_year + 1) for one in parts]
    least = sum(min(p.least, p.likely, p.most) * n for p, n in zip(parts, years_of, strict=True))
    most = sum(max(p.least, p.likely, p.most) * n for p, n in zip(parts, years_of, strict=True))
    close = 1e-9 * max(1.0, most)
    assert least - close <= found.low <= found.high <= most + close
    assert least - close <= found.expected <= most + close
