"""Texts that say nearly the same, in either language, and how they are gathered."""

from itertools import combinations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.matching.repeats import gathered, repeats, words

KEYS = st.sampled_from("abcdefg")
PAIRS = st.lists(st.tuples(KEYS, KEYS).filter(lambda two: two[0] != two[1]), max_size=15)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Customer data must be typed twice, into CRM and ERP",
         "We type customer data twice: in CRM and in ERP"),
        ("Quotes take days to approve", "Approval of quotes takes days"),
        ("客户资料要录两遍，CRM和ERP各录一遍", "客户资料需要录入两遍，CRM 和 ERP 都要录"),
        ("报价审批太慢，客户等不及", "报价审批太慢,客户都等不及了"),
    ],
)  # fmt: skip
def test_the_same_complaint_in_other_words_is_found(one: str, other: str) -> None:
    texts = ["Nobody reads the reports", one, "培训不够，新人不会用", other]
    assert repeats(duckdb.connect(), texts) == [(1, 3)]


def test_other_complaints_about_the_same_thing_are_not() -> None:
    texts = [
        "Quotes take days to approve",
        "Quotes are printed on paper",
        "报价审批太慢",
        "报价没有模板，每次重新写",
    ]
    assert repeats(duckdb.connect(), texts) == []
    assert repeats(duckdb.connect(), []) == repeats(duckdb.connect(), ["?", ""]) == []


def test_chinese_is_compared_by_pairs_of_characters_and_latin_by_words() -> None:
    assert words("CRM 里的报价，too slow") == ["crm", "里的", "的报", "报价", "too", "slow"]


@given(PAIRS, PAIRS, st.integers(2, 5))
def test_groups_hold_who_is_alike_with_their_first_and_never_whom_somebody_parted(
    pairs: list[tuple[str, str]], apart: list[tuple[str, str]], most: int
) -> None:
    found = gathered(pairs, apart, most)
    alike = {frozenset(pair) for pair in pairs}
    parted = {frozenset(pair) for pair in apart}
    every = [key for group in found for key in group]
    assert len(every) == len(set(every))
    for group in found:
        assert 2 <= len(group) <= most
        assert all(frozenset((group[0], other)) in alike for other in group[1:])
        assert not any(frozenset(pair) in parted for pair in combinations(group, 2))


@given(PAIRS)
def test_the_likest_pair_is_always_shown(pairs: list[tuple[str, str]]) -> None:
    found = gathered(pairs, [], 5)
    assert not pairs or any(set(pairs[0]) <= set(group) for group in found)
