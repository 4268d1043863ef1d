"""The lists under data/ are complete in both languages and say nothing twice."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

import crm_core.store
from crm_core.reference import (
    booleans,
    countries,
    currencies,
    entities,
    header_words,
    placeholders,
    plain_key,
    segments,
    stages,
    totals,
    word_key,
)
from crm_core.reference.lists import read_yaml

LISTS = ("placeholders", "totals")
OUTCOMES = ("open", "won", "lost")
TECHNICAL = [
    "row_id",
    "row_key",
    "origin",
    "batch_id",
    "file_id",
    "source_file",
    "source_line",
    "loaded_at",
    "change_id",
    "by_hand",
    "extra",
]


def repeated(words: Iterable[str]) -> list[str]:
    """The words that come more than once."""
    return [word for word, count in Counter(words).items() if count > 1]


@pytest.mark.parametrize("entity", list(entities()))
def test_an_entity_has_exactly_the_fields_of_its_table(entity: str) -> None:
    folder = Path(crm_core.store.__file__).parent / "migrations"
    tables = (folder / "0002_customer_data.sql").read_text(encoding="utf-8")
    found = re.search(rf"CREATE TABLE crm\.{entity} \((.*?)\n\);", tables, re.DOTALL)
    assert found
    columns = re.findall(r"^\s+(\w+) ", found[1], re.MULTILINE)
    own = [column for column in columns if column not in TECHNICAL]
    assert [field.name for field in entities()[entity].fields] == own


def test_keys_references_and_derived_fields_exist() -> None:
    for spec in entities().values():
        for name in (spec.key, spec.natural_key):
            assert name is None or spec.field(name)
        assert all(field.refers_to in (None, *entities()) for field in spec.fields)
        for derivation in spec.derives:
            assert all(entities()[derivation.entity].field(name) for name in derivation.synonyms)


def test_every_field_is_labelled_and_known_in_both_languages() -> None:
    for spec in entities().values():
        for field in spec.fields:
            words = (field.label.en, field.label.zh, *field.synonyms)
            assert any(word.isascii() for word in field.synonyms), (spec.name, field.name)
            assert any(not word.isascii() for word in field.synonyms), (spec.name, field.name)
            assert all(words)


def test_a_header_stands_once_in_a_fields_list() -> None:
    for spec in entities().values():
        for field in spec.fields:
            assert repeated(map(plain_key, field.synonyms)) == [], (spec.name, field.name)


def test_an_alias_belongs_to_one_segment() -> None:
    words = [
        word for entry in segments().entries.values() for word in {word_key(w) for w in entry.words}
    ]
    assert repeated(words) == []


def test_there_are_many_segments_in_both_languages() -> None:
    entries = segments().entries.values()
    assert len(entries) >= 60
    assert all(entry.en.isascii() and not entry.zh.isascii() for entry in entries)
    assert all(entry.aliases.en and entry.aliases.zh for entry in entries)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_words_has_both_languages(name: str) -> None:
    assert all(read_yaml(f"reference/{name}.yaml")[language] for language in ("en", "zh"))


def test_a_stage_has_one_outcome() -> None:
    lists = read_yaml("reference/stages.yaml")
    words = [
        word
        for outcome in OUTCOMES
        for word in {word_key(w) for language in ("en", "zh") for w in lists[outcome][language]}
    ]
    assert repeated(words) == []


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("Closed Won", "won"),
        ("赢单", "won"),
        ("贏單", "won"),
        ("已签约", "won"),
        ("Loss", "lost"),
        ("ABANDONED", "lost"),
        ("丢单", "lost"),
        ("Prospecting", "open"),
        ("商务谈判", "open"),
    ],
)
def test_stages_in_either_language_have_an_outcome(word: str, outcome: str) -> None:
    assert stages()[word_key(word)] == outcome


@pytest.mark.parametrize(
    "text", ["Select", " - ", "N/A", "无", "未知", "NULL", "请选择", "", "（空）"]
)
def test_a_placeholder_says_nothing(text: str) -> None:
    assert plain_key(text) in placeholders()


def test_a_segment_is_no_placeholder() -> None:
    assert not {plain_key(w) for e in segments().entries.values() for w in e.words} & placeholders()


@pytest.mark.parametrize(
    ("word", "iso"),
    [
        ("Philipines", "PH"),
        ("usa", "US"),
        ("中国", "CN"),
        ("臺灣", "TW"),
        ("de", "DE"),
        ("Viet Nam", "VN"),
    ],
)
def test_a_country_is_known_by_name_code_and_misspelling(word: str, iso: str) -> None:
    assert countries()[word_key(word)].iso == iso


def test_a_countrys_alias_is_listed_for_one_country() -> None:
    lists = read_yaml("reference/countries.yaml")
    words = [word for iso in lists for word in {word_key(alias) for alias in lists[iso]}]
    assert repeated(words) == []


@pytest.mark.parametrize(
    ("word", "iso"), [("元", "CNY"), ("RMB", "CNY"), ("€", "EUR"), ("usd", "USD")]
)
def test_a_currency_is_known_by_sign_word_and_code(word: str, iso: str) -> None:
    assert currencies()[plain_key(word)] == iso


@pytest.mark.parametrize("sign", ["$", "¥", "￥", "kr"])
def test_a_shared_currency_sign_decides_nothing(sign: str) -> None:
    assert plain_key(sign) not in currencies()


@pytest.mark.parametrize(
    ("word", "answer"), [("是", True), ("Yes", True), ("0", False), ("否", False)]
)
def test_yes_and_no_are_understood(word: str, answer: bool) -> None:
    assert booleans()[plain_key(word)] is answer


@pytest.mark.parametrize("word", ["合计", "Grand Total", "小計"])
def test_a_footer_is_known_by_its_first_word(word: str) -> None:
    assert word_key(word) in totals()


def test_a_header_that_means_nothing_is_no_synonym_of_the_core_fields() -> None:
    core = {
        word_key(word)
        for entity, groups in header_words().core.items()
        for name in frozenset().union(*groups)
        for word in (entities()[entity].field(name).label.en, name)
    }
    assert not (core - {word_key("type")}) & header_words().other


def test_traditional_characters_each_have_a_simplified_one() -> None:
    table = read_yaml("reference/traditional.yaml")
    assert len(table["from"]) == len(table["to"]) == len(set(table["from"]))
    assert all(a != b for a, b in zip(table["from"], table["to"], strict=True))
