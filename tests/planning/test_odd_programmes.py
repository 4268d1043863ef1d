"""Odd programmes: work under way in a freeze, old money, rows that no longer hold, small parts."""

import threading
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from programmes import crowded

from crm_core.domain.actor import LOCAL
from crm_core.domain.planning.constraints import constraints
from crm_core.domain.planning.forecast import Begun, Done, forecast
from crm_core.domain.planning.model import (
    Capacity,
    Dependency,
    Initiative,
    Phase,
    Programme,
    Window,
)
from crm_core.domain.problems import Refused
from crm_core.planning import solve as solving
from crm_core.planning.slack import critical, slack
from crm_core.planning.solve import solve
from crm_core.planning.wire import Request, answered, requested, written
from crm_core.services import planning, registers, settings
from crm_core.services.registers import Write
from crm_core.store import Store

A = Initiative("A", 4, value=100.0, touches=frozenset({"erp"}))


def window(start: int, end: int, effect: str) -> Window:
    return Window("W", start, end, frozenset({"erp"}), effect)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("effect", "spans", "end"),
    [
        ("forbid", (2, 4), 8),  # it rests in a freeze that is to come
        ("forbid", (0, 2), 6),  # one that is over was in its progress
        ("ease", (0, 2), 6),
        ("delay", (0, 2), 6),
        ("delay", (2, 12), 10),
    ],
)
def test_what_is_left_of_work_under_way_goes_on_from_now(
    effect: str, spans: tuple[int, int], end: int
) -> None:
    programme = Programme(20, (A,), windows=(window(*spans, effect),))
    found = forecast(programme, 2, {"A": Begun(1, 0.0)})
    plan = solve(found, "value", 5)
    assert (plan.status, plan.spans) == ("optimal", {"A": (1, end)})


def test_work_under_way_that_lasts_beyond_what_is_planned_ends_with_it() -> None:
    found = forecast(Programme(6, (A,)), 4, {"A": Begun(3, 0.0)})
    assert solve(found, "value", 5).spans == {"A": (3, 6)}


def test_what_is_over_binds_nothing_and_is_no_conflict() -> None:
    late_one = replace(A, is_wanted=True, deadline=3)
    phases = (Phase("P1", 0, 4), Phase("P2", 12, 16))
    programme = Programme(12, (late_one,), phases=phases, groups=frozenset({"g"}))
    found = forecast(programme, 5, {})
    assert "group" not in {one.kind for one in constraints(found)}
    late = answered(Request(found, "value", 5), lambda _: None)
    assert {one["kind"] for one in late["conflicts"]} == {"wanted", "deadline"}


def test_a_phase_beyond_what_is_planned_asks_for_nothing() -> None:
    programme = Programme(6, (A,), phases=(Phase("P", 6, 8),), groups=frozenset({"g"}))
    assert solve(programme, "value", 5).spans == {"A": (0, 4)}


def test_money_spent_before_the_first_period_is_spent() -> None:
    programme = Programme(4, (), phases=(Phase("P", -2, 4, 100.0),))
    found = forecast(programme, 0, {}, [Done(-2, -1, 60.0)])
    assert found.phases[0].budget == 40.0


def test_amounts_count_to_the_last_part_that_was_entered() -> None:
    some = tuple(Initiative(f"I{n}", 1, effort={"it": 0.125}, value=9.0) for n in range(8))
    plan = solve(Programme(1, some, (Capacity("it", 0, 1, 1.0),), periods_a_year=1), "finish", 5)
    assert len(plan.spans) == 8
    more = (*some, replace(some[0], id="I9"))
    assert (
        solve(Programme(1, more, (Capacity("it", 0, 1, 1.0),)), "finish", 5).status == "infeasible"
    )


def test_a_deadline_leaves_no_slack_and_makes_nothing_critical() -> None:
    programme = Programme(12, (replace(A, deadline=4), Initiative("B", 10, value=1.0)))
    spans = {"A": (0, 4), "B": (0, 10)}
    assert slack(programme, spans) == {"A": 0, "B": 0}
    assert critical(programme, spans) == {"B"}


def test_a_stop_that_comes_before_the_search_has_begun_is_heard() -> None:
    some = tuple(
        Initiative(f"I{n}", 3, (Dependency(f"I{n - 1}"),) if n % 3 else (), {"it": 1.0}, value=n)
        for n in range(120)
    )
    stopping = threading.Event()
    stopping.set()
    began = time.monotonic()
    found = solve(
        Programme(60, some, (Capacity("it", 0, 60, 5.0),)), "value", 60, stopping=stopping
    )
    assert time.monotonic() - began < 30
    assert found.status != "feasible" or not found.is_repeatable


