"""Amounts in words are read exactly, or not at all."""

from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.entities import Kind
from crm_core.domain.plan import ColumnPlan
from crm_core.pipeline import clean
from crm_core.pipeline.standardise.amounts import plain_amount
from crm_core.pipeline.standardise.numerals import numeral


@pytest.mark.parametrize(
    "text", ["三万五", "一百二", "两千三", "十二万三", "一百二万", "5²", "½", "③"]
)
def test_what_is_said_two_ways_is_no_amount(text: str) -> None:
    assert plain_amount(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3万5千", "35000"),
        ("1亿2000万", "120000000"),
        ("3.5百万元", "3500000"),
        ("三万五千元整", "35000"),
        ("叁万伍仟元整", "35000"),
        ("₹1,23,45,678.90", "12345678.90"),
        ("1.5 lakh", "150000"),
        ("2 crore", "20000000"),
        ("1 234 567.50", "1234567.50"),
        ("1’234.50", "1234.50"),
        ("USD 3 million", "3000000"),
        ("-5美元", "-5"),
        ("(HK$ 5)", "-5"),
        ("5‰", "0.005"),
    ],
)
def test_amounts_in_words_are_understood(text: str, amount: str) -> None:
    assert plain_amount(text) == Decimal(amount)


OPEN = [
    *("约5万", "5万以上", "5-10", "5~10", "100+", ">100", "≈5", "5万左右", "3万5", "万", "$", ""),
    *("12,5", "1,23", "1,234,56", "1.2.3", "5.5.24", "1/2", "1 234 56", "12 34", "12 apples"),
    *("--5", "5--", "-(5)", "(-5)", "500 CR", "500 DR"),
]


@pytest.mark.parametrize("text", OPEN)
def test_what_leaves_an_amount_open_is_no_amount(text: str) -> None:
    assert plain_amount(text) is None
    column = ColumnPlan(index=0, header="")
    for sql in (clean.quick, clean.slow):
        expression = sql(Kind.MONEY, "cell", column, "DECIMAL(18, 2)")
        cell = "FROM (SELECT $1::VARCHAR AS cell)"
        [found] = duckdb.execute(f"SELECT {expression} {cell}", [text]).fetchall()
        assert found == (None,), sql.__name__


def test_credits_are_negative_where_the_column_tells_debits_from_them() -> None:
    assert plain_amount("1,234.50 CR", ledger=True) == Decimal("-1234.50")
    assert plain_amount("1,234.50 Dr", ledger=True) == Decimal("1234.50")


def test_a_decimal_comma_column_reads_no_decimal_point() -> None:
    assert plain_amount("1.234,50", ",") == Decimal("1234.50")
    assert plain_amount("1234.50", ",") is None
    assert plain_amount("1.23", ",") is None


@given(st.text(max_size=30), st.sampled_from([".", ","]), st.booleans())
def test_no_text_breaks_it(text: str, mark: str, ledger: bool) -> None:
    plain_amount(text, mark, ledger=ledger)


@given(st.decimals(0, 10**12, places=2), st.sampled_from([".", ","]))
def test_grouped_figures_are_read_back(amount: Decimal, mark: str) -> None:
    written = f"{amount:,.2f}"
    swapped = written.translate(str.maketrans(",.", ".,")) if mark == "," else written
    assert plain_amount(f"EUR {swapped}", mark) == amount


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_numerals_say_what_their_figures_say(high: int, low: int) -> None:
    assert numeral(f"{spelled(high)}万{spelled(low, inside=True)}") == high * 10_000 + low


def spelled(number: int, inside: bool = False) -> str:
    """`number` below ten thousand in Chinese; `inside`: something greater stands before it."""
    digits = "零一二三四五六七八九"
    said, zero = "", inside and number < 1000
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = number // unit % 10
        if figure:
            said += ("零" if zero else "") + digits[figure] + sign
            zero = False
        elif said and number % unit:
            zero = True
    return said
