"""Orders and their invoices without a number in common: revenue is counted once."""

from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import figures
from crm_core.store import Store

ORDERS = "Sales Order Id,SO Number,Subject,Account Name,Order Date,Status,Grand Total\n"
INVOICES = "Invoice Id,Invoice Number,Subject,Account Name,Invoice Date,Status,Grand Total\n"


def orders(amounts: list[str], month: int = 1) -> str:
    return ORDERS + "".join(
        f"zcrm_1{n:02},{n + 1},Deal {n},Alder {n % 9} Ltd,2024-{month:02}-{n + 1:02},Delivered,"
        f"{each}\n"
        for n, each in enumerate(amounts)
    )


def invoices(amounts: list[str], month: int = 1) -> str:
    return INVOICES + "".join(
        f"zcrm_7{n:02},{n + 51},Bill {n},Alder {n % 9} Ltd,2024-{month:02}-{n + 2:02},Sent,{each}\n"
        for n, each in enumerate(amounts)
    )


def revenue(store: Store) -> Decimal:
    rows = figures.metric(store, LOCAL, "segment_overview", {"basis": "sales"}).to_pylist()
    return sum((row["revenue"] for row in rows), Decimal())


AMOUNTS = [f"{100 + 7 * n}.50" for n in range(20)]
TOTAL = sum(map(Decimal, AMOUNTS))


def codes(result) -> dict[str, list[str]]:
    return {
        file.path.rpartition("/")[2]: [note.code for note in file.notes] for file in result.files
    }


def test_invoices_of_most_orders_do_not_count_again(load, store: Store) -> None:
    result = load(orders=orders(AMOUNTS), invoices=invoices(AMOUNTS[:17]))
    assert codes(result) == {"orders.csv": [], "invoices.csv": ["same_amounts"]}
    assert revenue(store) == TOTAL


@pytest.mark.parametrize(
    "second",
    [
        invoices([*AMOUNTS, "9.00"], month=2),  # what is paid every month
        invoices([f"{300 + 3 * n}.10" for n in range(20)]),  # other sales
        invoices(["50.00"] * 19),  # one price for all
        invoices(AMOUNTS[:4]),  # four are the same by chance
    ],
)
def test_other_sales_to_the_same_customers_count(load, store: Store, second: str) -> None:
    first = orders(["50.00"] * 20) if "50.00\n" in second else orders(AMOUNTS)
    result = load(orders=first, invoices=second)
    assert codes(result) == {"orders.csv": [], "invoices.csv": []}
    amounts = [line.rpartition(",")[2] for line in (first + second).splitlines()]
    assert revenue(store) == sum(Decimal(each) for each in amounts if each != "Grand Total")


def test_invoices_that_come_later_do_not_count_again_either(load, store: Store) -> None:
    load(orders=orders(AMOUNTS))
    result = load(invoices=invoices(AMOUNTS[:17]))
    assert codes(result) == {"invoices.csv": ["same_amounts"]}
    assert revenue(store) == TOTAL


@pytest.mark.parametrize(
    ("taken", "given"), [("", ""), (",Grand Total", ",Notes,Grand Total"), ("zcrm_", "ZCRM_")]
)
def test_an_export_that_comes_again_is_asked_nothing(load, taken: str, given: str) -> None:
    load(orders=orders(AMOUNTS))
    again = orders(AMOUNTS).replace(taken, given)
    if given.startswith(",N"):
        again = again.replace("Delivered,", "Delivered,none,")
    assert codes(load(again=again)) == {"again.csv": []}
