"""What a load promises, shown on small files."""

import itertools
from decimal import Decimal

import pytest
import xlsxwriter
from deals_and_accounts import ACCOUNTS, DEALS, rows

from crm_core.domain.actor import LOCAL
from crm_core.services import figures, imports, loads
from crm_core.store import Store


def test_every_line_has_exactly_one_fate(load, store) -> None:
    text = DEALS + "\n" + "004,Cedar,Closed Won,abc,2024-03-01,2024-01-05\n"
    text += "005,Cedar,Closed Won\n" + text.splitlines()[0] + "\n" + text.splitlines()[1] + "\n"
    text += ",,,300.50,,\nTotal,,,300.50,,\n"
    [file] = load(deals=text).files
    fates = loads.fates(store, LOCAL, 1)
    assert [(f["line"], f["fate"], f["reason"]) for f in fates] == [
        (2, "loaded", None),
        (3, "loaded", None),
        (4, "loaded", None),
        (5, "skipped", "blank"),
        (6, "quarantined", "number_unreadable"),
        (7, "quarantined", "ragged"),
        (8, "skipped", "header"),
        (9, "skipped", "repeat"),
        (10, "quarantined", "key_missing"),
        (11, "skipped", "footer"),
    ]
    assert file.rows_read == 10
    assert (file.loaded, file.updated, file.quarantined, file.skipped) == (3, 0, 3, 4)


def test_the_quarantine_names_file_line_column_and_value(load, store) -> None:
    load(deals=DEALS + "004,Cedar,Closed Won,12 apples,2024-03-01,2024-01-05\n")
    [item] = loads.quarantine(store, LOCAL)
    assert (item["source_file"], item["source_line"]) == ("deals.csv", 5)
    assert (item["column"], item["value"]) == ("Amount", "12 apples")
    assert item["rule"] == "number_unreadable"


@pytest.mark.parametrize("order", list(itertools.permutations(["accounts", "deals"])))
def test_deals_find_their_customers_segment_whichever_file_comes_first(load, store, order) -> None:
    texts = {"accounts": ACCOUNTS, "deals": DEALS}
    for name in order:
        load(**{name: texts[name]})
    revenue = figures.metric(store, LOCAL, "segment_overview").to_pylist()
    assert {row["segment"]: row["revenue"] for row in revenue if row["revenue"]} == {
        "Retail": Decimal("100.5")
    }
    assert rows(store, "SELECT count(*), count(DISTINCT name) FROM crm.customer") == [(2, 2)]


def test_a_customer_known_by_name_only_gives_way_to_the_one_with_an_id(load, store) -> None:
    load(deals=DEALS)
    load(accounts="Account ID,Account Name,Industry\nA-01,Alder,Retail\nA-02,Birch,Medical\n")
    assert rows(store, "SELECT customer_id, origin FROM crm.customer ORDER BY 1") == [
        ("A-01", "own"),
        ("A-02", "own"),
    ]
    revenue = figures.metric(store, LOCAL, "segment_overview").to_pylist()
    assert next(r["revenue"] for r in revenue if r["segment"] == "Retail") == Decimal("100.5")


def test_identifiers_do_not_change_a_character(load, store) -> None:
    load(deals=DEALS.replace("001,", "0001-é/①,").replace("002,", "1E5,"))
    ids = {row[0] for row in rows(store, "SELECT opportunity_id FROM crm.opportunity")}
    assert ids == {"0001-é/①", "1E5", "003"}


def test_columns_that_mean_nothing_to_us_are_kept_as_extras(load, store) -> None:
    load(deals="Opportunity ID,Stage,Amount,Close Date,Shoe size\n1,Closed Won,5,2024-01-01,44\n")
    assert rows(store, "SELECT extra->>'Shoe size' FROM crm.opportunity") == [("44",)]


def test_currencies_are_never_added(load, store) -> None:
    load(
        deals="Opportunity ID,Stage,Amount,Currency,Close Date\n"
        "1,Closed Won,5,USD,2024-01-01\n2,Closed Won,7,CNY,2024-01-01\n"
    )
    revenue = figures.metric(store, LOCAL, "segment_overview").to_pylist()
    assert {(r["currency"], r["revenue"]) for r in revenue if r["revenue"]} == {
        ("USD", Decimal(5)),
        ("CNY", Decimal(7)),
    }


