"""Vendors held against each other by what several people say, the checklist, and the costs."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from crm_core.domain.actor import LOCAL
from crm_core.domain.assessments import State
from crm_core.domain.problems import Refused
from crm_core.domain.registers import Value
from crm_core.i18n import Texts
from crm_core.services import registers, settings, vendors
from crm_core.services.checklists import answers, assessments, respondents, states
from crm_core.services.vendors import Judgement, report
from crm_core.store import Store


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as found:
        act()
    assert found.value.problem.code == code


def add(store: Store, name: str, title: str, **values: Value) -> str:
    return registers.add(store, LOCAL, name, {"title": title, **values})


@pytest.fixture
def room(store: Store) -> Store:
    """Two vendors, V-1 and V-2, and three criteria, CR-1 to CR-3."""
    add(store, "vendor", "North")
    add(store, "vendor", "South")
    add(store, "criterion", "Functions", factor="requirements", points=Decimal(30))
    add(store, "criterion", "Price", factor="budget", points=Decimal(10))
    add(store, "criterion", "Security", factor="it", least=Decimal(5))
    return store


def points(store: Store, name: str, *each: float, seen: vendors.Said | None = None) -> None:
    said = {(f"CR-{at}", ""): Judgement(one) for at, one in enumerate(each, 1)}
    vendors.weigh(store, LOCAL, name, "points", said, seen or {})


def scores(store: Store, name: str, vendor: str, *each: float) -> None:
    said = {(f"CR-{at}", vendor): Judgement(one) for at, one in enumerate(each, 1)}
    vendors.score(store, LOCAL, name, vendor, said, {})


def test_without_evaluators_the_registers_points_hold_and_without_those_all_weigh_alike(
    room: Store,
) -> None:
    assert vendors.compare(room, LOCAL).weights == {"CR-1": 0.75, "CR-2": 0.25, "CR-3": 0}
    for key in ("CR-1", "CR-2"):
        row = registers.row(room, LOCAL, "criterion", key)
        values = {name: value for name, value in row.values.items() if name != "points"}
        registers.change(room, LOCAL, "criterion", key, values, row.version)
    found = vendors.compare(room, LOCAL).weights
    assert found == pytest.approx({"CR-1": 1 / 3, "CR-2": 1 / 3, "CR-3": 1 / 3})


def test_the_ranking_rests_on_everybodys_weights_and_scores(room: Store) -> None:
    points(room, "陈静", 50, 25, 25)
    vendors.weigh(
        room,
        LOCAL,
        "Zhao",
        "pair",
        {("CR-1", "CR-2"): Judgement(1), ("CR-2", "CR-3"): Judgement(1)},
        {},
    )
    scores(room, "陈静", "V-1", 8, 4, 6)
    scores(room, "Zhao", "V-1", 6, 4, 6)
    scores(room, "Zhao", "V-2", 6, 9, 7)
    found = vendors.compare(room, LOCAL)
    third = 1 / 3
    weights = [(0.5 + third) / 2, (0.25 + third) / 2, (0.25 + third) / 2]
    assert list(found.weights.values()) == pytest.approx(weights)
    one = weights[0] * 7 + weights[1] * 4 + weights[2] * 6
    two = weights[0] * 6 + weights[1] * 9 + weights[2] * 7
    assert found.placed["V-1"].value == pytest.approx(one)
    assert found.placed["V-2"].value == pytest.approx(two)
    assert [each.id for each in found.vendors] == ["V-2", "V-1"]
    assert found.flip is not None
    assert sum(found.first.values()) == pytest.approx(1)
    [apart] = vendors.disagreement(found)
    assert apart[:2] == ("V-1", "CR-1")
    assert (apart[2].low, apart[2].high, apart[2].people) == (6, 8, 2)


def test_who_stays_below_a_least_score_stands_behind_whatever_the_rest(room: Store) -> None:
    scores(room, "A", "V-1", 10, 10, 4)
    scores(room, "A", "V-2", 1, 1, 5)
    found = vendors.compare(room, LOCAL)
    assert [one.id for one in found.vendors] == ["V-2", "V-1"]
    assert found.failed == {"V-1": ("CR-3",), "V-2": ()}
    assert found.flip is None
    assert found.first == {"V-2": 1.0}


def test_contradicting_comparisons_are_shown_with_the_worst(room: Store) -> None:
    said = {
        ("CR-1", "CR-2"): Judgement(9),
        ("CR-2", "CR-3"): Judgement(9),
        ("CR-3", "CR-1"): Judgement(9),
    }
    vendors.weigh(room, LOCAL, "A", "pair", said, {})
    found = vendors.compare(room, LOCAL).weighed_by["A"]
    assert not found.is_consistent
    assert found.worst is not None


def test_comparisons_that_do_not_link_all_criteria_count_for_nothing_and_it_is_said(
    room: Store,
) -> None:
    points(room, "Chen", 50, 25, 25)
    half = {("CR-1", "CR-2"): Judgement(3)}
    vendors.weigh(room, LOCAL, "Zhao", "pair", half, {})
    scores(room, "Li", "V-1", 1)
    found = vendors.compare(room, LOCAL)
    assert (list(found.weighed_by), found.unweighed) == (["Chen"], ("Zhao",))


def test_weighing_by_points_takes_the_place_of_pairs(room: Store) -> None:
    pairs = {("CR-1", "CR-2"): Judgement(3), ("CR-1", "CR-3"): Judgement(3)}
    vendors.weigh(room, LOCAL, "A", "pair", pairs, {})
    points(room, "a", 10, 10, 0, seen=pairs)
    assert vendors.judgements(room, LOCAL).keys() == {"A"}
    assert vendors.compare(room, LOCAL).weights == {"CR-1": 0.5, "CR-2": 0.5, "CR-3": 0}


def test_the_later_of_two_who_weigh_under_one_name_is_told(room: Store) -> None:
    points(room, "A", 10, 10, 0)
    points(room, "A", 10, 10, 0)
    refused("judgement_changed", lambda: points(room, "A", 0, 0, 10))
    assert vendors.compare(room, LOCAL).weights["CR-3"] == 0


@pytest.mark.parametrize("value", [-1, 10.5, float("nan"), float("inf")])
def test_a_score_lies_from_nothing_to_ten(room: Store, value: float) -> None:
    refused("judgement_value", lambda: scores(room, "A", "V-1", value))


def test_only_rows_that_are_there_are_judged_and_by_somebody(room: Store) -> None:
    refused("judgement_unknown", lambda: scores(room, "A", "V-9", 1))
    refused("judgement_unknown", lambda: points(room, "A", 1, 1, 1, 1))
    refused("item_required", lambda: points(room, " ", 1))
    itself = {("CR-1", "CR-1"): Judgement(2)}
    refused("judgement_itself", lambda: vendors.weigh(room, LOCAL, "A", "pair", itself, {}))


def test_what_was_said_of_a_criterion_that_is_gone_counts_no_more(room: Store) -> None:
    points(room, "A", 10, 10, 20)
    scores(room, "A", "V-1", 5, 5, 5)
    row = registers.row(room, LOCAL, "criterion", "CR-3")
    registers.remove(room, LOCAL, "criterion", {"CR-3": row.version})
    found = vendors.compare(room, LOCAL)
    assert found.weights == {"CR-1": 0.5, "CR-2": 0.5}
    assert found.placed["V-1"].value == 5


def test_a_criterion_can_be_scored_by_the_vendors_newest_assessment(room: Store) -> None:
    row = registers.row(room, LOCAL, "criterion", "CR-1")
    registers.change(
        room, LOCAL, "criterion", "CR-1", {**row.values, "section": "fit"}, row.version
    )
    for day, level in ((1, 0), (2, -1)):
        key = assessments.begin(
            room, LOCAL, "vendor-choice", scope="vendor", subject="north", day=date(2026, 3, day)
        )
        who = respondents.add(room, LOCAL, key, "A", "lead")
        sheet = answers.filled(room, LOCAL, who)
        for item in next(one for one in sheet.checklist.sections if one.id == "fit").items:
            if item.id in sheet.asked and item.kind == "scale":
                answers.save(room, LOCAL, who, item.id, item.options[level].code)
    cell = vendors.compare(room, LOCAL).cells["V-1"]["CR-1"]
    assert (cell.mean, cell.people, cell.assessment) == (10, 0, "A-2")
    assert "CR-1" not in vendors.compare(room, LOCAL).cells["V-2"]


def fitting(room: Store, level: int, people: int = 1, *, is_unnamed: bool = False) -> str:
    """An assessment of North's fit, answered by so many."""
    key = assessments.begin(
        room,
        LOCAL,
        "vendor-choice",
        scope="vendor",
        subject="North",
        day=date(2026, 3, 2),
        is_unnamed=is_unnamed,
    )
    for at in range(people):
        who = respondents.add(room, LOCAL, key, f"P{at}", "lead")
        sheet = answers.filled(room, LOCAL, who)
        for item in next(one for one in sheet.checklist.sections if one.id == "fit").items:
            if item.id in sheet.asked and item.kind == "scale":
                answers.save(room, LOCAL, who, item.id, item.options[level].code)
    return key


