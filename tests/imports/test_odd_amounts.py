"""Amounts as companies write them, against sums made by hand."""

from decimal import Decimal

import pytest
from small_exports import HEAD, deals, refused, revenue, won


def test_amounts_are_read_however_they_are_signed(load, store) -> None:
    cells = ["(1,234.50)", "-$2,000.00", "$3,000.25", "1,000.00-", "−100.00", "12.5k", "$1.2M"]
    load(deals=deals(*(won(i, "Retail", cell) for i, cell in enumerate(cells))))
    expected = ["-1234.50", "-2000", "3000.25", "-1000", "-100", "12500", "1200000"]
    assert refused(store) == []
    assert revenue(store) == {("Retail", None): sum(map(Decimal, expected))}


def test_amounts_in_several_currencies_keep_each_its_own(load, store) -> None:
    cells = ["€200.00", "£300.00", "CNY 500", "$100", "600", "₹ 7", "80 €"]
    load(deals=deals(*(won(i, "Retail", cell) for i, cell in enumerate(cells))))
    assert refused(store) == []
    assert revenue(store) == {
        ("Retail", "EUR"): 280,
        ("Retail", "GBP"): 300,
        ("Retail", "CNY"): 500,
        ("Retail", "INR"): 7,
        ("Retail", None): 700,
    }


def test_a_discount_beside_prices_is_told_not_to_be_taken_off(load, store) -> None:
    head = "OrderID,ProductID,UnitPrice,Quantity,Discount"
    [file] = load(order_details=deals("1,42,14.50,12,0.15", "2,43,9,1,0", head=head)).files
    assert revenue(store, "sales") == {(None, None): 183}
    assert [note.code for note in file.notes] == ["discount_not_taken_off", "sales_undated"]
    lines = ["3,42,14.50,12,0.15,147.90", "4,43,9,1,0,9"]
    [file] = load(order_details=deals(*lines, head=head + ",Line Total")).files
    assert [note.code for note in file.notes] == ["sales_undated"]


@pytest.mark.parametrize("status", ["Cancelled", "VOIDED", "draft", "wc-failed", "已取消", "作废"])
def test_amounts_of_cancelled_orders_are_told(status: str, load) -> None:
    lines = [f"SO-{n},2024-03-0{n},Firm,{n}0,{status if n > 3 else 'Shipped'}" for n in range(1, 6)]
    lines += [f"SO-6,2024-03-06,Firm,0,{status}"]
    [file] = load(orders=deals(*lines, head="Order No,Order Date,Customer,Total,Status")).files
    told = {one.rule: one.lines for one in file.warnings}
    assert (file.loaded, told.get("sale_cancelled_with_amount")) == (6, 2)


def test_a_currency_column_says_more_than_signs(load, store) -> None:
    lines = [won(1, "Retail", "€20") + ",USD", won(2, "Retail", "£30") + ",USD"]
    load(deals=deals(*lines, head=HEAD + ",Currency"))
    assert revenue(store) == {("Retail", "USD"): 50}


def test_chinese_amounts_in_units_of_ten_thousand_and_more(load, store) -> None:
    cells = ["1.5万元", "2亿元", "３００元", "¥1,234.5万", "8万元", "12万美元"]
    lines = [f'S{i},客户{i},零售,赢单,"{cell}",2024年3月5日' for i, cell in enumerate(cells)]
    head = "商机编号,客户名称,所属行业,阶段,金额,成交日期"
    load(商机=deals(*lines, "合计：6条,,,,999,", head=head), encoding="gb18030")
    cny = 15_000 + 200_000_000 + 300 + 12_345_000 + 80_000
    assert revenue(store) == {("零售", "CNY"): cny, ("零售", "USD"): 120_000}


@pytest.mark.parametrize(
    ("title", "times", "currency"),
    [
        ("单位：万元", 10_000, "CNY"),
        ("2024年销售台账（金额单位：万元）", 10_000, "CNY"),
        ("Sales 2024 (in thousands of USD)", 1000, "USD"),
        ("单位：全部单位", 1, None),
        ("单位：m", 1, None),
        ("Sales in thousands for all markets", 1000, None),
        ("Unit: Sales in Asia", 1, None),
    ],
)
def test_the_unit_above_the_header_is_that_of_amounts_without_one(
    title: str, times: int, currency: str | None, load, store
) -> None:
    lines = [f"DD-{n},客户{n},2024-03-0{n},{n},{n}.5" for n in range(1, 5)]
    load(orders=deals(*lines, head=f"{title},,,,\n订单编号,客户,订单日期,数量,金额"))
    assert revenue(store, "sales") == {(None, currency): 12 * times}
    with store.read() as cursor:
        assert cursor.execute("SELECT sum(quantity) FROM crm.sale").fetchall() == [(10,)]


@pytest.mark.parametrize(
    ("note", "times"),
    [("注：金额单位为万元。", 10_000), ("单位：千元", 1000), ("Note: amounts in thousands", 1000)],
)
def test_the_unit_in_a_note_below_the_table_is_that_of_its_amounts(
    note: str, times: int, load, store
) -> None:
    lines = [f"DD-{n},客户{n},2024-03-0{n},{n}.5" for n in range(1, 5)]
    load(orders=deals(*lines, "", note, head="订单编号,客户,订单日期,金额"))
    assert sum(revenue(store, "sales").values()) == 12 * times


def test_the_unit_above_the_header_is_not_that_of_amounts_with_their_own(load, store) -> None:
    lines = [f"DD-{n},客户{n},2024-03-0{n},{n}.5" for n in range(1, 5)]
    load(orders=deals(*lines, head="单位：万元,,,\n订单编号,客户,订单日期,金额（元）"))
    assert revenue(store, "sales") == {(None, "CNY"): 12}


def test_of_two_amounts_the_one_not_converted_counts_in_its_own_currency(load, store) -> None:
    head = HEAD.replace(
        "Amount", "Amount Currency,Amount,Amount (converted) Currency,Amount (converted)"
    )
    line = "D{0},Firm,Retail,Closed Won,{1},{0}0,USD,99,2024-01-31,2024-01-01"
    load(deals=deals(line.format(1, "EUR"), line.format(2, "USD"), head=head))
    assert revenue(store) == {("Retail", "EUR"): 10, ("Retail", "USD"): 20}


def test_whole_amounts_grouped_by_points_beside_dates_with_points(load, store) -> None:
    line = "D{0};Firm;Retail;Closed Won;{1};31.01.2024;01.12.2023"
    lines = [line.format(i, cell) for i, cell in enumerate(["1.234", "850", "12.500"])]
    load(deals=deals(*lines, head=HEAD.replace(",", ";")))
    assert revenue(store) == {("Retail", None): 14_584}


def test_a_row_of_units_below_the_header_belongs_to_it(load, store) -> None:
    head = "订单编号,客户名称,产品名称,数量,金额,下单日期\n,,,台,万元,"
    [file] = load(
        订单=deals("S1,甲公司,A,2,1.5,2024-03-01", "S2,乙公司,B,1,3,2024-03-02", head=head)
    ).files
    assert (file.loaded, file.quarantined) == (2, 0)
    with store.read() as cursor:
        rows = cursor.execute("SELECT quantity, amount, currency FROM crm.sale ORDER BY ALL")
        assert rows.fetchall() == [(1, 30_000, "CNY"), (2, 15_000, "CNY")]
