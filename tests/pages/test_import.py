from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from own_store import Open, open_own, shown
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import loads, stores
from crm_core.services.imports import incoming, jobs
from crm_core.services.imports.jobs import State

__all__ = ["open_own"]

PAGE = "pages/data/bring_in.py"
NAME = "<b>*deals*<i>.csv"
DEALS = """Deal ID,Account,Industry,Stage,Amount (USD),Close Date
D-1,Alder,technolgy,Won,"1,200.50",03/04/2025
D-2,Birch,technology,Lost,900,05/06/2025
D-3,Cedar,retail,Open,abc,07/08/2025
D-4,Dill,retail,Won,300,09/10/2025
"""


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return app.run()


def brought(app: AppTest, *files: tuple[str, str | bytes]) -> AppTest:
    """Drop files and read them."""
    uploader = app.get("file_uploader")[0]
    held = [(name, text if isinstance(text, bytes) else text.encode()) for name, text in files]
    uploader.set_value([(name, data, "text/csv") for name, data in held])
    app.run()
    click(app, "import-read")
    job = jobs.current(holding.hold(stores.own_path()), LOCAL)
    assert job
    job.wait(30)
    return app.run()


def job_now() -> jobs.ImportJob:
    job = jobs.current(holding.hold(stores.own_path()), LOCAL)
    assert job
    return job


def widget(app: AppTest, kind: str, part: str):
    return next(one for one in app.get(kind) if part in str(one.key))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_says_what_may_come_in(open_own: Open, language: str) -> None:
    app = open_own(language, PAGE)
    assert not app.exception
    assert app.button(key="import-read").disabled
    assert "GB18030" in shown(app)


def test_files_become_a_proposal_that_is_corrected_and_loaded(open_own: Open) -> None:
    app = brought(open_own("en", PAGE), (NAME, DEALS))
    assert not app.exception
    assert "Does the day or the month come first?" in shown(app)
    assert "1 line would be set aside" in [one.label.replace("\\", "") for one in app.expander]
    assert "Without an answer 2 won deals have no date." in shown(app)
    widget(app, "selectbox", "import-date_order").set_value("mdy").run()
    assert "Does the day" not in shown(app)
    assert "Without an answer" not in shown(app)
    click(app, "import-load")
    job_now().wait(30)
    app.run()
    assert "3 new rows" in shown(app)
    assert "Nobody has looked for duplicates among your customers yet" in shown(app)
    store = holding.hold(stores.own_path())
    [batch] = loads.batches(store, LOCAL)
    assert (batch["rows_read"], batch["loaded"], batch["quarantined"]) == (4, 3, 1)
    [file] = loads.files(store, LOCAL, batch["batch_id"])
    assert file["source_file"] == NAME
    click(app, "import-more")
    assert app.get("file_uploader")


def test_an_import_is_found_again_by_another_session(open_own: Open) -> None:
    brought(open_own("en", PAGE), ("deals.csv", DEALS))
    later = open_own("zh", PAGE)
    assert not later.get("file_uploader")
    assert later.button(key="import-load")


def test_a_column_can_be_given_another_meaning(open_own: Open) -> None:
    app = brought(open_own("en", PAGE), ("deals.csv", DEALS))
    widget(app, "selectbox", "-0-2-en").set_value("-").run()
    upload = job_now().upload
    assert upload
    column = upload.tables[0].plan.columns[2]
    assert (column.field, column.evidence) == (None, "hand")


def test_another_entity_or_leaving_out_changes_what_is_loaded(open_own: Open) -> None:
    app = brought(open_own("en", PAGE), ("deals.csv", DEALS))
    widget(app, "selectbox", "import-entity").set_value("lead").run()
    upload = job_now().upload
    assert upload
    assert upload.tables[0].plan.entity == "lead"
    widget(app, "selectbox", "import-entity").set_value("-").run()
    assert app.button(key="import-load").disabled
    assert "Nothing of this sheet is loaded" in shown(app)


def test_what_a_column_may_mean_is_said_in_words_and_offered_first(open_own: Open) -> None:
    orders = "订单 ID,产品名称,类别,子类别,销售额\nO-1,椅子,家具,用品,10\nO-2,信封,办公,信封,20\n"
    app = brought(open_own("en", PAGE), ("订单.csv", orders))
    column = job_now().upload.tables[0].plan.columns[3]
    assert column.candidates[0] == "product.family"
    assert "Perhaps: Product · " in shown(app)
    assert widget(app, "selectbox", "-0-3-en").options[0].startswith("Product · ")


def test_another_line_can_be_taken_for_the_header(open_own: Open) -> None:
    criteria = "Account,Stage,Amount,Close Date,Owner,Region\nall,<b>,any,any,any,any\n"
    app = brought(open_own("en", PAGE), ("deals.csv", criteria + DEALS))
    choice = widget(app, "selectbox", "import-header")
    assert (choice.value, choice.options[1]) == (1, "Line 2: all · <b> · any · any …")
    choice.set_value(3).run()
    assert not app.exception
    assert "Header in line 3" in [one.label for one in app.expander]
    assert "▸ 3" in list(app.dataframe[0].value["line"])
    assert widget(app, "selectbox", "-0-0-en").value == "opportunity_id"
    assert list(app.dataframe[1].value["Line"]) == [4, 5, 6, 7]


