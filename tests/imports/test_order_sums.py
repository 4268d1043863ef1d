"""The sum of an order in the same list as its lines: revenue counts once."""

from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import figures, imports
from crm_core.store import Store

HEADED = "Date,Type,Document Number,Name,Item,Quantity,Amount\n" + "".join(
    f"2024-03-0{n},{kind},INV-{n},Firm {n % 3},,,{sign}{2 * n + 10}.50\n"
    f"2024-03-0{n},{kind},INV-{n},Firm {n % 3},Desk,{sign}1,{sign}{n}.50\n"
    f"2024-03-0{n},{kind},INV-{n},Firm {n % 3},Chair,{sign}2,{sign}{n + 10}.00\n"
    for n, kind, sign in (
        *((n, "Invoice", "") for n in range(1, 6)),
        (6, "Credit Memo", "-"),
    )
)


def revenue(store: Store) -> Decimal:
    rows = figures.metric(store, LOCAL, "segment_overview", {"basis": "sales"}).to_pylist()
    return sum((row["revenue"] or Decimal() for row in rows), Decimal())


def test_the_head_of_a_transaction_is_no_sale_beside_its_lines(load, store: Store) -> None:
    [file] = load(transactions=HEADED).files
    assert (file.loaded, file.skipped, file.quarantined) == (12, 6, 0)
    assert revenue(store) == sum(2 * n + 10 + Decimal("0.5") for n in range(1, 6)) - Decimal("22.5")
    [again] = load(transactions=HEADED).files
    assert (again.loaded, again.updated, again.skipped) == (0, 0, 18)


def test_a_line_without_a_product_that_is_no_sum_of_the_others_counts(load) -> None:
    postage = HEADED.replace(",,,", ",,,7").replace(",,,7-", ",,,-7")
    [file] = load(transactions=postage).files
    assert (file.loaded, file.skipped) == (18, 0)


# The order's amount stands on each of its lines.
REPEATED = "订单号,商品ID,商品名称,订购数量,下单时间,京东价,订单金额,客户姓名\n" + "".join(
    f"29{n:04},{k},软件{k},2,2024-03-0{n} 10:00:00,{n}{k}.00,{2 * (20 * n + 3)}.00,李{n % 3}\n"
    for n in range(1, 8)
    for k in range(1, 3)
)


def test_an_amount_of_the_order_on_each_of_its_lines_is_asked_about(store, tmp_path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(REPEATED, encoding="utf-8")
    with imports.prepare(store, LOCAL, [path]) as upload:
        [table] = upload.tables
        [amount] = [column for column in table.plan.columns if column.header == "订单金额"]
        assert not amount.sure and amount.field is None and "amount" in amount.candidates
        assert imports.unanswered(upload)


def test_an_amount_of_the_deal_on_each_of_its_products_is_asked_about(store, tmp_path) -> None:
    path = tmp_path / "report.csv"
    head = "Opportunity Name,Account Name,Stage,Close Date,Amount,Product Name,Total Price\n"
    path.write_text(
        head
        + "".join(
            f"Deal {n},Firm {n % 3},Closed Won,2024-03-0{n},{3 * n}0.00,{item},{price}\n"
            for n in range(1, 8)
            for item, price in (("Desk", f"{n}0.00"), ("Chair", f"{2 * n}0.00"))
        )
    )
    with imports.prepare(store, LOCAL, [path]) as upload:
        [table] = upload.tables
        [amount] = [column for column in table.plan.columns if column.header == "Amount"]
        assert table.plan.entity == "opportunity" and imports.unanswered(upload)
        assert not amount.sure and amount.field is None and "amount" in amount.candidates


def test_equal_amounts_of_lines_are_their_own_where_they_tell_other_prices_too(
    load, store: Store
) -> None:
    head = "Order ID,Product,Quantity,Order Date,Sales,Customer\n"
    lines = "".join(
        f"A-{n},Seat {k},1,2024-03-0{n},{10 if n < 5 else 20},Firm {n}\n"
        for n in range(1, 8)
        for k in range(1, 3)
    )
    [file] = load(orders=head + lines).files
    assert file.loaded == 14
    assert revenue(store) == 2 * (4 * 10 + 3 * 20)


# The column called item-price holds what the line comes to.
ITEMS = "order-id\tpurchase-date\tsku\tquantity\titem-price\tcurrency\n" + "".join(
    f"302-{n:07}\t2024-03-0{n}\tSKU-{n % 2}\t{q}\t0\tEUR\n"
    for n, q in enumerate((1, 1, 2, 3, 2, 1, 4, 2), 1)
)


@pytest.mark.parametrize("each", [False, True])
def test_a_price_that_grows_with_the_quantity_is_asked_about(each: bool, store, tmp_path) -> None:
    path = tmp_path / "orders.txt"
    rows = [line.split("\t") for line in ITEMS.splitlines()]
    for row in rows[1:]:
        row[4] = f"{9 + int(row[2][-1]) if each else (9 + int(row[2][-1])) * int(row[3])}.00"
    path.write_text("\n".join("\t".join(row) for row in rows) + "\n")
    with imports.prepare(store, LOCAL, [path]) as upload:
        [table] = upload.tables
        [price] = [column for column in table.plan.columns if column.header == "item-price"]
        assert (price.sure, price.field) == ((True, "unit_price") if each else (False, "amount"))
        assert each or price.candidates[:2] == ("amount", "unit_price")


@pytest.mark.parametrize(
    ("kind", "sign", "told"),
    [
        ("Product Credit Note", "", ["credits_added"]),
        ("退货单", "", ["credits_added"]),
        ("Credit Memo", "-", []),
        ("Not refunded", "", []),
    ],
)
def test_credits_without_a_minus_are_told(kind: str, sign: str, told: list[str], load) -> None:
    head = "Invoice Type,Order No,Order Date,Customer,Amount\n"
    lines = "".join(
        f"{kind if n == 4 else 'Invoice'},SO-{n},2024-03-0{n},Firm,{sign if n == 4 else ''}{n}0\n"
        for n in range(1, 7)
    )
    [file] = load(orders=head + lines).files
    assert (file.loaded, [note.code for note in file.notes]) == (6, told)
