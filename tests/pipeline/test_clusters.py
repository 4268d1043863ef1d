"""Clusters: which values are put to a person as probably one, and which are not."""

from hypothesis import given
from hypothesis import strategies as st

from crm_core.pipeline.clusters import METHODS, Method, clusters


def found(values: list[str], method: Method) -> list[set[str]]:
    counted = {value: 10 - place for place, value in enumerate(values)}
    return [{value for value, _ in cluster.values} for cluster in clusters(counted, method)]


def test_case_width_spaces_signs_and_traditional_characters_make_no_other_value() -> None:
    assert found(["GTX Pro", "gtx-pro", "ＧＴＸＰＲＯ", "GTX Plus"], "signs") == [
        {"GTX Pro", "gtx-pro", "ＧＴＸＰＲＯ"}
    ]
    assert found(["华东", "華東", "华南"], "signs") == [{"华东", "華東"}]


def test_the_order_of_words_makes_no_other_value() -> None:
    assert found(["Smith, John", "John Smith", "John Smithe"], "words") == [
        {"Smith, John", "John Smith"}
    ]


def test_chinese_values_that_sound_alike_come_together() -> None:
    assert found(["科技", "科计", "教育"], "sound") == [{"科技", "科计"}]


def test_values_a_letter_apart_come_together_but_numbers_keep_apart() -> None:
    assert found(["technology", "technolgy", "tecnology", "medical"], "close") == [
        {"technology", "technolgy", "tecnology"}
    ]
    assert found(["Warehouse 1", "Warehouse 2", "仓库一号2024", "仓库一号2025"], "close") == []


def test_the_most_frequent_spelling_comes_first_and_big_clusters_before_small_ones() -> None:
    counted = {"a b": 1, "A B": 5, "x-y": 20, "xy": 1}
    assert [cluster.values for cluster in clusters(counted, "signs")] == [
        (("x-y", 20), ("xy", 1)),
        (("A B", 5), ("a b", 1)),
    ]


@given(
    st.dictionaries(st.text(max_size=8), st.integers(1, 9), max_size=12), st.sampled_from(METHODS)
)
def test_no_value_is_in_two_clusters_or_alone_in_one(
    values: dict[str, int], method: Method
) -> None:
    groups = [[value for value, _ in cluster.values] for cluster in clusters(values, method)]
    members = [value for group in groups for value in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 for group in groups)
    assert set(members) <= set(values)
