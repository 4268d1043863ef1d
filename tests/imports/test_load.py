"""What a load promises, shown on small files."""

import itertools
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import figures, imports, loads, stores
from crm_core.services import settings as product_settings
from crm_core.store import Store

DEALS = """Opportunity ID,Account Name,Stage,Amount,Close Date,Created Date
001,Alder,Closed Won,100.50,2024-03-01,2024-01-05
002,Birch,Closed Lost,200,2024-03-02,2024-01-06
003,Alder,Prospecting,,,2024-01-07
"""
ACCOUNTS = "Account Name,Industry,Billing City\nAlder,Retail,York\nBirch,Medical,Leeds\n"


def rows(store: Store, sql: str) -> list[Any]:
    with store.read() as cursor:
        return cursor.execute(sql).fetchall()


def everything(store: Store) -> dict[str, list[Any]]:
    """The business content of the store, whatever numbers its rows have."""
    return {
        "customers": rows(
            store, "SELECT row_key, name, segment, city FROM crm.customer ORDER BY 1"
        ),
        "deals": rows(
            store,
            "SELECT opportunity_id, customer_id, outcome, amount, closed_at"
            " FROM crm.opportunity ORDER BY 1",
        ),
    }


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


def test_the_same_rows_with_their_columns_in_another_order_change_nothing(load) -> None:
    deal = {
        "Opportunity ID": "001",
        "Stage": "Closed Won",
        "Amount": "100",
        "Colour": "red",
        "Size": "L",
    }
    ways = [list(deal), list(deal)[::-1], [name for name in deal if name != "Colour"], list(deal)]
    found = []
    for number, names in enumerate(ways):
        text = f"{','.join(names)}\n{','.join(deal[name] for name in names)}\n"
        result = load(**{f"deals_{number}": text}).files[-1]
        found.append((result.loaded, result.updated, result.skipped))
    assert found == [(1, 0, 0), (0, 0, 1), (0, 0, 1), (0, 0, 1)]


def test_loading_the_same_file_again_changes_nothing(load, store) -> None:
    bad = DEALS + "004,Cedar,Closed Won,abc,2024-03-01,2024-01-05\n"
    load(accounts=ACCOUNTS, deals=bad)
    before, waiting = everything(store), loads.quarantine(store, LOCAL)
    again = load(accounts=ACCOUNTS, deals=bad)
    assert everything(store) == before
    assert loads.quarantine(store, LOCAL) == waiting
    assert [(f.loaded, f.updated) for f in again.files] == [(0, 0), (0, 0)]
    assert rows(store, "SELECT count(*) FROM crm_history.opportunity") == [(0,)]


def test_lines_without_a_key_are_told_apart_by_content_and_occurrence(load, store) -> None:
    lines = "Order ID,Order Date,Product,Sales\nO1,2024-01-01,Pen,5\nO1,2024-01-01,Pen,5\n"
    first = load(orders=lines)
    second = load(orders=lines)
    assert [f.loaded for f in first.files] == [2]
    assert [(f.loaded, f.skipped) for f in second.files] == [(0, 2)]
    assert rows(store, "SELECT sum(amount) FROM crm.sale") == [(Decimal(10),)]


def test_a_known_row_is_updated_and_its_earlier_state_is_kept(load, store) -> None:
    load(deals=DEALS)
    [file] = load(deals=DEALS.replace("100.50", "150")).files
    assert (file.loaded, file.updated, file.skipped) == (0, 1, 2)
    assert rows(store, "SELECT amount FROM crm.opportunity WHERE opportunity_id = '001'") == [
        (Decimal(150),)
    ]
    assert rows(store, "SELECT amount FROM crm_history.opportunity") == [(Decimal("100.5"),)]


def test_blank_cells_erase_nothing(load, store) -> None:
    load(deals=DEALS)
    load(deals=DEALS.replace("100.50", "").replace("2024-03-01", ""))
    assert rows(store, "SELECT amount FROM crm.opportunity WHERE opportunity_id = '001'") == [
        (Decimal("100.5"),)
    ]


