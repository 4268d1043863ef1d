"""The page of goals: whether each is on its line, and the picker of what measures it."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from own_store import DEALS, Open, load, open_own, shown

from crm_core.domain.actor import LOCAL
from crm_core.i18n import Texts
from crm_core.services import registers
from crm_core.services.registers import Write
from crm_core.store import Store

__all__ = ["open_own"]

PAGE = "pages/assess/goals.py"
TODAY = date.today()
LINE = {
    "baseline": Decimal(0),
    "baseline_date": TODAY - timedelta(100),
    "target": Decimal(100),
    "target_date": TODAY + timedelta(100),
}


@pytest.fixture
def own(open_own: Open, tmp_path: Path) -> Store:  # noqa: ARG001
    """Deals, and goals: one behind, one ahead, one that cannot be read, one without a line."""
    store = load(tmp_path, DEALS)
    typed = LINE | {"reached_on": TODAY, "unit": "points"}
    rows = [
        {"title": "Late $x$", "reached": 10} | typed,
        {"title": "Early", "reached": 90} | typed,
        {"title": "Read", "metric": "segment_overview.win_rate", "weight": 40} | LINE,
        {"title": "Unread", "metric": "segment_overview.win_rate",
         "metric_rows": ("segment=Nobody",)} | LINE,
        {"title": "Be liked"},
    ]  # fmt: skip
    registers.write(store, LOCAL, "goal", [Write(None, row) for row in rows])
    return store


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("language", "finding", "late", "unread"),
    [
        ("en", "2 of 3 goals are behind their line: Read most", "3 months behind",
         "The data have no value for these rows yet."),
        ("zh", "3 个目标中有 2 个落后于计划，其中“Read”落后最多", "落后 3 个月",
         "数据中还没有符合这些条件的值。"),
    ],
)  # fmt: skip
def test_goals_stand_in_the_order_of_how_far_they_are_behind(
    open_own: Open, language: str, finding: str, late: str, unread: str
) -> None:
    app = open_own(language, PAGE, view="lines")
    rows = app.dataframe[0].value
    assert finding in shown(app)
    assert list(rows["title"]) == ["G-3 Read", "G-1 Late $x$", "G-2 Early", "G-4 Unread",
                                   "G-5 Be liked"]  # fmt: skip
    assert rows["stands"][0] == late
    assert rows["now"][0] == "83.3%" and rows["now"][1] == "10 points"
    assert rows["remark"][3] == unread


def test_an_open_goal_says_what_was_read_or_why_not_and_another_metric_is_picked_there(
    open_own: Open, own: Store
) -> None:
    said = shown(open_own("en", PAGE, item="G-3"))
    assert "83.3%, 3 months behind" in said and "Segments at a glance · Win rate" in said
    app = open_own("en", PAGE, item="G-4")
    assert "Not read from the data" in shown(app)
    picker = next(one for one in app.selectbox if one.label == "Read from our data as")
    picker.set_value("segment_overview.revenue")
    rows = next(one for one in app.multiselect if one.label == "Of these rows")
    assert rows.value == ["segment=Nobody"] and "segment=Medical" in rows.options
    rows.set_value(["segment=Medical"])
    next(one for one in app.button if one.label == "Save").click().run()
    values = registers.row(own, LOCAL, "goal", "G-4").values
    assert values["metric"] == "segment_overview.revenue"
    assert values["metric_rows"] == ("segment=Medical",)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "last measured on {day}, 60 days ago"), ("zh", "最近一次取值为{day}，距今 60 天")],
)
def test_a_value_that_is_old_says_so_in_the_list_and_in_the_goal(
    open_own: Open, own: Store, language: str, said: str
) -> None:
    days = {"Old": 60, "Of last month": 45}
    for title, age in days.items():
        told = LINE | {"title": title, "reached": 10, "reached_on": TODAY - timedelta(age)}
        registers.add(own, LOCAL, "goal", told)
    said = said.format(day=Texts(language).formats.day(TODAY - timedelta(60)))
    rows = open_own(language, PAGE, view="lines").dataframe[0].value
    remarks = dict(zip(rows["title"], rows["remark"], strict=True))
    assert remarks["G-6 Old"] == said
    assert not isinstance(remarks["G-7 Of last month"], str)
    assert said in shown(open_own(language, PAGE, item="G-6"))


def test_of_a_measure_that_cannot_be_read_any_more_the_last_value_is_told(
    open_own: Open, own: Store
) -> None:
    with own.change(LOCAL, "test.put", area="programme") as change:
        change.cursor.execute(
            "INSERT INTO programme.goal_reading VALUES ('G-4',"
            " 'segment_overview.win_rate segment=Nobody', ?, 0.4, NULL, ?)",
            [TODAY - timedelta(9), change.change_id],
        )
    said = shown(open_own("en", PAGE, item="G-4"))
    assert "Not read from the data" in said and "9 days ago" in said


def test_without_goals_the_view_says_how_to_begin(open_own: Open) -> None:
    assert "####" in shown(open_own("zh", PAGE, view="lines"))


def test_the_list_says_what_figures_that_the_data_measure_are_counted_in(
    open_own: Open, own: Store
) -> None:
    money = {"title": "Sell", "metric": "segment_trend.revenue", "metric_rows": ("currency=CNY",)}
    registers.add(own, LOCAL, "goal", money)
    rows = open_own("en", PAGE).dataframe[0].value.set_index("title")["unit"]
    assert rows[["Late $x$", "Read", "Sell"]].tolist() == ["points", "share", "CNY"]
    assert rows.isna()["Be liked"]


def test_the_list_has_one_day_by_which_a_goal_is_to_be_reached(open_own: Open, own: Store) -> None:  # noqa: ARG001
    shown_columns = open_own("zh", PAGE).dataframe[0].value.columns
    assert "target_date" in shown_columns and "due" not in shown_columns
