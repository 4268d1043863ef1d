"""Revenue that no month counts, because no column says on which day: the load says so."""

import pytest

from crm_core.services.imports import ImportResult

WON = """Opportunity ID,Account Name,Amount,Sales Stage,Expected Close Date
D-1,Alder Ltd,700,Closed Won,2025-03-14
D-2,Birch & Co,500,Closed Won,2025-03-15
D-3,Cedar AG,900,Prospecting,2025-04-02
"""
INVOICES = """Invoice Number,Customer,Product,Quantity,Amount
I-1,Alder Ltd,Valve,2,20
I-1,Alder Ltd,Pump,1,90
I-2,Birch & Co,Valve,1,10
"""
ORDERS = """Order Number,Customer,Order Date
I-1,Alder Ltd,2025-03-14
I-2,Birch & Co,2025-03-15
I-3,Cedar AG,2025-03-16
I-4,Dill Inc,2025-03-17
I-5,Elm SA,2025-03-18
"""


def undated(result: ImportResult) -> list[tuple[object, ...]]:
    return [
        (note.code, note.params["file"], note.params["lines"])
        for file in result.files
        for note in file.notes
        if note.code.endswith("_undated")
    ]


@pytest.mark.parametrize("dry_run", [False, True])
def test_won_deals_of_a_list_without_a_closing_day_are_counted(dry_run: bool, load) -> None:
    result = load(dry_run=dry_run, deals=WON)
    assert undated(result) == [("deals_undated", "deals.csv", 2)]


def test_sales_of_a_list_without_days_are_counted(load) -> None:
    assert undated(load(invoices=INVOICES)) == [("sales_undated", "invoices.csv", 3)]


def test_lines_have_the_day_of_their_order(load) -> None:
    lines = INVOICES + "".join(f"I-{n},Alder Ltd,Valve,1,10\n" for n in (3, 4, 5))
    assert undated(load(lines=lines.replace("Invoice", "Order"), orders=ORDERS)) == []


def test_open_deals_need_no_closing_day(load) -> None:
    assert undated(load(deals=WON.replace("Closed Won", "Prospecting"))) == []


def test_a_day_that_only_some_lines_lack_is_told_by_a_rule(load) -> None:
    deals = WON.replace("Expected Close", "Close").replace("2025-03-15", "")
    result = load(deals=deals)
    assert undated(result) == []
    assert [warning.rule for file in result.files for warning in file.warnings] == [
        "opportunity_won_without_day"
    ]
