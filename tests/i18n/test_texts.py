import pytest

from crm_core.domain.entities import Label
from crm_core.domain.problems import Problem
from crm_core.i18n import DASH, LANGUAGES, Texts, choose


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        (("zh-CN",), "zh"),
        (("zh-Hant-TW",), "zh"),
        (("zh_CN.UTF-8",), "zh"),
        (("en-GB", "zh"), "en"),
        ((None, "", "fr", "zh"), "zh"),
        (("*", "../../etc", "x" * 500), "en"),
        ((), "en"),
    ],
)
def test_the_first_wish_that_is_a_language_of_ours_is_followed(
    wishes: tuple[str | None, ...], language: str
) -> None:
    assert choose(*wishes) == language


def test_a_text_is_shown_in_the_readers_language() -> None:
    assert Texts("en").text("Overview") == "Overview"
    assert Texts("zh").text("Overview") == "总览"


def test_numbers_in_a_sentence_are_written_the_readers_way_but_line_numbers_are_not() -> None:
    problem = Problem("too_many_columns", {"line": 12345, "columns": 30000, "limit": 2000})
    assert "12345" in Texts("en").problem(problem)
    assert "30,000" in Texts("en").problem(problem)
    assert "第 12345 行有 30,000 列" in Texts("zh").problem(problem)


def test_a_sparse_sheet_is_told_with_how_far_it_spans() -> None:
    problem = Problem("sheet_sparse", {"rows": 1048576, "columns": 16384, "cells": 5})
    assert "1,048,576 rows and 16,384 columns" in Texts("en").problem(problem)
    assert DASH not in Texts("zh").problem(problem)


def test_a_reader_stopped_for_its_memory_is_told_with_how_much_it_had() -> None:
    problem = Problem("too_much_memory", {"megabytes": 512})
    assert "512" in Texts("en").problem(problem)


def test_braces_in_a_customers_data_are_shown_and_not_obeyed() -> None:
    problem = Problem("file_unreadable", {"reason": "{line.__class__} {0}"})
    assert "{line.__class__} {0}" in Texts("zh").problem(problem)


def test_a_value_that_was_not_given_is_a_dash() -> None:
    assert "第 – 行" in Texts("zh").problem(Problem("line_unknown"))


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("CRM", "在 CRM 中录入"),
        ("旧版系统", "在旧版系统中录入"),
        ("旧版 ERP", "在旧版 ERP 中录入"),
        (["报价表.xlsx", "微信"], "在报价表.xlsx 和微信中录入"),
        (3, "在 3 中录入"),
    ],
)
def test_chinese_has_a_gap_beside_latin_letters_alone_whatever_a_sentence_names(
    who: object, said: str
) -> None:
    label = Label(zh="在 {who} 中录入", en="typed into {who}")
    assert Texts("zh").sentence(label, who=who) == said


@pytest.mark.parametrize("code", ["sheet_not_recognised", "sheet_unsure"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_without_sheets_is_named_without_one(language: str, code: str) -> None:
    params = {"file": "a.csv", "sheet": None, "entity": "lead"}
    said = Texts(language).problem(Problem(code, params))
    assert "a.csv" in said
    assert DASH not in said
    told = Texts(language).problem(Problem(code, params | {"sheet": "2024"}))
    assert "2024" in told and "a.csv" in told


def test_what_a_sheet_may_hold_is_said_in_the_readers_words() -> None:
    problem = Problem("sheet_unsure", {"file": "a.csv", "sheet": None, "entity": "opportunity"})
    assert "holds opportunities" in Texts("en").problem(problem).lower()
    assert "opportunit" not in Texts("zh").problem(problem)


def test_plurals_follow_the_language() -> None:
    assert Texts("en").plural("{n} row", "{n} rows", 1) == "1 row"
    assert Texts("en").plural("{n} row", "{n} rows", 1500) == "1,500 rows"


def test_lists_are_joined_as_the_language_joins_them() -> None:
    assert Texts("en").text("{names}", names=["a", "b", "c"]) == "a, b, and c"
    assert Texts("zh").text("{names}", names=["甲", "乙", "丙"]) == "甲、乙和丙"


def test_a_label_of_the_domain_is_shown_in_the_readers_language() -> None:
    label = Label(en="Customer", zh="客户")
    assert [Texts(language).label(label) for language in ("en", "zh")] == ["Customer", "客户"]


def test_marks_within_marks_are_single_ones() -> None:
    english, chinese = Texts("en"), Texts("zh")
    label = Label(en="Nobody owns “{name}”", zh="“{name}”没有负责人")
    title = "The goal “Win more” is off its line"
    assert (
        english.sentence(label, name=title) == "Nobody owns “The goal ‘Win more’ is off its line”"
    )
    assert chinese.sentence(label, name="目标“赢单”落后") == "“目标‘赢单’落后”没有负责人"
    assert english.text("{a}", a=title) == title