def test_a_sheet_without_a_header_offers_no_mapping_to_keep(open_own: Open) -> None:
    app = brought(open_own("en", PAGE), ("deals.csv", DEALS))
    assert [one for one in app.checkbox if "import-keep" in str(one.key)]
    widget(app, "selectbox", "import-header").set_value(0).run()
    widget(app, "selectbox", "import-entity").set_value("opportunity").run()
    assert not [one for one in app.checkbox if "import-keep" in str(one.key)]


def test_lines_mended_while_reading_are_shown_and_ragged_ones_say_how_many_cells(
    open_own: Open,
) -> None:
    lines = [f"O{n},Alder,Won,5,2024-03-01" for n in range(20)]
    lines[4], lines[9] = "O4;Alder;Won;5;2024-03-01", "O9,Alder,Won,5"
    text = "\n".join(["Deal ID,Account,Stage,Amount,Close Date", *lines])
    app = brought(open_own("en", PAGE), ("deals.csv", text))
    tables = [frame.value.astype(str).to_csv() for frame in app.dataframe]
    assert any(lines[4] in one and "O4 │ Alder │ Won" in one for one in tables)
    assert any("4 cells, the header has 5" in one for one in tables)


def test_a_spelling_repair_can_be_refused(open_own: Open) -> None:
    app = brought(open_own("en", PAGE), ("deals.csv", DEALS))
    widget(app, "checkbox", "technolgy").uncheck().run()
    upload = job_now().upload
    assert upload
    assert upload.tables[0].plan.columns[2].as_is == ("technolgy",)
    assert "stays as it is" in widget(app, "checkbox", "technolgy").label


def test_what_is_done_to_a_column_by_itself_is_told_and_switched_off(open_own: Open) -> None:
    app = brought(open_own("en", PAGE), ("deals.csv", DEALS))
    assert "Done by itself" in shown(app)
    step = widget(app, "toggle", "import-auto")
    assert step.label.replace("\\", "") == "Industry: misspelt segments corrected"
    assert "technolgy → **technology** · 1 line" in shown(app)
    assert "Amount (USD): read as numbers" in shown(app), "amounts have no switch"
    step.set_value(False).run()
    upload = job_now().upload
    assert upload
    assert upload.tables[0].plan.columns[2].as_is == "all"
    assert widget(app, "toggle", "import-auto").value is False
    click(app, "import-load")
    job_now().wait(30)
    with holding.hold(stores.own_path()).read() as cursor:
        found = cursor.execute("SELECT segment FROM crm.opportunity ORDER BY ALL").fetchall()
    assert ("technolgy",) in found


def test_a_file_that_cannot_be_read_is_said_in_a_sentence_with_its_name(open_own: Open) -> None:
    app = brought(open_own("en", PAGE), ("deals.csv", DEALS), ("<i>blank.csv", ""))
    [said] = [str(one.value).replace("\\", "") for one in app.error]
    assert said.startswith("<i>blank.csv: ")
    assert "empty" in said


def test_many_files_are_one_table_and_one_open_sheet(open_own: Open) -> None:
    files = [(f"deals {number}.csv", DEALS) for number in range(30)]
    app = brought(open_own("en", PAGE), *files)
    assert not app.exception
    assert len(app.dataframe[0].value) == 30
    assert len([one for one in app.get("selectbox") if "import-means" in str(one.key)]) == 6


def test_the_sample_company_takes_no_files_they_go_into_ones_own_store(open_own: Open) -> None:
    # What the sample holds does not matter here, only that it is another store.
    stores.open_store(stores.sample_path("en")).close()
    app = open_own("en", PAGE, company="sample")
    assert "This is the sample company" in shown(app)
    brought(app, ("deals.csv", DEALS))
    assert app.query_params["company"] in ("own", ["own"])
    assert job_now().store.path == stores.own_path()
    assert jobs.current(holding.hold(stores.sample_path("en")), LOCAL) is None


def dropped(app: AppTest, *names: str) -> AppTest:
    """Choose a folder with deals under these names, as a browser tells them."""
    app.get("segmented_control")[0].set_value("folder").run()
    [uploader] = app.get("file_uploader")
    uploader.set_value([(name, DEALS.encode(), "text/csv") for name in names])
    return app.run()


def test_of_a_folder_the_data_files_are_read_and_the_others_are_counted(open_own: Open) -> None:
    names = ["all/2024/deals.csv", "all/2025/deals.csv", "all/plan.pdf", "all/.DS_Store"]
    app = dropped(open_own("en", PAGE), *names)
    assert "2 other files of the folder are left out" in shown(app)
    click(app, "import-read")
    job_now().wait(30)
    app.run()
    files = list(app.dataframe[0].value["file"])
    assert files == ["deals (2024).csv", "deals (2025).csv"]


