"""How dates and amounts are written is read from header and cells, and asked where it is open."""

from decimal import Decimal
from pathlib import Path

import pytest
from raw_tables import column, recognise

from crm_core.domain.plan import ColumnPlan


def deal(folder: Path, header: str, *cells: str) -> ColumnPlan:
    """The plan of one column among a deal's others."""
    rows = "\n".join(f"D{n}|Lamp {n}|Won|{cell}" for n, cell in enumerate(cells))
    return column(recognise(folder, f"Deal ID|Deal Name|Stage|{header}\n{rows}"), header)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (("2024-03-01", "2024-03-02"), "ymd"),
        (("3/25/2024", "3/1/2024"), "mdy"),
        (("25/3/2024", "1/3/2024"), "dmy"),
        (("01.02.2024", "03.02.2024"), "dmy"),
        (("2024年3月1日", "2024年3月2日"), "ymd"),
        (("二〇二四年三月一日", "民国113年3月2日", "2024年3月"), "ymd"),
        (("24/3/5", "24/11/20", "23/5/8"), "ymd"),
        (("25/3/24", "1/3/24"), "dmy"),
        (("3/25/24", "3/1/24"), "mdy"),
        (("2024-03-01", "2024-03-02", "24/13/45", "00.00.0000"), "ymd"),
        (("25/3/2024", "1/3/2024", "24/13/45"), "dmy"),
    ],
)
def test_the_order_of_dates_is_told_by_the_cells(
    cells: tuple[str, ...], order: str, tmp_path: Path
) -> None:
    found = deal(tmp_path, "Close Date", *cells)
    assert (found.field, found.date_order, found.sure) == ("closed_at", order, True)


def test_an_open_order_of_dates_is_asked(tmp_path: Path) -> None:
    found = deal(tmp_path, "Close Date", "3/4/2024", "5/6/2024")
    assert (found.field, found.date_order, found.sure) == ("closed_at", None, False)


def test_a_short_year_that_may_stand_first_or_last_is_asked(tmp_path: Path) -> None:
    assert not deal(tmp_path, "Close Date", "24/3/25", "23/11/20").sure


def test_cells_that_contradict_each_other_are_asked(tmp_path: Path) -> None:
    assert not deal(tmp_path, "Close Date", "25/3/2024", "3/25/2024", "1/2/2024").sure


def test_the_header_may_tell_the_order_of_dates(tmp_path: Path) -> None:
    found = deal(tmp_path, "Close Date (dd/mm/yyyy)", "3/4/2024", "5/6/2024")
    assert (found.date_order, found.sure) == ("dmy", True)


def test_a_sister_column_tells_the_order_of_dates(tmp_path: Path) -> None:
    plan = recognise(
        tmp_path,
        "Deal Name|Stage|Create Date|Close Date\nA|Won|1/2/2024|3/4/2024\nB|Won|2/25/2024|5/6/2024",
    )
    found = column(plan, "Close Date")
    assert (found.date_order, found.sure) == ("mdy", True)


@pytest.mark.parametrize(
    ("header", "scale", "currency"),
    [
        ("金额（万元）", "10000", "CNY"),
        ("金额（元）", "1", "CNY"),
        ("合同金额/千元", "1000", "CNY"),
        ("预计金额(万美元)", "10000", "USD"),
        ("Amount (USD)", "1", "USD"),
        ("Opportunity Amount EUR", "1", "EUR"),
        ("Amount in thousands", "1000", None),
        ("Amount (k$)", "1000", None),
        ("Amount ($M)", "1000000", None),
        ("Amount", "1", None),
    ],
)
def test_a_header_tells_magnitude_and_currency(
    header: str, scale: str, currency: str | None, tmp_path: Path
) -> None:
    found = deal(tmp_path, header, "12", "7.5", "100")
    assert (found.field, found.scale, found.currency) == ("amount", Decimal(scale), currency)
    assert found.sure


@pytest.mark.parametrize(
    ("cells", "currency"),
    [
        (("€ 1,200.00", "€ 80.00"), "EUR"),
        (("US$1,200.00", "US$80.00"), "USD"),
        (("1200 RMB", "80 RMB"), "CNY"),
        (("$1,200.00", "$80.00"), None),
        (("¥1,200.00", "¥80.00"), None),
    ],
)
def test_the_cells_sign_tells_the_currency_if_only_one_has_it(
    cells: tuple[str, ...], currency: str | None, tmp_path: Path
) -> None:
    found = deal(tmp_path, "Amount", *cells)
    assert (found.currency, found.sure) == (currency, True)


def test_the_yuan_sign_under_chinese_headers_is_the_yuan(tmp_path: Path) -> None:
    plan = recognise(tmp_path, "商机名称|销售阶段|金额\nA|赢单|¥1,200.00\nB|赢单|￥80.00")
    assert column(plan, "金额").currency == "CNY"


def test_cells_in_several_currencies_give_the_column_none(tmp_path: Path) -> None:
    found = deal(tmp_path, "Amount", "€ 1,200.00", "£ 80.00")
    assert (found.currency, found.sure) == (None, True)


def test_a_decimal_comma_is_seen(tmp_path: Path) -> None:
    found = deal(tmp_path, "Amount", "1.234,56", "99,50", "1.000")
    assert (found.field, found.decimal_mark, found.sure) == ("amount", ",", True)


def test_a_thousands_comma_is_no_decimal_comma(tmp_path: Path) -> None:
    assert deal(tmp_path, "Amount", "1,234.56", "99.50", "1,000").decimal_mark == "."


def test_a_thousand_grouped_by_the_decimal_mark_of_its_column_is_asked(tmp_path: Path) -> None:
    assert not deal(tmp_path, "Amount", "5.000,00 €", "3400", "1,200").sure
    assert not deal(tmp_path, "Amount", "5,000.00", "3400", "1.200").sure
    # Where others have three places too, it is what it seems.
    assert deal(tmp_path, "Amount", "5,000.00", "0.125", "1.200").sure


def test_both_decimal_marks_in_one_column_are_asked(tmp_path: Path) -> None:
    assert not deal(tmp_path, "Amount", "1.234,56", "1,234.56").sure


def test_a_single_amount_with_the_other_mark_leaves_the_column_sure(tmp_path: Path) -> None:
    usual = [str(n) for n in range(1000, 1040)]
    found = deal(tmp_path, "Amount", *usual, "98.50", "2.100,00")
    assert (found.decimal_mark, found.sure) == (".", True)
    assert not deal(tmp_path, "Amount", *usual, "98.50", "2.100,00", "1.234").sure


@pytest.mark.parametrize(("cells", "scale"), [(("90", "5"), "0.01"), (("0.9", "0"), "1")])
def test_a_probability_in_percent_becomes_a_share(
    cells: tuple[str, ...], scale: str, tmp_path: Path
) -> None:
    assert deal(tmp_path, "Probability", *cells).scale == Decimal(scale)
