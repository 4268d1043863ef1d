"""A plan as a roadmap: bars, comparison, progress, and moving one by hand."""

from datetime import date
from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.planning.comparison import Moved, moved
from crm_core.domain.planning.usage import loads, skills, value_over_time
from crm_core.domain.planning.worth import plan_value
from crm_core.domain.problems import Refused
from crm_core.services import planning, registers, settings
from crm_core.services.planning import comparing, moving
from crm_core.services.planning.progress import progress
from crm_core.services.planning.roadmap import roadmap
from crm_core.services.registers import Write
from crm_core.store import Store

TODAY = date(2026, 1, 5)


@pytest.fixture
def own(store: Store) -> Store:
    """Two initiatives for one person, the second after the first; a freeze, a phase, a scenario."""
    settings.write(store, LOCAL, "plan_start", "2026-01-01")
    settings.write(store, LOCAL, "plan_unit", "month")
    settings.write(store, LOCAL, "plan_horizon", 12)
    common = {
        "duration": 2,
        "effort": ("it: 1",),
        "cost": Decimal(10),
        "departments": ("Sales: 2",),
    }
    rows = {
        "goal": {"G-1": {"title": "Grow"}},
        "phase": {"PH-1": {"title": "One", "starts": "1", "ends": "6"}},
        "capacity": {"CA-1": {"skill": "it", "amount": Decimal(1)}},
        "change_load": {"CL-1": {"department": "Sales", "amount": Decimal(4)}},
        "it_window": {
            "W-1": {
                "title": "Freeze", "starts": date(2026, 5, 1), "ends": date(2026, 6, 30),
                "touches": ("ERP",), "effect": "forbid",
            },
        },
        "initiative": {
            "IN-1": common | {"title": "Clean", "value_a_year": Decimal(900), "goals": ("G-1",)},
            "IN-2": common | {
                "title": "Move", "value_a_year": Decimal(600), "depends_on": ("IN-1",),
                "touches": ("ERP",), "owner": "Ana",
            },
        },
        "scenario": {"SC-1": {"title": "Later", "starts": ("IN-1: 2026-02-10",)}},
    }  # fmt: skip
    for name, items in rows.items():
        registers.write(store, LOCAL, name, [Write(key, one) for key, one in items.items()])
    return store


def made(store: Store, scenario: str = "", today: date = TODAY) -> planning.Plan:
    return planning.plan(store, LOCAL, today, scenario=scenario, seconds=5)


def test_a_roadmap_has_days_groups_slack_and_the_windows_that_touch_it(own: Store) -> None:
    found = roadmap(own, LOCAL, made(own).header.plan_id)
    one, two = found.bars
    assert (one.first, one.last, two.first, two.last) == (
        date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 1), date(2026, 4, 30),
    )  # fmt: skip
    assert one.is_critical
    assert one.groups == {
        "phase": ("One",),
        "goal": ("Grow",),
        "department": ("Sales",),
        "owner": (),
    }
    assert two.groups["owner"] == ("Ana",)
    assert [(each.title, each.effect) for each in found.windows] == [("Freeze", "forbid")]
    assert [each.title for each in found.phases] == ["One"]


def test_what_a_plan_uses_and_brings_adds_up(own: Store) -> None:
    plan = made(own)
    [it] = skills(plan.programme, plan.spans)
    assert (it.used, it.peak) == ([1.0] * 4 + [0.0] * 8, 1.0)
    [sales] = loads(plan.programme, plan.spans)
    assert (sales.name, sales.used[0], sales.peak) == ("sales", 2.0, 0.5)
    course = value_over_time(plan.programme, plan.spans)
    assert course[-1] == pytest.approx(plan_value(plan.programme, plan.spans))


def test_two_plans_differ_by_what_moved_and_say_why(own: Store) -> None:
    first, later = made(own), made(own, "SC-1")
    found = comparing.differences(first, later)
    assert [(one.title, one.moved.days_later) for one in found] == [("Move", 123), ("Clean", 31)]
    assert found[1].reason["code"] == "pinned"
    one, other = comparing.sides(own, LOCAL, (first.header.plan_id, later.header.plan_id))
    assert one.value > other.value
    assert one.peak == ("it", 1.0)
    assert (one.cost, one.finish) == (20.0, date(2026, 4, 30))


