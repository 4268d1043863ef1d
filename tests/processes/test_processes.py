"""Processes kept, compared, agreed on, and held against an earlier day."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.comparison import Mark
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts
from crm_core.services import processes, registers, settings
from crm_core.services.processes import Logged
from crm_core.services.processes.differing import differences
from crm_core.services.registers import Write
from crm_core.store import Store

BEA = Actor("bea", "Bea")
DAY = date(2026, 1, 31)


def said(*names: str, **more: object) -> list[dict[str, object]]:
    return [{"what": name} | more for name in names]


def steps(store: Store, team: str = "Sales") -> dict[str, str]:
    """Id -> what, in order."""
    found = processes.teams(store, LOCAL, processes.process(store, LOCAL, "PR-1"))
    rows = next((one.rows for one in found if one.name == team), ())
    return {row.id: str(row.values["what"]) for row in rows}


def seen(store: Store, team: str = "Sales") -> dict[str, int]:
    found = processes.teams(store, LOCAL, processes.process(store, LOCAL, "PR-1"))
    return next((one.seen for one in found if one.name == team), {})


def keep(store: Store, team: str, *names: str, **more: object) -> None:
    processes.keep_steps(store, LOCAL, "PR-1", team, said(*names, **more), seen(store, team))


@pytest.fixture
def quoting(store: Store) -> Store:
    registers.add(store, LOCAL, "process", {"title": "Make a quote", "function": "Sales"})
    keep(store, "Sales", "Take the call", "Write the quote", "Send it", minutes=Decimal(10))
    return store


def test_a_list_that_is_saved_again_keeps_the_rows_of_the_steps_that_stay(quoting: Store) -> None:
    registers.change(
        quoting,
        LOCAL,
        "process_step",
        "PS-2",
        registers.row(quoting, LOCAL, "process_step", "PS-2").values | {"owner": "Ann"},
        1,
    )
    keep(quoting, "Sales", "Send it", "Write a quote", "Call back")
    assert steps(quoting) == {"PS-3": "Send it", "PS-2": "Write a quote", "PS-4": "Call back"}
    row = registers.row(quoting, LOCAL, "process_step", "PS-2").values
    assert (row["owner"], row["title"], row["order"]) == ("Ann", "Write a quote", 2)
    assert "minutes" not in row, "the list says everything that a list can say"
    assert registers.history(quoting, LOCAL, "process_step", "PS-1"), "taken out, not lost"


@pytest.mark.parametrize(
    "theirs", [("Take the call", "Sing"), ("Take the call",), ("Sing", "Call")]
)
def test_a_list_that_somebody_else_saved_meanwhile_is_not_overwritten(
    quoting: Store, theirs: tuple[str, ...]
) -> None:
    before = seen(quoting)
    processes.keep_steps(quoting, BEA, "PR-1", "Sales", said(*theirs), before)
    with pytest.raises(Refused, match="steps_changed") as refused:
        processes.keep_steps(quoting, LOCAL, "PR-1", "Sales", said("Mine"), before)
    assert refused.value.problem.params["by"] == "Bea"
    assert tuple(steps(quoting).values()) == theirs


def test_a_save_that_is_repeated_does_no_harm(quoting: Store) -> None:
    before = seen(quoting)
    for _ in range(2):
        processes.keep_steps(quoting, LOCAL, "PR-1", "Sales", said("Call", "Write"), before)
    assert list(steps(quoting).values()) == ["Call", "Write"]


def test_two_people_who_begin_the_same_list_do_not_add_to_each_others(quoting: Store) -> None:
    processes.keep_steps(quoting, BEA, "PR-1", "Service", said("Call"), {})
    with pytest.raises(Refused, match="steps_changed"):
        processes.keep_steps(quoting, LOCAL, "PR-1", "Service", said("Write"), {})


@pytest.mark.parametrize(
    ("team", "names", "code"),
    [
        (" ", ["Call"], "team_required"),
        ("Sales", [""], "item_required"),
        ("Sales", ["x"] * 201, "steps_too_many"),
    ],
)
def test_what_is_no_list_of_a_team_is_refused_and_nothing_is_kept(
    quoting: Store, team: str, names: list[str], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        processes.keep_steps(quoting, LOCAL, "PR-1", team, said(*names), seen(quoting))
    assert len(steps(quoting)) == 3


def test_teams_are_compared_with_time_and_cost_against_what_is_agreed(quoting: Store) -> None:
    settings.write(quoting, LOCAL, "hour_cost", 90)
    keep(quoting, "Service", "Take the call", "Type it into Excel", minutes=Decimal(20))
    processes.agree(quoting, LOCAL, "PR-1", 1, "Service", ["Sales"])
    found = processes.compared(quoting, LOCAL, "PR-1")
    assert (found.agreed, found.process.share_with) == (True, ("Sales",))
    assert found.costs == (45, 60)
    sales = [(row.name, row.cells[0].marks) for row in found.comparison.rows]
    assert sales == [
        ("Take the call", (Mark.OTHER_DURATION,)),
        ("Write the quote", (Mark.EXTRA,)),
        ("Send it", (Mark.EXTRA,)),
        ("Type it into Excel", (Mark.MISSING,)),
    ]
    [line] = processes.overview(quoting, LOCAL)
    assert (line.teams, line.steps, line.minutes) == (2, (2, 3), (30, 40))
    assert line.difference == found.comparison.spread == 1 - 2 * 0.75 / 5


def test_a_process_may_have_its_own_cost_of_an_hour(quoting: Store) -> None:
    now = registers.row(quoting, LOCAL, "process", "PR-1")
    values = now.values | {"hour_cost": Decimal(120)}
    registers.change(quoting, LOCAL, "process", "PR-1", values, now.version)
    assert processes.compared(quoting, LOCAL, "PR-1").costs == (60,)


def test_an_agreement_is_refused_for_a_team_without_steps_and_for_an_older_version(
    quoting: Store,
) -> None:
    with pytest.raises(Refused, match="steps_none"):
        processes.agree(quoting, LOCAL, "PR-1", 1, "Nobody", [])
    processes.agree(quoting, BEA, "PR-1", 1, "Sales", [])
    with pytest.raises(Refused, match="item_changed"):
        processes.agree(quoting, LOCAL, "PR-1", 1, None, [])


def test_a_baseline_stays_as_it_was_and_is_compared_with_today(quoting: Store) -> None:
    processes.keep_baseline(quoting, LOCAL, "PR-1", "Sales", DAY)
    keep(quoting, "Sales", "Take the call", "Send it", minutes=Decimal(10))
    found = processes.then_and_now(quoting, LOCAL, "PR-1", "Sales", DAY)
    assert [len(team.rows) for team in found.teams] == [3, 2]
    assert [row.cells[1].marks for row in found.comparison.rows] == [
        (Mark.SAME,),
        (Mark.MISSING,),
        (Mark.SAME,),
    ]
    assert len(processes.compared(quoting, LOCAL, "PR-1").teams) == 1, "no part of today"
    with pytest.raises(Refused, match="baseline_there"):
        processes.keep_baseline(quoting, LOCAL, "PR-1", "Sales", DAY)
    with pytest.raises(Refused, match="baseline_unknown"):
        processes.then_and_now(quoting, LOCAL, "PR-1", "Service", DAY)


def test_steps_may_name_their_process_by_its_name(quoting: Store) -> None:
    row = {"process": ("Make a quote",), "team": "Fairs", "what": "Take the card", "order": 1}
    registers.write(quoting, LOCAL, "process_step", [Write(None, row)])
    assert list(steps(quoting, "Fairs").values()) == ["Take the card"]
    assert processes.overview(quoting, LOCAL)[0].teams == 2


def test_the_name_of_a_process_is_the_same_in_any_case(quoting: Store) -> None:
    rows = [
        {"process": (name,), "team": "Fairs", "what": f"Step {place}", "order": place}
        for place, name in enumerate(("make a quote", "MAKE A QUOTE", "pr-1"), 1)
    ]
    registers.write(quoting, LOCAL, "process_step", [Write(None, row) for row in rows])
    assert list(steps(quoting, "Fairs").values()) == ["Step 1", "Step 2", "Step 3"]
    assert processes.overview(quoting, LOCAL)[0].teams == 2
    keep(quoting, "Fairs", "Step 1")
    assert list(steps(quoting, "Fairs").values()) == ["Step 1"]
    with quoting.read() as cursor:
        assert differences(cursor)["teams"].to_pylist() == [2]


def test_a_baseline_or_a_starter_set_that_many_ask_for_at_once_is_kept_once(
    quoting: Store,
) -> None:
    def ask(_: int) -> None:
        with suppress(Refused):
            processes.keep_baseline(quoting, LOCAL, "PR-1", "Sales", DAY)
        processes.take_over(quoting, LOCAL, Texts("en"), {"2.1"})

    with ThreadPoolExecutor(8) as people:
        list(people.map(ask, range(8)))
    one = processes.process(quoting, LOCAL, "PR-1")
    assert [len(team.rows) for team in processes.baselines(quoting, LOCAL, one)] == [3]
    assert len(processes.processes(quoting, LOCAL)) == 2


def test_what_a_log_said_is_kept_until_the_path_is_changed_by_hand(quoting: Store) -> None:
    names = ("Open", "Check")
    processes.keep_steps(quoting, LOCAL, "PR-1", "Log", said(*names), {}, Logged(10, 6, 3))
    assert processes.compared(quoting, LOCAL, "PR-1").teams[0].logged == Logged(10, 6, 3)
    keep(quoting, "Log", *names, tool="CRM")
    assert processes.compared(quoting, LOCAL, "PR-1").teams[0].logged.share == 0.6
    keep(quoting, "Log", *names, "Close")
    assert processes.compared(quoting, LOCAL, "PR-1").teams[0].logged is None


def test_waiting_in_the_minutes_of_a_log_is_no_cost_until_somebody_says_what_is_work(
    quoting: Store,
) -> None:
    settings.write(quoting, LOCAL, "hour_cost", 90)
    logged = [{"what": "Check", "minutes": Decimal(8000), "with_waiting": True}]
    processes.keep_steps(quoting, LOCAL, "PR-1", "Log", logged, {}, Logged(10, 6, 3))
    assert processes.compared(quoting, LOCAL, "PR-1").costs == (None, 45)
    assert processes.overview(quoting, LOCAL)[0].minutes == (30, 30)
    keep(quoting, "Log", "Check", minutes=Decimal(8000), tool="CRM")
    assert processes.compared(quoting, LOCAL, "PR-1").costs == (None, 45)
    keep(quoting, "Log", "Check", minutes=Decimal(20))
    assert processes.compared(quoting, LOCAL, "PR-1").costs == (30, 45)


def test_the_starter_set_is_taken_over_once_whatever_the_language(quoting: Store) -> None:
    before = len(processes.offered(quoting, LOCAL))
    assert before >= 29, "without the quote that is there already"
    keys = processes.take_over(quoting, LOCAL, Texts("zh"), {"2.1", "5.4"})
    assert [registers.row(quoting, LOCAL, "process", key).values["title"] for key in keys] == [
        "录入线索",
        "处理投诉",
    ]
    now = registers.row(quoting, LOCAL, "process", keys[0])
    renamed = now.values | {"title": "我们的线索"}
    registers.change(quoting, LOCAL, "process", keys[0], renamed, now.version)
    assert len(processes.take_over(quoting, LOCAL, Texts("en"))) == before - 2
    assert processes.take_over(quoting, LOCAL, Texts("en")) == []
