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
        ("Enregy", "Energy"),
    ],
)
def test_a_misspelt_word_is_mended_in_its_own_style(written: str, meant: str) -> None:
    assert resolve(written) == {written: meant}


@pytest.mark.parametrize(
    "value",
    [
        "Grade 1",
        "小型企业",
        "大型企业",
        "SMB",
        "Zone A",
        "retail",
        "Shipbuilding",
        "Tier-2",
        "Retain",
    ],
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


@pytest.mark.parametrize(("written", "meant"), [("电子业", "电子"), ("服务业", "服务")])
def test_an_industry_is_the_same_with_its_suffix(written: str, meant: str) -> None:
    assert len(set(SegmentNames().resolve({meant: 5, written: 1}).values())) == 1


@pytest.mark.parametrize("own", ["工业", "农业", "大企业"])
def test_a_word_that_ends_like_an_industry_is_none_for_that(own: str) -> None:
    assert SegmentNames().resolve({own: 1, own[:-1]: 2})[own] == own


@pytest.mark.parametrize(
    ("written", "meant"),
    [("医廖", "医疗"), ("气车", "汽车"), ("教肓", "教育"), ("食品饮科", "食品饮料")],
)
def test_a_chinese_word_with_a_character_that_sounds_or_looks_alike_is_mended(
    written: str, meant: str
) -> None:
    assert SegmentNames().resolve({meant: 60, written: 2})[written] == meant


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ({"食品": 60, "饰品": 40}, "饰品"),  # as frequent as a segment of its own
        ({"教育": 60, "教训": 1}, "教训"),  # another sound and another shape
        ({"气车": 1}, "气车"),  # nobody writes the right word
        ({"甲乙": 60, "甲已": 1}, "甲已"),  # no listed word
    ],
)
def test_a_chinese_word_that_may_mean_another_thing_stays(
    lines: dict[str, int], value: str
) -> None:
    assert SegmentNames().resolve(lines)[value] == value


def test_two_names_of_one_source_are_two_segments() -> None:
    assert len(set(resolve("Healthcare", "Medical", "Hospital").values())) == 3


def test_a_refused_repair_keeps_its_spelling() -> None:
    assert resolve("technolgy", refused=["technolgy"]) == {"technolgy": "technolgy"}


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