def test_what_came_in_and_fell_out_stands_before_what_moved() -> None:
    here, there = (date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 3, 31))
    found = moved({"a": here, "b": here, "c": here}, {"a": there, "c": here, "d": here})
    assert found == [Moved("b", here, None), Moved("d", None, here), Moved("a", here, there)]


def test_progress_is_held_against_the_agreed_plan_and_nothing_unbegun_lies_in_the_past(
    own: Store,
) -> None:
    assert progress(own, LOCAL, TODAY) == []
    planning.accept(own, LOCAL, made(own).header.plan_id, "board")
    assert {one.days_late for one in progress(own, LOCAL, date(2026, 1, 1))} == {0}
    by_id = {one.id: one for one in progress(own, LOCAL, date(2026, 1, 11))}
    assert (by_id["IN-1"].state, by_id["IN-1"].days_late) == ("waiting", 10)
    row = registers.row(own, LOCAL, "initiative", "IN-1")
    values = row.values | {
        "status": "done", "started_on": date(2026, 1, 2), "ended_on": date(2026, 3, 10),
    }  # fmt: skip
    registers.change(own, LOCAL, "initiative", "IN-1", values, row.version)
    made(own, today=date(2026, 3, 12))
    found = {one.id: (one.state, one.days_late) for one in progress(own, LOCAL, date(2026, 3, 12))}
    assert found == {"IN-1": ("done", 10), "IN-2": ("waiting", 11)}


def test_the_effect_of_a_move_is_known_before_anything_is_kept(own: Store) -> None:
    plan = made(own)
    assert moving.starts(plan, "IN-2") == [0, 1, 2, *range(6, 11)], "the freeze leaves no other"
    effect = moving.effect(plan, "IN-2", 1)
    assert [one.code for one in effect.obstacles] == ["waits", "skill"]
    assert effect.answer["status"] == "infeasible"
    assert [one["kind"] for one in effect.answer["conflicts"]]
    later = moving.effect(plan, "IN-2", 6)
    assert later.obstacles == ()
    assert later.answer["objective"] < plan.answer["objective"]
    assert len(planning.listed(own, LOCAL)) == 1


def test_a_move_is_kept_in_the_register_or_in_the_plans_scenario_and_taken_back(own: Store) -> None:
    moving.pin(own, LOCAL, made(own), "IN-2", 6, seen=None)
    assert registers.row(own, LOCAL, "initiative", "IN-2").values["pinned"] == "2026-07-01"
    plan = made(own)
    assert plan.spans["IN-2"] == (6, 8)
    moving.pin(own, LOCAL, plan, "IN-2", None, seen=6)
    assert "pinned" not in registers.row(own, LOCAL, "initiative", "IN-2").values
    scenario = made(own, "SC-1")
    moving.pin(own, LOCAL, scenario, "IN-2", 7, seen=None)
    starts = registers.row(own, LOCAL, "scenario", "SC-1").values["starts"]
    assert starts == ("IN-1: 2026-02-10", "IN-2: 2026-08-01")
    assert "pinned" not in registers.row(own, LOCAL, "initiative", "IN-2").values


@pytest.mark.parametrize("scenario", ["", "SC-1"])
def test_who_moves_what_another_moved_meanwhile_is_told_and_nothing_changes(
    own: Store, scenario: str
) -> None:
    plan = made(own, scenario)
    moving.pin(own, LOCAL, plan, "IN-2", 6, seen=None)
    with pytest.raises(Refused) as refused:
        moving.pin(own, LOCAL, plan, "IN-2", 7, seen=None)
    assert refused.value.problem.code == "plan_moved"
    assert moving.pinned(own, LOCAL, plan, "IN-2") == 6
    moving.pin(own, LOCAL, plan, "IN-2", 7, seen=6)
    assert moving.pinned(own, LOCAL, plan, "IN-2") == 7
