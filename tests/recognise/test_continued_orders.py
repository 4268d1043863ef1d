"""Orders written over several lines, their head on the first one only."""

from decimal import Decimal
from pathlib import Path

import pytest
from raw_tables import column, field, recognise

from crm_core.domain.actor import LOCAL
from crm_core.domain.steps import FillDown
from crm_core.services import imports, stores
from crm_core.store import Store

HEAD = (
    "Order Reference|Customer|Order Date|Total|Order Lines/Product|Order Lines/Quantity"
    "|Order Lines/Subtotal\n"
)
MARCH = HEAD + (
    "S00012|Alder|2024-03-01|350.00|Desk|1|200.00\n"
    "||||Chair|2|100.00\n"
    "||||Lamp|1|50.00\n"
    "S00013|Birch|2024-03-04|80.00|Chair|1|80.00\n"
    "S00014|Cedar|2024-03-09|300.00|Desk|1|200.00\n"
    "||||Chair|2|100.00\n"
)
APRIL = HEAD + (
    "S00020|Dogwood|2024-04-02|160.00|Lamp|1|60.00\n||||Chair|2|100.00\n||||Pen|1|0.00\n"
)
DOWN = ["Order Reference", "Customer", "Order Date"]


@pytest.fixture
def store(tmp_path: Path):
    opened = stores.open_store(tmp_path / "s.duckdb")
    yield opened
    opened.close()


def load(store: Store, folder: Path, name: str, text: str) -> imports.ImportResult:
    path = folder / f"{name}.csv"
    path.write_text(text.replace("|", ","), encoding="utf-8")
    with imports.prepare(store, LOCAL, [path]) as upload:
        return imports.load(store, LOCAL, upload)


def lines(store: Store) -> list[tuple[str, str, str, Decimal]]:
    with store.read() as cursor:
        return cursor.execute(
            "SELECT order_id, customer_id, strftime(ordered_at, '%m-%d'), amount FROM crm.sale"
            " ORDER BY source_file DESC, source_line"
        ).fetchall()


def test_the_head_is_proposed_to_be_taken_from_above_and_the_sum_is_not(tmp_path: Path) -> None:
    plan = recognise(tmp_path, MARCH)
    assert [(step.do, step.column) for step in plan.steps] == [("fill_down", name) for name in DOWN]
    assert field(column(plan, "Order Lines/Subtotal")) == "amount"
    assert field(column(plan, "Total")) is None
    assert field(column(plan, "Order Reference")) == "order_id"


def test_lines_have_their_orders_head_and_amounts_of_their_own(
    store: Store, tmp_path: Path
) -> None:
    load(store, tmp_path, "march", MARCH)
    assert lines(store) == [
        ("S00012", "Alder", "03-01", Decimal(200)),
        ("S00012", "Alder", "03-01", Decimal(100)),
        ("S00012", "Alder", "03-01", Decimal(50)),
        ("S00013", "Birch", "03-04", Decimal(80)),
        ("S00014", "Cedar", "03-09", Decimal(200)),
        ("S00014", "Cedar", "03-09", Decimal(100)),
    ]


def test_like_lines_of_another_months_orders_are_other_lines(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "march", MARCH)
    load(store, tmp_path, "april", APRIL)
    assert len(lines(store)) == 9
    again = load(store, tmp_path, "march again", MARCH).files[0]
    assert (again.loaded, again.updated, again.skipped) == (0, 0, 6)


def test_a_cell_that_not_every_order_has_is_not_taken_from_another_order(tmp_path: Path) -> None:
    rows = MARCH.split("\n")
    reps = ["|Salesperson", "|Ann", "|", "|", "|", "|Bo", "|", ""]
    text = "\n".join(row + rep for row, rep in zip(rows, reps, strict=True))
    plan = recognise(tmp_path, text)
    assert field(column(plan, "Salesperson")) == "owner_id"
    partly = FillDown(column="Salesperson", within="Order Reference")
    assert plan.steps == [partly, *(FillDown(column=name) for name in DOWN)]


def test_an_id_of_the_order_does_not_identify_its_lines(tmp_path: Path) -> None:
    plan = recognise(tmp_path, MARCH.replace("Order Reference", "ID"))
    assert field(column(plan, "ID")) == "order_id"
    assert FillDown(column="ID") in plan.steps


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "S1|Alder|2024-03-01|9|Desk|1|9\n|Birch|2024-03-02|8|Desk|1|8\n" * 4,
        HEAD + "S1|Alder|2024-03-01|9|Desk|1|9\n|||8|Desk|1|8\nS2|Birch|2024-03-02|8|Desk|1|8\n",
        HEAD + "|||8|Desk|1|8\n|||7|Desk|1|7\nS1|Alder|2024-03-01|9|Desk|1|9\n",
        HEAD + "S1|Alder|2024-03-01|9|Desk|1|9\n||||||\n||||||\nS2|Birch|2024-03-02|8|Desk|1|8\n",
    ],
    ids=["numbers missing", "one line", "nothing above", "blank lines"],
)
def test_what_is_no_continued_order_is_left_alone(tmp_path: Path, text: str) -> None:
    assert recognise(tmp_path, text).steps == []


