"""A team's steps from a file of events."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services.processes import event_log
from crm_core.services.processes.event_log import Derived, Log
from crm_core.store import Store

CHINESE = (
    "工单编号,环节,开始时间,部门,处理人\n"
    "1,受理,2026年3月2日 9:00,客服,小李\n1,处理,2026年3月2日 9:30,客服,小王\n"
    "2,受理,2026年3月2日 9:00,客服,小李\n2,处理,2026年3月2日 9:10,客服,小王\n"
    "3,登记,2026年3月2日 9:00,销售,小赵\n,登记,2026年3月2日 9:00,销售,小赵\n"
)


@pytest.fixture
def look(store: Store, tmp_path: Path):
    """Read a log from a text."""

    def from_text(text: str) -> Log:
        path = tmp_path / "log.csv"
        path.write_text(text, encoding="utf-8")
        return event_log.look(store, LOCAL, path)

    return from_text


@pytest.fixture
def derive(store: Store):
    """What a log says with the columns that it was recognised by, or others."""

    def found(log: Log, order: str | None = None, **columns: int) -> Derived:
        return event_log.derive(store, LOCAL, log, {**log.guess, **columns}, order)

    return found


@pytest.mark.shared
def test_the_columns_of_a_known_log_are_recognised_and_its_path_found(
    store: Store, shared: Path, derive
) -> None:
    log = event_log.look(store, LOCAL, shared / "event_log" / "running-example.csv")
    named = {field: log.heads[place] for field, place in log.guess.items()}
    assert named == {
        "case": "case:concept:name",
        "activity": "Activity",
        "time": "time:timestamp",
        "resource": "Resource",
    }
    [found] = derive(log).found
    assert (found.path.cases, found.path.paths) == (6, 6)
    assert found.path.steps[0].what == "register request"


@pytest.mark.parametrize("heads", ["case,activity,started,finished", "案例,活动,开始,结束"])
def test_the_beginning_and_the_end_of_an_activity_are_recognised(look, heads: str) -> None:
    log = look(f"{heads}\n1,call,2026-03-02 09:00,2026-03-02 09:10\n")
    assert log.guess == {"case": 0, "activity": 1, "time": 2, "until": 3}


def test_each_team_of_a_chinese_log_has_its_own_path(look, derive) -> None:
    log = look(CHINESE)
    assert set(log.guess) == {"case", "activity", "time", "team", "resource"}
    derived = derive(log)
    assert derived.left_out == 1
    service, sales = derived.found
    assert (service.team, service.path.followed, sales.team) == ("客服", 2, "销售")
    assert [(one.what, one.who, one.minutes) for one in service.path.steps] == [
        ("受理", "小李", None),
        ("处理", "小王", Decimal("20.0")),
    ]


def test_a_workbook_with_a_title_above_its_heads_is_read(
    store: Store, tmp_path: Path, derive
) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Service log"],
        [],
        ["Case ID", "Step", "Timestamp"],
        [7, "Open", "2026-03-02 09:00"],
    ):
        book.active.append(row)
    book.save(tmp_path / "log.xlsx")
    [found] = derive(event_log.look(store, LOCAL, tmp_path / "log.xlsx")).found
    assert [one.what for one in found.path.steps] == ["Open"]


def test_columns_without_a_known_head_are_chosen_by_hand(look, derive) -> None:
    log = look("a,b,c\n1,Open,2026-03-02 09:00\n")
    with pytest.raises(Refused, match="log_columns"):
        derive(log)
    [found] = derive(log, case=0, activity=1, time=2).found
    assert found.path.steps[0].what == "Open"


def test_days_that_can_be_read_in_two_ways_are_asked(look, derive) -> None:
    log = look("case,activity,time\n1,Open,03/04/2026 09:00\n1,Close,04/04/2026 09:00\n")
    with pytest.raises(Refused, match="log_order"):
        derive(log)
    assert derive(log, "dmy").found[0].path.steps[1].minutes == 24 * 60
    sure = look("case,activity,time\n1,Open,03/04/2026\n1,Close,13/04/2026\n")
    assert derive(sure).found[0].path.steps[1].minutes == 10 * 24 * 60


def test_times_of_several_zones_are_put_on_one_clock(look, derive) -> None:
    log = look(
        "case,activity,time\n1,Open,2026-03-02T09:00:00+01:00\n1,Close,2026-03-02T08:30:00+00:00\n"
    )
    assert [one.minutes for one in derive(log).found[0].path.steps] == [None, 30]


@pytest.mark.parametrize(
    ("text", "columns", "code"),
    [
        ("case,activity,time\n", {}, "log_empty"),
        ("case,activity,time\n,Open,2026-03-02\n", {}, "log_empty"),
        ("case,activity,time\n1,Open,soon\n", {}, "log_time"),
        ("case,activity,time\n1,Open,2026-03-02\n", {"activity": 0}, "log_column"),
        ("case,activity,time\n1,Open,2026-03-02\n", {"tool": 9}, "log_column"),
    ],
)
def test_what_is_no_log_is_refused(look, derive, text: str, columns, code: str) -> None:
    with pytest.raises(Refused, match=code):
        derive(look(text), **columns)


def test_a_log_of_more_events_than_can_be_shown_is_refused(look, monkeypatch) -> None:
    monkeypatch.setattr(event_log, "MOST_EVENTS", 1)
    with pytest.raises(Refused, match="log_too_long"):
        look("case,activity,time\n1,Open,2026-03-02\n1,Close,2026-03-03\n")