def test_a_search_that_the_clock_ends_is_not_called_repeatable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    endless = {
        name: [[replace(one, steady=1e6, steady_by_size=1e9) for one in each] for each in every]
        for name, every in solving._SEARCHES.items()
    }
    monkeypatch.setattr(solving, "_SEARCHES", endless)
    found = solve(crowded(7, 150), "finish", 1.0)
    assert found.status in {"feasible", "unknown"}
    assert not found.is_repeatable


def test_the_same_programme_is_the_same_text_whatever_order_its_sets_have() -> None:
    names = [f"touched {n}" for n in range(50)]
    one, other = (replace(A, touches=frozenset(each)) for each in (names, reversed(names)))
    request, again = (Request(Programme(4, (each,)), "value", 5) for each in (one, other))
    assert written(request) == written(again)
    assert requested(written(request)) == request
    assert written(request).index("touched 0") < written(request).index("touched 9")


@pytest.fixture
def own(store: Store) -> Store:
    settings.write(store, LOCAL, "plan_start", "2026-01-31")
    settings.write(store, LOCAL, "plan_unit", "month")
    settings.write(store, LOCAL, "plan_horizon", 4)
    return store


def keep(store: Store, name: str, **rows: dict[str, object]) -> None:
    writes = [Write(key.replace("_", "-"), {"title": key, **one}) for key, one in rows.items()]
    registers.write(store, LOCAL, name, writes)  # type: ignore[arg-type]


def plan(store: Store, scenario: str = "", today: date = date(2026, 1, 30)) -> planning.Plan:
    return planning.plan(store, LOCAL, today, scenario=scenario, seconds=5)


WORTH = {"value_a_year": Decimal(100)}


def test_rows_that_are_over_bind_nothing(own: Store) -> None:
    keep(
        own,
        "initiative",
        IN_1=WORTH | {"duration": 2, "effort": ("IT: 1",), "departments": ("S: 2",)},
    )
    keep(own, "capacity", CA_1={"skill": "it", "amount": Decimal(0), "status": "dropped"})
    keep(own, "change_load", CL_1={"department": "S", "amount": Decimal(1), "status": "dropped"})
    keep(own, "stakeholder_group", H_1={"status": "dropped"}, H_2={})
    keep(own, "phase", PH_1={"starts": "1", "ends": "1", "status": "dropped"})
    value = {"initiative": ("IN-1",), "what": "x"}
    keep(
        own, "stakeholder_value", SV_1=value | {"group": ("H-1",)}, SV_2=value | {"group": ("H-2",)}
    )
    found = plan(own)
    assert found.spans == {"IN-1": (0, 2)}
    assert found.programme.groups == {"H-2"}
    assert found.calendar.start == date(2026, 1, 28), "every month has one"


def test_skills_are_known_however_they_are_written(own: Store) -> None:
    keep(own, "capacity", CA_1={"skill": "Integration", "amount": Decimal("0.5")})
    keep(own, "initiative", IN_1=WORTH | {"duration": 1, "effort": ("integration: 1",)})
    assert plan(own).spans == {}


def test_a_scenario_that_looks_further_has_people_there_too(own: Store) -> None:
    keep(own, "capacity", CA_1={"skill": "it", "amount": Decimal(1)})
    keep(own, "initiative", IN_1=WORTH | {"duration": 5, "effort": ("it: 1",)})
    keep(own, "scenario", SC_1={"horizon": 12}, SC_2={"starts": ("IN-9: 2",)})
    assert plan(own).spans == {}
    assert plan(own, "SC-1").spans == {"IN-1": (0, 5)}
    with pytest.raises(Refused, match="IN-9"):
        plan(own, "SC-2")


def test_what_is_done_excludes_makes_wait_and_counts_by_its_day(own: Store) -> None:
    done = {"started_on": date(2026, 1, 29), "ended_on": date(2026, 2, 3)}
    keep(
        own, "initiative",
        IN_1=WORTH | done | {"duration": 1, "cost": Decimal(70)},
        IN_2=WORTH | {"duration": 1, "excludes": ("IN-1",)},
        IN_3=WORTH | {"duration": 1, "depends_on": ("IN-1 +2",)},
    )  # fmt: skip
    keep(own, "phase", PH_1={"starts": "1", "ends": "4", "budget": Decimal(100)})
    settings.write(own, LOCAL, "plan_horizon", 8)
    found = plan(own, today=date(2026, 2, 5))
    assert found.spans == {"IN-3": (3, 4)}
    assert found.programme.phases[0].budget == 30.0


def test_a_milestone_lies_on_its_day(own: Store) -> None:
    keep(own, "initiative", IN_1=WORTH | {"duration": 0})
    plan(own)
    with own.snapshot() as cursor:
        [(starts, ends)] = cursor.sql("SELECT starts, ends FROM programme.plan_item").fetchall()
    assert starts == ends == date(2026, 1, 28)
