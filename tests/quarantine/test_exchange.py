"""The worklist goes out as a file and comes back filled in; only what differs is taken down."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import LANGUAGES, Texts
from crm_core.reports import flat
from crm_core.services import imports
from crm_core.services.quarantine import correct, rerun, worklist
from crm_core.services.quarantine.bring_back import Brought, bring_back
from crm_core.services.quarantine.exchange import HEADS, Form, export, known_heads
from crm_core.services.quarantine.waiting import corrections
from crm_core.services.quarantine.worklist import Filter
from crm_core.store import Store

HEAD = "Opportunity ID,Owner,Stage,Amount,Close Date\n"
DEALS = HEAD + (
    "002,Birch,Closed Won,about 200,2024-03-02\n"
    '003,=1+1,Closed Won,"@SUM(1;2)",2024-03-05\n'
    "004,Dogwood, Inc,Closed Won,400,2024-03-04\n"
    "123456789012345678,'=x,Closed Won,lots,2024-03-05\n"
    + "".join(f"1{n:02},Gum,Closed Lost,{n},2024-03-{n:02}\n" for n in range(1, 21))
)
Edit = Callable[[pd.DataFrame], None]


@pytest.fixture
def loaded(store_of: Callable[..., Store]) -> Store:
    return store_of(deals=DEALS)


def load(store: Store, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    with imports.prepare(store, LOCAL, [path]) as upload:
        imports.load(store, LOCAL, upload)


def taken(store: Store, form: Form = "csv", language: str = "en") -> pd.DataFrame:
    """The exported worklist as a spreadsheet shows it."""
    data = export(store, LOCAL, Filter(), Texts(language), form, coded=True)
    read = {"dtype": "str", "keep_default_na": False}
    if form == "csv":
        return pd.read_csv(BytesIO(data), **read)
    return pd.read_excel(BytesIO(data), engine="calamine", **read)


def edited(store: Store, folder: Path, edit: Edit, form: Form = "csv") -> Brought:
    rows = taken(store, form)
    edit(rows)
    path = folder / f"filled in.{form}"
    path.write_bytes(flat.as_csv(rows) if form == "csv" else flat.as_xlsx(rows, "list"))
    return bring_back(store, LOCAL, path)


def ids(store: Store) -> dict[int, int]:
    rows = worklist.lines(store, LOCAL, Filter())
    return {row["source_line"]: row["quarantine_id"] for row in rows}


@pytest.mark.parametrize("coded", [True, False])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_unchanged_export_changes_nothing(
    loaded: Store, tmp_path: Path, form: Form, language: str, coded: bool
) -> None:
    correct.correct(loaded, LOCAL, {ids(loaded)[2]: {3: "200", 1: ""}})
    correct.assign(loaded, LOCAL, [ids(loaded)[3]], owner="艾达", due=date(2030, 1, 1))
    path = tmp_path / f"list.{form}"
    path.write_bytes(export(loaded, LOCAL, Filter(), Texts(language), form, coded=coded))
    before = loaded.version("crm")
    assert bring_back(loaded, LOCAL, path) == Brought((), 0, 0)
    assert loaded.version("crm") == before


ODD = [
    *("a\nb", "x;y;z", 'say "so"', "\ttab", " lead", "=1", "'=1", "''", "_x0041_", "1e5", "TRUE"),
    *("<b>", "\u202eabc", "007.0", "12,5", "\x07bell", "-", "+86 21", "y" * 40_000, "[/b]", "#1"),
]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_odd_cells_come_back_as_they_went(store: Store, tmp_path: Path, form: Form) -> None:
    cells = pd.DataFrame({"Opportunity ID": [f"{n:03}" for n in range(len(ODD))], "=Owner": ODD})
    cells = cells.assign(**{"Stage": "Closed Won", "Amount": "lots", "Close Date": "2024-03-05"})
    good = [
        cells.assign(**{"Opportunity ID": cells["Opportunity ID"].radd(f"{n}"), "Amount": "5"})
        for n in range(1, 10)
    ]
    load(store, tmp_path / "odd.csv", pd.concat([cells, *good]).to_csv(index=False))
    assert worklist.count(store, LOCAL) == len(ODD)
    path = tmp_path / f"list.{form}"
    path.write_bytes(export(store, LOCAL, Filter(), Texts("en"), form))
    assert bring_back(store, LOCAL, path) == Brought((), 0, 0)


def test_it_tells_where_each_line_comes_from_why_it_waits_and_what_it_should_be(
    loaded: Store,
) -> None:
    rows = taken(loaded)
    assert rows["line"].tolist() == ["2", "3", "4", "5"]
    first = rows.iloc[0]
    assert (first["file"], first["rule"], first["why"]) == (
        "deals.csv",
        "number_unreadable",
        "Cannot be read as a number",
    )
    assert (first["column"], first["value"], first["suggestion"]) == ("Amount", "about 200", "200")
    assert rows["suggestion"][2].startswith("004 | Dogwood, Inc | Closed Won")
    # The source's own column Owner must not be taken for ours.
    assert list(rows.columns[-6:]) == [
        *("Opportunity ID", "#2", "Stage", "Amount", "Close Date", "#6"),
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_typed_becomes_corrections_owners_and_days(
    loaded: Store, tmp_path: Path, form: Form
) -> None:
    def fill_in(rows: pd.DataFrame) -> None:
        rows.loc[0, ["correction", "owner", "due"]] = ["0200.50", "Ada", "2030/1/5"]
        rows.loc[1, ["#2", "Amount"]] = ["", "30"]

    waiting = ids(loaded)
    brought = edited(loaded, tmp_path, fill_in, form)
    assert brought == Brought((waiting[2], waiting[3]), 1, 0)
    assert corrections(loaded, list(waiting.values())) == {
        waiting[2]: {3: "0200.50"},
        waiting[3]: {1: None, 3: "30"},
    }
    [row] = worklist.lines(loaded, LOCAL, Filter(owner="Ada"))
    assert (row["source_line"], row["due"]) == (2, date(2030, 1, 5))
    [file] = rerun.rerun(loaded, LOCAL, brought.corrected).files
    assert (file.loaded, file.quarantined) == (2, 0)


def test_a_file_that_is_brought_back_again_leaves_out_what_waits_no_longer(
    loaded: Store, tmp_path: Path
) -> None:
    rows = taken(loaded)
    rows.loc[0, "correction"] = "200"
    path = tmp_path / "list.csv"
    path.write_bytes(flat.as_csv(rows))
    rerun.rerun(loaded, LOCAL, bring_back(loaded, LOCAL, path).corrected)
    assert bring_back(loaded, LOCAL, path) == Brought((), 0, 1)


def test_an_identifier_survives_a_spreadsheet_that_takes_it_for_a_number(
    loaded: Store, tmp_path: Path
) -> None:
    def save(rows: pd.DataFrame) -> None:
        rows["Opportunity ID"] = ["2", "3", "4", "1.23457E+17"]

    assert edited(loaded, tmp_path, save) == Brought((), 0, 0)


def test_zeros_that_a_person_adds_are_a_correction(loaded: Store, tmp_path: Path) -> None:
    def add(rows: pd.DataFrame) -> None:
        rows.loc[0, "Opportunity ID"] = "0002"

    edited(loaded, tmp_path, add)
    assert corrections(loaded, list(ids(loaded).values())) == {ids(loaded)[2]: {0: "0002"}}


def test_lines_of_several_files_have_numbered_cells(loaded: Store, tmp_path: Path) -> None:
    load(
        loaded,
        tmp_path / "more.csv",
        "Close Date,Opportunity ID,Amount,Stage\n"
        "soon,700,5,Closed Won\n"
        + "".join(f"2024-03-{n:02},8{n:02},5,Closed Lost\n" for n in range(1, 21)),
    )
    rows = taken(loaded)
    assert list(rows.columns[-6:]) == ["#1", "#2", "#3", "#4", "#5", "#6"]

    def fill_in(rows: pd.DataFrame) -> None:
        rows.loc[rows["file"] == "more.csv", "#1"] = "2024-03-01"

    brought = edited(loaded, tmp_path, fill_in)
    assert list(corrections(loaded, brought.corrected).values()) == [{0: "2024-03-01"}]


@pytest.mark.parametrize(
    ("head", "row", "value", "code"),
    [
        ("quarantine_id", 0, "x", "worklist_number"),
        ("quarantine_id", 0, "999999", "worklist_number"),
        ("value", 1, "lots", "worklist_moved"),
        ("line", 1, "77", "worklist_moved"),
        ("due", 2, "31.02.2030", "worklist_due"),
        ("due", 2, "2030-02-31", "worklist_due"),
        ("correction", 2, "400", "worklist_no_cell"),
        ("notes", 2, "ask Ada", "worklist_column"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_place(
    loaded: Store, tmp_path: Path, head: str, row: int, value: str, code: str
) -> None:
    def spoil(rows: pd.DataFrame) -> None:
        rows.loc[0, "correction"] = "200"
        if head not in rows:
            rows[head] = ""
        rows.loc[row, head] = value

    with pytest.raises(Refused) as refusal:
        edited(loaded, tmp_path, spoil)
    problem = refusal.value.problem
    assert problem.code == code
    assert (problem.params["file"], problem.params["row"]) == ("filled in.csv", row + 2)
    assert (problem.params["column"], problem.params["value"]) == (head, value)
    assert value in Texts("en").problem(problem) and f"row {row + 2}" in Texts("en").problem(
        problem
    )
    assert corrections(loaded, list(ids(loaded).values())) == {}


def test_two_values_for_one_cell_and_one_line_twice_are_refused(
    loaded: Store, tmp_path: Path
) -> None:
    def two(rows: pd.DataFrame) -> None:
        rows.loc[0, ["correction", "Amount"]] = ["200", "300"]

    def twice(rows: pd.DataFrame) -> None:
        rows.loc[1] = rows.loc[0]

    for edit, code in ((two, "worklist_two_values"), (twice, "worklist_twice")):
        with pytest.raises(Refused) as refusal:
            edited(loaded, tmp_path, edit)
        assert refusal.value.problem.code == code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"name,amount\nx,1\n", "worklist_not_found"),
        ("a.csv", b"", "file_empty"),
        ("a.xlsx", b"PK\x03\x04rubbish", "workbook_broken"),
    ],
)
def test_another_file_is_refused(
    loaded: Store, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused) as refusal:
        bring_back(loaded, LOCAL, tmp_path / name)
    assert refusal.value.problem.code == code


def test_suggestions_are_taken_for_all_lines_of_a_rule_at_once(loaded: Store) -> None:
    waiting = ids(loaded)
    assert correct.take_suggestions(loaded, LOCAL, Filter(rule="number_unreadable")) == 1
    assert corrections(loaded, list(waiting.values())) == {waiting[2]: {3: "200"}}
    with pytest.raises(Refused) as refusal:
        correct.take_suggestions(loaded, LOCAL, Filter(rule="number_unreadable"))
    assert refusal.value.problem.code == "nothing_suggested"


def test_the_worklist_is_filtered_by_owner_day_and_correction(loaded: Store) -> None:
    waiting = ids(loaded)
    correct.assign(loaded, LOCAL, [waiting[2]], owner="Ada", due=date(2020, 1, 1))
    correct.correct(loaded, LOCAL, {waiting[3]: {3: "1"}})

    def found(wanted: Filter) -> list[int]:
        return [row["source_line"] for row in worklist.lines(loaded, LOCAL, wanted)]

    assert found(Filter(owner="Ada")) == found(Filter(overdue=True)) == [2]
    assert found(Filter(owner=worklist.NOBODY)) == [3, 4, 5]
    assert found(Filter(corrected=True)) == [3]
    assert worklist.facets(loaded, LOCAL)["owner"] == ["Ada"]


def test_of_two_columns_with_one_header_the_broken_one_is_meant(
    store: Store, tmp_path: Path
) -> None:
    head = "Opportunity ID,Stage,Amount,Amount,Close Date\n"
    good = "".join(f"9{n},Closed Lost,{n},{n},2024-03-0{n}\n" for n in range(1, 10))
    load(store, tmp_path / "two.csv", head + "1,Closed Won,5,x7,2024-03-01\n" + good)
    for row in worklist.lines(store, LOCAL, Filter()):
        one = correct.line(store, LOCAL, row["quarantine_id"])
        assert one.broken is not None and one.cells[one.broken].raw == row["value"]


@pytest.fixture(autouse=True)
def _no_leftovers(tmp_path: Path) -> Iterator[None]:
    yield
    assert not list((tmp_path / "store").glob("*.files/incoming-*"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_head_of_the_file_is_another_word(language: str) -> None:
    words = {Texts(language).text(head).casefold() for head in HEADS.values()}
    assert len(words) == len(HEADS)
    assert {known_heads()[word] for word in words} == set(HEADS)
