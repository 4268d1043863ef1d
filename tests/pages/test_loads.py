from pathlib import Path

import pytest
from own_store import DEALS, HEAD, Open, load, open_own, shown

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import imports, loads, stores
from crm_core.services.imports import jobs
from crm_core.store import Store
from pages.data import _again

__all__ = ["open_own"]

LOADS, QUARANTINE = "pages/data/loads.py", "pages/data/quarantine.py"
BAD = HEAD + (
    "001,*A* <b>lder</b>,Medical,Scanner,Ann Lee,Closed Won,=1+1,2024-06-30\n"
    + "".join(f"1{n},Birch,Retail,Scanner,Ann Lee,Closed Won,5,2024-06-28\n" for n in range(9))
)


@pytest.mark.parametrize("page", [LOADS, QUARANTINE])
def test_an_empty_store_teaches_how_to_begin(open_own: Open, page: str) -> None:
    app = open_own("en", page)
    assert not app.exception
    assert "####" in shown(app)
    assert not app.dataframe


def test_a_load_is_listed_with_its_counts_and_files(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS)
    app = open_own("zh", LOADS)
    assert not app.exception
    assert app.dataframe[0].value["loaded"].tolist() == [6]
    assert app.dataframe[1].value["file"].tolist() == ["deals.csv"]


def test_a_load_with_a_file_that_could_not_be_read_is_shown(open_own: Open, tmp_path: Path) -> None:
    (tmp_path / "blank.csv").write_bytes(b"")
    (tmp_path / "deals.csv").write_text(DEALS, encoding="utf-8")
    store = holding.hold(stores.own_path())
    paths = [tmp_path / "blank.csv", tmp_path / "deals.csv"]
    with imports.prepare(store, LOCAL, paths) as upload:
        imports.load(store, LOCAL, upload)
    app = open_own("en", LOADS)
    assert "blank.csv: The file is empty" in shown(app)
    assert set(app.dataframe[1].value["file"]) == {"blank.csv", "deals.csv"}


def test_a_line_is_looked_up_with_its_raw_cells(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, BAD)
    app = open_own("en", LOADS)
    app.number_input(key="line").set_value(2).run()
    assert "Set aside · Cannot be read as a number" in shown(app)
    assert "=1+1" in app.dataframe[-1].value["cell"].tolist()
    app.number_input(key="line").set_value(99).run()
    assert "Line 99 was never read" in shown(app)


def test_a_load_is_taken_back_after_it_was_confirmed(open_own: Open, tmp_path: Path) -> None:
    store = load(tmp_path, DEALS)
    app = open_own("en", LOADS)
    app.button(key="undo").click().run()
    assert "6 new rows are removed" in shown(app)
    app.button(key="undo-yes").click().run()
    assert loads.batches(store, LOCAL)[0]["undone"]
    assert "was taken back" in shown(app)


def test_a_load_that_others_build_upon_is_kept_and_the_reason_said(
    open_own: Open, tmp_path: Path
) -> None:
    store = load(tmp_path, DEALS)
    load(tmp_path, DEALS.replace("300.50", "301.50"))
    first = loads.batches(store, LOCAL)[-1]
    app = open_own("en", LOADS, batch=str(first["batch_id"]))
    app.button(key="undo").click().run()
    app.button(key="undo-yes").click().run()
    assert "Later loads changed the same rows" in shown(app)
    assert not any(batch["undone"] for batch in loads.batches(store, LOCAL))


def test_a_forged_load_in_the_address_shows_the_newest(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS)
    app = open_own("en", LOADS, batch="1 OR 1=1")
    assert not app.exception
    assert app.dataframe[1].value["loaded"].tolist() == [6]


def test_the_quarantine_is_filtered_by_the_address(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, BAD)
    app = open_own("en", QUARANTINE, rule="number_unreadable", file="deals.csv")
    assert len(app.dataframe[0].value) == 1
    app = open_own("en", QUARANTINE, rule="' OR true --")
    assert len(app.dataframe[0].value) == 1, "a rule that there is not filters nothing"


def test_taking_back_tells_only_what_will_happen_and_can_be_left(
    open_own: Open, tmp_path: Path
) -> None:
    store = load(tmp_path, DEALS)
    app = open_own("en", LOADS)
    app.button(key="undo").click().run()
    assert "6 new rows are removed." in shown(app)
    assert "updated comes back" not in shown(app)
    assert "worklist" not in shown(app)
    app.button(key="undo-no").click().run()
    assert not any(batch["undone"] for batch in loads.batches(store, LOCAL))


def test_what_was_created_besides_is_told_in_words(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS.replace("Probe", "Scanner"))
    told = open_own("en", LOADS).dataframe[1].value["derived"].tolist()[0]
    assert "1 product" in told.split(" · ")
    assert "3 customers" in told.split(" · ")


def test_corrected_and_written_alike_are_told_apart(open_own: Open, tmp_path: Path) -> None:
    rows = "".join(
        f"00{number},A,{industry},X,Ann,Closed Won,5,2024-06-30\n"
        for number, industry in enumerate(("technolgy", "TECHNOLOGY"))
    )
    load(tmp_path, HEAD + rows + rows.replace("00", "10").replace("TECHNOLOGY", "technology"))
    app = open_own("en", LOADS)
    labels = [one.label for one in app.expander]
    assert "1 spelling corrected · 1 value written alike" in labels


