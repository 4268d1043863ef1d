"""Days, sizes, stages and ids as companies have them in their cells."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from small_exports import HEAD, deals, load_path, refused, revenue, sales, won, write_workbook

from crm_core.store import Store


@pytest.mark.parametrize("sign", ["1", "a@", "x", "("])
@pytest.mark.parametrize("column", range(6))
def test_a_cell_of_a_megabyte_in_any_column_is_loaded_or_waits(
    column: int, sign: str, load
) -> None:
    cells = [[f"O-{n}", f"Deal {n}", f"Acme {n}", "10", "Won", "2024-03-05"] for n in range(8)]
    cells[3][column] = sign * (1_000_000 // len(sign))
    head = "Opportunity ID,Opportunity name,Account name,Amount,Stage,Close date"
    [file] = load(deals=deals(*map(",".join, cells), head=head)).files
    assert file.loaded + file.quarantined == 8
    assert file.loaded >= 7


def test_a_title_of_a_megabyte_is_not_kept_with_each_of_its_cells(load, store) -> None:
    head = f"Opportunity ID,Opportunity name,Account name,Amount,Stage,{'long ' * 200_000}"
    load(deals=deals(*(f"O-{n},Deal {n},Acme,10,Won,x" for n in range(8)), head=head))
    with store.read() as cursor:
        [(longest,)] = cursor.execute("SELECT max(length(extra)) FROM crm.opportunity").fetchall()
    assert 200 < longest < 300


def test_a_stage_with_its_pipeline_in_brackets_is_the_stage(load, store) -> None:
    """As HubSpot writes it: won deals must not stand among the open ones without a word."""
    won, lost = "Closed Won (Sales Pipeline)", "Closed lost (Sales Pipeline)"
    lines = [f"{n},Deal {n},{stage},2024-03-01,10" for n, stage in enumerate((won, won, lost))]
    load(deals=deals(*lines, head="Record ID,Deal Name,Deal Stage,Close Date,Amount"))
    with store.read() as cursor:
        found = cursor.execute("SELECT outcome, count(*) FROM crm.opportunity GROUP BY ALL")
        assert dict(found.fetchall()) == {"won": 2, "lost": 1}


def test_a_size_in_words_keeps_no_customer_waiting(load, store) -> None:
    head = "Customer ID,Customer Name,Employees,Annual Revenue"
    sizes = ["51-200,1M-10M", *[f"{n}0,{n}000" for n in range(1, 6)]]
    [file] = load(
        customers="\n".join([head, *(f"C{n},Firm {n},{size}" for n, size in enumerate(sizes))])
    ).files
    assert (file.loaded, file.quarantined) == (6, 0)
    with store.read() as cursor:
        kept = cursor.execute(
            "SELECT employees, extra ->> 'Employees', extra ->> 'Annual Revenue'"
            " FROM crm.customer WHERE customer_id = 'C0'"
        ).fetchall()
    assert kept == [(None, "51-200", "1M-10M")]


def test_a_number_of_people_is_read_with_the_word_for_them(load, store) -> None:
    sizes = ["31 人", "47名", "5 employees", "60", "约80人", *map(str, range(100, 120))]
    lines = [f"C{n:02},Firm {n},{size}" for n, size in enumerate(sizes)]
    load(customers="\n".join(["Customer ID,Customer Name,Employees", *lines]))
    with store.read() as cursor:
        found = cursor.execute("SELECT employees FROM crm.customer ORDER BY customer_id LIMIT 5")
        assert found.fetchall() == [(31,), (47,), (5,), (60,), (None,)]


def test_a_birth_date_that_cannot_be_read_keeps_no_customer_waiting(load, store) -> None:
    text = "Customer ID,First Name,Surname,Date of Birth\n" + "".join(
        f"C{n},Ann,Hill{n},{day}\n"
        for n, day in enumerate(["1980-02-03", "1980-02-31", "1981-1-1"])
    )
    [file] = load(customers=text).files
    assert (file.loaded, file.quarantined) == (3, 0)
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT birth_date::VARCHAR, extra ->> 'Date of Birth' FROM crm.customer"
            " ORDER BY customer_id"
        ).fetchall()
    assert found == [("1980-02-03", None), (None, "1980-02-31"), ("1981-01-01", None)]
    assert ("date_unreadable", "birth_date", 1) in [
        (w.rule, w.field, w.lines) for w in file.warnings
    ]


def test_an_impossible_date_is_set_aside_and_does_not_confuse_the_others(load, store) -> None:
    dates = ["3/4/2024", "12/25/2024 3:45 PM", "13/13/2024", "2/30/2024", "7/8/24"]
    load(deals=deals(*(won(i, "Retail", "10", date) for i, date in enumerate(dates))))
    assert refused(store) == [
        (4, "13/13/2024", "date_unreadable"),
        (5, "2/30/2024", "date_unreadable"),
    ]
    with store.read() as cursor:
        found = cursor.execute("SELECT closed_at FROM crm.opportunity ORDER BY 1").fetchall()
    assert [day[0].strftime("%m-%d") for day in found] == ["03-04", "07-08", "12-25"]


@pytest.mark.parametrize(
    "dates",
    [
        ["2024/3/5", datetime(2024, 3, 5), 45356],
        [45356, 45356.75, 45356],
        ["Mar-05-24", "Mar-05-24", "5-Mar-24"],
    ],
)
def test_days_written_typed_or_counted_are_the_same_day(
    dates: list[object], store: Store, tmp_path: Path
) -> None:
    rows = [[i, "Firm", "Retail", "Closed Won", f"1,00{i}.25", d, d] for i, d in enumerate(dates)]
    load_path(store, write_workbook(tmp_path / "deals.xlsx", Deals=[HEAD.split(","), *rows]))
    with store.read() as cursor:
        found = cursor.execute("SELECT DISTINCT closed_at::DATE::VARCHAR FROM crm.opportunity")
        assert found.fetchall() == [("2024-03-05",)]
    assert revenue(store) == {("Retail", None): Decimal("3003.75")}


def test_identifiers_are_text_however_much_they_look_like_numbers(load, store) -> None:
    ids = ["000123", "123", "0000000000001234567890", "1E5", "100000", "1e5", "1.0", "1", "+5"]
    head = "Opportunity ID,Account ID,Segment,Stage,Amount,Close Date"
    load(deals=deals(*(f"{i},{i},Retail,Closed Won,10,2024-01-01" for i in ids), head=head))
    with store.read() as cursor:
        found = cursor.execute("SELECT opportunity_id, customer_id FROM crm.opportunity").fetchall()
    assert sorted(found) == sorted((i, i) for i in ids)


def test_hostile_headers_and_values_are_only_text(load, store) -> None:
    head = HEAD + ',\'; DROP TABLE crm.sale; --,<b>x</b>,$1,{},"a""b"'
    tail = ",'); --,<script>,$$,%s,\\"
    load(deals=deals(won(1, "Re'tail", "10") + tail, won(2, "<b>S</b>", "5") + tail, head=head))
    assert revenue(store) == {("Re'tail", None): 10, ("<b>S</b>", None): 5}
    with store.read() as cursor:
        [(extra,)] = cursor.execute(
            "SELECT DISTINCT extra->>'''; DROP TABLE crm.sale; --' FROM crm.opportunity"
        ).fetchall()
    assert extra == "'); --"


@pytest.mark.parametrize("none", ["-", "N/A", "*", "无", "NULL", "#REF!"])
def test_orders_whose_number_says_that_there_is_none_wait_and_are_not_taken_for_one(
    none: str, load, store
) -> None:
    head = "Order ID,Customer,Amount,Order Date"
    lines = [
        "1001,Alder,10,2024-03-01",
        f"{none},Birch,20,2024-03-02",
        f"{none},Cedar,21,2024-03-02",
    ]
    load(orders=deals(*lines, head=head))
    assert sales(store) == {"1001": (None, 10)}
    assert refused(store) == [(3, none, "key_missing"), (4, none, "key_missing")]


def test_a_short_word_that_stands_once_may_be_an_id(load, store) -> None:
    head = "Customer ID,Customer Name,Industry"
    load(customers=deals("NA,North Alder,Retail", "EU,East Union,Retail", head=head))
    with store.read() as cursor:
        found = cursor.execute("SELECT customer_id FROM crm.customer ORDER BY ALL").fetchall()
    assert found == [("EU",), ("NA",)]


def test_a_list_without_ids_says_that_a_name_is_missing(load, store) -> None:
    accounts = "Account Name,Industry,Billing City\nAlder,Retail,York\n-,Retail,Leeds\n"
    load(accounts=accounts)
    assert refused(store) == [(3, "-", "name_missing")]
