"""Orders in one table and their lines in another: revenue is counted once."""

from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import figures, imports
from crm_core.services.imports import consequences
from crm_core.services.imports.edit import map_column
from crm_core.store import Store

ORDERS = "订单编号,客户,订单日期,币种,订单金额\n" + "".join(
    f"DD-{n:04},深圳{n % 2}公司,2024-03-0{n},CNY,{n}00\n" for n in range(1, 8)
)
LINES = "明细编号,订单编号,产品名称,数量,销售单价,小计\n" + "".join(
    f"MX-{n:04}-{k},DD-{n:04},软件{k},{n},25,{n * 25}\n" for n in range(1, 8) for k in range(4)
)
INVOICES = "InvoiceId,CustomerId,InvoiceDate,Total\n" + "".join(
    f"{n},{n % 3},2024-03-0{n},{n}00\n" for n in range(1, 8)
)
INVOICE_LINES = "InvoiceLineId,InvoiceId,TrackId,UnitPrice,Quantity\n" + "".join(
    f"{4 * n + k + 1},{n + 1},{k},25,{n + 1}\n" for n in range(7) for k in range(4)
)
REVENUE = Decimal(2800)


def revenue(store: Store) -> tuple[Decimal, int]:
    """Revenue and the number of orders, over all segments and currencies."""
    rows = figures.metric(store, LOCAL, "segment_overview", {"basis": "sales"}).to_pylist()
    return sum((row["revenue"] for row in rows), Decimal()), sum(row["deals"] for row in rows)


def told(file: imports.FileResult) -> list[str]:
    return [note.code for note in file.notes]


@pytest.mark.parametrize(("orders", "lines"), [(ORDERS, LINES), (INVOICES, INVOICE_LINES)])
def test_revenue_of_orders_and_their_lines_counts_once(
    orders: str, lines: str, load, store: Store
) -> None:
    result = load(orders=orders, lines=lines)
    found = {file.path.rpartition("/")[2]: file for file in result.files}
    assert [found[f"{name}.csv"].loaded for name in ("orders", "lines")] == [7, 28]
    assert told(found["lines.csv"]) == ["same_orders"] and told(found["orders.csv"]) == []
    assert found["lines.csv"].notes[0].params["other"] == "orders.csv"
    assert revenue(store) == (REVENUE, 7)
    again = load(orders=orders, lines=lines)
    assert {(file.loaded, file.updated) for file in again.files} == {(0, 0)}


@pytest.mark.parametrize("first", ["orders", "lines"])
def test_it_counts_once_where_the_other_table_came_with_an_earlier_load(
    first: str, load, store: Store
) -> None:
    texts = {"orders": ORDERS, "lines": LINES}
    load(**{first: texts.pop(first)})
    [file] = load(**texts).files
    assert told(file) == ["same_orders"]
    assert file.notes[0].params["other"] == f"{first}.csv"
    assert revenue(store) == (REVENUE, 7)


def test_the_amounts_are_asked_before_anything_is_loaded(store: Store, tmp_path) -> None:
    paths = [tmp_path / "orders.csv", tmp_path / "lines.csv"]
    for path, text in zip(paths, (ORDERS, LINES), strict=True):
        path.write_text(text, encoding="utf-8")
    with imports.prepare(store, LOCAL, paths) as upload:
        orders, lines = upload.tables
        assert imports.unanswered(upload)
        asked = [column.header for column in lines.plan.columns if not column.sure]
        assert asked == ["销售单价", "小计"] and consequences.lacking(lines) == {}
        assert all(column.sure for column in orders.plan.columns)
        map_column(store, LOCAL, lines, 5, "amount")
        imports.load(store, LOCAL, upload)
    assert revenue(store)[0] == 2 * REVENUE, "somebody said so"


def test_exports_of_two_months_and_of_two_shops_are_not_taken_for_each_other(load) -> None:
    shop = "Order ID,Customer,Order Date,Product,Quantity,Sales\n"
    mine = shop + "".join(f"{n},Firm {n},2024-03-0{n},Desk,1,10\n" for n in range(1, 8))
    other = "Order No,Client,Date,Item,Total\n" + "".join(
        f"{n},Bob {n},2024-04-0{n},Lamp,5\n" for n in range(1, 8)
    )
    result = load(mine=mine, more=mine + "8,Firm 8,2024-03-08,Desk,1,10\n", other=other)
    assert [told(file) for file in result.files] == [[], [], []]


def test_invoices_of_orders_do_not_count_beside_the_orders(load, store: Store) -> None:
    orders = "SALESORDERID,Created Time,Grand Total\n" + "".join(
        f"2100{n:04},2024-03-0{n % 9 + 1},100\n" for n in range(12)
    )
    invoices = "INVOICEID,Sales Order Id,Account Id,Created Time,Grand Total\n" + "".join(
        f"2300{n:04},2100{n:04},{n % 3},2024-03-0{n % 9 + 1},100\n" for n in range(8)
    )
    result = load(Sales_Orders=orders, Invoices=invoices)
    assert {name: told(file) for file in result.files for name in [file.path[-10:]]} == {
        "Orders.csv": ["same_orders"],
        "voices.csv": [],
    }
    assert revenue(store)[0] == Decimal(800)
