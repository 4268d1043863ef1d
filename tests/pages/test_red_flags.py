"""The page of red flags: what stands and why, the rules with their limits and their past."""

from datetime import date

import pytest
from own_store import Open, open_own, shown

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import flags, registers, stores
from crm_core.store import Store
from pages._ui.charts.base import figure

__all__ = ["open_own"]

PAGE = "pages/assess/red_flags.py"
RULE = "goal_without_measure"


def own() -> Store:
    return holding.hold(stores.own_path())


@pytest.mark.parametrize(
    ("language", "title", "severity"),
    [
        ("en", "Nobody can tell whether the goal “Be liked” is reached", "◆ Medium"),
        ("zh", "目标“Be liked”无法判断是否达成", "◆ 中"),
    ],
)
def test_a_look_at_the_page_raises_what_the_rules_find_in_the_readers_language(
    open_own: Open, language: str, title: str, severity: str
) -> None:
    open_own(language)
    registers.add(own(), LOCAL, "goal", {"title": "Be liked"})
    app = open_own(language, PAGE)
    rows = app.dataframe[0].value
    assert rows["title"].tolist() == [title]
    assert rows["severity"].tolist() == [severity]
    assert len(app.metric) == 4


@pytest.mark.parametrize(
    ("language", "view", "title"),
    [
        ("en", "Links", "Sheet serves a critical process step"),
        ("zh", "关联", "关键流程步骤依赖“Sheet”"),
    ],
)
def test_what_is_linked_names_a_flag_in_the_readers_language_alone(
    open_own: Open, language: str, view: str, title: str
) -> None:
    open_own(language)
    sheet = {"title": "Sheet", "kind": "excel", "critical": True}
    registers.add(own(), LOCAL, "application", sheet)
    open_own(language, PAGE)
    app = open_own(language, "pages/assess/applications.py", item="A-1")
    next(one for one in app.button_group if view in one.options).set_value(view).run()
    links = [one.proto.label for one in app.get("page_link")]
    assert any(one.endswith(title) for one in links)
    assert f'tooltip="{title}"' in app.get("graphviz_chart")[0].proto.spec


def test_a_flag_says_why_it_was_raised_and_keeps_what_a_person_plans(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "goal", {"title": "Be liked"})
    open_own("en", PAGE)
    app = open_own("en", PAGE, item="R-1")
    assert "Missing: 3 of the three" in shown(app)
    assert "It clears once" in shown(app)
    assert not [one for one in app.text_input if one.label in ("Title", "Raised by rule")]
    next(one for one in app.text_input if one.label == "Owner").set_value("Bea")
    next(one for one in app.button if one.label == "Save").click().run()
    row = registers.row(own(), LOCAL, "red_flag", "R-1")
    assert (row.values["owner"], row.values["rule"]) == ("Bea", RULE)
    assert row.values["title"].startswith("Nobody can tell")


@pytest.mark.parametrize(("title", "pixels"), [("Be liked", 35), ("Be liked by all " * 4, 66)])
def test_a_long_title_of_a_flag_goes_on_in_a_second_line(
    open_own: Open, title: str, pixels: int
) -> None:
    open_own("zh")
    registers.add(own(), LOCAL, "goal", {"title": title})
    assert open_own("zh", PAGE).dataframe[0].proto.row_height == pixels


def test_the_days_below_a_low_chart_have_room() -> None:
    assert figure([], 86).layout.minreducedheight < 20, "plotly keeps 64 pixels else"


def test_flags_without_an_owner_are_found_by_a_link(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "red_flag", {"title": "Mine", "owner": "Bea"})
    registers.add(own(), LOCAL, "red_flag", {"title": "Nobody's"})
    for owner, title in (("Bea", "Mine"), ("", "Nobody's")):
        rows = open_own("en", PAGE, owner=owner).dataframe[0].value
        assert rows["title"].tolist() == [title]


def test_filters_find_what_people_raised_and_what_is_over(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "goal", {"title": "Be liked"})
    due = {"due": date(2020, 1, 1)}
    registers.add(own(), LOCAL, "red_flag", {"title": "The sponsor left", "severity": "high"} | due)
    registers.add(own(), LOCAL, "red_flag", {"title": "Solved", "status": "cleared"})
    app = open_own("en", PAGE, origin="person")
    assert app.dataframe[0].value["title"].tolist() == ["The sponsor left"]
    app = open_own("en", PAGE, show="all", origin="person")
    assert app.dataframe[0].value["title"].tolist() == ["The sponsor left", "Solved"]
    assert next(one for one in app.metric if one.label == "Overdue").value == "1"


def test_a_rule_is_switched_off_only_with_a_reason_which_is_shown(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "goal", {"title": "Be liked"})
    app = open_own("en", PAGE, view="rules", rule=RULE)
    app.segmented_control(key=f"flag-off-{RULE}").set_value("off")
    save = next(one for one in app.button if one.label == "Save")
    save.click().run()
    assert "Say why" in shown(app)
    app.text_input(key=f"flag-reason-{RULE}").set_value("We measure from June on")
    next(one for one in app.button if one.label == "Save").click().run()
    assert "We measure from June on" in shown(app)
    assert app.text_input(key=f"flag-reason-{RULE}").value == ""
    assert flags.states(own(), LOCAL)[RULE].is_off
    assert flags.listed(own(), LOCAL) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_rule_is_replayed_on_the_page_or_says_why_it_cannot_be(
    open_own: Open, language: str
) -> None:
    open_own(language)
    registers.add(own(), LOCAL, "goal", {"title": "Be liked"})
    app = open_own(language, PAGE, view="rules", rule=RULE, replay=RULE)
    assert app.dataframe[1].value["days"].tolist() == [1]
    app = open_own(language, PAGE, view="rules", rule="quarantine_old")
    assert not app.exception and len(app.info) == 1


def test_every_rule_leads_to_a_page_of_the_app(open_own: Open) -> None:
    app = open_own("en", PAGE)
    known = set(app.session_state["_pages"])
    assert {
        one.rule.evidence.partition("?")[0] for one in flags.states(own(), LOCAL).values()
    } <= known


@pytest.mark.parametrize(("language", "pixels"), [("en", 66), ("zh", 35)])
def test_rules_are_read_in_full_in_rows_no_higher_than_they_need(
    open_own: Open, language: str, pixels: int
) -> None:
    assert open_own(language, PAGE, view="rules").dataframe[0].proto.row_height == pixels


def test_a_flag_is_removed_or_accepted_with_a_reason_and_never_cleared_by_hand(
    open_own: Open,
) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "red_flag", {"title": "The sponsor left"})
    app = open_own("en", PAGE, item="R-1")
    status = next(one for one in app.selectbox if one.label == "Status")
    assert "Cleared by itself" not in status.options
    status.set_value("accepted")
    next(one for one in app.button if one.label == "Save").click().run()
    assert registers.row(own(), LOCAL, "red_flag", "R-1").version == 1
    assert "Say why" in shown(app.run())
    why = next(one for one in app.text_input if one.label == "Why removed or accepted")
    why.set_value("Her deputy decides")
    next(one for one in app.button if one.label == "Save").click().run()
    values = registers.row(own(), LOCAL, "red_flag", "R-1").values
    assert (values["status"], values["decision_reason"]) == ("accepted", "Her deputy decides")
