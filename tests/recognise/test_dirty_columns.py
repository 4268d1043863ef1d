"""A column keeps its meaning when a few per cent of its cells are damaged."""

from pathlib import Path

import duckdb
from raw_tables import column, lines, recognise, write

from crm_core.domain.plan import TablePlan
from crm_core.pipeline.recognise import Sheet, propose_all

LINES = 300
HEADER = "明细编号|订单编号|客户编号|产品编码|下单日期|金额"


def order_lines(keys: list[str], header: str = HEADER) -> str:
    """Order lines with these keys, each line with an amount of its own."""
    rows = [
        f"{key}|SO-{n // 3:04}|{n % 40:06}|{n % 7:06}|2024-03-{n % 28 + 1:02}|{n + 10}.5"
        for n, key in enumerate(keys)
    ]
    return "\n".join([header, *rows])


def test_an_id_under_its_own_name_survives_blank_doubled_and_odd_cells(tmp_path: Path) -> None:
    keys = [f"L{n:05}" for n in range(LINES)]
    keys[20:25] = keys[10:15]  # corrected lines: the same key, another amount
    keys[30:34] = ["", "", "45.0", "'00012"]
    plan = recognise(tmp_path, order_lines(keys), file="订单明细.xlsx", entity="sale")
    assert column(plan, "明细编号").field == "sale_id"
    assert column(plan, "明细编号").sure


def test_what_repeats_on_many_lines_is_no_id_whatever_it_is_called(tmp_path: Path) -> None:
    keys = [f"L{n // 2:05}" for n in range(LINES)]
    plan = recognise(tmp_path, order_lines(keys), file="订单明细.xlsx", entity="sale")
    assert column(plan, "明细编号").field is None


def test_a_word_for_any_number_is_no_id_of_sales_once_different_lines_share_it(
    tmp_path: Path,
) -> None:
    keys = [f"L{n:05}" for n in range(LINES)]
    keys[20:25] = keys[10:15]
    text = order_lines(keys, HEADER.replace("明细编号", "编号"))
    plan = recognise(tmp_path, text, file="订单明细.xlsx", entity="sale")
    assert column(plan, "编号").field != "sale_id"


def test_a_column_is_linked_to_the_staff_list_though_some_of_its_cells_are_damaged(
    tmp_path: Path,
) -> None:
    plan = linked(tmp_path, {40: "45.0", 41: "46", 42: "'0047", 43: "0999", 44: "49.0", 45: "50"})
    assert column(plan, "处理人工号").field == "owner_id"
    assert column(plan, "处理人工号").sure


def test_a_few_ids_found_by_chance_link_no_column(tmp_path: Path) -> None:
    plan = linked(tmp_path, {n: f"{n:04}" for n in range(60, 300)})
    assert not column(plan, "处理人工号").sure


def test_a_count_refers_to_nobody_though_every_small_number_is_somebodys_id(
    tmp_path: Path,
) -> None:
    plan = beside_accounts(tmp_path, "Age in Days", [str(n % 60) for n in range(LINES)])
    assert column(plan, "Age in Days").field is None


def test_small_numbers_refer_where_the_header_says_that_they_are_ids(tmp_path: Path) -> None:
    plan = beside_accounts(tmp_path, "Party No", [str(n % 60) for n in range(LINES)])
    assert column(plan, "Party No").field == "customer_id"


def test_longer_numbers_refer_whatever_the_header_says(tmp_path: Path) -> None:
    plan = beside_accounts(tmp_path, "For", [str(500_000 + n % 60) for n in range(LINES)], 500_000)
    assert column(plan, "For").field == "customer_id"


def beside_accounts(folder: Path, header: str, cells: list[str], first: int = 0) -> TablePlan:
    """The plan of a list of deals with this column beside accounts numbered from `first`."""
    accounts = ["Account ID|Account Name|Industry"]
    accounts += [f"{first + n}|Account {n} Ltd|Retail" for n in range(80)]
    deals = [f"Deal Name|Stage|Amount|Closing Date|{header}"]
    deals += [
        f"Deal {n}|Closed Won|{n + 10}.5|2024-03-{n % 28 + 1:02}|{cell}"
        for n, cell in enumerate(cells)
    ]
    return together(folder, {"Accounts.csv": accounts, "Deals.csv": deals})[1]


def linked(folder: Path, damaged: dict[int, str]) -> TablePlan:
    """The plan of a list of cases beside a staff list of twenty; `damaged`: line -> its cell."""
    staff = ["staff_no|name|email", *(f"{n:04}|Name {n}|n{n}@x.example.com" for n in range(20))]
    cases = ["工单编号|客户编号|主题|处理人工号|受理时间"]
    cases += [
        f"GD{n:04}|{n % 50:06}|卡纸|{damaged.get(n, f'{n % 20:04}')}|2024-03-{n % 28 + 1:02} 10:00"
        for n in range(LINES)
    ]
    return together(folder, {"staff.csv": staff, "服务工单.csv": cases})[1]


def together(folder: Path, texts: dict[str, list[str]]) -> list[TablePlan]:
    """The plans of files that come together."""
    sheets = [
        Sheet(name, None, write(folder / f"{name}.parquet", lines("\n".join(text))))
        for name, text in texts.items()
    ]
    with duckdb.connect() as connection:
        return propose_all(connection, sheets)