def test_repeated_lines_that_nothing_tells_apart_are_told(open_own: Open, tmp_path: Path) -> None:
    orders = "Order ID,Customer,Product,Quantity,Order Date,Sales\n" + "A,X,Y,1,2024-03-01,5\n" * 3
    orders += "A,X,Z,2,2024-03-01,7\n"
    load(tmp_path, orders)
    assert "2 lines repeat an earlier line to the letter and were kept" in shown(
        open_own("en", LOADS)
    )


def again_job() -> jobs.ImportJob:
    job = jobs.current(holding.hold(stores.own_path()), LOCAL, again=True)
    assert job
    return job


def segments(store: Store) -> list[str]:
    with store.read() as cursor:
        rows = cursor.execute("SELECT DISTINCT segment FROM crm.opportunity ORDER BY 1").fetchall()
    return [segment for (segment,) in rows]


@pytest.mark.long
def test_one_step_of_a_load_is_taken_back_by_loading_again_and_that_is_undone(
    open_own: Open, tmp_path: Path
) -> None:
    store = load(tmp_path, DEALS.replace("Medical", "technolgy"))
    before = segments(store)
    assert "Technology" in before or "technology" in before
    app = open_own("en", LOADS)
    app.button(key="again").click().run()
    assert "Switch a step off to take it back alone" in shown(app)
    assert app.button(key="again-rehearse").disabled, "nothing is changed yet"
    step = next(one for one in app.toggle if "misspelt segments" in one.label)
    step.set_value(False).run()
    app.button(key="again-rehearse").click().run()
    again_job().wait(30)
    app.run()
    assert "come out otherwise" in shown(app)
    assert app.dataframe[1].value[["before", "after"]].values.tolist() == [[6, 6]]
    assert segments(store) == before, "so far it was only rehearsed"
    app.button(key="again-load").click().run()
    if job := jobs.current(store, LOCAL, again=True):
        job.wait(30)
        app.run()
    assert not app.exception
    assert "was made again and is now no." in shown(app)
    assert "technolgy" in segments(store)
    assert "Made again as no." in app.dataframe[0].value["state"].tolist()[1]
    app.button(key="undo").click().run()
    app.button(key="undo-yes").click().run()
    assert segments(store) == before
    assert app.dataframe[0].value["state"].tolist() == ["Taken back", "In force"]


@pytest.mark.long
def test_a_load_that_is_made_again_while_the_page_is_drawn_is_told(
    open_own: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path, DEALS)
    app = open_own("en", LOADS, batch="1")
    app.button(key="again").click().run()
    job, show_made = again_job(), _again.show_made

    def meanwhile() -> None:
        if job.state is jobs.State.PROPOSED:
            jobs.load(job)
            job.wait(30)
        show_made()

    monkeypatch.setattr(_again, "show_made", meanwhile)
    app.run()
    assert "was made again and is now no." in shown(app)


@pytest.mark.long
def test_a_change_after_the_rehearsal_asks_for_another_one(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS.replace("Medical", "technolgy"))
    app = open_own("en", LOADS)
    app.button(key="again").click().run()
    toggle = "misspelt segments"
    next(one for one in app.toggle if toggle in one.label).set_value(False).run()
    app.button(key="again-rehearse").click().run()
    again_job().wait(30)
    app.run()
    next(one for one in app.toggle if toggle in one.label).set_value(True).run()
    assert "again-load" not in [one.key for one in app.button]
    app.button(key="again-leave").click().run()
    assert jobs.current(holding.hold(stores.own_path()), LOCAL, again=True) is None
    assert app.button(key="again")


@pytest.mark.long
def test_a_load_that_others_build_upon_is_not_made_again_and_says_why(
    open_own: Open, tmp_path: Path
) -> None:
    store = load(tmp_path, DEALS.replace("Medical", "technolgy"))
    load(tmp_path, DEALS.replace("300.50", "301.50"))
    first = loads.batches(store, LOCAL)[-1]
    app = open_own("en", LOADS, batch=str(first["batch_id"]))
    app.button(key="again").click().run()
    next(one for one in app.toggle if "misspelt segments" in one.label).set_value(False).run()
    app.button(key="again-rehearse").click().run()
    again_job().wait(30)
    app.run()
    assert "Later loads changed the same rows" in shown(app)
    assert not any(batch["undone"] for batch in loads.batches(store, LOCAL))


def test_what_the_reader_of_a_file_noted_is_still_told_with_the_load(
    open_own: Open, tmp_path: Path
) -> None:
    path = tmp_path / "customers.csv"
    whole = "客户编号,客户名称,城市\n" + "".join(f"C{n},北方机械{n}厂,上海\n" for n in range(400))
    path.write_bytes(whole.encode() + b"C400,\xff\xfe,York\n")
    store = holding.hold(stores.own_path())
    with imports.prepare(store, LOCAL, [path]) as upload:
        imports.load(store, LOCAL, upload)
    assert "customers.csv: Lines with bytes that are no text: 1," in shown(open_own("en", LOADS))