def test_undo_brings_back_the_state_before_updates_included(load, store) -> None:
    load(accounts=ACCOUNTS, deals=DEALS)
    before = everything(store)
    changed = load(
        accounts=ACCOUNTS.replace("Retail", "Energy") + "Cedar,Energy,Hull\n",
        deals=DEALS.replace("100.50", "150") + "004,Cedar,Closed Won,7,2024-04-01,2024-02-01\n",
    )
    assert everything(store) != before
    imports.undo(store, LOCAL, changed.batch)
    assert everything(store) == before


def test_undo_counts_a_row_once_that_it_takes_away_and_puts_back(load, store) -> None:
    head = "Customer ID,Customer Name,City\n"
    load(customers=f"{head}C1,Acme,Rome\nC2,Bolt,Oslo\n")
    changed = load(customers=f"{head}C1,Acme,Bern\nC3,Core,Bonn\n")
    assert imports.undo(store, LOCAL, changed.batch) == {"customer": 2}


def test_undo_of_a_load_that_later_loads_built_upon_is_refused_and_names_them(load, store) -> None:
    first, second = load(deals=DEALS), load(deals=DEALS.replace("100.50", "150"))
    with pytest.raises(Refused) as refusal:
        imports.undo(store, LOCAL, first.batch)
    assert refusal.value.problem.params["later"] == str(second.batch)
    imports.undo(store, LOCAL, second.batch)
    imports.undo(store, LOCAL, first.batch)
    assert everything(store) == {"customers": [], "deals": []}


def test_a_load_whose_rows_a_later_load_found_known_is_not_taken_back_from_under_it(
    load, store
) -> None:
    first, again = load(deals=DEALS), load(deals=DEALS)
    with pytest.raises(Refused, match="batch_built_upon"):
        imports.undo(store, LOCAL, first.batch)
    imports.undo(store, LOCAL, again.batch)
    imports.undo(store, LOCAL, first.batch)
    assert everything(store) == {"customers": [], "deals": []}


def test_a_load_is_taken_back_only_once(load, store) -> None:
    batch = load(deals=DEALS).batch
    imports.undo(store, LOCAL, batch)
    with pytest.raises(Refused, match="batch_undone"):
        imports.undo(store, LOCAL, batch)


def test_a_dry_run_gives_the_figures_and_leaves_the_store_alone(load, store) -> None:
    result = load(dry_run=True, deals=DEALS)
    assert result.batch is None
    assert [f.loaded for f in result.files] == [3]
    assert everything(store) == {"customers": [], "deals": []}
    assert store.version("crm") == 0
    assert list(store.files.glob("*.parquet")) == []


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.permutations(range(4)))
def test_a_file_with_keys_in_pieces_gives_the_same_state_in_any_order(
    tmp_path_factory, order
) -> None:
    lines = [
        f"{n:03},Firm {n % 3},Closed Won,{n * 10},2024-03-{n + 1:02},2024-01-05" for n in range(8)
    ]
    head = DEALS.splitlines()[0]
    pieces = [lines[i::4] for i in range(4)]
    states = []
    for sequence in (range(4), order):
        folder = tmp_path_factory.mktemp("pieces")
        store = stores.open_store(folder / "s.duckdb")
        for number in sequence:
            path = folder / f"{number}.csv"
            path.write_text("\n".join([head, *pieces[number]]) + "\n")
            with imports.prepare(store, LOCAL, [path]) as upload:
                imports.load(store, LOCAL, upload)
        states.append(everything(store))
        store.close()
    assert states[0] == states[1]
    assert len(states[0]["deals"]) == 8


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


def test_the_first_load_with_money_chooses_the_basis_for_good(load, store) -> None:
    load(deals=DEALS)
    load(orders="Order ID,Order Date,Customer Name,Product,Sales\nO1,2024-01-01,Alder,Pen,5\n")
    assert rows(store, "SELECT value FROM app.setting WHERE key = 'revenue_basis'") == [
        ('"opportunities"',)
    ]


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


