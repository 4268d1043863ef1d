"""The vendor room: what leads and why, one's own weights and scores, costs, documents."""

from datetime import timedelta
from decimal import Decimal

import pytest
from own_store import Open, open_own, shown

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import registers, stores, vendors
from crm_core.services.clock import utc_now
from crm_core.services.vendors import Judgement
from crm_core.store import Store
from pages._ui.charts import matrix_chart
from pages._ui.charts.base import in_two_lines

__all__ = ["open_own"]

PAGE = "pages/assess/vendors.py"


@pytest.fixture
def room(open_own: Open) -> Store:  # noqa: ARG001
    """Two vendors and two criteria."""
    store = holding.hold(stores.own_path())
    for title in ("North $x$", "South"):
        registers.add(store, LOCAL, "vendor", {"title": title})
    for title, factor in (("Functions", "requirements"), ("Price", "budget")):
        registers.add(store, LOCAL, "criterion", {"title": title, "factor": factor})
    return store


def score(store: Store, who: str, vendor: str, *values: float) -> None:
    said = {(f"CR-{at}", vendor): Judgement(value) for at, value in enumerate(values, 1)}
    vendors.score(store, LOCAL, who, vendor, said, {})


def test_a_criterion_of_two_scripts_is_written_in_full_in_two_lines() -> None:
    said = in_two_lines("18% 与 ERP 和网站的集成", 22, parts_words=True)
    assert said == "18% 与 ERP<br>和网站的集成"


def test_a_criterion_that_is_too_long_keeps_what_has_room() -> None:
    said = in_two_lines("35% 与 ERP、官网、电话中心和企业微信的实时双向集成", 22, parts_words=True)
    assert said == "35% 与 ERP、官网、电话<br>中心和企业微信的实时…"
    assert in_two_lines("Hengxin Business Platform", 9) == "Hengxin<br>Business…"


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 5])
def test_the_names_of_a_few_vendors_stand_in_full_above_their_scores(columns: int) -> None:
    names = [
        "深圳市云帆客户云科技有限公司",
        "Hengxin Business Platform International Ltd",
        "自主开发",
        "A",
        "B",
    ]
    made = matrix_chart(["Price"], names[:columns], [[1.0] * columns], [["x"] * columns], str)
    heads = [str(head).replace("<br>", " ") for head in made.layout.xaxis.ticktext]
    assert [head.replace(" ", "") for head in heads] == [
        name.replace(" ", "") for name in names[:columns]
    ]


def test_an_empty_room_says_how_to_begin(open_own: Open) -> None:
    assert "Nothing is here yet" in shown(open_own("en", PAGE))
    assert "请先录入供应商和评价标准" in shown(open_own("zh", PAGE, view="scores"))


@pytest.mark.parametrize(
    ("language", "leads", "flips", "apart"),
    [
        ("en", "South leads North", "Functions at 60% instead of 50%", "from 2.0 to 4.0 of 10"),
        ("zh", "“South”领先“North", "“Functions”的权重由 50% 变为 60%", "2.0 至 4.0 分（满分 10）"),
    ],
)
def test_the_comparison_says_who_leads_and_what_would_flip_it(
    open_own: Open, room: Store, language: str, leads: str, flips: str, apart: str
) -> None:
    score(room, "A", "V-1", 8, 2)
    score(room, "B", "V-1", 8, 4)
    score(room, "A", "V-2", 6, 6)
    app = open_own(language, PAGE)
    said = shown(app)
    assert leads in said.replace("\\", "")
    assert flips in app.metric[2].delta
    assert apart in said


def test_a_tie_is_called_one_and_a_small_change_is_told_to_a_tenth(
    open_own: Open, room: Store
) -> None:
    score(room, "A", "V-1", 8, 2)
    score(room, "A", "V-2", 6, 4)
    assert "are level" in shown(open_own("en", PAGE))
    score(room, "B", "V-1", 8, 2.1)
    app = open_own("en", PAGE)
    assert "at 49.4%" in app.metric[2].delta.replace("\\", "")


def test_whose_comparisons_do_not_count_yet_is_said(open_own: Open, room: Store) -> None:
    registers.add(room, LOCAL, "criterion", {"title": "Security", "factor": "it"})
    half = {("CR-1", "CR-2"): Judgement(3)}
    vendors.weigh(room, LOCAL, "Zhao", "pair", half, {})
    assert "Not counted yet: Zhao" in shown(open_own("en", PAGE, view="weights"))
    assert "尚未计入：Zhao" in shown(open_own("zh", PAGE, view="weights"))


