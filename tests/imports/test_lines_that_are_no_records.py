"""Lines of exports that are no records: totals, headings, remarks, repeats, what was deleted."""

from decimal import Decimal
from pathlib import Path

import pytest
from small_exports import HEAD, deals, revenue, sales, won

from crm_core.domain.actor import LOCAL
from crm_core.services import imports


@pytest.mark.parametrize(
    "footer",
    [
        "Total",
        "Grand Total (3 records)",
        "Totals: 3",
        "合计：3条",
        "总计（3笔）",
        "共 3 条记录",
        "3 rows selected.",
    ],
)
def test_a_footer_that_also_counts_is_no_deal(footer: str, load) -> None:
    text = "Sales report\nRun: 2024-05-01,,User: kim\n\n" + deals(
        *(won(i, "Retail", "10") for i in range(3)), "", f"{footer},,,,30,,"
    )
    [file] = load(report=text).files
    assert (file.loaded, file.skipped, file.quarantined) == (3, 2, 0)


def test_a_header_that_comes_again_makes_no_segment(load, store) -> None:
    head = "客户编号,客户名称,所属行业"
    lines = [f"KH{n:06},深圳{n}公司,零售" for n in range(1, 4)]
    load(客户=deals(*lines, head, *[line.replace("KH", "KX") for line in lines], head=head))
    with store.read() as cursor:
        assert cursor.execute("SELECT segment FROM crm.segment").fetchall() == [("零售",)]


@pytest.mark.parametrize("total", ["合计,3,,600", "合计,3家"])
def test_a_line_of_sums_that_counts_names_is_no_customer(load, total: str) -> None:
    head = "客户编号,客户名称,手机,年营业额（万元）"
    lines = [f"KH{n:06},深圳{n}公司,1380013800{n},{n}00" for n in range(1, 4)]
    [file] = load(客户=deals(*lines, total, head=head)).files
    assert (file.entity, file.loaded, file.skipped) == ("customer", 3, 1)


def test_what_a_report_says_below_its_totals_is_no_deal_to_correct(load) -> None:
    """Nothing but notes follows: the legal lines of a Salesforce report, who signed a list."""
    notes = [
        "Grand Totals (3 records),,,,30,,",
        "",
        "Confidential Information - Do Not Distribute",
        '"Copyright (c) 2000-2024 salesforce.com, inc."',
        "Made by: Kim,,,Checked by: Lee,,,",
    ]
    [file] = load(report=deals(*(won(i, "Retail", "10") for i in range(3)), *notes)).files
    assert (file.loaded, file.skipped, file.quarantined) == (3, 5, 0)


def test_a_deal_below_a_line_of_totals_is_a_deal_and_a_torn_line_waits(load) -> None:
    lines = [won(1, "Retail", "10"), "Total,,,,10,,", "D2,Firm 2", won(3, "Retail", "10")]
    [file] = load(deals=deals(*lines)).files
    assert (file.loaded, file.skipped, file.quarantined) == (2, 1, 1)


def test_a_firm_that_is_called_total_is_a_deal(load, store) -> None:
    head = "Account Name,Segment,Stage,Amount,Close Date"
    load(deals=deals("Total,Energy,Closed Won,5,2024-01-31", head=head))
    assert revenue(store) == {("Energy", None): 5}


PRICES = (
    "Article no.,Article name,Family,List price\n"
    "Sensors,,,\n00010,Optical sensor,Optics,12.50\n00011,Heat sensor,Optics,99\n"
    "Motors,,,\n00020,Small motor,Drives,120\n00021,,,\nAll prices plus VAT,,,\n"
)


def test_headings_and_remarks_of_a_price_list_are_no_products_and_an_id_alone_is(
    load, store
) -> None:
    result = load(prices=PRICES).files[0]
    assert (result.entity, result.loaded, result.skipped, result.quarantined) == (
        "product",
        4,
        3,
        0,
    )
    with store.read() as cursor:
        found = cursor.execute("SELECT product_id FROM crm.product ORDER BY ALL").fetchall()
    assert [key for (key,) in found] == ["00010", "00011", "00020", "00021"]


def test_a_word_alone_is_a_record_where_ids_are_words(load) -> None:
    result = load(prices=PRICES.replace("00010", "HEATER")).files[0]
    assert (result.loaded, result.skipped) == (7, 0)


def test_a_line_of_sums_with_its_currency_is_no_deal(load, store) -> None:
    text = (
        "商机编号,商机名称,客户名称,金额,币种,销售阶段,成交日期\n"
        "S-1,甲,北方机械,100,人民币,赢单,2026-01-05\nS-2,乙,南山信息,200,人民币,赢单,2026-01-06\n"
        "合计,,,300,人民币,,\n"
    )
    result = load(deals=text).files[0]
    assert (result.loaded, result.skipped) == (2, 1)
    assert sum(revenue(store).values()) == 300


