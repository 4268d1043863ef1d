"""The public data sets are read whole."""

from pathlib import Path

import pytest
from read_tables import only_table, rows_of

from crm_core.sources import expand, read

pytestmark = pytest.mark.shared


def test_the_sales_opportunities_are_read_line_by_line(shared: Path, tmp_path: Path) -> None:
    files = expand([shared / "crm_sales_opportunities"])
    tables = {path.stem: only_table(read(path, tmp_path)) for path in files}
    assert {name: table.rows for name, table in tables.items()} == {
        "accounts": 86,
        "products": 8,
        "sales_pipeline": 8801,
        "sales_teams": 36,
    }
    assert rows_of(tables["accounts"].data)[1][1][:2] == ["Acme Corporation", "technolgy"]


def test_the_chinese_workbook_is_read_sheet_by_sheet(shared: Path, tmp_path: Path) -> None:
    [path] = expand([shared / "superstore_zh"])
    orders, returns, people = read(path, tmp_path).tables
    assert [(table.sheet, table.rows) for table in (orders, returns, people)] == [
        ("订单", 10001),
        ("退货", 297),
        ("销售人员", 7),
    ]
    header, first = rows_of(orders.data)[:2]
    assert header[1][7] == "细分"
    assert first[1][:3] == ["1", "US-2017-1357144", "2017-04-27"]
    assert first[1][16] == "129.696"
