"""Lines that wait are corrected, run again, and counted once; what was done can be undone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import imports, loads
from crm_core.services.imports.undo import undo
from crm_core.services.quarantine import correct, rerun, worklist
from crm_core.services.quarantine.waiting import corrections as waiting_corrections
from crm_core.services.quarantine.worklist import Filter
from crm_core.store import Store

DEALS = """Opportunity ID,Account Name,Stage,Amount,Close Date
001,Alder,Closed Won,100.50,2024-03-01
002,Birch,Closed Won,about 200,2024-03-02
003,Cedar,Closed Won,300,2024-13-05
004,Dogwood, Inc,Closed Won,400,2024-03-04
005,Elm,Closed Won,about 200,2024-03-05
006,Fir,Closed Won,lots,2024-03-05
"""
SOUND = [f"1{number:02},Gum,Closed Lost,{number},2024-03-{number:02}" for number in range(1, 21)]


@pytest.fixture
def waiting(store: Store, tmp_path: Path) -> Callable[[], dict[int, int]]:
    """Load the deals; source line -> quarantine_id of what waits, asked again at each call."""
    path = tmp_path / "deals.csv"
    path.write_text(DEALS + "\n".join(SOUND))
    with imports.prepare(store, LOCAL, [path]) as upload:
        imports.load(store, LOCAL, upload)
    return lambda: {
        row["source_line"]: row["quarantine_id"] for row in worklist.lines(store, LOCAL, Filter())
    }


def amounts(store: Store) -> dict[str, Any]:
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT opportunity_id, amount::VARCHAR, source_file, source_line"
            " FROM crm.opportunity WHERE opportunity_id LIKE '0%' ORDER BY 1"
        ).fetchall()
    return {row[0]: (str(float(row[1])), row[2], row[3]) for row in rows}


def test_what_waits_is_not_in_the_store(store, waiting) -> None:
    assert list(waiting()) == [3, 4, 5, 6, 7]
    assert list(amounts(store)) == ["001"]


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [
        (3, {3: "200"}),
        (4, {4: "2024-05-13"}),
        (5, {0: "004", 1: "Dogwood, Inc", 2: "Closed Won", 3: "400", 4: "2024-03-04", 5: None}),
        (7, {}),
    ],
)
def test_a_repair_is_suggested_only_where_there_is_one(store, waiting, line, suggestion) -> None:
    assert correct.line(store, LOCAL, waiting()[line]).suggestion == suggestion


def test_a_corrected_line_passes_and_keeps_its_file_and_line(store, waiting) -> None:
    ids = waiting()
    for line in (3, 5):
        suggestion = correct.line(store, LOCAL, ids[line]).suggestion
        correct.correct(store, LOCAL, {ids[line]: suggestion})
    [file] = rerun.rerun(store, LOCAL, [ids[3], ids[5]]).files
    assert (file.rows_read, file.loaded, file.quarantined) == (2, 2, 0)
    assert amounts(store)["002"] == ("200.0", "deals.csv", 3)
    assert amounts(store)["004"] == ("400.0", "deals.csv", 5)
    assert list(waiting()) == [4, 6, 7]


def test_a_line_that_still_breaks_a_rule_waits_once_with_its_owner(store, waiting) -> None:
    ids = waiting()
    correct.assign(store, LOCAL, [ids[3]], owner="Ada", due=date(2030, 1, 1))
    correct.correct(store, LOCAL, {ids[3]: {3: "two hundred"}})
    [file] = rerun.rerun(store, LOCAL, [ids[3], ids[4]]).files
    assert (file.loaded, file.quarantined) == (0, 2)
    rows = {row["source_line"]: row for row in worklist.lines(store, LOCAL, Filter())}
    assert list(rows) == [3, 4, 5, 6, 7]
    assert (rows[3]["value"], rows[3]["owner"], rows[3]["due"]) == (
        "two hundred",
        "Ada",
        date(2030, 1, 1),
    )


def test_the_same_value_is_corrected_on_all_lines_at_once(store, waiting) -> None:
    assert correct.correct_all(store, LOCAL, Filter(), "Amount", "about 200", "200") == 2
    rerun.rerun(store, LOCAL, Filter(rule="number_unreadable"))
    assert list(amounts(store)) == ["001", "002", "005"]
    assert list(waiting()) == [4, 5, 7]


def test_undoing_the_run_puts_the_lines_back_on_the_list(store, waiting) -> None:
    ids = waiting()
    correct.correct(store, LOCAL, {ids[3]: {3: "200"}})
    result = rerun.rerun(store, LOCAL, [ids[3]])
    undo(store, LOCAL, result.batch)
    assert list(amounts(store)) == ["001"]
    assert waiting() == ids


def test_the_raw_cell_is_kept_beside_the_correction(store, waiting) -> None:
    ids = waiting()
    correct.correct(store, LOCAL, {ids[3]: {3: "200", 1: ""}})
    cells = correct.line(store, LOCAL, ids[3]).cells
    assert [(cell.raw, cell.value, cell.corrected) for cell in cells[1:4]] == [
        ("Birch", None, True),
        ("Closed Won", "Closed Won", False),
        ("about 200", "200", True),
    ]
    with store.read() as cursor:
        file_id = cursor.execute("SELECT file_id FROM crm.batch_file").fetchone()[0]
    assert loads.source_line(store, LOCAL, file_id, 3)["cells"]["Amount"] == "about 200"


def test_after_two_runs_the_file_still_says_what_it_said_at_first(store, waiting) -> None:
    for typed in ("plenty", "many", "heaps"):
        number = waiting()[7]
        correct.correct(store, LOCAL, {number: {3: typed}})
        rerun.rerun(store, LOCAL, [number])
        cell = correct.line(store, LOCAL, waiting()[7]).cells[3]
        assert (cell.raw, cell.corrected, cell.value) == ("lots", True, typed)
    correct.correct(store, LOCAL, {waiting()[7]: {3: "600"}})
    rerun.rerun(store, LOCAL, [waiting()[7]])
    assert amounts(store)["006"] == ("600.0", "deals.csv", 7)


def test_a_dropped_line_waits_no_more_and_cannot_be_corrected(store, waiting) -> None:
    ids = waiting()
    correct.drop(store, LOCAL, [ids[7]])
    assert 7 not in waiting()
    with pytest.raises(Refused) as refusal:
        correct.correct(store, LOCAL, {ids[7]: {3: "1"}})
    assert refusal.value.problem.code == "line_not_waiting"


def test_a_cell_that_the_line_does_not_have_is_refused_and_nothing_is_typed(store, waiting) -> None:
    ids = waiting()
    with pytest.raises(Refused) as refusal:
        correct.correct(store, LOCAL, {ids[3]: {3: "200"}, ids[4]: {99: "x"}})
    assert refusal.value.problem.code == "column_unknown"
    assert waiting_corrections(store, list(ids.values())) == {}
