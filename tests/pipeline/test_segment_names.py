"""Segment names: every value is a segment, misspellings are mended, nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.pipeline.segments import SegmentNames, respell


def resolve(*values: str, **options: object) -> dict[str, str | None]:
    return SegmentNames().resolve(dict.fromkeys(values, 1), **options)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("technolgy", "technology"),
        ("Technolgy", "Technology"),
        ("TECHNOLGY", "TECHNOLOGY"),
        ("goverment", "government"),
        ("telecomunications", "telecommunications"),
    ],
)
def test_a_misspelt_word_is_mended_in_its_own_style(written: str, meant: str) -> None:
    assert resolve(written) == {written: meant}


@pytest.mark.parametrize(
    "value",
    ["Grade 1", "小型企业", "大型企业", "SMB", "Zone A", "retail", "Shipbuilding", "Tier-2"],
)
def test_a_segment_of_the_companys_own_stays_as_it_is(value: str) -> None:
    assert resolve(value) == {value: value}


@pytest.mark.parametrize("value", ["-", "N/A", "Select", "无", "null", "请选择", "  ", "未知"])
def test_a_placeholder_is_no_segment(value: str) -> None:
    assert resolve(value) == {value: None}


def test_spellings_of_one_name_are_one_segment_under_the_most_frequent_one() -> None:
    names = SegmentNames().resolve({"Fitness Clubs": 2, "fitness clubs": 5, "FITNESS CLUBS ": 1})
    assert set(names.values()) == {"fitness clubs"}
    names = SegmentNames().resolve({"医疗行业": 2, "医疗": 5, "医 疗": 1})
    assert set(names.values()) == {"医疗"}


def test_the_lists_own_spelling_gives_a_new_name_where_a_line_has_it() -> None:
    assert set(SegmentNames().resolve({"finance": 5, "Finance": 1}).values()) == {"Finance"}
    known = SegmentNames.of(["finance"])
    assert set(known.resolve({"FINANCE": 5, "Finance": 1}).values()) == {"finance"}


def test_two_names_of_one_source_are_two_segments() -> None:
    assert len(set(resolve("Healthcare", "Medical", "Hospital").values())) == 3


def test_a_refused_repair_keeps_its_spelling() -> None:
    assert resolve("technolgy", refused=["technolgy"]) == {"technolgy": "technolgy"}
    assert resolve("technolgy", repair=False) == {"technolgy": "technolgy"}


def test_what_a_store_knows_gives_the_spelling() -> None:
    assert SegmentNames.of(["Retail"]).resolve({"RETAIL": 9}) == {"RETAIL": "Retail"}


@given(st.text(min_size=1, max_size=20))
def test_mending_twice_is_mending_once(value: str) -> None:
    assert respell(respell(value)) == respell(value)


@given(st.dictionaries(st.text(max_size=12), st.integers(1, 9), max_size=8))
def test_resolving_the_result_again_changes_nothing(lines: dict[str, int]) -> None:
    first = {name for name in SegmentNames().resolve(lines).values() if name is not None}
    again = SegmentNames.of(first).resolve(dict.fromkeys(first, 1))
    assert set(again.values()) - {None} <= first
