"""The public data sets are recognised without a word from anybody."""

import csv
from pathlib import Path

import duckdb
import pytest
import python_calamine
from raw_tables import field, write

from crm_core.domain.plan import TablePlan
from crm_core.pipeline.recognise import Sheet, propose_all

pytestmark = pytest.mark.shared


def propose_files(
    folder: Path, tables: dict[tuple[str, str | None], list[list[str]]]
) -> list[TablePlan]:
    """The proposals for tables, by file and sheet name."""
    sheets = [
        Sheet(file, sheet, write(folder / f"{number}.parquet", rows))
        for number, ((file, sheet), rows) in enumerate(tables.items())
    ]
    with duckdb.connect() as connection:
        return propose_all(connection, sheets)


def mapping(plan: TablePlan) -> dict[str, str | None]:
    """Header -> field that is loaded unasked."""
    return {column.header: field(column) if column.sure else None for column in plan.columns}


def test_the_sales_opportunities_are_recognised(shared: Path, tmp_path: Path) -> None:
    paths = sorted((shared / "crm_sales_opportunities").glob("*.csv"))
    tables = {(path.name, None): list(csv.reader(path.open(encoding="utf-8"))) for path in paths}
    accounts, products, pipeline, teams = propose_files(tmp_path, tables)
    assert [plan.entity for plan in (accounts, products, pipeline, teams)] == [
        "customer",
        "product",
        "opportunity",
        "person",
    ]
    assert mapping(accounts) == {
        "account": "name",
        "sector": "segment",
        "year_established": None,
        "revenue": "annual_revenue",
        "employees": "employees",
        "office_location": "country",
        "subsidiary_of": "parent_id",
    }
    assert mapping(products) == {"product": "name", "series": "family", "sales_price": "list_price"}
    assert mapping(pipeline) == {
        "opportunity_id": "opportunity_id",
        "sales_agent": "owner_id",
        "product": "product_id",
        "account": "customer_id",
        "deal_stage": "stage",
        "engage_date": "created_at",
        "close_date": "closed_at",
        "close_value": "amount",
    }
    assert {column.date_order for column in pipeline.columns} == {None, "mdy"}
    assert mapping(teams) == {
        "sales_agent": "name",
        "manager": "manager_id",
        "regional_office": "region",
    }


def test_the_chinese_workbook_is_recognised(shared: Path, tmp_path: Path) -> None:
    [path] = (shared / "superstore_zh").glob("*.xls")
    book = python_calamine.CalamineWorkbook.from_path(path)
    tables = {
        (path.name, name): [
            [str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()[:2000]
        ]
        for name in book.sheet_names
    }
    orders, returns, people = propose_files(tmp_path, tables)
    assert [orders.entity, returns.entity, people.entity] == ["sale", "sale_return", "person"]
    assert min(plan.confidence for plan in (orders, returns, people)) >= 0.75
    assert mapping(orders) == {
        "行 ID": "sale_id",
        "订单 ID": "order_id",
        "订单日期": "ordered_at",
        "发货日期": "shipped_at",
        "邮寄方式": None,
        "客户 ID": "customer_id",
        "客户名称": "customer.name",
        "细分": "segment",
        "城市": "customer.city",
        "省/自治区": None,
        "国家": "customer.country",
        "地区": "region",
        "产品 ID": "product_id",
        "类别": "product.family",
        "子类别": None,
        "产品名称": "product.name",
        "销售额": "amount",
        "数量": "quantity",
        "折扣": "discount",
        "利润": "profit",
    }
    assert mapping(returns) == {"订单 ID": "order_id", "退回": None}
    assert mapping(people) == {"地区": "region", "地区经理": "name"}
