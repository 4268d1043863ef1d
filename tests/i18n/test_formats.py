from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.i18n import DASH, Formats

EN, ZH = Formats("en"), Formats("zh")


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "0", "0"),
        (0.1234, "0.123", "0.123"),
        (999, "999", "999"),
        (1234, "1.23K", "1,234"),
        (Decimal("8209.4"), "8.21K", "8,209"),
        (9999.6, "10.0K", "1.00万"),
        (12_345, "12.3K", "1.23万"),
        (999_950, "1.00M", "100万"),
        (12_345_678, "12.3M", "1230万"),
        (-5_600_000, "−5.60M", "−560万"),
        (400_000_000, "400M", "4.00亿"),
        (170_000, "170K", "17.0万"),
        (676_000_000, "676M", "6.76亿"),
        (Decimal("1234567890.12"), "1.23B", "12.3亿"),
    ],
)
def test_a_card_shows_three_digits_in_the_readers_units_and_a_number_without_one_whole(
    value: float, english: str, chinese: str
) -> None:
    assert EN.compact(value) == english
    assert ZH.compact(value) == chinese


@given(st.floats(-1e15, 1e15))
def test_a_compact_figure_never_has_more_than_three_significant_digits(value: float) -> None:
    digits = "".join(filter(str.isdigit, EN.compact(value))).lstrip("0").rstrip("0")
    assert len(digits) <= 3


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_missing_is_a_dash_and_never_a_zero(missing: object) -> None:
    for written in (EN.number, EN.compact, EN.money, EN.percent):
        assert written(missing) == DASH


def test_a_number_is_grouped_alike_on_a_card_and_in_a_row() -> None:
    assert ZH.compact(4070) == ZH.number(4070) == "4,070"
    assert ZH.compact(4070, "CNY") == "¥4,070"
    assert ZH.mark(12_345_678) == "1230万"


def test_what_is_below_zero_has_a_true_minus_sign() -> None:
    assert [EN.number(-1), EN.number(-1.5, 1), EN.percent(-0.25)] == ["−1", "−1.5", "−25.0%"]
    assert [ZH.compact(-4070), EN.money(Decimal(-3), "USD")] == ["−4,070", "−$3"]


def test_missing_days_are_dashes_too() -> None:
    assert [EN.day(None), ZH.month(None), ZH.moment(None), EN.listing([])] == [DASH] * 4


def test_money_keeps_the_sources_decimals_and_its_currency() -> None:
    assert EN.money(Decimal("129.696"), "CNY") == "CN¥129.696"
    assert ZH.money(Decimal("129.696"), "CNY") == "¥129.696"
    assert EN.money(Decimal("1234.5"), "USD") == "$1,234.50"
    assert EN.money(1234.5, "USD") == "$1,234.50"
    assert ZH.money(Decimal("-88000"), "USD") == "−US$88,000"


def test_money_shows_no_zeros_that_only_the_store_put_there() -> None:
    assert ZH.money(Decimal("144802477.7300000000"), "CNY") == "¥144,802,477.73"
    assert ZH.money(Decimal("5.1000000000"), "CNY") == "¥5.10"


def test_an_axis_has_short_marks() -> None:
    assert [ZH.mark(400_000_000), ZH.mark(150_000_000), EN.mark(2_000_000)] == [
        "4亿",
        "1.5亿",
        "2M",
    ]


def test_a_gap_stands_between_chinese_and_latin_in_a_list() -> None:
    assert ZH.listing(["CNY", "USD"]) == "CNY 和 USD"
    assert ZH.listing(["华东", "华南"]) == "华东和华南"


def test_a_currency_we_do_not_know_is_left_out() -> None:
    assert EN.money(Decimal("12.5"), "???") == "12.5"
    assert EN.money(Decimal("12.5")) == "12.5"
    assert EN.compact(1500, "ABCDE") == "1.50K"
    assert EN.unit("ABCDE") == ""


def test_a_currency_is_a_cards_unit() -> None:
    assert [EN.unit("CNY"), ZH.unit("CNY"), ZH.unit("USD")] == ["CNY", "元", "美元"]


def test_shares_and_counts() -> None:
    assert EN.percent(0.2431) == "24.3%"
    assert EN.percent(0.2431, 0) == "24%"
    assert EN.number(1234567) == "1,234,567"
    assert EN.number(Decimal("0.10")) == "0.1"
    assert EN.number(2.345, 1) == "2.3"


def test_days_and_months_are_written_the_readers_way() -> None:
    day, moment = date(2025, 11, 3), datetime(2025, 11, 3, 14, 5)
    assert [EN.day(day), ZH.day(day)] == ["Nov 3, 2025", "2025年11月3日"]
    assert [EN.month(day), ZH.month(day)] == ["Nov 2025", "2025年11月"]
    assert [EN.clock(moment), ZH.clock(moment)] == ["14:05"] * 2
    assert [EN.moment(moment), ZH.moment(moment)] == [
        "Nov 3, 2025 14:05",
        "2025年11月3日 14:05",
    ]