def test_the_basis_is_proposed_by_a_change_of_the_settings(load, store) -> None:
    load(deals=DEALS)
    changes = rows(store, "SELECT area, action, subject FROM app.change ORDER BY change_id")
    assert changes[1:] == [("settings", "setting.set", "revenue_basis")]
    assert store.version("settings") == 1


def test_a_basis_that_was_set_while_the_first_load_ran_stays(store, tmp_path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(DEALS)

    def choose(step: str, _file: str, _share: float) -> None:
        if step == "publish":
            product_settings.write(store, LOCAL, "revenue_basis", "sales")

    with imports.prepare(store, LOCAL, [path]) as upload:
        imports.load(store, LOCAL, upload, progress=choose)
    found = rows(store, "SELECT value FROM app.setting WHERE key = 'revenue_basis'")
    assert found == [('"sales"',)]


ORDERS = "Order ID,Order Date,Customer Name,Product,Sales\nO1,2024-01-01,Alder,Pen,5\n"


def basis(store: Store) -> Any:
    return product_settings.read(store, LOCAL)["revenue_basis"]


def test_a_basis_that_was_only_proposed_goes_with_the_last_load_that_carries_it(
    load, store
) -> None:
    first, second = load(deals=DEALS), load(more=DEALS.replace("00", "10"))
    imports.undo(store, LOCAL, second.batch)
    assert basis(store) == "opportunities"
    imports.undo(store, LOCAL, first.batch)
    assert basis(store) is None
    load(orders=ORDERS)
    assert basis(store) == "sales"


def test_the_loads_that_stay_propose_a_basis_anew(load, store) -> None:
    first = load(deals=DEALS)
    load(orders=ORDERS)
    imports.undo(store, LOCAL, first.batch)
    assert basis(store) == "sales"


@pytest.mark.parametrize("chosen", ["opportunities", "sales"])
def test_a_basis_that_a_person_chose_stays_whatever_is_taken_back(chosen, load, store) -> None:
    result = load(deals=DEALS)
    product_settings.write(store, LOCAL, "revenue_basis", chosen)
    imports.undo(store, LOCAL, result.batch)
    assert basis(store) == chosen


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


def test_a_line_that_comes_again_after_another_of_its_record_holds(load, store) -> None:
    deals = [f"{n:03},Alder,Closed Won,{n}00,2024-03-{n:02},2024-01-05" for n in range(1, 10)]
    again = [deals[0].replace("Alder", "Cedar"), deals[0], deals[0]]
    text = "\n".join([DEALS.splitlines()[0], *deals, *again]) + "\n"
    [file] = load(deals=text).files
    assert (file.rows_read, file.loaded, file.skipped) == (12, 9, 1)
    first = "SELECT customer_id FROM crm.opportunity WHERE opportunity_id = '001'"
    assert rows(store, first) == [("Alder",)]
    [file] = load(deals=text).files
    assert (file.loaded, file.updated) == (0, 0)


LINES = "Order ID,Customer,Product,Quantity,Order Date,Sales\n"


def test_repeats_without_a_key_are_counted_once_told_and_never_twice(load) -> None:
    line = "A,X,Y,1,2024-03-01,5\n"
    orders = LINES + line + "A,X,Z,2,2024-03-01,7\nB,X,Y,1,2024-03-01,5\n" + line
    [first] = load(orders=orders).files
    [again] = load(orders=orders).files
    assert (first.loaded, first.repeats) == (4, 1)
    assert (again.loaded, again.repeats) == (0, 0)


def test_repairs_are_told_of_lines_that_came_in_only(load) -> None:
    deals = (
        "Opportunity ID,Account,Industry,Stage,Amount,Close Date\n"
        "1,A,technolgy,Won,5,2024-03-01\n2,A,technology,Won,5,2024-03-02\n"
    )
    [first] = load(deals=deals).files
    assert first.repairs == [("segment", "technolgy", "technology", 1)]
    [again] = load(deals=deals + "3,B,technolgy,Won,7,2024-03-03\n").files
    assert again.repairs == [("segment", "technolgy", "technology", 1)]
    [known] = load(deals=deals).files
    assert (known.loaded, known.repairs) == (0, [])


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
