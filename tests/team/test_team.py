"""The programme's people: who speaks for whom, who does what, who was trained, how to begin."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crm_core.domain.actor import LOCAL
from crm_core.domain.training import State
from crm_core.i18n import LANGUAGES
from crm_core.reference.registers import registers
from crm_core.reference.team import team_starter
from crm_core.services import cross_check, team
from crm_core.services.flags import choosing, finding
from crm_core.services.registers import Query, Write, listed, remove, write
from crm_core.services.registers.links import referred, referring
from crm_core.store import Store

TODAY = date(2026, 6, 15)
STEP = {"process": ("PR-1",), "team": "North", "order": 1, "what": "Enter", "tool": "CRM"}
LISTS = ("team", "duty", "training")


def put(store: Store, name: str, *rows: dict[str, Any]) -> list[str]:
    return write(store, LOCAL, name, [Write(None, row) for row in rows])


def titles(store: Store, name: str) -> list[Any]:
    return [row.values["title"] for row in listed(store, LOCAL, name)[0]]


def test_departments_for_which_nobody_speaks_stand_first(store: Store) -> None:
    put(
        store,
        "stakeholder_group",
        {"title": "Sales", "kind": "department", "representative": "ann ", "people": 8},
        {"title": "Service", "kind": "department", "representative": "Cy"},
        {"title": "Marketing", "kind": "department", "representative": "Bo"},
        {"title": "Finance", "kind": "department"},
        {"title": "Dealers", "kind": "partner"},
    )
    put(
        store,
        "person",
        {"title": "Ann", "email": "ann@x.example", "status": "in_work"},
        {"title": "Bo", "status": "dropped"},
    )
    found = team.departments(store, LOCAL, TODAY)
    assert [(one.title, one.representative, one.person, one.has_voice) for one in found] == [
        ("Marketing", "Bo", "M-2", False),
        ("Finance", None, None, False),
        ("Sales", "Ann", "M-1", True),
        ("Service", "Cy", None, True),
    ]
    assert (found[2].email, found[2].people) == ("ann@x.example", 8)


def test_of_two_people_of_one_name_the_one_who_takes_part_speaks(store: Store) -> None:
    put(store, "person", {"title": "Ann", "status": "dropped"}, {"title": "Ann"})
    put(store, "stakeholder_group", {"title": "S", "kind": "department", "representative": "Ann"})
    [found] = team.departments(store, LOCAL, TODAY)
    assert (found.person, found.has_voice) == ("M-2", True)


def test_a_duty_names_groups_and_people_by_title_or_number_and_whoever_is_neither(
    store: Store,
) -> None:
    put(store, "person", {"title": "Ann"}, {"title": "Key users"})
    put(
        store, "team", {"title": "Key users"}, {"title": "Idle"}, {"title": "Old", "status": "done"}
    )
    duty = {"responsible": ("KEY USERS", "Vendor"), "accountable": ("m-1",), "consulted": ("Ann",)}
    put(store, "duty", {"title": "Test"} | duty, {"title": "Over", "status": "done"} | duty)
    found = team.duties(store, LOCAL)
    assert dict(found.who) == {
        "team WG-1": "Key users",
        "team WG-2": "Idle",
        "person M-1": "Ann",
        "vendor": "Vendor",
    }
    [one] = found.duties
    assert one.accountable == 1
    assert one.parts == {
        "team WG-1": ("responsible",),
        "person M-1": ("accountable", "consulted"),
        "vendor": ("responsible",),
    }


def test_a_row_that_means_one_of_two_registers_is_linked_to_the_one_that_it_names(
    store: Store,
) -> None:
    put(store, "person", {"title": "Ann"})
    put(store, "team", {"title": "Key users", "members": ("Ann",)})
    put(store, "duty", {"title": "Test", "responsible": ("Key users", "Ann", "Vendor")})
    to = {(one.register, one.id) for one in referred(store, LOCAL, "duty", "D-1")}
    assert to == {("team", "WG-1"), ("person", "M-1")}
    back = {(one.register, one.field) for one in referring(store, LOCAL, "person", "M-1")}
    assert back == {("duty", "responsible"), ("team", "members")}


def test_the_matrix_shows_roles_of_users_that_nobody_planned_for_first(store: Store) -> None:
    put(store, "application", {"title": "CRM"})
    put(store, "process", {"title": "Quote"})
    put(store, "process_step", STEP | {"who": "Clerk"}, STEP | {"who": "Agent"})
    course = {"kind": "daily", "title": "Quotes"}
    put(
        store,
        "training",
        course | {"role": "agent", "planned": TODAY + timedelta(1)},
        course | {"role": "Agent ", "held": TODAY, "title": "Calls"},
        course | {"role": "Lead", "kind": "managers", "status": "dropped"},
    )
    found = team.plan(store, LOCAL, TODAY)
    assert list(found.roles) == ["clerk", "agent"]
    assert found.untrained == {"clerk"}
    assert found.kinds_untrained == {"maintenance", "trainers", "reporting"}
    states = [one.state(TODAY) for one in found.cells["agent", "daily"]]
    assert states == [State.UNPROVED, State.PLANNED]


DAYS = st.none() | st.dates(TODAY - timedelta(2), TODAY + timedelta(2))


@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(DAYS, DAYS, DAYS, DAYS, st.booleans()), max_size=6))
def test_the_matrix_says_what_rules_and_checks_say(store: Store, drawn: list[Any]) -> None:
    there, _ = listed(store, LOCAL, "training")
    remove(store, LOCAL, "training", {row.id: row.version for row in there})
    rows = []
    for planned, held, follow_up, followed_up, proved in drawn:
        days = {"planned": planned, "held": held, "follow_up": follow_up}
        days |= {"followed_up": followed_up}
        if held and any(one and one < held for one in (follow_up, followed_up)):
            continue
        said = {name: day for name, day in days.items() if day} | (
            {"proof": "Test"} if proved else {}
        )
        rows.append(said | {"title": "Quotes", "role": "Clerk", "kind": "daily"})
    put(store, "training", *rows)
    with store.snapshot() as cursor:
        rule = choosing.in_force(cursor)["follow_up_overdue"]
        overdue = {one.subject for one in finding.run(cursor, rule, TODAY)[0]}
    checks = {one.check.id: one.ends for one in cross_check.cross_check(store, LOCAL, TODAY)}
    unproved = {end.id for end in checks.get("training_without_proof", ())}
    courses = team.plan(store, LOCAL, TODAY).courses
    assert {one.id for one in courses if one.state(TODAY) is State.UNPROVED} == unproved
    held = {one.id for one in courses if one.held and one.held <= TODAY}
    late = {one.id for one in courses if one.state(TODAY) is State.FOLLOW_UP}
    assert late == (overdue & held) - unproved


def test_problem_reports_wait_until_they_are_answered_or_were_no_fault(store: Store) -> None:
    form = {"did": "Saved", "expected": "Kept", "happened": "Blank", "screen": "Visit"}
    form |= {"reported_by": "Ann"}
    put(
        store,
        "problem_report",
        form | {"reported_on": TODAY},
        form | {"reported_on": TODAY - timedelta(2), "status": "done"},
        form | {"reported_on": TODAY - timedelta(3), "answer": "Mended"},
        form | {"reported_on": TODAY - timedelta(4), "status": "dropped"},
    )
    assert team.waiting(store, LOCAL) == team.Waiting(2, 3, TODAY - timedelta(2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_starter_set_is_taken_over_once_and_leaves_no_duty_open(
    store: Store, language: str
) -> None:
    offered = team.offered(store, LOCAL, language)
    assert [*offered] == list(LISTS)
    taken = team.take_over(store, LOCAL, language, LISTS)
    assert taken == sum(map(len, offered.values()))
    for other in LANGUAGES:
        assert team.offered(store, LOCAL, other) == {}
        assert team.take_over(store, LOCAL, other, LISTS) == 0
    matrix = team.duties(store, LOCAL)
    assert set(matrix.who) == {f"team WG-{number}" for number in (1, 2, 3, 4)}
    assert {one.accountable for one in matrix.duties} == {1}
    kinds = registers()["training"].field("kind").options
    assert {kind for _, kind in team.plan(store, LOCAL, TODAY).cells} == set(kinds)
    assert {one.kind for one in team_starter().groups} == set(
        registers()["team"].field("kind").options
    )


def test_starter_duties_name_the_groups_as_the_store_calls_them(store: Store) -> None:
    put(store, "team", {"title": "Steering committee", "kind": "lead"})
    team.take_over(store, LOCAL, "en", LISTS)
    assert titles(store, "team").count("Project lead") == 0
    rows, _ = listed(store, LOCAL, "duty", Query(search="Accept each phase"))
    assert rows[0].values["accountable"] == ("Steering committee",)


def test_starter_courses_of_the_working_day_are_for_the_roles_that_do_the_steps(
    store: Store,
) -> None:
    put(store, "application", {"title": "CRM"})
    put(store, "process", {"title": "Quote"})
    put(store, "process_step", STEP | {"who": "Clerk"}, STEP | {"who": "Agent"})
    team.take_over(store, LOCAL, "en", ["training"])
    rows, _ = listed(store, LOCAL, "training", Query(where={"kind": ("daily",)}))
    assert {row.values["role"] for row in rows} == {"Clerk", "Agent"}
    assert titles(store, "team") == [] == titles(store, "duty")
