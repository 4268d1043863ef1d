"""The page of initiatives: made in one step, what is not answered, the ranking and its decision."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from own_store import HEAD, Open, load, open_own, shown
from streamlit.testing.v1 import AppTest

from crm_core.domain.actor import LOCAL
from crm_core.services import registers
from crm_core.services.registers import Write
from crm_core.store import Store

__all__ = ["open_own"]

PAGE = "pages/plan/initiatives.py"


def whole(title: str, **said: Any) -> dict[str, Any]:
    """An initiative that says all that the methods look at."""
    return {
        "title": title, "goals": ("G-1",), "strength": "clear", "departments": ("Sales: 1",),
        "duration": 2, "effort": ("analysis: 1",), "cost": Decimal(10), "risk": Decimal("0.1"),
        "value_a_year": Decimal(1000),
    } | said  # fmt: skip


@pytest.fixture
def own(open_own: Open, tmp_path: Path) -> Store:  # noqa: ARG001
    """A goal, pain points, and three initiatives, one of which says nothing."""
    store = load(tmp_path, HEAD)
    rows: dict[str, list[dict[str, Any]]] = {
        "goal": [{"title": "Win *more*", "weight": 5, "owner": "Ann"}],
        "stakeholder_group": [{"title": "Sales", "people": 9}],
        "pain_point": [
            {"title": "Slow quotes $x$", "cost_least": Decimal(5000), "about": "process"},
            {"title": "No prices"},
        ],
        "initiative": [
            whole("Short", duration=1, pain_points=("P-2",)),
            whole("Dear", value_a_year=Decimal(9000), deadline="1"),
            {"title": "Hollow"},
        ],
    }
    for name, values in rows.items():
        registers.write(store, LOCAL, name, [Write(None, one) for one in values])
    return store


def button(app: AppTest, label: str) -> Any:
    return next(one for one in app.button if one.label == label)


def links_of(app: AppTest) -> list[str]:
    """The labels of the links."""
    return [one.proto.label.replace("\\", "") for one in app.get("page_link")]


@pytest.mark.usefixtures("own")
def test_an_initiative_without_a_goal_is_marked_in_the_list(open_own: Open) -> None:
    app = open_own("en", PAGE)
    goals = app.dataframe[0].value["goals"].tolist()
    assert goals == ["Win *more*", "Win *more*", "✕ no goal"]
    assert "1 initiative serves no goal" in shown(app)


def test_a_pain_point_leads_to_its_form_filled_in_and_is_answered_once_it_is_saved(
    open_own: Open, own: Store
) -> None:
    app = open_own("en", PAGE, view="unanswered")
    assert "1 thing has no initiative yet; the weightiest is “Slow quotes $x$”" in shown(app)
    app = open_own("en", PAGE, view="unanswered", make="pain_point", of="P-1")
    values = {one.label: one.value for one in (*app.multiselect, *app.text_input, *app.selectbox)}
    assert values["Title \\*"] == "Slow quotes $x$"
    assert (values["Value a year"], values["Kind"]) == ("5000", "process")
    assert values["Pain points it solves"] == ["P-1"]
    button(app, "Save").click().run()
    row = registers.row(own, LOCAL, "initiative", "IN-4").values
    assert (row["pain_points"], row["kind"]) == (("P-1",), "process")
    assert "make" not in app.query_params
    assert "Everything that was found is answered" in shown(app)
    app = open_own("en", "pages/assess/pain_points.py", item="P-1")
    assert "Initiative IN-4: Slow quotes $x$" in links_of(app)
    assert "Make another initiative" in links_of(app)


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("language", "method", "finding", "first"),
    [
        ("en", "wsjf", "“Dear” comes first", ["IN-2 Dear", "IN-1 Short", "IN-3 Hollow"]),
        ("zh", "ratio", "“Dear”排在第一", ["IN-2 Dear", "IN-1 Short", "IN-3 Hollow"]),
    ],
)
def test_the_ranking_stands_in_the_order_of_the_method_that_was_chosen(
    open_own: Open, language: str, method: str, finding: str, first: list[str]
) -> None:
    app = open_own(language, PAGE, view="ranking", method=method)
    assert finding in shown(app)
    rows = app.dataframe[0].value
    assert rows["title"].tolist() == first
    assert rows["place"].fillna(0).tolist() == [1, 2, 0]


def test_weights_stand_in_the_address_and_the_order_becomes_a_decision(
    open_own: Open, own: Store
) -> None:
    app = open_own("en", PAGE, view="ranking", weights="0-0-0-0-0-0-100-0")
    assert app.dataframe[0].value["title"][0] == "IN-1 Short"
    value = next(one for one in app.number_input if one.label == "Value a year")
    value.set_value(60)
    button(app, "Rank by these").click().run()
    assert app.query_params["weights"] in ("60-0-0-0-0-0-100-0", ["60-0-0-0-0-0-100-0"])
    button(app, "Record this order as a decision").click().run()
    why = next(one for one in app.text_area if one.label == "Why")
    why.set_value("Effort is scarce")
    button(app, "Save").click().run()
    row = registers.row(own, LOCAL, "decision", "DC-1").values
    assert row["reason"] == "Effort is scarce"
    assert str(row["decided"]).startswith("1. IN-")
    assert "do" not in app.query_params


@pytest.mark.usefixtures("own")
def test_what_nobody_said_is_told_and_leads_to_the_small_lists(open_own: Open) -> None:
    app = open_own("zh", PAGE, view="rests")
    assert "3 项举措中有 1 项缺少排序所需的信息" in shown(app)
    rows = app.dataframe[0].value
    assert rows["title"][0] == "IN-3 Hollow" and "未填写：" in rows["remark"][0]
    assert "人员能力" in links_of(app)


@pytest.mark.parametrize(
    ("language", "view", "told"),
    [
        ("en", "list", "Nothing is here yet"),
        ("zh", "unanswered", "还没有发现任何事项"),
        ("en", "ranking", "There is nothing to rank yet"),
        ("zh", "rests", "规划依据"),
    ],
)
def test_an_empty_store_teaches_how_to_begin(
    open_own: Open, language: str, view: str, told: str
) -> None:
    assert told in shown(open_own(language, PAGE, view=view))


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    "address",
    [
        {"view": "ranking", "weights": "1-2"},
        {"view": "ranking", "weights": "0-0-0-0-0-0-0-0", "top": "x", "sure": "0", "lens": "off"},
        {"make": "pain_point", "of": "P-99"},
        {"make": "weather", "of": "P-1"},
        {"make": "answer", "of": "A-1/x/y"},
    ],
)
def test_an_address_that_says_nothing_breaks_nothing(
    open_own: Open, address: dict[str, str]
) -> None:
    assert not open_own("en", PAGE, **address).exception
