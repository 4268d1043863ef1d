"""Gates and phases in the store: opened by answers or by somebody; what lies in each phase."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import answered
import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.gates import End, Lack, Way
from crm_core.domain.problems import Refused
from crm_core.services import gates, planning, registers, settings
from crm_core.services.gates import Phase
from crm_core.services.registers import Write
from crm_core.store import Store

TODAY = date(2026, 2, 10)
NOON = datetime(2026, 2, 10, 12)


@pytest.fixture
def own(store: Store) -> Store:
    settings.write(store, LOCAL, "plan_start", "2026-01-01")
    settings.write(store, LOCAL, "plan_unit", "month")
    put(
        store,
        "phase",
        [
            {"id": "PH-1", "title": "Ground", "starts": "1", "ends": "3", "budget": Decimal(100),
             "kind": "pilot", "entry_checklist": "phase-gates", "entry_score": Decimal("0.6"),
             "exit_checklist": "readiness"},
            {"id": "PH-2", "title": "Roll-out", "starts": "2026-04-01", "ends": "6"},
            {"id": "PH-3", "title": "Never", "starts": "7", "ends": "9", "status": "dropped"},
        ],
    )  # fmt: skip
    return store


def put(store: Store, name: str, rows: list[dict[str, Any]]) -> None:
    writes = [Write(row["id"], {k: v for k, v in row.items() if k != "id"}) for row in rows]
    registers.write(store, LOCAL, name, writes)


def answer(store: Store, key: str, group: str, **about: Any) -> None:
    """The entry into the pilot by its two questions, both of which knock out."""
    people = [
        {"voice": "lead", "answers": {"pilot-entry-group": group, "pilot-entry-help": "form"}}
    ]
    said = {"id": key, "checklist": "phase-gates", "day": date(2026, 1, int(key[2:]))}
    answered.put(store, [said | {"state": "submitted", "people": people} | about])


def entry(store: Store) -> gates.Gate:
    return gates.gates(store, LOCAL)["PH-1", End.ENTRY]


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as found:
        act()
    assert found.value.problem.code == code


def test_a_gate_follows_the_newest_assessment_of_its_phase_by_its_own_questions(
    own: Store,
) -> None:
    assert [one.code for one in entry(own).verdict.missing] == [Lack.NOT_BEGUN]
    answer(own, "A-1", "willing")
    found = entry(own)
    assert found.verdict.told_by and found.verdict.told_by.assessment == "A-1"
    assert {one.code for one in found.verdict.missing} >= {Lack.MISSED}
    assert found.checklist and {item.id for item in found.checklist.items} == {
        "pilot-entry-group", "pilot-entry-help",
    }  # fmt: skip
    answer(own, "A-2", "strong", scope="phase", subject="GROUND")
    assert entry(own).verdict.way is Way.BY_SCORE
    answer(own, "A-3", "willing")
    assert entry(own).verdict.way is Way.BY_SCORE, "the phase's own goes before the programme's"
    answer(own, "A-4", "willing", scope="phase", subject="ground")
    assert entry(own).verdict.way is Way.CLOSED


def test_somebody_opens_a_gate_with_a_reason_and_it_is_taken_back(own: Store) -> None:
    for by, why, code in ((" ", "x", "gate_by"), ("Ann", " ", "item_reason"),
                          ("A" * 201, "x", "item_text")):  # fmt: skip
        refused(code, lambda by=by, why=why: gates.open_by_hand(
            own, LOCAL, "PH-1", End.ENTRY, by, why))  # fmt: skip
    refused("item_unknown", lambda: gates.open_by_hand(own, LOCAL, "PH-9", End.ENTRY, "Ann", "x"))
    gates.open_by_hand(own, LOCAL, "PH-1", End.ENTRY, "Ann", "first", lambda: NOON)
    gates.open_by_hand(own, LOCAL, "PH-1", End.ENTRY, " Bob ", "the room is free", lambda: NOON)
    found = entry(own)
    assert found.verdict.way is Way.BY_HAND and found.verdict.missing
    assert found.opening and (found.opening.by, found.opening.at, found.opening.reason) == (
        "Bob", NOON, "the room is free",
    )  # fmt: skip
    gates.take_back(own, LOCAL, "PH-1", End.ENTRY)
    assert entry(own).verdict.way is Way.CLOSED
    refused("gate_not_open", lambda: gates.take_back(own, LOCAL, "PH-1", End.ENTRY))
    with own.read() as cursor:
        kept = cursor.execute("SELECT opened_by FROM programme_history.gate_opening ORDER BY ALL")
        assert kept.fetchall() == [("Ann",), ("Bob",)]


def test_without_a_checklist_or_with_one_that_is_not_there_only_a_hand_opens(own: Store) -> None:
    found = gates.gates(own, LOCAL)["PH-2", End.EXIT]
    assert (found.checklist, found.verdict.missing[0].code) == (None, Lack.NO_CHECKLIST)
    row = registers.row(own, LOCAL, "phase", "PH-2")
    registers.change(own, LOCAL, "phase", "PH-2", row.values | {"exit_checklist": "gone"}, 1)
    assert gates.gates(own, LOCAL)["PH-2", End.EXIT].checklist is None


def shown(store: Store) -> dict[str, Phase]:
    return {one.id: one for one in gates.phases(store, LOCAL, TODAY)}


def test_a_phase_has_its_days_what_it_pays_for_and_what_each_group_gets(own: Store) -> None:
    put(own, "stakeholder_group", [{"id": "H-1", "title": "Sales"}, {"id": "H-2", "title": "IT"}])
    put(
        own,
        "initiative",
        [
            {"id": "IN-1", "title": "Begun", "cost": Decimal(70), "started_on": date(2026, 2, 1),
             "ended_on": date(2026, 3, 31), "status": "done"},
            {"id": "IN-2", "title": "Across", "cost": Decimal(50), "started_on": date(2026, 3, 1),
             "ended_on": date(2026, 5, 1), "status": "done"},
            {"id": "IN-3", "title": "Named", "cost": Decimal(5), "phase": ("PH-2",)},
            {"id": "IN-4", "title": "Nowhere", "cost": Decimal(9)},
            {"id": "IN-5", "title": "Dropped", "phase": ("PH-2",), "status": "dropped"},
        ],
    )  # fmt: skip
    put(
        own,
        "stakeholder_value",
        [
            {"id": "SV-1", "initiative": ("IN-1",), "group": ("H-1",), "what": "One price"},
            {"id": "SV-2", "initiative": ("IN-2", "IN-3"), "group": ("H-2",), "what": "Fewer"},
        ],
    )
    found = shown(own)
    one, two = found["PH-1"], found["PH-2"]
    assert (one.first, one.last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert (two.first, two.last) == (date(2026, 4, 1), date(2026, 6, 30))
    assert [each.id for each in one.initiatives] == ["IN-1", "IN-2"]
    assert [(each.id, each.is_booked) for each in two.initiatives] == [
        ("IN-2", False), ("IN-3", True),
    ]  # fmt: skip
    assert (one.booked, two.booked) == (120, 5)
    assert {each.group: each.what for each in one.given} == {"H-1": ("One price",), "H-2": ()}
    assert [each.group for each in two.without] == ["H-1"]
    assert "PH-3" not in found


def test_the_plan_that_stands_places_what_has_not_begun(own: Store) -> None:
    put(own, "initiative", [{"id": "IN-1", "title": "Later", "cost": Decimal(40)}])
    assert not shown(own)["PH-2"].initiatives
    with own.change(LOCAL, "test.put", area="plan") as change:
        change.cursor.execute(
            "INSERT INTO programme.plan VALUES (1, '', '2026-01-01', '{}',"
            """ '{"start": "2026-01-01", "unit": "month"}', '{}',"""
            """ '{"items": [{"id": "IN-1", "start": 3, "end": 5}]}', ?)""",
            [change.change_id],
        )
        change.cursor.execute(
            "INSERT INTO programme.plan_acceptance VALUES (1, '2026-01-02', 'board', ?)",
            [change.change_id],
        )
    [placed] = shown(own)["PH-2"].initiatives
    assert (placed.id, placed.starts, placed.ends) == (
        "IN-1", date(2026, 4, 1), date(2026, 5, 31),
    )  # fmt: skip
    assert shown(own)["PH-2"].booked == 40


def test_a_plan_without_data_training_and_reports_is_warned_of(own: Store) -> None:
    assert planning.planning_warnings(own, LOCAL, TODAY) == []
    touched = {"kind": "technology", "departments": ("Finance: 1",)}
    put(own, "initiative", [{"id": "IN-1", "title": "Join"} | touched])
    found = planning.planning_warnings(own, LOCAL, TODAY)
    assert [one.code for one in found] == [
        "migration_unplanned", "training_unplanned", "reporting_unplanned",
    ]  # fmt: skip
