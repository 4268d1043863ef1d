"""Sheets with an estimated and an actual amount: what is in the pipeline, what was earned."""

from decimal import Decimal
from typing import Any

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import figures
from crm_core.store import Store

DYNAMICS = (
    "(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,"
    "Topic,Potential Customer,Industry,Status,Est. Close Date,{estimated},{actual},"
    "Actual Close Date"
)
LINES = (
    "{0}-1,x1,2024-03-01,A,Alder,Retail,Open,2024-09-01,1000.50,,",
    "{0}-2,x2,2024-03-01,B,Birch,Retail,Open,2024-09-01,2000.25,0.00,",
    "{0}-3,x3,2024-03-01,C,Alder,Retail,Won,2024-02-01,500.00,450.75,2024-02-03",
    "{0}-4,x4,2024-03-01,D,Cedar,Medical,Won,2024-02-01,300.00,,2024-02-04",
    "{0}-5,x5,2024-03-01,E,Cedar,Medical,Lost,2024-02-01,700.00,,2024-02-05",
    "{0}-6,x6,2024-03-01,F,Cedar,Medical,Open,2024-09-01,10.00,12.00,",
)
GUID = "5c3f2a10-77aa-4c11-9b1e-00000000000"


def sheet(estimated: str = "Est. Revenue", actual: str = "Actual Revenue", lines=LINES) -> str:
    head = DYNAMICS.format(estimated=estimated, actual=actual)
    return "\n".join((head, *(line.format(GUID) for line in lines))) + "\n"


def sums(store: Store, **params: Any) -> dict[Any, tuple[Decimal, Decimal]]:
    """Segment and currency -> pipeline value, revenue."""
    asked = {"basis": "opportunities"} | params
    rows = figures.metric(store, LOCAL, "segment_overview", asked).to_pylist()
    return {
        (row["segment"], row["currency"]): (row["pipeline_value"], row["revenue"])
        for row in rows
        if row["pipeline_value"] or row["revenue"]
    }


@pytest.mark.parametrize(
    ("estimated", "actual"),
    [
        ("Est. Revenue", "Actual Revenue"),
        ("Expected Revenue", "Amount"),
        ("Estimated Value", "Closed Amount"),
        ("Amount", "Closed Amount"),
        ("预计金额", "成交金额"),
        ("预计销售金额", "赢单金额"),
        ("商机金额", "合同金额"),
    ],
)
def test_open_deals_count_as_expected_and_won_ones_as_they_turned_out(
    estimated: str, actual: str, load, store
) -> None:
    [file] = load(opportunities=sheet(estimated, actual)).files
    assert (file.mapping[estimated], file.mapping[actual]) == ("expected_amount", "amount")
    assert sums(store) == {
        ("Retail", None): (Decimal("3000.75"), Decimal("450.75")),
        ("Medical", None): (Decimal("12.00"), Decimal(0)),
    }


@pytest.mark.parametrize("header", ["Est. Revenue", "Expected Revenue", "Amount", "预计金额"])
def test_a_single_amount_is_that_of_every_deal(header: str, load, store) -> None:
    text = f"Opportunity ID,Account,Industry,Stage,{header},Close Date\n"
    text += "1,Alder,Retail,Proposal,100,2024-09-01\n2,Birch,Retail,Closed Won,40.5,2024-02-01\n"
    [file] = load(deals=text).files
    assert file.mapping[header] == "amount"
    assert sums(store) == {("Retail", None): (Decimal(100), Decimal("40.5"))}


def test_a_deal_that_is_won_without_an_actual_amount_earns_nothing_yet(load, store) -> None:
    lines = ["{0}-1,x1,2024-03-01,A,Alder,Retail,Open,2024-09-01,1000,,"]
    load(opportunities=sheet(lines=lines))
    load(opportunities=sheet(lines=[lines[0].replace("Open", "Won") + "2024-09-02"]))
    assert sums(store) == {}
    load(opportunities=sheet(lines=[lines[0].replace("Open", "Won").replace(",,", ",990,")]))
    assert sums(store) == {("Retail", None): (None, Decimal(990))}