def test_of_two_assessments_on_a_day_the_later_counts_and_one_without_answers_hides_none(
    room: Store,
) -> None:
    row = registers.row(room, LOCAL, "criterion", "CR-1")
    values = {**row.values, "section": "fit"}
    registers.change(room, LOCAL, "criterion", "CR-1", values, row.version)
    fitting(room, 0)
    later = fitting(room, -1)
    fitting(room, 0, people=0)
    cell = vendors.compare(room, LOCAL).cells["V-1"]["CR-1"]
    assert (cell.mean, cell.assessment) == (10, later)


def test_a_score_by_people_whose_names_are_hidden_counts_once_it_may_be_shown(room: Store) -> None:
    row = registers.row(room, LOCAL, "criterion", "CR-1")
    values = {**row.values, "section": "fit"}
    registers.change(room, LOCAL, "criterion", "CR-1", values, row.version)
    few, many = (fitting(room, -1, people, is_unnamed=True) for people in (4, 5))
    assert "CR-1" not in vendors.compare(room, LOCAL).cells["V-1"]
    for key in (few, many):
        states.move(room, LOCAL, key, 1, State.SUBMITTED)
    cell = vendors.compare(room, LOCAL).cells["V-1"]["CR-1"]
    assert (cell.mean, cell.assessment) == (10, many)


