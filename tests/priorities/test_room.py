"""The ranking room on a store: inputs read from the registers, gaps told, a decision kept."""

from datetime import date
from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.priorities.methods import CRITERIA, Method
from crm_core.domain.priorities.portfolio import Input
from crm_core.domain.registers import Value
from crm_core.i18n import Texts
from crm_core.services import priorities, registers, settings
from crm_core.services.priorities import Asked, Placed, Room
from crm_core.services.registers import Write
from crm_core.store import Store

TODAY = date(2026, 2, 10)
Rows = dict[str, list[dict[str, Value]]]
PROGRAMME: Rows = {
    "channel": [{"title": "Phone", "phasing_out": True}],
    "stakeholder_group": [
        {"title": "Sales", "people": 20},
        {"title": "Service", "people": 5},
        {"title": "Partners"},
    ],
    "goal": [
        {"title": "Win", "weight": 30},
        {"title": "Phone orders", "weight": 10, "channels": ("C-1",)},
        {"title": "Reached", "weight": 60, "status": "done"},
    ],
    "red_flag": [
        {"title": "No money", "severity": "high", "status": "open"},
        {"title": "Over", "severity": "high", "status": "cleared"},
    ],
    "initiative": [
        {"title": "Whole", "departments": ("sales: 2", "Partners"), "goals": ("G-1",),
         "strength": "decisive", "flags": ("R-1", "R-2"), "duration": 2,
         "effort": ("analysis: 1", "集成： 0.5"), "cost": 1000, "value_a_year": 40_000,
         "risk": Decimal("0.25"), "deadline": "4"},
        {"title": "Fading", "departments": ("Sales",), "goals": ("G-2",), "strength": "decisive",
         "duration": 2, "effort": ("analysis: 1.5",), "cost": 1000, "value_a_year": 40_000,
         "risk": Decimal("0.25")},
        {"title": "Hollow"},
        {"title": "Over", "status": "done", "value_a_year": 10**9},
    ],
    "stakeholder_value": [{"initiative": ("IN-1",), "group": ("H-2",), "what": "quiet"}],
}  # fmt: skip


@pytest.fixture
def programme(store: Store) -> Store:
    for name, rows in PROGRAMME.items():
        registers.write(store, LOCAL, name, [Write(None, row) for row in rows])
    settings.write(store, LOCAL, "plan_start", "2026-01-01")
    return store


def room(store: Store, **asked: object) -> Room:
    return priorities.room(store, LOCAL, TODAY, Asked(**asked))


def by_id(found: Room) -> dict[str, Placed]:
    return {one.id: one for one in found.placed}


def test_inputs_are_read_from_the_registers(programme: Store) -> None:
    found = by_id(room(programme))
    assert list(found) == ["IN-1", "IN-2", "IN-3"]
    whole = found["IN-1"]
    assert (whole.effort, whole.value, whole.fit) == (3.0, 40_000, 0.75)
    assert whole.uncounted == ("Partners",)
    # A quarter's value; two of four quarters to the deadline; a flag counts as the mean value.
    assert whole.delay_cost == (40_000 * 1.5 + 40_000) / 4
    assert whole.missing == ()


def test_what_is_missing_is_told_and_gives_no_place(programme: Store) -> None:
    hollow = by_id(room(programme))["IN-3"]
    assert set(hollow.places.values()) == {None}
    assert set(hollow.missing) == set(Input) - {Input.URGENCY, Input.FLAGS, Input.LENS}
    assert hollow.coverage == pytest.approx(0.15)
    assert (hollow.in_front, hollow.low, hollow.high) == (None, None, None)


@pytest.mark.parametrize("method", Method)
def test_what_serves_only_what_is_phasing_out_counts_less_unless_it_is_to_count_in_full(
    programme: Store, method: Method
) -> None:
    found = by_id(room(programme, method=method))
    assert found["IN-2"].phasing_out == ("Phone",)
    assert found["IN-2"].fit == pytest.approx(0.25 * 0.5)
    assert by_id(room(programme, has_lens=False))["IN-2"].fit == pytest.approx(0.25)
    assert found["IN-1"].places[method] == 1 and found["IN-2"].places[method] == 2


def test_a_goal_without_a_weight_counts_as_the_others_on_average(programme: Store) -> None:
    registers.add(programme, LOCAL, "goal", {"title": "New"})
    assert by_id(room(programme))["IN-1"].fit == pytest.approx(30 / 60)


def test_nothing_to_rank_is_no_fault(store: Store) -> None:
    assert room(store) == Room((), (), (), 0.5, None)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_order_is_kept_as_a_decision_with_its_method_and_weights(
    programme: Store, language: str
) -> None:
    asked = Asked(weights=(50.0, *list(CRITERIA.values())[1:]))
    values = priorities.decision(
        priorities.room(programme, LOCAL, TODAY, asked), asked, TODAY, Texts(language)
    )
    key = registers.add(programme, LOCAL, "decision", values)
    row = registers.row(programme, LOCAL, "decision", key).values
    assert row["decided"] == "1. IN-1 Whole\n2. IN-2 Fading"
    assert (row["decided_on"], len(row["options"])) == (TODAY, len(Method))
    assert "50" in row["notes"]