def test_signs_of_the_expected_amount_name_the_currency_of_open_deals(load, store) -> None:
    lines = (
        "{0}-1,x1,2024-03-01,A,Alder,Retail,Open,2024-09-01,€100.00,,",
        "{0}-2,x2,2024-03-01,B,Birch,Retail,Won,2024-09-01,£90.00,£80.00,2024-03-01",
    )
    load(opportunities=sheet(lines=lines))
    assert sums(store) == {
        ("Retail", "EUR"): (Decimal(100), Decimal(0)),
        ("Retail", "GBP"): (None, Decimal(80)),
    }


def test_amounts_in_the_base_currency_beside_them_are_not_asked_about(load, store) -> None:
    head = "Opportunity ID,Account,Industry,Status,Currency,{},Close Date\n"
    pairs = [
        "Est. Revenue,Est. Revenue (Base),Actual Revenue,Actual Revenue (Base)",
        "Est. Revenue (Base),Est. Revenue,Actual Revenue (Base),Actual Revenue",
    ]
    line = "{}{},Alder,Retail,{},EUR,{},2024-02-01\n"
    for number, pair in enumerate(pairs):
        cells = ["10,11,,", ",,20,22"] if number == 0 else ["11,10,,", ",,22,20"]
        text = head.format(pair)
        text += line.format(number, "a", "Open", cells[0]) + line.format(
            number, "b", "Won", cells[1]
        )
        [file] = load(**{f"deals{number}": text}).files
        assert file.mapping["Est. Revenue (Base)"] is None
        assert file.mapping["Actual Revenue (Base)"] is None
    assert sums(store) == {("Retail", "EUR"): (Decimal(20), Decimal(40))}


@pytest.mark.parametrize("header", ["Amount", "Est. Revenue", "金额"])
def test_one_amount_with_its_base_amount_is_the_amount(header: str, load, store) -> None:
    text = f"Opportunity ID,Account,Industry,Status,{header},{header} (Base),Close Date\n"
    text += "1,Alder,Retail,Open,10,11,2024-09-01\n2,Alder,Retail,Won,20,22,2024-02-01\n"
    [file] = load(deals=text).files
    assert (file.mapping[header], file.mapping[f"{header} (Base)"]) == ("amount", None)
    assert sums(store) == {("Retail", None): (Decimal(10), Decimal(20))}


@pytest.mark.parametrize("order", [("USD", "10"), ("10", "USD")])
def test_of_two_columns_of_one_name_the_one_with_codes_is_the_currency(order, load, store) -> None:
    text = "Opportunity ID,Account,Industry,Stage,Amount,Amount,Close Date\n"
    text += f"1,Alder,Retail,Closed Won,{order[0]},{order[1]},2024-02-01\n"
    text += f"2,Alder,Retail,Closed Won,{order[0]},{order[1]},2024-02-01\n"
    load(deals=text.replace("2,Alder,Retail,Closed Won,USD", "2,Alder,Retail,Closed Won,EUR"))
    assert sum(revenue for _, revenue in sums(store).values()) == 20
    assert None not in {currency for _, currency in sums(store)}


def test_what_an_export_forbids_to_modify_first_is_the_records_own_id(load, store) -> None:
    accounts = (
        "(Do Not Modify) Account,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,"
        "Account Name,Main Phone,Address 1: City,Industry,Primary Contact\n"
        "a-01,Zk/1==,2024-05-01 10:00,Alder,555-0100,York,Retail,Kim\n"
        "a-02,Zk/2==,2024-05-01 10:00,Birch,555-0101,Leeds,Medical,Lee\n"
    )
    files = {file.entity: file for file in load(a=accounts, b=sheet()).files}
    assert files["customer"].mapping["(Do Not Modify) Account"] == "customer_id"
    assert files["opportunity"].mapping["(Do Not Modify) Opportunity"] == "opportunity_id"
    for file in files.values():
        assert file.mapping["(Do Not Modify) Row Checksum"] is None
        assert file.mapping["(Do Not Modify) Modified On"] is None
    with store.read() as cursor:
        ids = cursor.execute("SELECT customer_id FROM crm.customer WHERE origin = 'own'").fetchall()
    assert sorted(ids) == [("a-01",), ("a-02",)]
