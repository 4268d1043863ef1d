"""Orders without an amount beside their lines, as databases have them."""

from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import figures
from crm_core.store import Store

ORDERS = "OrderID,CustomerID,EmployeeID,OrderDate,RequiredDate,ShipVia,Freight\n" + "".join(
    f"{10248 + n},C{n % 3},5,2024-0{1 + n % 2}-1{n},2024-08-01,3,32.38\n" for n in range(7)
)
LINES = "OrderID,ProductID,UnitPrice,Quantity\n" + "".join(
    f"{10248 + n},{k},{n + 1}.50,{k}\n" for n in range(7) for k in (1, 2)
)
CUSTOMERS = "CustomerID,CompanyName,Industry\nC0,Alder,Retail\nC1,Birch,Mining\nC2,Cedar,Retail\n"


def found(store: Store) -> tuple[dict[str, Decimal], dict[str, Decimal], int]:
    """Revenue by segment and by month, and the number of orders."""
    segments = figures.metric(store, LOCAL, "segment_overview", {"basis": "sales"}).to_pylist()
    months = figures.metric(store, LOCAL, "segment_trend", {"basis": "sales"}).to_pylist()
    by_month: dict[str, Decimal] = {}
    for row in months:
        if row["revenue"]:
            month = f"{row['month']:%m}"
            by_month[month] = by_month.get(month, Decimal()) + row["revenue"]
    by_segment = {row["segment"]: row["revenue"] for row in segments if row["revenue"]}
    return by_segment, by_month, sum(row["deals"] for row in segments)


def test_lines_are_counted_by_the_day_and_the_customer_of_their_order(load, store: Store) -> None:
    result = load(customers=CUSTOMERS, orders=ORDERS, lines=LINES)
    assert {file.entity: file.loaded for file in result.files if file.loaded < 8} == {
        "customer": 3,
        "sale": 7,
    }
    by_month = {"01": Decimal("54"), "02": Decimal("40.50")}
    by_segment = {"Retail": Decimal("70.50"), "Mining": Decimal("24")}
    assert found(store) == (by_segment, by_month, 7)
    [total] = figures.metric(store, LOCAL, "rows_total", {"basis": "sales"}).to_pylist()
    assert (total["rows"], total["amount"]) == (14, Decimal("94.50"))
    again = load(customers=CUSTOMERS, orders=ORDERS, lines=LINES)
    assert {(file.loaded, file.updated) for file in again.files} == {(0, 0)}


@pytest.mark.parametrize(
    ("header", "number"),
    [("SaleID,ItemID,SalePrice,Quantity", 0), ("LineID,SalesID,ItemNo,UnitPrice,Quantity", 1)],
)
def test_sales_and_their_lines_have_a_number_of_sales_in_common(
    header: str, number: int, load, store: Store
) -> None:
    name = header.split(",")[number]
    orders = ORDERS.replace("OrderID", name).replace("OrderDate", "SaleDate")
    rows = LINES.splitlines()[1:]
    lines = [f"L{n},{row}" if number else row for n, row in enumerate(rows)]
    load(customers=CUSTOMERS, Sale=orders, SaleItem="\n".join([header, *lines]) + "\n")
    by_month = {"01": Decimal("54"), "02": Decimal("40.50")}
    by_segment = {"Retail": Decimal("70.50"), "Mining": Decimal("24")}
    assert found(store) == (by_segment, by_month, 7)


def test_a_list_of_suppliers_is_not_taken_for_customers(load) -> None:
    columns = "CompanyName,ContactName,City,Country,Phone"
    lines = "\n".join(f"{n},Firm {n},Ann,Leeds,UK,+44 113 555 010{n}" for n in range(9))
    result = load(
        Customers=f"CustomerID,{columns}\n{lines}\n", Suppliers=f"SupplierID,{columns}\n{lines}\n"
    )
    assert [file.loaded for file in result.files] == [9, 0]


def test_a_table_with_nothing_but_ids_of_customers_is_not_taken_for_them(load) -> None:
    head = "CustomerID,AddressID,AddressType,ModifiedDate"
    addresses = "\n".join(f"C{n},83{n},Main Office,2001-08-01" for n in range(3))
    result = load(Customer=CUSTOMERS, CustomerAddress=f"{head}\n{addresses}\n")
    assert [(file.loaded, file.updated) for file in result.files] == [(3, 0), (0, 0)]


def test_a_table_whose_ids_no_line_has_is_not_taken_for_orders(load) -> None:
    other = ORDERS.replace("1024", "9924").replace("1025", "9925")
    result = load(orders=other, lines=LINES)
    [file] = [one for one in result.files if one.path.endswith("orders.csv")]
    assert (file.entity, file.loaded) == (None, 0)
    assert file.problem


def test_ids_of_orders_and_of_their_lines_are_told_apart(load, store: Store) -> None:
    orders = "id,customer_id,status,created_at\n" + "".join(
        f"{n},{n % 3},paid,2024-0{1 + n % 2}-1{n}\n" for n in range(1, 8)
    )
    lines = "id,order_id,product_id,quantity,unit_price\n" + "".join(
        f"{2 * n + k},{n},{k},{k},{n}.50\n" for n in range(1, 8) for k in (1, 2)
    )
    result = load(orders=orders, order_items=lines)
    assert sorted((file.loaded, file.updated) for file in result.files) == [(7, 0), (14, 0)]
    [total] = figures.metric(store, LOCAL, "rows_total", {"basis": "sales"}).to_pylist()
    assert total["amount"] == sum(Decimal(f"{n}.50") * 3 for n in range(1, 8))
    assert found(store)[1] == {"01": Decimal("40.50"), "02": Decimal("54")}
    again = load(orders=orders, order_items=lines)
    assert {(file.loaded, file.updated) for file in again.files} == {(0, 0)}
