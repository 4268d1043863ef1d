"""Lines of reports that are no records: sums, titles of parts, remarks below the table."""

from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import loads
from crm_core.store import Store

HEAD = "Group,Stage,Account Name,Opportunity Name,Amount,Close Date"


def amounts(store: Store) -> list[Decimal]:
    with store.read() as cursor:
        rows = cursor.execute("SELECT amount FROM crm.opportunity ORDER BY source_line").fetchall()
    return [row[0] for row in rows]


def report(*lines: str) -> str:
    return "\n".join((HEAD, *lines)) + "\n"


LAMPS = ",Won,Northwind,Lamps,12000,2024-03-31"
DESKS = ",Won,Contoso,Desks,8000.50,2024-04-15"
CHAIRS = ",Open,Fabrikam,Chairs,500,2024-06-28"


@pytest.mark.parametrize(
    "line",
    [
        ",Subtotal,Sum,,20000.50,",
        ",,Count,2,,",
        ",Total,Sum,,20000.50,",
        ",,,,20000.50,",
        "Total for lamps and desks,,,,20000.50,",
        "华东 汇总,,,,20000.50,",
        '合計,,,,"20,000.50",',
    ],
)
def test_a_line_with_a_sum_of_the_lines_above_is_no_deal(line: str, load, store: Store) -> None:
    [file] = load(report=report(LAMPS, DESKS, line, CHAIRS)).files
    assert amounts(store) == [12000, Decimal("8000.50"), 500]
    assert (file.loaded, file.skipped, file.quarantined) == (3, 1, 0)


def test_groups_and_the_whole_have_each_their_sum(load, store: Store) -> None:
    lines = [LAMPS, DESKS, ",,,,20000.50,", "", CHAIRS, ",,,,500,", ",,,,20500.50,"]
    [file] = load(report=report(*lines)).files
    assert amounts(store) == [12000, Decimal("8000.50"), 500]
    assert (file.loaded, file.skipped) == (3, 4)


@pytest.mark.parametrize(
    "line", [",,,,19999,", "Total for lamps,,,,77,", "Totally new,,,,20000.50,"]
)
def test_what_does_not_add_up_stays_a_line(line: str, load) -> None:
    [file] = load(report=report(LAMPS, DESKS, line)).files
    assert (file.loaded, file.skipped, file.quarantined) == (3, 0, 0)


@pytest.mark.parametrize("total", ["Total for Acme Corp.", "Acme Corp. total", "acme corp. 小计"])
def test_the_heading_of_a_group_that_its_sum_names_is_no_deal(
    total: str, load, store: Store
) -> None:
    lines = ["Acme Corp.,,,,,", LAMPS, DESKS, f"{total},,,,20000.50,", "Birch,,,,,", CHAIRS]
    [file] = load(report=report(*lines)).files
    assert amounts(store)[:3] == [12000, Decimal("8000.50"), None]
    assert (file.loaded, file.skipped) == (4, 2), "nothing says what Birch is"


def test_the_title_of_a_part_is_no_deal(load, store: Store) -> None:
    text = report(LAMPS, DESKS, "", "Spring", HEAD, DESKS, LAMPS, "Open", "", HEAD, CHAIRS, LAMPS)
    [file] = load(report=text).files
    assert amounts(store) == [12000, Decimal("8000.50"), Decimal("8000.50"), 12000, 500, 12000]
    assert (file.loaded, file.skipped, file.quarantined) == (6, 6, 0)


def test_remarks_below_a_table_are_no_deals(load, store: Store) -> None:
    remarks = [
        "",
        "Open deals",
        '"Copyright (c) 2024, all rights reserved"',
        "Made by: Ann  5/2/2024",
    ]
    [file] = load(report=report(LAMPS, DESKS, *remarks)).files
    assert (file.loaded, file.skipped, file.quarantined) == (2, 4, 0)
    reasons = [fate["reason"] for fate in loads.fates(store, LOCAL, 1) if fate["line"] > 4]
    assert reasons == ["remark"] * 3


def test_a_last_line_that_is_cut_off_waits_for_somebody(load) -> None:
    [file] = load(report=report(LAMPS, DESKS, "Wo")).files
    assert (file.loaded, file.quarantined) == (2, 1)


def test_what_an_item_consists_of_is_no_deal_of_its_own(load, store: Store) -> None:
    board = """Name,Subitems,Owner,Status,Deal Value,Close Date
Lamps,,Ann Lee,Won,1000,2024-01-11
Desks,"Kickoff, Offer",Ann Lee,Won,1100,2024-02-11
Subitems,Name,Owner,Status,Amount,
,Kickoff,Ann,Done,300,
,Offer,Ann,Done,800,
Chairs,,Ann Lee,Won,1200,2024-03-11
,,,,3300,
"""
    [file] = load(deals=board).files
    assert amounts(store) == [1000, 1100, 1200]
    assert (file.loaded, file.skipped, file.quarantined) == (3, 4, 0)
    reasons = [fate["reason"] for fate in loads.fates(store, LOCAL, 1) if fate["reason"]]
    assert reasons == ["within"] * 3 + ["footer"]
