"""Plans in the store: kept whole, made under scenarios, agreed, read by rules as days."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.planning.model import Event
from crm_core.domain.problems import Refused
from crm_core.services import planning, registers, settings
from crm_core.services.registers import Write
from crm_core.store import Store

TODAY = date(2026, 1, 5)


@pytest.fixture
def own(store: Store) -> Store:
    settings.write(store, LOCAL, "plan_start", "2026-01-01")
    settings.write(store, LOCAL, "plan_unit", "month")
    settings.write(store, LOCAL, "plan_horizon", 12)
    rows = {
        "phase": {"PH-1": {"title": "One", "starts": "1", "ends": "12", "budget": Decimal(100)}},
        "capacity": {"CA-1": {"skill": "it", "amount": Decimal(1)}},
        "initiative": {
            "IN-1": initiative("Clean", cost=60, value=900),
            "IN-2": initiative("Move", cost=40, value=600),
        },
        "scenario": {
            "SC-1": {"title": "Twice the staff", "staff": ("it: 2",)},
            "SC-2": {"title": "Less money", "budgets": ("PH-1: 0.5",)},
        },
    }
    for name, items in rows.items():
        writes = [Write(key, {"title": key, **values}) for key, values in items.items()]
        registers.write(store, LOCAL, name, writes)
    return store


def initiative(title: str, *, cost: int, value: int) -> dict[str, object]:
    return {
        "title": title, "duration": 2, "effort": ("it: 1",), "cost": Decimal(cost),
        "value_a_year": Decimal(value), "touches": (),
    }  # fmt: skip


def made(store: Store, scenario: str = "", today: date = TODAY) -> planning.Plan:
    return planning.plan(store, LOCAL, today, scenario=scenario, seconds=5)


def test_a_plan_is_kept_whole_and_read_as_it_was_made(own: Store) -> None:
    plan = made(own)
    assert plan.spans == {"IN-1": (0, 2), "IN-2": (2, 4)}
    assert planning.whole(own, LOCAL, plan.header.plan_id) == plan
    assert plan.titles == {"IN-1": "Clean", "IN-2": "Move", "PH-1": "One"}
    registers.change(own, LOCAL, "initiative", "IN-1", {"title": "Other"}, 1)
    assert planning.whole(own, LOCAL, plan.header.plan_id) == plan
    with own.snapshot() as cursor:
        rows = cursor.sql(
            "SELECT initiative, starts, ends FROM programme.plan_item ORDER BY initiative"
        )
        assert rows.fetchall() == [
            ("IN-1", date(2026, 1, 1), date(2026, 2, 28)),
            ("IN-2", date(2026, 3, 1), date(2026, 4, 30)),
        ]


def test_a_scenario_by_number_or_title_changes_the_plan_and_no_register(own: Store) -> None:
    both = made(own, "twice the STAFF")
    assert (both.header.scenario, set(both.spans.values())) == ("SC-1", {(0, 2)})
    assert set(made(own, "SC-2").spans) == {"IN-2"}, "the money is for one of them"
    assert set(made(own).spans) == {"IN-1", "IN-2"}
    assert made(own, "no such").header.scenario == "no such"


def test_what_a_scenario_names_has_to_be_there(own: Store) -> None:
    registers.add(own, LOCAL, "scenario", {"title": "Typo", "staff": ("ti: 2",)})
    with pytest.raises(Refused) as refused:
        made(own, "Typo")
    assert (refused.value.problem.code, refused.value.problem.params["value"]) == (
        "plan_value",
        "ti",
    )


def test_a_scenarios_start_that_cannot_be_read_is_refused_when_it_is_entered(own: Store) -> None:
    with pytest.raises(registers.ItemRefused) as refused:
        registers.add(own, LOCAL, "scenario", {"title": "Bad", "starts": ("IN-1: soon",)})
    assert refused.value.problems["starts"].code == "plan_start"


def test_the_plan_that_stands_is_the_one_agreed_last(own: Store) -> None:
    first, second = made(own), made(own, "SC-1")
    assert planning.standing(own, LOCAL) is None
    with pytest.raises(Refused, match="plan_reason"):
        planning.accept(own, LOCAL, first.header.plan_id, " ")
    for plan, day in ((second, 6), (first, 7)):
        at = datetime(2026, 1, day, tzinfo=UTC)
        planning.accept(own, LOCAL, plan.header.plan_id, "board", lambda at=at: at)
    standing = planning.standing(own, LOCAL)
    assert standing
    assert (standing.header.plan_id, standing.header.reason) == (first.header.plan_id, "board")
    assert [one.accepted_at is not None for one in planning.listed(own, LOCAL)] == [True, True]
    with pytest.raises(Refused, match="plan_unknown_plan"):
        planning.accept(own, LOCAL, 99, "board")


def test_a_range_and_what_may_happen_are_read_from_the_registers_and_kept(own: Store) -> None:
    ranged = initiative("Clean", cost=60, value=900) | {"duration_least": 1, "duration_most": 5}
    registers.change(own, LOCAL, "initiative", "IN-1", ranged, 1)
    event = {"title": "Away", "chance": Decimal("0.2"), "delay": Decimal(2), "cost": Decimal(9)}
    for links, more in ((("IN-1", "IN-2"), {}), (("IN-1",), {"status": "dropped"})):
        registers.add(own, LOCAL, "risk_event", event | {"initiatives": links} | more)
    plan = planning.whole(own, LOCAL, made(own).header.plan_id)
    assert plan.programme.events == (Event("RE-1", 0.2, ("IN-1", "IN-2"), 2.0, 9.0),)
    one = plan.programme.initiative("IN-1")
    assert (one.shortest, one.duration, one.longest) == (1, 2, 5)
    assert plan.titles["RE-1"] == "Away"


def test_once_work_has_begun_the_plan_goes_on_from_there(own: Store) -> None:
    values = initiative("Move", cost=40, value=600) | {
        "started_on": date(2026, 1, 20), "progress": 0, "status": "in_work",
    }  # fmt: skip
    registers.change(own, LOCAL, "initiative", "IN-2", values, 1)
    plan = made(own, today=date(2026, 4, 2))
    assert plan.spans == {"IN-2": (0, 5), "IN-1": (5, 7)}


def test_what_is_done_has_used_its_money_also_where_nobody_wrote_down_when_it_ended(
    own: Store,
) -> None:
    values = initiative("Clean", cost=60, value=900) | {"status": "done"}
    registers.change(own, LOCAL, "initiative", "IN-1", values, 1)
    assert [one.budget for one in made(own).programme.phases] == [40.0]


def test_where_nothing_is_left_to_plan_no_plan_is_made(own: Store) -> None:
    for key in ("IN-1", "IN-2"):
        values = initiative("Over", cost=0, value=0) | {"status": "dropped"}
        registers.change(own, LOCAL, "initiative", key, values, 1)
    with pytest.raises(Refused) as refused:
        made(own)
    assert refused.value.problem.code == "plan_nothing"
    assert planning.listed(own, LOCAL) == []
