"""What is in conflict where nothing fits: each part is needed, and its relaxing is worked out."""

import pytest
from programmes import programme

from crm_core.domain.planning.constraints import Constraint, constraints, keeping
from crm_core.domain.planning.model import (
    Capacity,
    Dependency,
    Initiative,
    Phase,
    Programme,
    Window,
)
from crm_core.domain.planning.scenario import Scenario, under
from crm_core.planning.conflicts import conflict
from crm_core.planning.solve import solve


def test_a_deadline_that_a_freeze_makes_impossible_is_named_with_the_freeze() -> None:
    web = frozenset({"web"})
    p = Programme(
        8,
        (
            Initiative("I1", 3, touches=web, deadline=4, is_wanted=True, effort={"x": 1}),
            Initiative("I2", 2, effort={"x": 1}),
        ),
        (Capacity("x", 0, 8, 1),),
        windows=(Window("W1", 1, 3, web, "forbid"),),
    )
    found = conflict(p, "finish", 30)
    assert {one.constraint for one in found} == {
        Constraint("deadline", "I1"),
        Constraint("window", "W1"),
    }
    plans = {one.constraint.kind: one.plan for one in found}
    assert plans["deadline"].objective == 6
    assert plans["window"].objective == 5


def test_a_phase_without_anything_for_a_group_is_named() -> None:
    p = Programme(
        4,
        (Initiative("I1", 1, serves=frozenset({"sellers"})),),
        phases=(Phase("P1", 0, 2), Phase("P2", 2, 4)),
        groups=frozenset({"sellers"}),
    )
    found = conflict(p, "value", 30)
    assert {one.constraint for one in found} == {
        Constraint("group", "sellers", "P1"),
        Constraint("group", "sellers", "P2"),
    }
    assert [one.plan.status for one in found] == ["optimal"] * 2


def test_the_only_thing_for_a_group_that_a_scenario_leaves_out_is_named() -> None:
    everything = Programme(
        4,
        (Initiative("I1", 1, serves=frozenset({"sellers"})), Initiative("I2", 1)),
        phases=(Phase("P1", 0, 4),),
        groups=frozenset({"sellers"}),
    )
    found = conflict(under(everything, Scenario(left_out=frozenset({"I1"}))), "value", 30)
    assert {one.constraint for one in found} == {
        Constraint("group", "sellers", "P1"),
        Constraint("left_out", "I1"),
    }
    assert [one.plan.status for one in found] == ["optimal"] * 2


def test_where_even_the_horizon_is_too_short_no_constraint_is_blamed() -> None:
    p = Programme(3, (Initiative("I1", 2), Initiative("I2", 2, (Dependency("I1"),))))
    assert [one.constraint.kind for one in conflict(p, "finish", 30)] == ["dependency"]
    assert conflict(Programme(1, (Initiative("I1", 2),)), "finish", 30) == []


def test_what_fits_has_no_conflict() -> None:
    assert conflict(Programme(4, (Initiative("I1", 2),)), "finish", 30) == []


@pytest.mark.parametrize("seed", range(40))
def test_without_any_one_of_the_named_the_others_fit_and_with_all_they_do_not(seed: int) -> None:
    p = programme(seed)
    if solve(p, "finish", 20).status != "infeasible":
        return
    told = conflict(p, "finish", 60)
    helpless = [one.plan.status == "infeasible" for one in told]
    assert helpless == sorted(helpless)
    found = [one.constraint for one in told]
    if not found:
        assert solve(keeping(p, []), "finish", 20).status == "infeasible"
        return
    assert set(found) <= set(constraints(p))
    assert solve(keeping(p, found), "finish", 20).status == "infeasible"
    for one in found:
        rest = [each for each in found if each != one]
        assert solve(keeping(p, rest), "finish", 20).status != "infeasible"


def test_the_same_programme_has_the_same_conflict_also_where_the_search_ends_early() -> None:
    p = next(p for p in map(programme, range(40)) if solve(p, "finish", 20).status == "infeasible")
    for seconds in (0.005, 0.05, 5.0):
        first, second = ([one.constraint for one in conflict(p, "finish", seconds)] for _ in "ab")
        assert first == second