SPOOL = """\
List of sales orders

-------------------------------------------------------------------
|Sales Doc.|Sold-to Party|Name 1    |Net Value |Curr.|Doc. Date |
-------------------------------------------------------------------
|0000012345|0000100001   |Alder AG  |  1,200.00|EUR  |2024-03-01|
|0000012347|0000100001   |Alder AG  |     99.50|EUR  |2024-04-02|
|*         |             |          |  1,299.50|EUR  |          |
-------------------------------------------------------------------
|0000012346|0000100002   |Birch AG  |    800.50|USD  |2024-03-02|
|*         |             |          |    800.50|USD  |          |
-------------------------------------------------------------------
|**        |             |          |  1,299.50|EUR  |          |
-------------------------------------------------------------------
"""


def test_ruled_lines_and_sums_marked_by_stars_are_no_sales(store, tmp_path: Path) -> None:
    spool = tmp_path / "spool.txt"
    spool.write_text(SPOOL)
    with imports.prepare(store, LOCAL, [spool]) as upload:
        [table] = upload.tables
        for column in table.plan.columns:
            column.confidence = 1.0 if column.field else 0.0
        table.plan.confidence = 1.0
        [file] = imports.load(store, LOCAL, upload).files
    assert (file.loaded, file.skipped, file.quarantined) == (3, 7, 0)
    assert sales(store) == {
        "0000012345": ("EUR", 1200),
        "0000012347": ("EUR", Decimal("99.50")),
        "0000012346": ("USD", Decimal("800.50")),
    }


def test_a_starred_sum_that_says_whose_it_is_is_no_sale_and_a_marked_order_is_one(
    load, store
) -> None:
    listed = (
        "Sales Document|Item|Sold-to party|Order Quantity|Net value|Curr.|Doc. Date\n"
        "4500001|000010|100001|1|1200.00|EUR|2024-03-01\n"
        "4500002|000010|100001|2|99.50|EUR|2024-04-02\n"
        "*||100001|3|1299.50|EUR|\n"
        "4500003|000010|100002|4|800.50|EUR|2024-03-02\n"
        "*||100002|4|800.50|EUR|\n"
        "**|||7|2100.00|EUR|\n"
    )
    [file] = load(list=listed).files
    assert (file.loaded, file.skipped, file.quarantined) == (3, 3, 0)
    assert revenue(store, "sales") == {(None, "EUR"): 2100}
    head = "Mark,Order No,Customer,Amount,Currency,Order Date"
    marked = ["*,9001,Alder,10,USD,2024-03-01", "*,9002,Alder,20,USD,"]
    [file] = load(orders=deals("-,9000,Alder,1,USD,2024-03-01", *marked, head=head)).files
    assert (file.loaded, file.skipped) == (3, 0)


def test_a_record_of_numbers_that_happen_to_add_up_is_no_sum(load, store) -> None:
    head = "Order ID,Order Line ID,Quantity,Amount"
    load(orders=deals("1,2,1,10", "2,4,1,10", "3,3,2,20", head=head))
    with store.read() as cursor:
        assert cursor.execute("SELECT sum(amount) FROM crm.sale").fetchall() == [(40,)]


def test_a_line_of_placeholders_alone_is_blank(load) -> None:
    head = "Customer,Product,Amount,Order Date"
    [file] = load(
        orders=deals("Alder,Desk,10,2024-03-01", "null,null,null,null", "-,,N/A,", head=head)
    ).files
    assert (file.loaded, file.skipped) == (1, 2)


@pytest.mark.parametrize("copies", [2, 3, 5])
def test_an_export_that_stands_in_its_file_several_times_counts_once(copies, load, store) -> None:
    lines = [won(number, "Retail", f"{number}.50") for number in range(60)]
    [file] = load(deals=deals(*lines * copies)).files
    assert (file.loaded, file.skipped) == (60, 60 * (copies - 1))
    assert revenue(store) == {("Retail", None): Decimal("1800.00")}


@pytest.mark.parametrize(
    ("title", "no", "yes"),
    [("IsDeleted", "false", "true"), ("deleted", "0", "1"), ("是否删除", "否", "是")],
)
def test_rows_marked_as_deleted_are_left_out_by_a_step(load, store, title, no, yes) -> None:
    marked = deals(
        won(1, "Retail", "100") + f",{no}",
        won(2, "Retail", "20") + f",{yes}",
        won(3, "Retail", "3") + f",{no}",
        head=f"{HEAD},{title}",
    )
    (file,) = load(deals=marked).files
    assert (file.loaded, file.skipped) == (2, 1)
    assert revenue(store) == {("Retail", None): Decimal("103")}


@pytest.mark.parametrize(
    "cells", [("2024-01-01", ""), ("Deleted", "Active"), ("", ""), ("no", "0")]
)
def test_a_column_about_deleting_that_says_no_yes_leaves_nothing_out(load, cells) -> None:
    lines = [won(i, "Retail", "100") + f",{cell}" for i, cell in enumerate(cells)]
    (file,) = load(deals=deals(*lines, head=f"{HEAD},Deleted")).files
    assert (file.loaded, file.skipped) == (2, 0)