def test_a_lines_amount_is_preferred_where_every_line_repeats_the_orders_total(
    tmp_path: Path,
) -> None:
    text = HEAD + (
        "S1|Alder|2024-03-01|300.00|Desk|1|200.00\nS1|Alder|2024-03-01|300.00|Lamp|2|100.00\n"
        "S2|Birch|2024-03-02|80.50|Chair|1|80.50\n"
    )
    plan = recognise(tmp_path, text)
    assert field(column(plan, "Order Lines/Subtotal")) == "amount"
    assert plan.steps == []


def test_chinese_orders_with_merged_cells_are_understood(tmp_path: Path) -> None:
    text = (
        "订单编号|客户名称|订单日期|订单金额|产品名称|数量|小计\n"
        "DD-1|北方机械|2024-03-01|300|办公桌|1|200\n||||椅子|1|60\n||||台灯|1|40\n"
        "DD-2|南山信息|2024-03-02|80|椅子|1|80\n"
    )
    plan = recognise(tmp_path, text)
    assert [step.column for step in plan.steps] == ["订单编号", "客户名称", "订单日期"]
    assert field(column(plan, "小计")) == "amount"


def test_orders_that_repeat_their_day_on_every_line_and_their_sum_on_none_are_continued(
    store: Store, tmp_path: Path
) -> None:
    text = (
        "Name|Currency|Subtotal|Created at|Lineitem quantity|Lineitem name|Lineitem price"
        "|Lineitem sku|Billing Company|Id\n"
        "#1001|EUR|250.00|2026-03-01|1|Desk|200.00|D-1|Alder|5501\n"
        "#1001|||2026-03-01|2|Lamp|25.00|L-1||\n"
        "#1002|EUR|80.00|2026-03-04|1|Chair|80.00|C-1||5502\n"
        "#1002|||2026-03-04|1|Lamp|25.00|L-1||\n"
        "#1003|EUR|330.00|2026-03-04|1|Desk|200.00|D-1|Cedar|5503\n"
        "#1003|||2026-03-04|1|Chair|80.00|C-1||\n"
        "#1003|||2026-03-04|2|Lamp|25.00|L-1||\n"
    )
    result = load(store, tmp_path, "orders_export", text).files[0]
    assert (result.loaded, result.quarantined) == (7, 0)
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT order_id, customer_id, product_id, amount, currency FROM crm.sale"
            " ORDER BY source_line"
        ).fetchall()
    assert found == [
        ("5501", "Alder", "D-1", Decimal(200), "EUR"),
        ("5501", "Alder", "L-1", Decimal(50), "EUR"),
        ("5502", None, "C-1", Decimal(80), "EUR"),
        ("5502", None, "L-1", Decimal(25), "EUR"),
        ("5503", "Cedar", "D-1", Decimal(200), "EUR"),
        ("5503", "Cedar", "C-1", Decimal(80), "EUR"),
        ("5503", "Cedar", "L-1", Decimal(50), "EUR"),
    ]


def test_an_empty_column_for_a_number_is_not_the_orders_number(tmp_path: Path) -> None:
    text = (
        "Name|Subtotal|Created at|Lineitem quantity|Lineitem name|Lineitem price|Id"
        "|Receipt Number\n"
        "#1001|250.00|2026-03-01|1|Desk|200.00|5501|\n#1001||2026-03-01|2|Lamp|25.00||\n"
        "#1002|80.00|2026-03-04|1|Chair|80.00|5502|\n#1002||2026-03-04|1|Lamp|25.00||\n"
    )
    plan = recognise(tmp_path, text, "orders_export.csv")
    assert field(column(plan, "Id")) == "order_id"
    assert field(column(plan, "Receipt Number")) is None
    assert [step.column for step in plan.steps] == ["Id"]


def test_lines_without_a_number_of_their_own_are_no_continued_order_beside_own_amounts(
    tmp_path: Path,
) -> None:
    text = (
        "Sale ID|Order date|Product|Quantity|Unit price|Amount\n"
        "1|2026-03-01|Desk|1|200|200\n|2026-03-01|Lamp|2|25|50\n|2026-03-01|Chair|1|80|80\n"
        "4|2026-03-02|Chair|1|80|80\n"
    )
    plan = recognise(tmp_path, text)
    assert field(column(plan, "Amount")) == "amount"
    assert plan.steps == []
