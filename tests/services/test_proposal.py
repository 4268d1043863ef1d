"""The proposal of an import: rehearsed, corrected, loaded in the background."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.fates import Fate
from crm_core.domain.problems import Refused
from crm_core.services import loads, recipes
from crm_core.services.imports import Table, Upload, consequences, edit, fates, jobs, preview
from crm_core.services.imports.jobs import ImportJob, State
from crm_core.store import Store

DEALS = """Deal ID,Account,Industry,Stage,Amount (USD),Close Date,Owner,Notes
D-1,Alder,technolgy,Won,"1,200.50",03/04/2025,Ann,x
D-2,Birch,technology,Lost,900,05/06/2025,Bo,
D-3,Cedar,retail,Open,abc,07/08/2025,Ann,
,,,,,,,
D-4,Dill,retail,Won,300,09/10/2025,Bo,
"""
INDUSTRY, CLOSED = 2, 5
"""Places of columns: segments, and days whose day and month cannot be told apart."""

Start = Callable[..., ImportJob]


@pytest.fixture
def start(store: Store, tmp_path: Path) -> Iterator[Start]:
    """Begin an import of texts, by file name, and wait for its proposal."""

    def begin(**files: str) -> ImportJob:
        paths = []
        for name, text in files.items():
            paths.append(tmp_path / f"{name}.csv")
            paths[-1].write_text(text, encoding="utf-8")
        job = jobs.start(store, LOCAL, paths)
        job.wait(30)
        return job

    yield begin
    if job := jobs.current(store, LOCAL):
        job.wait(30)
        jobs.discard(store, LOCAL)


def only(job: ImportJob) -> tuple[Upload, Table]:
    assert job.upload
    [table] = job.upload.tables
    return job.upload, table


def test_a_rehearsal_shows_rows_before_and_after_and_changes_nothing(
    store: Store, start: Start
) -> None:
    upload, table = only(start(deals=DEALS))
    before = store.version("crm")
    seen = preview.preview(store, LOCAL, upload, table)
    place = next(n for n, column in enumerate(seen.columns) if column.field == "amount")
    assert (seen.lines[0].raw[4], seen.lines[0].values[place]) == ("1,200.50", Decimal("1200.5"))
    assert seen.fates == {None: 3, Fate.QUARANTINED: 1, Fate.SKIPPED: 1}
    assert [(one.line, one.rule, one.value) for one in seen.refused] == [
        (4, "number_unreadable", "abc")
    ]
    assert [(r.field, r.raw, r.clean, r.lines) for r in seen.repairs] == [
        ("segment", "technolgy", "technology", 1)
    ]
    assert seen.whole
    assert store.version("crm") == before
    assert not loads.batches(store, LOCAL)


def test_a_rehearsal_of_a_long_sheet_says_that_it_saw_a_part(
    store: Store, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload, table = only(start(deals=DEALS))
    monkeypatch.setattr(preview, "LOOKED_AT", 3)
    seen = preview.preview(store, LOCAL, upload, table)
    assert not seen.whole
    assert sum(seen.fates.values()) == 3, "the header is none of the lines"
    monkeypatch.setattr(preview, "LOOKED_AT", 5)
    assert preview.preview(store, LOCAL, upload, table).whole


def test_a_rehearsal_knows_the_other_sheets_of_the_upload(store: Store, start: Start) -> None:
    products = "Product ID,Product Name,Price\nP1,GTX Pro,5\nP2,GTX Basic,6\n"
    deals = "Opportunity ID,Product,Stage,Amount\nO1,GTXPro,Won,5\nO2,GTX Basic,Won,6\n"
    job = start(products=products, deals=deals)
    assert job.upload
    table = next(t for t in job.upload.tables if t.plan.entity == "opportunity")
    repairs = preview.preview(store, LOCAL, job.upload, table).repairs
    assert [(r.raw, r.clean) for r in repairs] == [("GTXPro", "GTX Pro")]


def test_samples_are_different_values_of_the_column(start: Start) -> None:
    _, table = only(start(deals=DEALS))
    seen = preview.samples(table)
    assert seen[2] == ["technolgy", "technology", "retail"]
    assert seen[7] == ["x"]


def test_a_mended_line_is_shown_as_it_stands_in_the_file_and_as_it_was_read(start: Start) -> None:
    lines = [f"O{n},Alder,Won,5,2024-03-01" for n in range(20)]
    lines[4] = "O4;Alder;Won;5;2024-03-01"
    _, table = only(start(deals="\n".join(["Deal ID,Account,Stage,Amount,Close Date", *lines])))
    [note] = table.raw.notes
    assert preview.noted(table, note) == [
        preview.NotedLine(6, lines[4], ("O4", "Alder", "Won", "5", "2024-03-01"))
    ]


def test_a_line_with_too_few_cells_tells_how_many_it_has(store: Store, start: Start) -> None:
    lines = [f"O{n},Alder,Won,5,2024-03-01" for n in range(20)]
    lines[4] = "O4,Alder,Won,5"
    upload, table = only(
        start(deals="\n".join(["Deal ID,Account,Stage,Amount,Close Date", *lines]))
    )
    [found] = preview.preview(store, LOCAL, upload, table).refused
    assert (found.line, found.rule, found.cells, found.expected) == (6, "ragged", 4, 5)


def test_a_question_of_day_or_month_shows_the_cells_that_leave_it_open(start: Start) -> None:
    days = [f"2024-05-{day:02}" for day in range(1, 29)] * 9
    lines = [f"O{n},Alder,Won,5,{day}" for n, day in enumerate([*days, "3/4/2024"])]
    _, table = only(start(deals="\n".join(["Deal ID,Account,Stage,Amount,Close Date", *lines])))
    assert edit.needs_date_order(table.plan, table.plan.columns[4])
    assert preview.samples(table)[4] == ["3/4/2024"]


def test_a_date_that_may_be_read_two_ways_is_a_question_until_its_order_is_said(
    start: Start,
) -> None:
    _, table = only(start(deals=DEALS))
    assert edit.is_question(table.plan.columns[CLOSED])
    edit.confirm(table, [CLOSED])
    assert edit.is_question(table.plan.columns[CLOSED]), "a yes does not tell day from month"
    edit.write_column(table, CLOSED, "date_order", "mdy")
    said = table.plan.columns[CLOSED]
    assert (said.confidence, said.evidence, said.date_order) == (1.0, "hand", "mdy")


def test_a_field_is_filled_by_one_column_the_other_is_kept_as_an_extra(
    store: Store, start: Start
) -> None:
    _, table = only(start(deals=DEALS))
    before = edit.map_column(store, LOCAL, table, 7, "owner_id")
    assert before is not None
    assert before.header == "Owner"
    owner, notes = table.plan.columns[6], table.plan.columns[7]
    assert (owner.field, owner.sure, notes.field, notes.evidence) == (
        None,
        True,
        "owner_id",
        "hand",
    )


def test_a_column_that_becomes_a_date_is_asked_for_its_order(store: Store, start: Start) -> None:
    _, table = only(start(deals=DEALS))
    edit.map_column(store, LOCAL, table, CLOSED, None)
    edit.map_column(store, LOCAL, table, CLOSED, "created_at")
    assert edit.needs_date_order(table.plan, table.plan.columns[CLOSED])


def test_another_entity_proposes_the_columns_anew(store: Store, start: Start) -> None:
    _, table = only(start(deals=DEALS))
    edit.name_sheet(store, LOCAL, table, "lead")
    assert (table.plan.entity, table.plan.confidence) == ("lead", 1.0)
    segment = table.plan.column("segment")
    assert segment is not None
    assert segment.header == "Industry"


def test_what_there_is_not_is_refused_and_changes_nothing(store: Store, start: Start) -> None:
    _, table = only(start(deals=DEALS))
    plan = table.plan
    with pytest.raises(Refused, match="entity_unknown"):
        edit.name_sheet(store, LOCAL, table, "dragon")
    with pytest.raises(Refused, match="field_unknown"):
        edit.map_column(store, LOCAL, table, 0, "row_id")
    with pytest.raises(Refused, match="column_unknown"):
        edit.map_column(store, LOCAL, table, 99, "name")
    with pytest.raises(Refused, match="writing_unknown"):
        edit.write_column(table, 4, "scale", Decimal(7))
    with pytest.raises(Refused, match="writing_unknown"):
        edit.write_column(table, 4, "field", "name")
    with pytest.raises(Refused, match="writing_unknown"):
        edit.write_column(table, 4, "currency", "'; DROP TABLE")
    assert table.plan == plan


def test_a_refused_repair_keeps_the_spelling_and_can_be_taken_back(
    store: Store, start: Start
) -> None:
    upload, table = only(start(deals=DEALS))
    edit.repair(table, INDUSTRY, "technolgy", False)
    assert not preview.preview(store, LOCAL, upload, table).repairs
    edit.repair(table, INDUSTRY, "technolgy", True)
    assert len(preview.preview(store, LOCAL, upload, table).repairs) == 1
    edit.standardise(table, INDUSTRY, False)
    assert not preview.preview(store, LOCAL, upload, table).repairs


def test_a_load_in_the_background_ends_with_its_result_and_keeps_the_mapping(
    start: Start,
) -> None:
    job = start(deals=DEALS)
    _, table = only(job)
    jobs.change(job, edit.write_column, table, CLOSED, "date_order", "mdy")
    jobs.load(job)
    job.wait(30)
    assert job.state is State.DONE
    assert job.result
    [file] = job.result.files
    assert (file.rows_read, file.loaded, file.quarantined, file.skipped) == (5, 3, 1, 1)
    again = start(later=DEALS)
    assert {column.evidence for column in only(again)[1].plan.columns} == {"recipe"}


def test_a_mapping_with_an_open_question_is_not_kept(store: Store, start: Start) -> None:
    job = start(deals=DEALS)
    jobs.load(job)
    job.wait(30)
    assert job.state is State.DONE
    assert not recipes.kept(store)


def test_a_load_whose_mapping_cannot_be_kept_is_in_the_store_and_says_so(
    store: Store, start: Start
) -> None:
    recipes.folder(store).write_text("a file where a folder should be")
    job = start(deals=DEALS)
    jobs.change(job, edit.write_column, only(job)[1], CLOSED, "date_order", "mdy")
    jobs.load(job)
    job.wait(30)
    assert job.state is State.DONE
    assert job.result and job.problem
    assert store.version("crm") == job.result.batch
    told = {"batch": job.result.batch, "files": "deals.csv"}
    assert (job.problem.code, job.problem.params) == ("mapping_not_kept", told)


def test_an_unwanted_sheet_is_not_loaded(start: Start) -> None:
    job = start(deals=DEALS, staff="Name,Email\nAnn,a@x.org\nBo,b@x.org\n")
    assert job.upload
    job.left_out.add(1)
    jobs.load(job)
    job.wait(30)
    assert job.result
    assert [file.path.endswith("deals.csv") for file in job.result.files] == [True]
    job = start(deals=DEALS)
    job.left_out.add(0)
    with pytest.raises(Refused, match="nothing_to_load"):
        jobs.load(job)


@pytest.mark.parametrize("step", ["clean", "publish"])
def test_stopping_before_the_commit_leaves_the_store_as_it_was(
    store: Store, start: Start, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = start(deals=DEALS)
    report = ImportJob.report

    def stop_then(self: ImportJob, now: str, file: str, share: float) -> None:
        if now == step and self.file:
            jobs.stop(self)
        report(self, now, file or "-", share)

    monkeypatch.setattr(ImportJob, "report", stop_then)
    jobs.load(job)
    job.wait(30)
    assert job.state is State.PROPOSED
    assert job.problem
    assert job.problem.code == "import_stopped"
    assert store.version("crm") == 0
    monkeypatch.undo()
    jobs.load(job)
    job.wait(30)
    assert job.state is State.DONE, "a stopped import can be loaded after all"


def test_files_that_cannot_be_read_fail_with_a_reason(store: Store, tmp_path: Path) -> None:
    job = jobs.start(store, LOCAL, [tmp_path / "nothing.csv"])
    job.wait(30)
    assert job.upload
    [problem] = job.upload.problems.values()
    assert problem.code == "file_missing"
    jobs.discard(store, LOCAL)
    assert jobs.current(store, LOCAL) is None
    assert not list(store.files.glob("incoming-*"))


def test_a_proposal_that_is_loaded_can_no_longer_be_changed(start: Start) -> None:
    job = start(deals=DEALS)
    _, table = only(job)
    jobs.load(job)
    job.wait(30)
    with pytest.raises(Refused, match="import_not_ready"):
        jobs.change(job, edit.standardise, table, INDUSTRY, False)
    with pytest.raises(Refused, match="import_not_ready"):
        jobs.load(job)


def test_the_fate_of_every_line_can_be_looked_up_and_taken_away(store: Store, start: Start) -> None:
    job = start(deals=DEALS)
    jobs.load(job)
    job.wait(30)
    assert job.result
    assert job.result.batch is not None
    [file] = fates.results(store, LOCAL, job.result.batch)
    assert file.model_dump(exclude={"path"}) == job.result.files[0].model_dump(exclude={"path"})
    assert file.file_id is not None
    found = fates.line_fate(store, LOCAL, file.file_id, 4)
    assert (found.fate, found.reason, found.cells["Amount (USD)"]) == (
        "quarantined",
        "number_unreadable",
        "abc",
    )
    with pytest.raises(Refused, match="line_unknown"):
        fates.line_fate(store, LOCAL, file.file_id, 99)
    text = fates.as_csv(store, LOCAL, job.result.batch).decode("utf-8-sig")
    assert text.count("\n") == 6
    assert "deals.csv,,4,quarantined,number_unreadable,opportunity," in text


def test_it_is_told_what_won_deals_lack_without_an_answer(start: Start) -> None:
    _, table = only(start(deals=DEALS))
    assert consequences.lacking(table) == {("opportunity", "closed_at"): 2}
    edit.write_column(table, CLOSED, "date_order", "mdy")
    assert consequences.lacking(table) == {}


def test_it_is_told_what_sale_lines_lack_without_an_answer(start: Start) -> None:
    orders = (
        "Order ID,Customer,Product,Quantity,Order Date,Sales\nA,X,Y,1,03/04/2025,5\nB,X,Y,1,,6\n"
    )
    _, table = only(start(orders=orders))
    assert consequences.lacking(table) == {("sale", "ordered_at"): 1}


def test_a_sheet_without_a_header_leaves_no_recipe_that_nothing_would_match(
    store: Store, start: Start
) -> None:
    job = start(deals=DEALS)
    _, table = only(job)
    edit.name_sheet(store, LOCAL, table, "opportunity")
    edit.set_header(store, LOCAL, table, 0)
    edit.map_column(store, LOCAL, table, 0, "opportunity_id")
    edit.map_column(store, LOCAL, table, 3, "stage")
    for column in table.plan.columns:
        if edit.is_question(column):
            edit.map_column(store, LOCAL, table, column.index, None)
    jobs.load(job)
    job.wait(30)
    assert job.result and job.result.batch
    assert recipes.kept(store) == []
