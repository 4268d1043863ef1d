"""A load made again with another recipe: the store is as if it had been loaded so at once."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_core.domain.actor import LOCAL
from crm_core.domain.fates import Fate
from crm_core.domain.problems import Refused
from crm_core.domain.steps import Case, Default, DropLines, Replace, Step
from crm_core.services import imports, loads, stores
from crm_core.services.imports import steps
from crm_core.services.imports.replay import opened, rehearse, replay
from crm_core.services.imports.undo import undo
from crm_core.services.quarantine.correct import correct
from crm_core.services.quarantine.rerun import rerun
from crm_core.store import Store

HEAD = "Customer ID,Customer Name,Region,City\n"
FIRST = HEAD + "001,Alder,North,York\n002,Birch,nort,York\n"
SECOND = HEAD + "002,Birch,nort,Bath\n003,Cedar,,Leeds\n,Nobody,x,Leeds\n"
STEPS: list[Step] = [
    Replace(column="Region", values={"nort": "North"}),
    Case(column="Region", to="upper"),
    Default(column="Region", value="?"),
]


def load(store: Store, path: Path, text: str, todo: list[Step]) -> int:
    path.write_text(text)
    with imports.prepare(store, LOCAL, [path]) as upload:
        for step in todo:
            steps.add(upload.tables[0], step)
        batch = imports.load(store, LOCAL, upload).batch
    assert batch is not None
    return batch


def everything(store: Store) -> dict[str, list[Any]]:
    """The business content of the store, whatever numbers its rows have."""
    with store.read() as cursor:
        return {
            "customers": cursor.execute(
                "SELECT customer_id, name, region, source_file, source_line"
                " FROM crm.customer ORDER BY 1"
            ).fetchall(),
            "waiting": cursor.execute(
                "SELECT source_line, rule FROM crm.quarantine WHERE status = 'open'"
            ).fetchall(),
            "loads": cursor.execute(
                "SELECT count(*) FROM crm.batch WHERE undone_by IS NULL"
            ).fetchall(),
        }


def without(store: Store, batch: int, place: int) -> int:
    """Make the load again with one step of its recipe switched off."""
    with opened(store, LOCAL, batch) as upload:
        steps.switch(upload.tables[0], place, False)
        made = replay(store, LOCAL, batch, upload).batch
    assert made is not None
    return made


def again(store: Store, batch: int, *todo: Step) -> int:
    """Make the load again with further steps."""
    with opened(store, LOCAL, batch) as upload:
        for step in todo:
            steps.add(upload.tables[0], step)
        made = replay(store, LOCAL, batch, upload).batch
    assert made is not None
    return made


@pytest.mark.long
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.integers(0, 2))
def test_one_step_taken_back_later_is_as_if_it_had_never_been_done(
    tmp_path_factory: pytest.TempPathFactory, place: int
) -> None:
    folder = tmp_path_factory.mktemp("replay")
    with closing(stores.open_store(folder / "later.duckdb")) as later:
        load(later, folder / "customers1.csv", FIRST, [])
        without(later, load(later, folder / "customers2.csv", SECOND, STEPS), place)
        found = everything(later)
    with closing(stores.open_store(folder / "once.duckdb")) as once:
        load(once, folder / "customers1.csv", FIRST, [])
        others = [step for at, step in enumerate(STEPS) if at != place]
        load(once, folder / "customers2.csv", SECOND, others)
        assert found == everything(once)


def left_out(store: Store, batch: int, city: str) -> int:
    """Make the load again without the lines of a city."""
    with opened(store, LOCAL, batch) as upload:
        steps.add(upload.tables[0], DropLines(column="City", values=(city,)))
        made = replay(store, LOCAL, batch, upload).batch
    assert made is not None
    return made


def test_a_record_that_the_second_making_left_alone_stands_once_when_that_is_undone(
    store, tmp_path: Path
) -> None:
    load(store, tmp_path / "customers1.csv", FIRST, [])
    batch = load(store, tmp_path / "customers2.csv", SECOND, [])
    before = everything(store)
    undo(store, LOCAL, left_out(store, batch, "Bath"))
    assert everything(store) == before


@pytest.mark.long
def test_the_second_making_is_not_undone_when_a_load_builds_on_what_it_left_alone(
    store, tmp_path: Path
) -> None:
    load(store, tmp_path / "customers1.csv", FIRST, [])
    made = left_out(store, load(store, tmp_path / "customers2.csv", SECOND, []), "Bath")
    later = load(store, tmp_path / "customers3.csv", HEAD + "002,Birch,South,Rye\n", [])
    before = everything(store)
    with pytest.raises(Refused) as refusal:
        undo(store, LOCAL, made)
    assert refusal.value.problem.params["later"] == str(later)
    assert everything(store) == before


@pytest.mark.long
def test_a_load_made_again_twice_is_in_force_once_and_each_making_can_be_undone(
    store, tmp_path: Path
) -> None:
    load(store, tmp_path / "customers1.csv", FIRST, [])
    stands = [load(store, tmp_path / "customers2.csv", SECOND, STEPS)]
    before = [everything(store)]
    stands.append(left_out(store, stands[-1], "Leeds"))
    before.append(everything(store))
    stands.append(without(store, stands[-1], 1))
    assert [row[0] for row in everything(store)["customers"]] == ["001", "002"]
    assert everything(store)["loads"] == [(2,)]
    undo(store, LOCAL, stands[2])
    assert everything(store) == before[1]
    undo(store, LOCAL, stands[1])
    assert everything(store) == before[0]
    undo(store, LOCAL, stands[0])
    assert len(everything(store)["customers"]) == 2


@pytest.mark.long
def test_undoing_the_second_making_puts_the_first_one_back(store, tmp_path: Path) -> None:
    load(store, tmp_path / "customers1.csv", FIRST, [])
    batch = load(store, tmp_path / "customers2.csv", SECOND, STEPS)
    before = everything(store)
    undo(store, LOCAL, without(store, batch, 1))
    assert everything(store) == before
    undo(store, LOCAL, batch)
    assert len(everything(store)["customers"]) == 2


def test_a_load_that_others_build_on_is_not_made_again(store, tmp_path: Path) -> None:
    batch = load(store, tmp_path / "customers1.csv", FIRST, [])
    load(store, tmp_path / "customers2.csv", SECOND.replace("nort", "South"), [])
    before = everything(store)
    with opened(store, LOCAL, batch) as upload, pytest.raises(Refused) as refusal:
        replay(store, LOCAL, batch, upload)
    assert refusal.value.problem.code == "batch_built_upon"
    assert everything(store) == before


def test_a_rehearsal_tells_what_would_come_out_otherwise_and_changes_nothing(
    store, tmp_path: Path
) -> None:
    load(store, tmp_path / "customers1.csv", FIRST, [])
    batch = load(store, tmp_path / "customers2.csv", SECOND, STEPS)
    before, version = everything(store), store.version("crm")
    with opened(store, LOCAL, batch) as upload:
        found = rehearse(store, LOCAL, batch, upload)
        assert (found.before, found.lines) == (found.after, 0)
        steps.add(upload.tables[0], DropLines(column="City", values=("Bath",)))
        steps.switch(upload.tables[0], 2, False)
        found = rehearse(store, LOCAL, batch, upload)
    assert [found.before[fate] for fate in (Fate.UPDATED, Fate.SKIPPED)] == [1, 0]
    assert [found.after[fate] for fate in (Fate.UPDATED, Fate.SKIPPED)] == [0, 1]
    assert found.before[Fate.LOADED] == found.after[Fate.LOADED] == 1
    assert found.lines == 2, "one line is left out, another one has no region"
    assert (everything(store), store.version("crm")) == (before, version)


def test_a_sheet_that_is_left_out_takes_its_rows_with_it(store, tmp_path: Path) -> None:
    paths = [tmp_path / "customers.csv", tmp_path / "more.csv"]
    for path, text in zip(paths, (FIRST, HEAD + "009,Elm,East,Rye\n"), strict=True):
        path.write_text(text)
    with imports.prepare(store, LOCAL, paths) as upload:
        batch = imports.load(store, LOCAL, upload).batch
    assert batch
    with opened(store, LOCAL, batch) as upload:
        upload.tables.pop()
        assert rehearse(store, LOCAL, batch, upload).lines == 1
        replay(store, LOCAL, batch, upload)
    assert [row[0] for row in everything(store)["customers"]] == ["001", "002"]


@pytest.mark.long
def test_lines_brought_in_from_the_worklist_wait_no_longer_when_that_load_is_made_again(
    store, tmp_path: Path
) -> None:
    load(store, tmp_path / "customers.csv", FIRST + ",Nobody,x,Leeds\n", [])
    [waiting] = loads.quarantine(store, LOCAL)
    number = waiting["quarantine_id"]
    correct(store, LOCAL, {number: {0: "007"}})
    batch = rerun(store, LOCAL, [number]).batch
    assert batch
    assert not loads.quarantine(store, LOCAL)
    with opened(store, LOCAL, batch) as upload:
        steps.add(upload.tables[0], Case(column="Region", to="upper"))
        replay(store, LOCAL, batch, upload)
    assert not loads.quarantine(store, LOCAL)
    assert everything(store)["customers"][-1][:3] == ("007", "Nobody", "X")


@pytest.mark.long
def test_a_load_whose_records_others_tell_of_is_made_again_as_it_was(store, tmp_path: Path) -> None:
    batch = load(store, tmp_path / "customers1.csv", FIRST, STEPS)
    deals = (
        "Opportunity ID,Customer ID,Account Name,Industry,Stage,Amount,Close Date\n"
        "D1,001,Alder,Retail,Closed Won,10,2024-03-01\n"
        "D2,002,Birch,Retail,Closed Won,20,2024-03-02\n"
    )
    later = load(store, tmp_path / "deals.csv", deals, [])
    with opened(store, LOCAL, batch) as upload:
        found = rehearse(store, LOCAL, batch, upload)
    assert (found.before, found.lines) == (found.after, 0)
    again = without(store, batch, 1)
    with store.read() as cursor:
        fates = cursor.execute("SELECT loaded, updated FROM crm.batch_file ORDER BY file_id")
        assert fates.fetchall()[-1] == (2, 0)
    undo(store, LOCAL, later)
    undo(store, LOCAL, again)
    undo(store, LOCAL, batch)
    assert everything(store)["customers"] == []


def test_a_load_is_kept_while_one_stands_that_was_made_again_upon_what_it_had_put_back(
    store, tmp_path: Path
) -> None:
    deals = "Opportunity ID,Customer ID,Stage,Amount\nD1,001,Closed Won,10\n"
    first = load(store, tmp_path / "opportunities.csv", deals, [])
    told = load(store, tmp_path / "customers1.csv", FIRST, [])
    own = everything(store)["customers"]
    fewer = again(store, told, DropLines(column="Customer ID", values=("001",)))
    second = again(store, first, DropLines(column="Opportunity ID", values=("D2",)))
    last = again(store, second, DropLines(column="Opportunity ID", values=("D1",)))
    with pytest.raises(Refused, match="batch_built_upon") as refused:
        undo(store, LOCAL, fewer)
    assert refused.value.problem.params["later"] == str(last)
    for batch in (last, second, fewer):
        undo(store, LOCAL, batch)
    assert everything(store)["customers"] == own


def test_a_default_of_one_column_makes_no_placeholder_of_another_a_value(
    store, tmp_path: Path
) -> None:
    text = HEAD + "001,Alder,,York\n002,Birch,North,TBD\n"
    load(store, tmp_path / "customers1.csv", text, [Default(column="Region", value="TBD")])
    with store.read() as cursor:
        found = cursor.execute("SELECT region, city FROM crm.customer ORDER BY customer_id")
        assert found.fetchall() == [("TBD", "York"), ("North", None)]


def test_a_default_of_a_segment_or_of_a_reference_is_a_value_whatever_it_says(
    store, tmp_path: Path
) -> None:
    text = (
        "Opportunity ID,Account Name,Product,Industry,Stage,Amount,Close Date\n"
        "D1,Alder,,Retail,Closed Won,10,2024-03-01\nD2,Birch,GTX,,Closed Won,20,2024-03-02\n"
    )
    todo: list[Step] = [
        Default(column="Product", value="TBD"),
        Default(column="Industry", value="Unknown"),
    ]
    load(store, tmp_path / "deals.csv", text, todo)
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT product_id, segment FROM crm.opportunity ORDER BY opportunity_id"
        )
        assert found.fetchall() == [("TBD", "Retail"), ("GTX", "Unknown")]


def test_the_tables_of_one_file_are_opened_again_with_as_many_lines_as_were_loaded(
    store, tmp_path: Path
) -> None:
    products = "Product,Series,Sales Price\n" + "".join(
        f"GTX {word},GTX,{550 + n}\n" for n, word in enumerate(["Basic", "Pro", "Plus"])
    )
    deals = "Opportunity ID,Account,Amount,Close Date\n" + "".join(
        f"D{n},Acme {n},{1000 + n},2024-03-{n + 10}\n" for n in range(9)
    )
    path = tmp_path / "both.csv"
    path.write_text(deals + "\n" + products)
    with imports.prepare(store, LOCAL, [path]) as upload:
        batch = imports.load(store, LOCAL, upload).batch
    assert batch
    with opened(store, LOCAL, batch) as upload:
        below = [one.raw.rows_below(one.plan.header_line) for one in upload.tables]
    with store.read() as cursor:
        read = cursor.execute("SELECT rows_read FROM crm.batch_file ORDER BY file_id").fetchall()
    assert below == [rows for (rows,) in read]


def test_what_a_later_load_knows_is_not_taken_back_whichever_load_it_came_back_with(
    store: Store, tmp_path: Path
) -> None:
    text = HEAD + "003,Cedar,North,Leeds\n004,Dale,North,York\n"
    first = load(store, tmp_path / "customers1.csv", text, [])
    made = again(store, first, DropLines(column="Customer ID", values=("001",)))
    knows = load(store, tmp_path / "customers2.csv", text, [])
    empty = again(store, knows, DropLines(column="Customer ID", values=("003", "004")))
    undo(store, LOCAL, made)
    undo(store, LOCAL, empty)
    with pytest.raises(Refused, match="batch_built_upon") as refused:
        undo(store, LOCAL, first)
    assert refused.value.problem.params["later"] == str(knows)


def test_a_load_is_not_taken_back_under_one_that_was_made_again_upon_its_rows(
    store: Store, tmp_path: Path
) -> None:
    first = load(store, tmp_path / "customers1.csv", FIRST, [])
    later = load(store, tmp_path / "customers2.csv", HEAD + "002,Birch,,Bath\n", [])
    made = again(store, later)
    with pytest.raises(Refused, match="batch_built_upon") as refused:
        undo(store, LOCAL, first)
    assert refused.value.problem.params["later"] == str(made)


def test_a_later_loads_line_waits_on_when_the_load_before_it_is_as_it_was_again(
    store: Store, tmp_path: Path
) -> None:
    head, path = "Opportunity ID,Customer ID,Stage,Amount\n", tmp_path / "opportunities.csv"
    others = "D4,001,Closed Won,40\nD5,001,Closed Won,50\n"
    first = load(store, path, head + others + "D1,001,Closed Lost,soon\n", [])
    made = again(store, first)
    others = "D2,001,Closed Won,10\nD3,001,Closed Won,30\n"
    later = load(store, path, head + others + "D1,001,Closed Won,soon\n", [])
    undo(store, LOCAL, made)
    with store.read() as cursor:
        found = cursor.execute("SELECT batch_id FROM crm.quarantine WHERE status = 'open'")
        assert found.fetchall() == [(later,)]


def test_a_line_that_a_load_had_brought_in_waits_no_more_when_that_load_is_in_force_again(
    store: Store, tmp_path: Path
) -> None:
    head = "Opportunity ID,Customer ID,Stage,Amount\n"
    sound = "D1,001,Closed Won,10\nD2,001,Closed Won,20\nD3,001,Closed Won,30\n"
    load(store, tmp_path / "opportunities1.csv", head + sound.replace("30", "soon"), [])
    brought = load(store, tmp_path / "opportunities2.csv", head + sound, [])
    assert everything(store)["waiting"] == []
    fewer = again(store, brought, DropLines(column="Opportunity ID", values=("D3",)))
    assert everything(store)["waiting"] == [(4, "number_unreadable")]
    undo(store, LOCAL, fewer)
    assert everything(store)["waiting"] == []