@pytest.mark.parametrize(
    ("third", "told"),
    [
        (6.0, "Zhao's comparisons fit together: consistency index 0, at most 0.31"),
        (1 / 6, "first; by all together it would be: "),
    ],
)
def test_how_far_comparisons_fit_together_is_said_in_either_case(
    open_own: Open, room: Store, third: float, told: str
) -> None:
    registers.add(room, LOCAL, "criterion", {"title": "Security", "factor": "it"})
    pairs = {("CR-1", "CR-2"): 2.0, ("CR-2", "CR-3"): 3.0, ("CR-1", "CR-3"): third}
    said = {pair: Judgement(times) for pair, times in pairs.items()}
    vendors.weigh(room, LOCAL, "Zhao", "pair", said, {})
    assert told in shown(open_own("en", PAGE, view="weights")).replace("\\", "")


def test_own_weights_are_kept_by_points_and_then_by_pairs(open_own: Open, room: Store) -> None:
    app = open_own("en", PAGE, view="weights", who="Ann Lee")
    app.number_input[0].set_value(30)
    app.number_input[1].set_value(10)
    [save] = [one for one in app.button if one.label == "Save the weights"]
    save.click().run()
    assert not app.exception
    assert vendors.compare(room, LOCAL).weights == {"CR-1": 0.75, "CR-2": 0.25}
    app = open_own("en", PAGE, view="weights", who="Ann Lee", how="pair")
    [pair] = [one for one in app.selectbox if "against" in one.label]
    pair.set_value(1.0)
    [save] = [one for one in app.button if one.label == "Save the weights"]
    save.click().run()
    assert not app.exception
    assert vendors.compare(room, LOCAL).weights == pytest.approx({"CR-1": 0.5, "CR-2": 0.5})


def test_each_score_is_saved_at_once_and_there_when_another_vendor_was_looked_at(
    open_own: Open, room: Store
) -> None:
    app = open_own("en", PAGE, view="scores", who="Ann Lee", vendor="V-1")
    app.number_input[0].set_value(9.0).run()
    app.text_input[0].set_value(" Two offers ").run()
    app.number_input[1].set_value(4.0).run()
    [vendor] = [one for one in app.selectbox if one.label == "Vendor"]
    vendor.set_value("V-2").run()
    assert app.number_input[0].value is None
    [vendor] = [one for one in app.selectbox if one.label == "Vendor"]
    vendor.set_value("V-1").run()
    assert not app.exception
    assert not app.error
    assert [one.value for one in app.number_input] == [9.0, 4.0]
    assert vendors.judgements(room, LOCAL)["Ann Lee"]["score"] == {
        ("CR-1", "V-1"): Judgement(9.0, "Two offers"),
        ("CR-2", "V-1"): Judgement(4.0),
    }
    app.number_input[1].set_value(None).run()
    assert list(vendors.judgements(room, LOCAL)["Ann Lee"]["score"]) == [("CR-1", "V-1")]


def test_an_evaluator_who_writes_the_name_otherwise_is_the_same(
    open_own: Open, room: Store
) -> None:
    score(room, "Ann Lee", "V-1", 3, 3)
    app = open_own("en", PAGE, view="scores", who="ann lee", vendor="V-1")
    assert [one.value for one in app.number_input] == [3.0, 3.0]
    app.number_input[1].set_value(5.0).run()
    assert not app.error
    assert list(vendors.judgements(room, LOCAL)) == ["Ann Lee"]


def test_a_new_evaluator_with_gaps_in_the_name_gives_one_score_after_the_other(
    open_own: Open, room: Store
) -> None:
    app = open_own("en", PAGE, view="scores", who="Ann  Lee ", vendor="V-1")
    app.number_input[0].set_value(5.0).run()
    app.number_input[1].set_value(6.0).run()
    assert not app.error
    assert len(vendors.judgements(room, LOCAL)["Ann Lee"]["score"]) == 2


def test_scores_that_somebody_else_gave_meanwhile_are_not_overwritten(
    open_own: Open, room: Store
) -> None:
    app = open_own("en", PAGE, view="scores", who="Ann Lee", vendor="V-1")
    score(room, "Ann Lee", "V-1", 3, 3)
    app.number_input[0].set_value(9.0).run()
    assert "Nothing was overwritten" in shown(app)
    assert vendors.compare(room, LOCAL).cells["V-1"]["CR-1"].mean == 3
    assert [one.value for one in app.number_input] == [3.0, 3.0], "they are shown instead"
    app.number_input[0].set_value(8.0).run()
    assert not app.error
    assert vendors.compare(room, LOCAL).cells["V-1"]["CR-1"].mean == 8


