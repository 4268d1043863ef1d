"""The page of pain points: where it hurts, what solving is worth, and what was said twice."""

from collections.abc import Sequence
from typing import Any

import pytest
from own_store import Open, open_own, shown

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL, Actor
from crm_core.services import pain_points, registers, settings, stores
from crm_core.services.registers import Write
from crm_core.store import Store
from pages._ui.charts import matrix_chart
from pages._ui.charts.base import in_lines

__all__ = ["open_own"]

PAGE = "pages/assess/pain_points.py"
HOSTILE = 'Sales "<b>$x$</b>" \\n'


@pytest.fixture
def own(open_own: Open) -> Store:  # noqa: ARG001, where the reader's own store lies
    """Four pain points, two of which say the same; one serves what is phasing out."""
    store = holding.hold(stores.own_path())
    rows: list[dict[str, Any]] = [
        {"title": "Typed twice into CRM and ERP", "team": HOSTILE, "about": "process",
         "cost_least": 100, "cost_most": 300, "affected": ("Sales: 12",), "turnover": True,
         "why": ("process: nobody owns it", "no interface")},
        {"title": "Typed twice, into ERP and CRM", "team": "Service", "about": "data",
         "said_by": "王伟", "cost_least": 50, "channels": ("C-1",)},
        {"title": "Quotes take days", "team": "Service", "affected": ("Service: 30",)},
    ]  # fmt: skip
    registers.add(store, LOCAL, "channel", {"title": "Fax", "phasing_out": True})
    registers.write(store, LOCAL, "pain_point", [Write(None, row) for row in rows])
    settings.write(store, LOCAL, "home_currency", "CNY")
    return store


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("language", "finding", "evidence"),
    [
        ("en", "Process hurts most: CN¥200 a year, 80% of all", "people leave over it (P-1)"),
        ("zh", "“流程”问题最痛：每年 ¥200，占全部的 80%", "有人因此离职（P-1）"),
    ],
)
def test_where_it_hurts_is_said_in_the_title_with_the_evidence_below(
    open_own: Open, language: str, finding: str, evidence: str
) -> None:
    said = shown(open_own(language, PAGE, view="hurts"))
    assert finding in said and evidence in said and "<b>$x$</b>" in said


@pytest.mark.usefixtures("own")
def test_darkness_by_people_and_an_open_cell_stand_in_the_address(open_own: Open) -> None:
    app = open_own("en", PAGE, view="hurts", by="people", team="Service", about="-")
    assert "Service · Not said hurts most: 30 people affected" in shown(app)
    assert list(app.dataframe[0].value["id"]) == ["P-3"]


@pytest.mark.usefixtures("own")
def test_what_solving_is_worth_is_sorted_and_what_nobody_estimated_is_named(
    open_own: Open,
) -> None:
    app = open_own("zh", PAGE, view="value")
    said = shown(app)
    assert "“Typed twice into CRM and ERP”最值得解决：每年 ¥200" in said
    assert "1 个痛点未参与排序" in said
    assert list(app.dataframe[0].value["mean"]) == [200, 25]
    assert list(app.dataframe[0].value["remark"])[1] == "服务于正在退出的业务：Fax"
    assert list(app.dataframe[1].value["id"]) == ["P-3"]


@pytest.mark.usefixtures("own")
def test_an_open_row_says_where_it_ranks_and_shows_its_causes_side_by_side(
    open_own: Open,
) -> None:
    said = shown(open_own("en", PAGE, item="P-1"))
    assert "Place 1 of 2: CN¥200 a year on average" in said
    assert "**Process**\nnobody owns it\n**Other causes**\nno interface" in said


def test_repeats_are_merged_with_a_click_and_taken_back_with_another(
    open_own: Open, own: Store
) -> None:
    app = open_own("en", PAGE, view="repeats")
    next(one for one in app.button if one.label == "Merge into the one that stays").click().run()
    assert "P-2 went into P-1" in shown(app)
    [row] = [row for row in registers.listed(own, LOCAL, "pain_point")[0] if row.id == "P-1"]
    assert "P-2 · 王伟 · Service" in str(row.values["also_said"])
    next(one for one in app.button if one.label == "Take back").click().run()
    assert "every row is what it was" in shown(app)
    assert registers.listed(own, LOCAL, "pain_point")[1] == 3
    next(one for one in app.button if one.label == "Not the same").click().run()
    assert "No complaint looks made twice" in shown(app)
    next(one for one in app.button if one.label == "Suggest them again").click().run()
    assert "1 complaint looks made twice" in shown(app)


def test_a_merge_that_somebody_wrote_over_is_kept_and_said_in_words(
    open_own: Open, own: Store
) -> None:
    pain_points.merge(own, LOCAL, "P-1", {"P-1": 1, "P-2": 1})
    app = open_own("en", PAGE, view="repeats")
    registers.change(own, Actor("ann", "Ann"), "pain_point", "P-1", {"title": "New"}, 2)
    next(one for one in app.button if one.label == "Take back").click().run()
    assert "Ann changed P-1" in shown(app) and not app.exception


@pytest.mark.parametrize(
    ("language", "view"), [("en", "hurts"), ("zh", "value"), ("zh", "repeats")]
)
def test_every_view_of_an_empty_register_says_what_belongs_there(
    open_own: Open, language: str, view: str
) -> None:
    assert "####" in shown(open_own(language, PAGE, view=view))


def test_a_theme_wider_than_its_column_stands_whole_above_its_neighbours() -> None:
    def heads(*columns: str) -> Sequence[str]:
        chart = matrix_chart(["a"], columns, [[1.0] * len(columns)], [[""] * len(columns)], str)
        found: Sequence[str] = chart.layout.xaxis.ticktext
        return found

    assert heads("People", "Process", "Technology", "Data")[2] == "Technology<br> "
    assert heads("People", "Technology", "Organisation", "Data")[1] == "Techno-<br>logy"


def test_a_theme_that_does_not_fit_its_column_is_parted_as_a_word_is() -> None:
    assert in_lines("Technology", 9, 5, parts_words=True) == "Techno-<br>logy"
    assert in_lines("Process", 9, 5, parts_words=True) == "Process"
    assert in_lines("A_1234567890", 9, 5, parts_words=True) == "A_1234567<br>890"


def test_a_name_of_two_scripts_keeps_its_words() -> None:
    assert in_lines("Northwind CRM 北风", 13, 2) == "Northwind CRM<br>北风"
    assert in_lines("CRM系统数据质量", 9, 2, parts_words=True) == "CRM系统<br>数据质量"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "the estimate a year (home currency not set)."), ("zh", "均值（未设置本位币）")],
)
def test_a_sum_without_a_home_currency_reads_well(
    open_own: Open, own: Store, language: str, said: str
) -> None:
    settings.write(own, LOCAL, "home_currency", None)
    assert said in shown(open_own(language, PAGE, view="value"))
