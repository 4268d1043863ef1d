"""The roadmap page: from no plan to one that is made, told, compared, moved and agreed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from own_store import Open, open_own, shown
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import planning, registers, settings, stores
from crm_core.services.planning import jobs
from crm_core.services.registers import Write
from crm_core.store import Store

__all__ = ["open_own"]

PAGE = "pages/plan/roadmap.py"
TODAY = date(2026, 1, 5)


@pytest.fixture
def own(open_own: Open) -> Iterator[Store]:  # noqa: ARG001
    """Two initiatives for one person; a scenario with two of them."""
    store = holding.hold(stores.own_path())
    settings.write(store, LOCAL, "plan_start", "2026-01-01")
    settings.write(store, LOCAL, "plan_unit", "month")
    settings.write(store, LOCAL, "plan_horizon", 60)
    rows = {
        "capacity": {"CA-1": {"skill": "it", "amount": Decimal(1)}},
        "initiative": {
            key: {
                "title": title, "duration": 2, "effort": ("it: 1",), "cost": Decimal(10),
                "value_a_year": Decimal(value),
            }
            for key, title, value in (("IN-1", "Clean $x$", 900), ("IN-2", "Move", 600))
        },
        "scenario": {"SC-1": {"title": "Two of them", "staff": ("it: 2",)}},
    }  # fmt: skip
    for name, items in rows.items():
        registers.write(store, LOCAL, name, [Write(key, one) for key, one in items.items()])
    yield store
    for scenario in ("", "SC-1"):
        if job := jobs.current(store, scenario):
            job.wait(60)


def made(store: Store, scenario: str = "") -> int:
    return planning.plan(store, LOCAL, TODAY, scenario=scenario, seconds=5).header.plan_id


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


@pytest.mark.usefixtures("own")
def test_without_a_plan_the_page_says_what_one_is_made_of(open_own: Open) -> None:
    assert "There is no plan yet" in shown(open_own("en", PAGE))
    assert "还没有计划" in shown(open_own("zh", PAGE, view="story"))


def test_a_plan_is_made_from_the_page_and_then_shown(open_own: Open, own: Store) -> None:
    app = open_own("en", PAGE)
    button(app, "Start").click().run(timeout=60)
    job = jobs.current(own, "")
    assert job
    job.wait(60)
    app.run(timeout=60)
    said = shown(app)
    assert "It is proved that no plan is better." in said
    assert "Done by" in [one.label for one in app.metric]
    assert not app.exception


def test_while_another_is_searched_for_the_plan_that_stands_can_be_taken_along(
    open_own: Open, own: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.begin(own, LOCAL, "", TODAY, "value", 5.0).wait(60)
    monkeypatch.setattr(jobs.Job, "busy", property(lambda _: True))
    app = open_own("en", PAGE)
    labels = [one.label for one in app.button]
    assert "Stop and keep the best" in labels and "Start" not in labels
    assert "Calendar" in [one.label for one in app.get("download_button")]


@pytest.mark.parametrize(
    ("language", "view", "said"),
    [
        ("en", "plan", "it is the tightest skill"),
        ("zh", "plan", "人手最紧张"),
        ("en", "story", "The plan has 2 initiatives"),
        ("zh", "story", "本计划包含 2 项举措"),
        ("en", "scenarios", "Nothing to compare yet"),
        ("zh", "progress", "确认计划 1"),
        ("en", "risk", "Nobody said what could go otherwise"),
    ],
)
def test_each_view_of_a_plan_says_its_thing(
    open_own: Open, own: Store, language: str, view: str, said: str
) -> None:
    made(own)
    app = open_own(language, PAGE, view=view)
    assert not app.exception
    assert said in shown(app)


def test_scenarios_stand_side_by_side_and_one_is_agreed(open_own: Open, own: Store) -> None:
    made(own)
    made(own, "SC-1")
    app = open_own("en", PAGE, view="scenarios")
    said = shown(app)
    assert "“Two of them” brings the most" in said
    assert "“Two of them”: 1 initiative is scheduled differently from “As it stands”" in said
    button(app, "Agree").click().run(timeout=60)
    assert "Say why this plan is agreed." in shown(app)
    app.text_input[0].set_value("board")
    button(app, "Agree").click().run(timeout=60)
    standing = planning.standing(own, LOCAL)
    assert standing
    assert standing.header.reason == "board"


def test_who_agrees_while_another_did_is_told_and_may_do_so_again(
    open_own: Open, own: Store
) -> None:
    first, second = made(own), made(own, "SC-1")
    app = open_own("en", PAGE, view="scenarios")
    planning.accept(own, LOCAL, second, "somebody else")
    app.text_input[0].set_value("board")
    button(app, "Agree").click().run(timeout=60)
    assert "Somebody else agreed a plan meanwhile." in shown(app)
    standing = planning.standing(own, LOCAL)
    assert standing and standing.header.plan_id == second
    app.text_input[0].set_value("board")
    button(app, "Agree").click().run(timeout=60)
    standing = planning.standing(own, LOCAL)
    assert standing and standing.header.plan_id == first


def test_a_move_shows_its_effect_and_is_kept_when_it_is_agreed_to(
    open_own: Open, own: Store
) -> None:
    made(own)
    app = open_own("en", PAGE, initiative="IN-2")
    field = next(one for one in app.selectbox if one.label == "Start it instead in")
    field.select(5).run(timeout=60)
    said = shown(app)
    assert "The plan is worth" in said
    assert "Nothing else moves." in said
    button(app, "Start it then, and plan anew").click().run(timeout=60)
    assert registers.row(own, LOCAL, "initiative", "IN-2").values["pinned"] == "2026-06-01"


def test_what_cannot_all_hold_is_said(open_own: Open, own: Store) -> None:
    row = registers.row(own, LOCAL, "initiative", "IN-2")
    values = row.values | {"deadline": "1", "wanted": "always"}
    registers.change(own, LOCAL, "initiative", "IN-2", values, row.version)
    jobs.begin(own, LOCAL, "", TODAY, "value", 5.0).wait(60)
    said = shown(open_own("en", PAGE))
    assert "Nothing fits" in said
    assert "Move has a deadline." in said


def test_a_plan_of_a_scenario_that_was_removed_can_still_be_looked_at_and_changes_nothing(
    open_own: Open, own: Store
) -> None:
    made(own)
    number = made(own, "SC-1")
    registers.remove(own, LOCAL, "scenario", {"SC-1": 1})
    app = open_own("en", PAGE, plan=str(number), initiative="IN-2")
    assert not app.exception
    scenario = next(one for one in app.selectbox if one.label == "Scenario")
    assert scenario.options == ["As it stands", "Two of them (removed)"]
    assert f"Plan {number}, " in shown(app)
    labels = [one.label for one in app.button]
    assert "Start" not in labels and "Start it then, and plan anew" not in labels
