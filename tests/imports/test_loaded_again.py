"""Lines that were loaded before, come again, come in pieces or in part."""

from decimal import Decimal

from deals_and_accounts import ACCOUNTS, DEALS, everything, rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_core.domain.actor import LOCAL
from crm_core.services import imports, loads, stores


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
