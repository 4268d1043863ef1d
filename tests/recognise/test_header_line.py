"""The header is found wherever it stands, and data is never taken for one."""

from pathlib import Path

import duckdb
from raw_tables import recognise, write

from crm_core.pipeline.recognise import propose

ORDERS = """订单编号|客户名称|订单日期|金额
SO-1|青禾科技|2024-03-13|100
SO-2|云杉物流|2024-03-14|200"""


def test_titles_and_blank_lines_stand_above_the_header(tmp_path: Path) -> None:
    plan = recognise(tmp_path, "2024 年销售订单明细\n\n制表人：|沈一|日期：|2024-04-01\n" + ORDERS)
    assert plan.header_line == 4
    assert plan.entity == "sale"


def test_a_line_that_names_the_separator_is_no_header(tmp_path: Path) -> None:
    assert recognise(tmp_path, "sep=;\n" + ORDERS).header_line == 2


def test_the_first_of_two_equal_headers_counts(tmp_path: Path) -> None:
    assert recognise(tmp_path, ORDERS + "\n" + ORDERS).header_line == 1


def test_a_header_of_unknown_words_is_seen_by_the_values_below(tmp_path: Path) -> None:
    plan = recognise(tmp_path, "foo|bar|baz\nx|1|2024-01-02\ny|2|2024-01-03")
    assert plan.header_line == 1
    assert [column.header for column in plan.columns] == ["foo", "bar", "baz"]


def test_without_a_header_no_line_is_swallowed(tmp_path: Path) -> None:
    plan = recognise(
        tmp_path,
        """SO-1|Adatum|2024-03-13|100.50
SO-2|Tailspin|2024-03-14|200.00
SO-3|Fabrikam|2024-03-15|300.00""",
    )
    assert plan.header_line == 0
    assert plan.confidence < 0.75
    assert [column.header for column in plan.columns] == [""] * 4


def test_a_header_of_two_lines_is_read_together(tmp_path: Path) -> None:
    plan = recognise(
        tmp_path,
        """订单编号|客户||金额
|客户名称|城市|
SO-1|青禾科技|杭州|100
SO-2|云杉物流|宁波|200""",
    )
    assert [column.header for column in plan.columns] == ["订单编号", "客户名称", "城市", "金额"]


def test_an_empty_sheet_is_nothing(tmp_path: Path) -> None:
    data = write(tmp_path / "raw.parquet", [[""], [None]])
    with duckdb.connect() as connection:
        plan = propose(connection, file="x.csv", sheet=None, data=data)
    assert plan.entity is None


def test_a_header_without_any_row_is_recognised(tmp_path: Path) -> None:
    plan = recognise(tmp_path, ORDERS.splitlines()[0])
    assert (plan.entity, plan.header_line) == ("sale", 1)
