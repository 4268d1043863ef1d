"""The worklist when loads are made again or undone beside the runs of its lines."""

from datetime import date
from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.steps import Case, Replace
from crm_core.services import imports
from crm_core.services.imports import steps
from crm_core.services.imports.replay import opened, replay
from crm_core.services.imports.undo import undo
from crm_core.services.quarantine import correct, worklist
from crm_core.services.quarantine.rerun import rerun
from crm_core.services.quarantine.worklist import Filter
from crm_core.store import Store

CUSTOMERS = (
    "Customer ID,Customer Name,Region,Created Date\n"
    "001,Alder,North,2024-01-01\n,Birch,South,2024-01-02\n,Cedar,East,2024-01-03\n"
)


@pytest.fixture
def first(store: Store, tmp_path: Path) -> int:
    """The batch that set lines 3 and 4 aside."""
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS)
    with imports.prepare(store, LOCAL, [path]) as upload:
        batch = imports.load(store, LOCAL, upload).batch
    assert batch
    return batch


def again(store: Store, batch: int) -> int:
    """The load made again, with a step more."""
    with opened(store, LOCAL, batch) as upload:
        steps.add(upload.tables[0], Case(column="Region", to="upper"))
        made = replay(store, LOCAL, batch, upload).batch
    assert made
    return made


def waiting(store: Store) -> dict[int, int]:
    """Source line -> quarantine_id; no line waits twice."""
    rows = worklist.lines(store, LOCAL, Filter())
    found = {row["source_line"]: row["quarantine_id"] for row in rows}
    assert len(found) == len(rows)
    return found


def run(store: Store, line: int, key: str) -> int:
    """Type the key of a line that waits, and run the line again."""
    number = waiting(store)[line]
    correct.correct(store, LOCAL, {number: {0: key}})
    batch = rerun(store, LOCAL, [number]).batch
    assert batch
    return batch


def customers(store: Store) -> list[str]:
    with store.read() as cursor:
        rows = cursor.execute("SELECT customer_id FROM crm.customer ORDER BY 1").fetchall()
    return [row[0] for row in rows]


def test_a_line_that_waits_again_keeps_its_owner_its_day_and_what_was_typed(store, first) -> None:
    number = waiting(store)[3]
    correct.assign(store, LOCAL, [number], owner="Ada", due=date(2030, 1, 1))
    correct.correct(store, LOCAL, {number: {2: "West"}})
    made = again(store, first)
    [row] = [row for row in worklist.lines(store, LOCAL, Filter()) if row["source_line"] == 3]
    assert (row["owner"], row["due"]) == ("Ada", date(2030, 1, 1))
    cell = correct.line(store, LOCAL, waiting(store)[3]).cells[2]
    assert (cell.raw, cell.value) == ("South", "West")
    undo(store, LOCAL, made)
    assert correct.line(store, LOCAL, number).cells[2].value == "West"


def test_a_line_that_was_run_again_does_not_wait_when_its_load_is_made_again(store, first) -> None:
    ran = run(store, 3, "003")
    made = again(store, first)
    assert list(waiting(store)) == [4]
    undo(store, LOCAL, ran)
    assert list(waiting(store)) == [3, 4]
    undo(store, LOCAL, made)
    assert list(waiting(store)) == [3, 4]


def test_a_line_that_was_run_again_does_not_wait_when_the_second_making_is_undone(
    store, first
) -> None:
    made = again(store, first)
    ran = run(store, 3, "003")
    undo(store, LOCAL, made)
    assert (list(waiting(store)), customers(store)) == ([4], ["001", "003"])
    undo(store, LOCAL, ran)
    assert (list(waiting(store)), customers(store)) == ([3, 4], ["001"])


def test_a_line_that_nobody_wants_does_not_wait_when_its_load_is_made_again(store, first) -> None:
    correct.drop(store, LOCAL, [waiting(store)[3]])
    undo(store, LOCAL, again(store, again(store, first)))
    assert list(waiting(store)) == [4]


@pytest.mark.usefixtures("first")
def test_a_run_that_is_made_again_and_undone_has_still_brought_its_line_in(store: Store) -> None:
    ran = run(store, 3, "003")
    made = again(store, ran)
    assert list(waiting(store)) == [4]
    undo(store, LOCAL, made)
    assert (list(waiting(store)), customers(store)) == ([4], ["001", "003"])
    undo(store, LOCAL, ran)
    assert list(waiting(store)) == [3, 4]


@pytest.mark.usefixtures("first")
def test_of_two_runs_of_a_line_the_first_can_be_undone_and_the_line_is_in(store: Store) -> None:
    lines = [waiting(store)[3]]
    correct.correct(store, LOCAL, {lines[0]: {0: "003", 3: "many"}})
    unsound = rerun(store, LOCAL, lines).batch
    assert unsound
    assert waiting(store)[3] not in lines
    correct.correct(store, LOCAL, {waiting(store)[3]: {3: "2024-01-02"}})
    ran = run(store, 3, "003")
    undo(store, LOCAL, unsound)
    assert list(waiting(store)) == [4]
    undo(store, LOCAL, ran)
    assert list(waiting(store)) == [3, 4]


def test_a_line_that_was_run_again_does_not_wait_when_its_load_is_in_force_again(
    store, first
) -> None:
    ran = run(store, 3, "003")
    with opened(store, LOCAL, first) as upload:
        steps.add(upload.tables[0], Replace(column="Customer ID", values={"001": "009"}))
        made = replay(store, LOCAL, first, upload).batch
    assert made
    undo(store, LOCAL, made)
    assert list(waiting(store)) == [4]
    undo(store, LOCAL, ran)
    assert list(waiting(store)) == [3, 4]
