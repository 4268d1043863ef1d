"""Files that were not made for a register: heads of their own, titles above, names as links."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts
from crm_core.pipeline.recognise.headers import read_header
from crm_core.reference.registers import registers
from crm_core.services import registers as kept
from crm_core.services.registers import Write, exchange, workbook
from crm_core.services.registers.heads import heads
from crm_core.store import Store

COSTS = (
    "应用系统清单\n\n序号\t系统名称\t类型\t年成本（万元）\n"
    "1\t客户台账\tExcel\t1.5\n2\t价格系统\t自主开发\t\n"
)
MEANT = {"系统名称": "title"}


@pytest.fixture
def apps(store: Store) -> Store:
    rows = ["Salesforce", "Customer list.xlsx", "Twin", "Twin"]
    kept.write(store, LOCAL, "application", [Write(None, {"title": title}) for title in rows])
    return store


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_column_of_an_export_is_read_as_the_field_that_it_is(language: str) -> None:
    texts = Texts(language)
    for register in registers().values():
        labels = [texts.label(field.label) for field in register.fields]
        read = heads(register, labels, {})
        assert [head.code for head in read] == [field.name for field in register.fields]
        assert all(head.scale == 1 for head in read)


def test_what_is_changed_in_any_column_of_an_export_comes_back(apps: Store, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        BytesIO(workbook.export(apps, LOCAL, "application", Texts("en"), "xlsx"))
    )
    column = [cell.value for cell in book.active[1]].index("Number of users") + 1
    book.active.cell(2, column, 12)
    book.save(tmp_path / "application.xlsx")
    found = exchange.preview(apps, LOCAL, "application", tmp_path / "application.xlsx")
    assert [(one.id, changed) for one, changed in found.changed] == [
        ("A-1", (("user_count", None, 12),))
    ]


def test_a_file_with_codes_for_heads_is_read_by_its_codes(apps: Store) -> None:
    found = exchange.pasted(apps, LOCAL, "application", "id\tusers\nA-1\tSales; Service\n")
    assert found.changed[0][1] == (("users", None, ("Sales", "Service")),)


def test_heads_are_found_below_a_title_and_meant_as_somebody_says(store: Store) -> None:
    found = exchange.pasted(store, LOCAL, "application", COSTS)
    assert found.left_out == ("序号", "系统名称")
    assert {one.problem.code for one in found.wrong} == {"item_required"}
    found = exchange.pasted(store, LOCAL, "application", COSTS, MEANT)
    assert [one.values for one in found.added] == [
        {"title": "客户台账", "kind": "excel", "cost_a_year": 15000},
        {"title": "价格系统", "kind": "own_build"},
    ]


def test_a_column_can_be_left_out_though_its_head_is_known(store: Store) -> None:
    found = exchange.pasted(store, LOCAL, "application", "Title\tOwner\nA\tBea\n", {"Owner": None})
    assert found.added[0].values == {"title": "A"}


def test_of_a_file_whose_heads_mean_nothing_the_heads_are_told(store: Store) -> None:
    found = exchange.pasted(store, LOCAL, "goal", "Wunsch\tWer\nSchneller\tEva\n")
    assert (found.left_out, found.added, found.wrong) == (("Wunsch", "Wer"), [], [])


def test_a_file_without_anything_in_it_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="item_no_rows"):
        exchange.pasted(store, LOCAL, "goal", "\n \n")


@pytest.mark.parametrize("head", ["Pain point", "痛点", "痛点名称", "Name", "Title / summary"])
def test_what_the_rows_are_is_their_title(store: Store, head: str) -> None:
    found = exchange.pasted(store, LOCAL, "pain_point", f"{head}\tOwner\nA\tBea\n")
    assert [one.values["title"] for one in found.added] == ["A"]


def test_a_link_may_name_a_row_by_its_title(apps: Store) -> None:
    said = "Title\tApplications\nA\tA-1; customer list.XLSX; Twin; Nobody's\n"
    found = exchange.pasted(apps, LOCAL, "pain_point", said)
    assert found.added[0].values["applications"] == ("A-1", "A-2", "Twin", "Nobody's")
    assert found.dead_ends == ["Twin", "Nobody's"]


def test_a_title_in_a_link_that_a_row_has_already_is_no_change(apps: Store, tmp_path: Path) -> None:
    row = {"title": "A", "applications": ("Salesforce",)}
    kept.write(apps, LOCAL, "pain_point", [Write(None, row)])
    path = tmp_path / "pains.csv"
    path.write_bytes(workbook.export(apps, LOCAL, "pain_point", Texts("en"), "csv"))
    assert exchange.preview(apps, LOCAL, "pain_point", path).same == 1


def test_rows_that_a_file_with_numbers_leaves_out_are_told_and_stay(apps: Store) -> None:
    assert exchange.pasted(apps, LOCAL, "application", "No.\tTitle\nA-1\tSF\n").absent == 3
    assert exchange.pasted(apps, LOCAL, "application", "Title\nSF\n").absent == 0


def test_titles_that_are_there_already_are_told(apps: Store) -> None:
    found = exchange.pasted(apps, LOCAL, "application", "Title\ntwin\nNew\nnew\n")
    assert (len(found.added), found.twice) == (3, ["twin", "new"])


def test_chinese_lists_are_parted_by_their_own_sign_and_sentences_are_not(store: Store) -> None:
    said = "标题\t受影响群体\t追问原因\n慢\t销售：12、客服：3\t没人管、没人问；没培训\n"
    [row] = exchange.pasted(store, LOCAL, "pain_point", said).added
    assert row.values["affected"] == ("销售：12", "客服：3")
    assert row.values["why"] == ("没人管、没人问", "没培训")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Mar 31, 2026", date(2026, 3, 31)),
        ("1 July 2026", date(2026, 7, 1)),
        ("20261001", date(2026, 10, 1)),
        ("2026-03-31 14:05:00", date(2026, 3, 31)),
        ("2026年3月31日", date(2026, 3, 31)),
        ("2026年6月", None),
        ("March 2026", None),
        ("05/06/2026", None),
        ("三季度", None),
        ("12345678", None),
    ],
)
def test_a_day_is_taken_if_it_can_only_be_one(store: Store, said: str, day: date | None) -> None:
    found = exchange.pasted(store, LOCAL, "goal", f"Title\tDue\nA\t{said}\n")
    if day is None:
        assert [one.problem.code for one in found.wrong] == ["item_date"]
    else:
        assert found.added[0].values["due"] == day


@pytest.mark.parametrize(
    ("said", "number"), [("1.5万", 15000), ("２亿", 2 * 10**8), ("1,050.50", Decimal("1050.5"))]
)
def test_a_number_may_be_written_with_its_magnitude(
    store: Store, said: str, number: Decimal
) -> None:
    found = exchange.pasted(store, LOCAL, "goal", f"Title\tTarget\nA\t{said}\n")
    assert found.added[0].values["target"] == number


@pytest.mark.parametrize("said", ["25%", "¥110", "120元", "1e3", "5²", "待定"])
def test_a_number_in_a_unit_that_the_field_may_not_have_is_refused(store: Store, said: str) -> None:
    found = exchange.pasted(store, LOCAL, "goal", f"Title\tTarget\nA\t{said}\n")
    assert [one.problem.code for one in found.wrong] == ["item_number"]


def test_no_label_of_a_register_names_a_unit() -> None:
    said = [text for one in registers().values() for field in one.fields
            for text in (field.label.en, field.label.zh)]  # fmt: skip
    assert [text for text in said if read_header(text).unit.scale != 1] == []
