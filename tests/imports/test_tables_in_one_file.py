"""A file of several tables is loaded table by table, with the lines of the file."""

from pathlib import Path

import pytest
import xlsxwriter

from crm_core.domain.actor import LOCAL
from crm_core.services import imports, loads
from crm_core.store import Store

CUSTOMERS = [
    ["Customer ID", "Customer", "Country", "Employees"],
    *([f"C-{n:03}", f"Acme {n}", "France", str(10 + n)] for n in range(8)),
]
DEALS = [
    ["Opportunity ID", "Customer ID", "Stage", "Amount", "Close Date"],
    *([f"OP-{n}", f"C-{n:03}", "Won", str(1000 + n), f"2024-03-{n + 1:02}"] for n in range(6)),
]


def csv_of(folder: Path) -> list[Path]:
    lines = [["Customers"], *CUSTOMERS, [], ["Deals"], *DEALS]
    path = folder / "export.csv"
    path.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")
    return [path]


def sheet_of(folder: Path) -> list[Path]:
    path = folder / "export.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for at, line in enumerate([["Customers"], *CUSTOMERS, [], ["Deals"], *DEALS]):
            sheet.write_row(at, 0, line)
    return [path]


@pytest.mark.parametrize("made", [csv_of, sheet_of])
def test_each_table_is_what_it_is_and_its_rows_lead_to_their_lines(
    store: Store, tmp_path: Path, made: type
) -> None:
    with imports.prepare(store, LOCAL, made(tmp_path)) as upload:
        result = imports.load(store, LOCAL, upload)
    customers, deals = result.files
    assert (customers.entity, customers.loaded) == ("customer", 8)
    assert (deals.entity, deals.loaded, deals.quarantined) == ("opportunity", 6, 0)
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT opportunity_id, source_line FROM crm.opportunity ORDER BY source_line"
        ).fetchall()
        fates = cursor.execute(
            "SELECT line, count(*) FROM crm.line_fate GROUP BY line ORDER BY line"
        ).fetchall()
    first = 1 + len(CUSTOMERS) + 4
    assert rows == [(f"OP-{n}", first + n) for n in range(6)]
    heads = {1, 2, first - 2, first - 1}  # titles and headers
    assert fates == [(line, 1) for line in range(1, first + 6) if line not in heads]
    found = loads.source_line(store, LOCAL, deals.file_id or 0, first)
    assert found["cells"]["Opportunity ID"] == "OP-0"
    assert customers.rows_read + deals.rows_read == len(fates)