def test_every_row_leads_back_to_its_file_and_line(load, store) -> None:
    load(deals=DEALS)
    [(file_id, line)] = rows(
        store, "SELECT file_id, source_line FROM crm.opportunity WHERE opportunity_id = '002'"
    )
    source = loads.source_line(store, LOCAL, file_id, line)
    assert (source["source_file"], source["line"]) == ("deals.csv", 3)
    assert source["cells"]["Account Name"] == "Birch"


def test_a_table_that_nobody_knows_is_skipped_line_by_line_and_says_so(load) -> None:
    result = load(deals=DEALS, noise="alpha,beta\nx1,y1\nx2,y2\n")
    known, noise = result.files
    assert known.loaded == 3
    assert noise.problem is not None and noise.problem.code == "sheet_not_recognised"
    assert noise.rows_read == noise.skipped == 3


def test_nothing_recognised_leaves_the_store_as_it_was(load, store) -> None:
    result = load(noise="alpha,beta\nx1,y1\nx2,y2\n")
    assert result.batch is None and result.refused
    assert store.version("crm") == 0


def test_a_file_that_cannot_be_read_stands_in_the_batch_beside_those_that_were_loaded(
    store, tmp_path
) -> None:
    (tmp_path / "deals.csv").write_text(DEALS)
    (tmp_path / "empty.csv").touch()
    with imports.prepare(store, LOCAL, [tmp_path / "deals.csv", tmp_path / "empty.csv"]) as upload:
        result = imports.load(store, LOCAL, upload)
    kept = {file["source_file"]: file for file in loads.files(store, LOCAL, result.batch)}
    assert kept["deals.csv"]["problem"] is None
    assert "file_empty" in kept["empty.csv"]["problem"]
    assert kept["empty.csv"]["rows_read"] == 0


def test_columns_of_one_name_keep_a_cell_each(load, store) -> None:
    text = "Opportunity ID,Stage,Amount,Close Date,Note,Note\n1,Closed Won,5,2024-01-01,a,b\n"
    [file] = load(deals=text).files
    assert [name for name in file.mapping if name.startswith("Note")] == ["Note", "Note (2)"]
    kept = rows(store, "SELECT extra->>'Note', extra->>'Note (2)' FROM crm.opportunity")
    assert kept == [("a", "b")]
    cells = loads.source_line(store, LOCAL, file.file_id, 2)["cells"]
    assert (cells["Note"], cells["Note (2)"]) == ("a", "b")


def test_notes_and_hidden_sheets_beside_the_data_are_skipped_without_a_fuss(
    store, tmp_path
) -> None:
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        data = workbook.add_worksheet("Deals")
        for number, line in enumerate(DEALS.splitlines()):
            data.write_row(number, 0, line.split(","))
        workbook.add_worksheet("Read me").write_column(0, 0, ["Made by the CRM", "Do not print"])
        hidden = workbook.add_worksheet("hiddenSheet")
        hidden.write_row(0, 0, ["x1", "y1", "z1"])
        hidden.hide()
    with imports.prepare(store, LOCAL, [path]) as upload:
        result = imports.load(store, LOCAL, upload)
    assert not result.refused
    assert [(file.rows_read, file.loaded, file.skipped) for file in result.files] == [
        (3, 3, 0),
        (2, 0, 2),
        (1, 0, 1),
    ]


def test_a_field_called_reason_keeps_apart_from_why_a_line_waits(load, store) -> None:
    rows = [f"SO-{n},2024-03-0{n},damaged in transit" for n in range(1, 8)]
    rows[2] = "SO-3,2024-02-31,too late"
    load(returns="\n".join(["Order ID,Return Date,Return Reason", *rows, rows[0]]))
    [item] = loads.quarantine(store, LOCAL)
    assert (item["rule"], item["value"]) == ("date_unreadable", "2024-02-31")
    kept = rows_of_returns(store)
    assert kept == {"damaged in transit"}


def rows_of_returns(store: Store) -> set[str]:
    return {reason for (reason,) in rows(store, "SELECT reason FROM crm.sale_return")}
