"""Groups of records from pairs: given ones, and properties."""

from hypothesis import given
from hypothesis import strategies as st

from crm_core.matching.groups import groups

keys = st.sampled_from("abcdefgh")
pairs = st.lists(st.tuples(keys, keys).filter(lambda pair: pair[0] != pair[1]), max_size=20)
numbers = st.sampled_from([frozenset(), frozenset({("id", "1")}), frozenset({("id", "2")})])
identifiers = st.dictionaries(keys, numbers)


def as_sets(found: list[list[str]]) -> set[frozenset[str]]:
    return set(map(frozenset, found))


def test_records_that_pairs_join_are_one_group() -> None:
    found = groups([("a", "b"), ("c", "d"), ("b", "e")], {})
    assert as_sets(found) == {frozenset("abe"), frozenset("cd")}


def test_a_record_without_a_number_is_no_bridge_between_two_of_different_numbers() -> None:
    numbers = {"a": {("id", "1")}, "b": set(), "c": {("id", "2")}}
    assert as_sets(groups([("a", "b"), ("b", "c")], numbers)) == {frozenset("ab")}


def test_the_surest_pair_decides_whom_a_record_without_a_number_goes_with() -> None:
    numbers = {"a": {("id", "1")}, "b": set(), "c": {("id", "2")}}
    assert as_sets(groups([("b", "c"), ("a", "b")], numbers)) == {frozenset("bc")}


def test_what_a_person_held_apart_is_not_joined_by_way_of_others() -> None:
    joined = groups([("a", "b"), ("b", "c"), ("c", "d")], {}, [("d", "a")])
    assert as_sets(joined) == {frozenset("abc")}


@given(pairs, identifiers, pairs)
def test_no_group_has_two_numbers_or_two_that_are_held_apart(pairs, identifiers, apart) -> None:
    for group in groups(pairs, identifiers, apart):
        assert len(set().union(*(identifiers.get(key, ()) for key in group))) <= 1
        assert not any({one, other} <= set(group) for one, other in apart)


@given(pairs)
def test_without_anything_that_holds_apart_every_pair_is_in_one_group(pairs) -> None:
    found = groups(pairs, {})
    assert all(any(set(pair) <= set(group) for group in found) for pair in pairs)
    assert sum(map(len, found)) == len({key for pair in pairs for key in pair})
