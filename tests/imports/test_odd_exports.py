"""Exports of a shape of their own: ragged, ruled, printed by a database, of several sheets."""

from decimal import Decimal
from pathlib import Path

import pytest
from small_exports import HEAD, load_path, sales, won, write_workbook

from crm_core.domain.actor import LOCAL
from crm_core.services import imports, loads
from crm_core.store import Store


def test_sheets_that_are_nothing_known_do_not_stop_the_others(store: Store, tmp_path: Path) -> None:
    lines = [HEAD.split(","), *(won(i, "Retail", "10").split(",") for i in range(3))]
    odd = [*lines[0][:3], "Modified Thing", *lines[0][3:]]
    wide = [odd, *([*line[:3], f"x{i}", *line[3:]] for i, line in enumerate(lines[1:]))]
    sheets = {"Deals": wide, "hiddenSheet": [["guid:checksum"]], "Read me": [["Made on Monday."]]}
    files = {
        file.sheet: file
        for file in load_path(store, write_workbook(tmp_path / 'O\'Brien "x".xlsx', **sheets)).files
    }
    assert (files["Deals"].loaded, files["Deals"].quarantined) == (3, 0)
    assert files["hiddenSheet"].problem is None and files["hiddenSheet"].loaded == 0


def test_a_cell_too_many_before_the_delimiter_that_ends_each_line_is_seen(load, store) -> None:
    rows = [f"00{n},Acme{n},Won,{n}0.00," for n in range(1, 6)]
    rows[2] = "003,Acme,Berlin,Won,30.00,"
    text = "\n".join(["Opportunity ID,Account,Stage,Amount,", *rows]) + "\n"
    [file] = load(deals=text).files
    assert (file.loaded, file.quarantined) == (4, 1)
    assert [item["rule"] for item in loads.quarantine(store, LOCAL)] == ["ragged"]


def test_a_note_in_a_column_without_a_title_is_no_cell_too_many(load) -> None:
    rows = [f"00{n},Acme{n},Won,{n}0.00," for n in range(1, 6)]
    rows[2] += "call again"
    text = "\n".join(["Opportunity ID,Account,Stage,Amount,", *rows]) + "\n"
    [file] = load(deals=text).files
    assert (file.loaded, file.quarantined) == (5, 0)


def test_a_line_that_alone_is_wider_is_seen_though_its_last_cells_are_blank(load, store) -> None:
    rows = [f"00{n},Acme{n},Won,{n}0.00,,," for n in range(1, 40)]
    rows[2] = "003,Acme,Berlin,Won,30.00,,,"
    text = "\n".join(["Opportunity ID,Account,Stage,Amount,Segment,Close Date,", *rows]) + "\n"
    [file] = load(deals=text).files
    assert (file.loaded, file.quarantined) == (38, 1)
    assert [item["rule"] for item in loads.quarantine(store, LOCAL)] == ["ragged"]


def test_blank_cells_beyond_the_header_are_no_fault_where_many_lines_have_them(load) -> None:
    rows = [f"00{n},Acme{n},Won,{n}0.00{',' * (n % 3)}" for n in range(1, 40)]
    [file] = load(deals="\n".join(["Opportunity ID,Account,Stage,Amount", *rows]) + "\n").files
    assert (file.loaded, file.quarantined) == (39, 0)


def test_a_german_list_of_sales_documents_is_known_without_a_question(load, store) -> None:
    head = "Verkaufsbeleg;Position;Belegdatum;Auftraggeber;Name Auftraggeber;Material;Auftragsmenge"
    text = (
        "Liste der Verkaufsbelege;;;;;;;;\n\n"
        f"{head};ME;Nettowert;Währg\n"
        "4500000001;000010;13.01.2026;0000100001;Ahorn GmbH;M-1;2,000;ST;1.234,50;EUR\n"
        "4500000001;000020;13.01.2026;0000100001;Ahorn GmbH;M-2;1,000;ST;200,00-;EUR\n"
        "4500000002;000010;02.02.2026;0000100002;Birke AG;M-1;4,000;ST;2.469,00;EUR\n"
        ";;;;;;;;;\nSumme;;;;;;;;3.503,50;EUR\n"
    )
    result = load(VA05=text, encoding="cp1252").files[0]
    assert (result.entity, result.loaded, result.quarantined) == ("sale", 3, 0)
    with store.read() as cursor:
        found = cursor.execute(
            "SELECT order_id, customer_id, quantity, amount, currency FROM crm.sale"
            " ORDER BY source_line"
        ).fetchall()
        names = cursor.execute("SELECT customer_id, name FROM crm.customer ORDER BY ALL").fetchall()
    assert found == [
        ("4500000001", "0000100001", Decimal(2), Decimal("1234.5"), "EUR"),
        ("4500000001", "0000100001", Decimal(1), Decimal(-200), "EUR"),
        ("4500000002", "0000100002", Decimal(4), Decimal(2469), "EUR"),
    ]
    assert names == [("0000100001", "Ahorn GmbH"), ("0000100002", "Birke AG")]


@pytest.mark.parametrize(
    "ruled",
    [
        "Order ID;Customer;Amount;Order Date\n--------;--------;------;----------\n"
        "1001;Alder;10.00;2024-03-01\n1002;Birch;20.00;2024-03-02\n\n",
        " order_id | customer | amount | order_date \n----------+----------+--------+------------\n"
        "     1001 | Alder    |  10.00 | 2024-03-01 \n     1002 | Birch    |  20.00 | 2024-03-02 \n"
        "(2 rows)\n",
        "+----------+----------+--------+------------+\n"
        "| order_id | customer | amount | order_date |\n"
        "+----------+----------+--------+------------+\n"
        "|     1001 | Alder    |  10.00 | 2024-03-01 |\n"
        "|     1002 | Birch    |  20.00 | 2024-03-02 |\n"
        "+----------+----------+--------+------------+\n",
        "| Order ID | Customer | Amount | Order Date |\n| --- | :-- | --: | :-: |\n"
        "| 1001 | Alder | 10.00 | 2024-03-01 |\n| 1002 | Birch | 20.00 | 2024-03-02 |\n",
    ],
    ids=["sqlcmd", "psql", "mysql", "markdown"],
)
def test_what_databases_print_is_read_without_a_question(ruled: str, load, store) -> None:
    [file] = load(orders=ruled).files
    assert (file.loaded, file.quarantined, file.problem) == (2, 0, None)
    assert sales(store) == {"1001": (None, 10), "1002": (None, 20)}


def test_codes_of_currencies_below_a_header_are_a_record(tmp_path: Path, store) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Currency,Base currency\nUSD,EUR\nGBP,EUR\n")
    with imports.prepare(store, LOCAL, [path]) as upload:
        assert upload.tables[0].plan.header_line == 1
