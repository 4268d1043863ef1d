"""Lists that look like ours and are not, told by their names: asked about, never loaded unasked."""

from pathlib import Path

import pytest
from raw_tables import recognise

from crm_core.domain.plan import SURE

ORDERS = """Order No|Order Date|Status|Product Name|Quantity|Total|Owner
PO-63899|2024-07-20|Delivered|Eames chair|2|7961.17|Ann Lee
PO-51273|2024-07-21|Approved|Knoll sofa|1|26717.34|Bo Chan
PO-51274|2024-07-22|Approved|Knoll lamp|5|1717.30|Bo Chan"""
ORDERS_ZH = """单据编号|单据日期|产品名称|数量|单价|金额
D-0001|2024-07-20|离心泵|2|300|600
D-0002|2024-07-21|阀门|10|20|200
D-0003|2024-07-22|法兰|4|50|200"""
STOCK = """Item Name|Lot No|Qty
Pump A|L1|999
Pump B|L2|17
Pump C|L3|1"""
CAMPAIGNS = """Campaign Id|Name|Status|Created Time|End Date|Expected Revenue|Budgeted Cost
24000011|Autumn fair|Planning|2021-04-25|2021-05-05|342090|115000
24000039|Free trial|Planning|2021-04-24|2021-05-08|1117100|273640
24000040|Mail to all|Complete|2021-03-24|2021-04-08|117100|3640"""
CUSTOMERS = """Name|Phone|City|Country
Northwind Traders|+44 113 555 0102|Leeds|United Kingdom
Contoso Medical|+33 4 55 50 10 30|Lyon|France"""


@pytest.mark.parametrize(
    ("file", "sheet"),
    [
        ("Purchase_Orders.csv", None),
        ("Purchase_Order_Line_Items.csv", None),
        ("quotes.csv", None),
        ("Sales forecast 2024.csv", None),
        ("erp.xlsx", "Purchase orders"),
        ("CreditNotes.csv", None),
        ("Refunds 2024.csv", None),
    ],
)
def test_orders_that_are_named_as_others_are_no_sales_unasked(
    tmp_path: Path, file: str, sheet: str | None
) -> None:
    assert recognise(tmp_path, ORDERS, file, sheet).confidence < SURE


@pytest.mark.parametrize(
    "file", ["采购订单.xlsx", "采购明细表.csv", "报价单.xlsx", "销售计划.xlsx", "退货单.xlsx"]
)
def test_chinese_names_of_others_orders_are_asked_about(tmp_path: Path, file: str) -> None:
    assert recognise(tmp_path, ORDERS_ZH, file).confidence < SURE


@pytest.mark.parametrize(
    ("file", "sheet"),
    [
        ("sales orders.csv", None),
        ("x.csv", None),
        ("stock.xlsx", "Sales"),
        ("supplier portal sales orders.csv", None),
    ],
)
def test_a_name_of_ours_after_it_says_that_they_are_ours(
    tmp_path: Path, file: str, sheet: str | None
) -> None:
    plan = recognise(tmp_path, ORDERS, file, sheet)
    assert plan.entity == "sale"
    assert plan.confidence >= SURE


def test_what_is_in_stock_is_not_sold(tmp_path: Path) -> None:
    assert recognise(tmp_path, STOCK, "sales.mdb", "stock").confidence < SURE
    assert recognise(tmp_path, STOCK, "库存.xlsx").confidence < SURE


def test_campaigns_are_no_deals(tmp_path: Path) -> None:
    assert recognise(tmp_path, CAMPAIGNS, "Campaigns.csv").confidence < SURE


def test_the_history_of_deals_is_no_list_of_deals(tmp_path: Path) -> None:
    text = """Id|OpportunityId|CreatedDate|StageName|Amount|CloseDate|Probability
008b1|006b1|2026-02-23|Qualification|15000|2026-03-27|10
008b2|006b1|2026-02-25|Closed Won|15000|2026-03-27|100
008b3|006b2|2026-02-23|Proposal|9000|2026-04-27|40"""
    assert recognise(tmp_path, text, "OpportunityHistory.csv").confidence < SURE
    assert recognise(tmp_path, text, "商机历史.xlsx").confidence < SURE
    deals = text.replace("Id|OpportunityId", "OpportunityId|Next Step")
    assert recognise(tmp_path, deals, "历史商机.xlsx").confidence >= SURE


def test_vendors_are_no_customers(tmp_path: Path) -> None:
    assert recognise(tmp_path, CUSTOMERS, "Vendors.csv").confidence < SURE
    assert recognise(tmp_path, CUSTOMERS, "customers.csv").confidence >= SURE


def test_prices_alone_are_no_sales(tmp_path: Path) -> None:
    prices = """Region|Customer|Sales rep|Product code|Unit price
North|Alder Ltd|Ann Lee|P-1|126.72
South|Birch Ltd|Bo Chan|P-2|137.04
South|Cedar Ltd|Bo Chan|P-2|137.04"""
    assert recognise(tmp_path, prices, "sales data.csv").confidence < SURE


def test_a_products_quantity_and_price_without_day_order_or_customer_may_be_in_stock(
    tmp_path: Path,
) -> None:
    text = """IDProducts|NameP|Quantity|Price
1|Eggs|120|7.50
2|Milk|60|3.20
3|Bread|80|2.10"""
    assert recognise(tmp_path, text, "shop.accdb", "Products").confidence < SURE
    assert recognise(tmp_path, text.replace("NameP", "Order No"), "x.csv").entity == "sale"


@pytest.mark.parametrize("header", ["供应商", "供应商名称", "Supplier", "Vendor Name", "原仓库"])
def test_what_came_from_suppliers_or_moved_between_stores_is_not_sold(
    tmp_path: Path, header: str
) -> None:
    plan = recognise(tmp_path, beside(ORDERS_ZH, header), "数据.xlsx")
    assert plan.confidence < SURE


def test_what_a_customer_bought_is_sold_whoever_supplied_it(tmp_path: Path) -> None:
    plan = recognise(tmp_path, beside(beside(ORDERS_ZH, "供应商"), "客户"), "数据.xlsx")
    assert (plan.entity, plan.confidence >= SURE) == ("sale", True)
    plan = recognise(tmp_path, ORDERS_ZH, "数据.xlsx")
    assert (plan.entity, plan.confidence >= SURE) == ("sale", True)


def beside(text: str, header: str) -> str:
    """The table with one column more, of names."""
    head, *rows = text.split("\n")
    return "\n".join([f"{head}|{header}", *(f"{row}|华{n % 2}公司" for n, row in enumerate(rows))])