def test_a_folder_without_data_cannot_be_read(open_own: Open) -> None:
    app = dropped(open_own("en", PAGE), "all/plan.pdf")
    assert "No file of this folder is one of CSV" in shown(app)
    assert app.button(key="import-read").disabled


def test_a_folder_of_too_many_files_is_refused_before_it_is_read(
    open_own: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "MOST_FILES", 2)
    app = dropped(open_own("en", PAGE), "all/a.csv", "all/b.csv", "all/c.csv", "all/d.pdf")
    assert "3 files are more than the 2 of one import" in shown(app)
    assert app.button(key="import-read").disabled


@pytest.fixture
def at_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader's browser runs where the app does; Streamlit then tells no address."""
    monkeypatch.setattr(ContextProxy, "ip_address", property(lambda _: None))


def test_folders_are_offered_to_nobody_who_sits_elsewhere(
    open_own: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ContextProxy, "ip_address", property(lambda _: "192.0.2.7"))
    assert not open_own("en", PAGE).text_input


@pytest.mark.parametrize(
    "headers", [{"Host": "crm.example.org"}, {"Host": "127.0.0.1:8501", "X-Forwarded-For": "x"}]
)
@pytest.mark.usefixtures("at_this_computer")
def test_folders_are_not_offered_through_a_proxy(
    open_own: Open, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    monkeypatch.setattr(ContextProxy, "headers", property(lambda _: headers))
    assert not open_own("en", PAGE).text_input


@pytest.mark.usefixtures("at_this_computer")
def test_a_folder_of_this_computer_is_read(open_own: Open, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "deals.csv").write_text(DEALS, encoding="utf-8")
    app = open_own("en", PAGE)
    app.text_input(key="import-folder").set_value(str(folder)).run()
    click(app, "import-read-folder")
    job_now().wait(30)
    app.run()
    assert app.button(key="import-load")
    assert (folder / "deals.csv").exists()


@pytest.mark.usefixtures("at_this_computer")
def test_a_path_that_is_none_is_refused_in_place(open_own: Open) -> None:
    app = open_own("en", PAGE)
    app.text_input(key="import-folder").set_value("exports").run()
    click(app, "import-read-folder")
    assert app.error
    assert app.get("file_uploader")


def test_progress_is_shown_with_a_button_that_stops(open_own: Open) -> None:
    app = brought(open_own("en", PAGE), ("deals.csv", DEALS))
    job = job_now()
    job.state, job.step, job.file = State.LOADING, "clean", "deals.csv"
    app.run()
    assert "Cleaning deals.csv" in str(app.get("progress")[0].proto.text).replace("\\", "")
    click(app, "import-stop")
    assert job.stopping
    job.state = State.PROPOSED


def test_how_sure_a_meaning_is_stands_beside_it(open_own: Open) -> None:
    app = brought(open_own("en", PAGE), (NAME, DEALS))
    assert "by its header · 100% sure" in shown(app)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["1 new row", "1 changed row", "nothing in it is new"]),
        ("zh", ["新增 1 行", "变更 1 行", "其中没有新内容"]),
    ],
)
def test_a_load_says_what_is_new_what_changed_or_that_nothing_did(
    open_own: Open, language: str, told: list[str]
) -> None:
    for stage, said in zip(("Open", "Won", "Won"), told, strict=True):
        app = open_own(language, PAGE)
        if discard := [one for one in app.button if one.key == "import-more"]:
            discard[0].click().run()
        brought(app, ("deals.csv", f"Deal ID,Account,Stage,Amount\nD-1,Alder,{stage},12\n"))
        click(app, "import-load")
        job_now().wait(60)
        assert said in shown(app.run())


def with_hidden_sheet() -> bytes:
    """A workbook as Dynamics 365 writes it: what the system needs stands on a hidden sheet."""
    held = BytesIO()
    with xlsxwriter.Workbook(held) as book:
        hidden = book.add_worksheet("hiddenSheet")
        hidden.write_row(0, 0, ["account", "4f3a:checksum"])
        book.add_worksheet("All").write_column(0, 0, ["Opportunity ID", "D-1"])
        for column, cells in enumerate((["Stage", "Won"], ["Amount", 5]), 1):
            book.get_worksheet_by_name("All").write_column(0, column, cells)
        book.worksheets()[1].activate()
        hidden.hide()
    return held.getvalue()


def test_a_hidden_sheet_of_nothing_known_asks_for_no_answer(open_own: Open) -> None:
    app = brought(open_own("en", PAGE), ("deals.xlsx", with_hidden_sheet()))
    assert "not certain" not in shown(app)
    look = widget(app, "selectbox", "sheet")
    assert look.options == ["deals.xlsx · All", "deals.xlsx · hiddenSheet"]