def test_what_a_score_rests_on_waits_for_its_score(open_own: Open, room: Store) -> None:
    app = open_own("en", PAGE, view="scores", who="Ann Lee", vendor="V-1")
    app.text_input[1].set_value("Two offers").run()
    assert "without a score at Price" in app.error[0].value
    assert app.text_input[1].value == "Two offers"
    assert not vendors.judgements(room, LOCAL)
    app.number_input[1].set_value(6.0).run()
    assert not app.error
    said = vendors.judgements(room, LOCAL)["Ann Lee"]["score"]
    assert said["CR-2", "V-1"] == Judgement(6.0, "Two offers")


def test_vendors_that_were_scored_by_different_numbers_of_people_are_told(
    open_own: Open, room: Store
) -> None:
    score(room, "Ann Lee", "V-1", 3, 3)
    score(room, "Zhao", "V-1", 4, 4)
    score(room, "Zhao", "V-2", 2, 2)
    said = shown(open_own("en", PAGE)).replace("\\", "")
    assert "by the same number of people. North $x$: 2 and South: 1." in said
    score(room, "Ann Lee", "V-2", 3, 3)
    assert "the same number of people" not in shown(open_own("en", PAGE))


def test_costs_are_shown_per_currency_and_who_has_none_is_named(
    open_own: Open, room: Store
) -> None:
    cost = {"title": "Licence", "vendor": ("V-1",), "yearly": True, "currency": "USD"}
    registers.add(room, LOCAL, "vendor_cost", cost | {"least": Decimal(1000)})
    said = shown(open_own("en", PAGE, view="costs"))
    assert "costs $5K over 5 years" in said.replace("\\", "")
    assert "Nobody said what these cost: South" in said


def test_documents_that_were_never_asked_for_are_counted(open_own: Open, room: Store) -> None:
    document = {"title": "Manual", "vendor": ("V-2",), "kind": "user_manual", "state": "complete"}
    registers.add(room, LOCAL, "vendor_document", document)
    app = open_own("en", PAGE, view="documents")
    assert "19 documents were never asked for" in shown(app)
    [matrix] = [str(one.value) for one in app.get("html") if "<table" in str(one.value)]
    assert "North $x$" in matrix, "names are written in full, in further lines"
    assert matrix.count("<a ") == 1
    assert "item=VD-1" in matrix
    assert "✓ <span>Complete</span>" in matrix


def test_of_several_documents_of_a_kind_the_neediest_is_shown_and_the_others_counted(
    open_own: Open, room: Store
) -> None:
    for title, more in (
        ("Draft", {"state": "refused", "status": "dropped"}),
        ("Old", {"state": "partial"}),
        ("New", {"state": "complete"}),
    ):
        values = {"title": title, "vendor": ("V-2",), "kind": "user_manual"} | more
        registers.add(room, LOCAL, "vendor_document", values)
    app = open_own("en", PAGE, view="documents")
    [matrix] = [str(one.value) for one in app.get("html") if "<table" in str(one.value)]
    assert "◐ <span>Incomplete</span> +1" in matrix
    assert "item=VD-2" in matrix
    assert matrix.count("<a ") == 1


def test_a_decision_whose_day_has_come_is_named_above_the_list(open_own: Open, room: Store) -> None:
    today = utc_now().date()
    for title, day in (("Old *ERP* stays", -40), ("Cloud", 40), ("Open", None)):
        again = {"look_again": today + timedelta(days=day)} if day else {}
        registers.add(room, LOCAL, "decision", {"title": title} | again)
    app = open_own("en", PAGE, view="decisions")
    assert not app.exception
    assert "1 decision is to be looked at again" in shown(app)
    [link] = [one for one in app.get("page_link") if "since" in one.proto.label]
    assert "Old \\*ERP\\* stays" in link.proto.label
    assert "item=DC-1" in link.proto.query_string
    registers.change(room, LOCAL, "decision", "DC-1", {"title": "Old"}, 1)
    assert "looked at again" not in shown(open_own("en", PAGE, view="decisions"))


@pytest.mark.parametrize(
    ("name", "turned"),
    [("上海云帆客户关系管理软件技术股份有限公司", (0, 90)), ("云帆", (0, 45, 90))],
)
def test_names_of_two_lines_are_never_at_a_slant_where_they_run_into_each_other(
    name: str, turned: tuple[int, ...]
) -> None:
    made = matrix_chart(["Price"], [name] * 7, [[1.0] * 7], [["x"] * 7], str)
    assert made.layout.xaxis.autotickangles == turned