def test_costs_are_added_per_currency_over_the_years_with_their_range(room: Store) -> None:
    settings.write(room, LOCAL, "home_currency", "CNY")
    cost = lambda **more: add(room, "vendor_cost", "x", vendor=("V-1",), **more)  # noqa: E731
    cost(least=Decimal(100))
    cost(least=Decimal(10), most=Decimal(30), yearly=True, first_year=2)
    cost(least=Decimal(5), likely=Decimal(7), most=Decimal(9), currency="usd")
    found = vendors.compare(room, LOCAL, years=3).costs["V-1"]
    assert found["CNY"].by_year == (100, 20, 20)
    assert found["USD"].expected == 7
    assert found["USD"].low < 7 < found["USD"].high


def test_a_room_without_anything_is_compared_all_the_same(store: Store) -> None:
    found = vendors.compare(store, LOCAL)
    assert (found.vendors, found.weights, found.flip, found.first) == ((), {}, None, {})


def test_the_workbook_holds_the_ranking_each_score_the_weights_and_the_costs(room: Store) -> None:
    points(room, "Zhao", 30, 10, 0)
    scores(room, "Zhao", "V-1", 8, 4, 9)
    said = {("CR-1", "V-2"): Judgement(6, "=Demo, day 2")}
    vendors.score(room, LOCAL, "Lee", "V-2", said, {})
    cost = {"vendor": ("V-1",), "currency": "EUR", "yearly": True, "least": Decimal(1000)}
    add(room, "vendor_cost", "Licence", **cost)  # type: ignore[arg-type]
    book = CalamineWorkbook.from_object(BytesIO(report.as_workbook(room, LOCAL, Texts("en"), 2)))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert sheets[0][0][0] == "North leads South by 1.0 points"
    assert [row[:4] for row in sheets[0][-2:]] == [[1, "North", 7, 1], [2, "South", 6, 0.75]]
    assert sheets[1][-3:] == [
        ["Functions", 0.75, "", 8, 6],
        ["Price", 0.25, "", 4, ""],
        ["Security", 0, 5, 9, ""],
    ]
    assert ["South", "Functions", "Lee", 6, "=Demo, day 2"] in sheets[2]
    assert len(sheets[2]) - len(sheets[1]) == 1, "four scores, three criteria"
    assert sheets[3][-3:] == [["Functions", 0.75, 0.75], ["Price", 0.25, 0.25], ["Security", 0, 0]]
    assert sheets[4][-1] == ["North", "EUR", 2000, 2000, 2000, 1000, 1000]
