"""Sales printed in groups: the customer's name alone in a line above, the group's sum below."""

from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.steps import FillDown
from crm_core.services import imports

REPORT = """\
Sales by Customer Detail,,,,,,
January - December 2024,,,,,,
,,,,,,
,Date,Transaction Type,Num,Product/Service,Qty,Amount
Alder Ltd,,,,,,
,2024-06-21,Invoice,1000,Design,7,633.50
,2024-03-23,Invoice,1001,Design,2,137.00
Total for Alder Ltd,,,,,,770.50
Birch GmbH,,,,,,
,2024-08-12,Invoice,1000,Pest Control,3,265.50
Total for Birch GmbH,,,,,,265.50
Cedar AG,,,,,,
,2024-08-13,Invoice,1004,Pest Control,1,20.00
,2024-08-14,Invoice,1005,Pest Control,1,20.50
Total for Cedar AG,,,,,,40.50
TOTAL,,,,,,1076.50
"""


@pytest.fixture
def upload(store, tmp_path):
    path = tmp_path / "report.csv"
    path.write_text(REPORT)
    with imports.prepare(store, LOCAL, [path]) as found:
        yield found


def test_it_is_asked_what_the_headings_are_and_a_step_gives_them_to_the_lines(upload) -> None:
    plan = upload.tables[0].plan
    assert plan.steps == [FillDown(column="#1", headings=True)]
    assert "customer_id" in plan.columns[0].candidates
    assert not plan.columns[0].sure


def test_each_line_has_the_customer_of_its_group_and_no_heading_or_sum_is_a_sale(
    upload, store
) -> None:
    column = upload.tables[0].plan.columns[0]
    column.field, column.confidence = "customer_id", 1.0
    [file] = imports.load(store, LOCAL, upload).files
    assert (file.loaded, file.quarantined, file.skipped) == (5, 0, 7)
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT customer_id, sum(amount) FROM crm.sale GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    assert rows == [
        ("Alder Ltd", Decimal("770.5")),
        ("Birch GmbH", Decimal("265.5")),
        ("Cedar AG", Decimal("40.5")),
    ]


def test_where_nobody_answers_the_heading_stays_with_the_line(upload, store) -> None:
    imports.load(store, LOCAL, upload)
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT extra->>'#1', count(*) FROM crm.sale GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    assert rows == [("Alder Ltd", 2), ("Birch GmbH", 1), ("Cedar AG", 2)]


def test_names_that_no_sum_names_are_no_headings(store, tmp_path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("\n".join(line for line in REPORT.splitlines() if "Total for" not in line))
    with imports.prepare(store, LOCAL, [path]) as found:
        assert found.tables[0].plan.steps == []


DEALS = """\
Account Name,Opportunity Name,Amount,Close Date,Stage
Alder Ltd (2),,,,
,Deal 00,100.00,3/15/2024,Closed Won
,Deal 01,101.00,3/16/2024,Closed Won
Subtotal,,201.00,,
Birch GmbH (1),,,,
,Deal 10,200.00,3/15/2024,Closed Won
Subtotal,,200.00,,
Total,,401.00,,
"""


def test_headings_in_a_column_of_their_own_name_the_customers_of_the_deals_below(
    store, tmp_path
) -> None:
    path = tmp_path / "report.csv"
    path.write_text(DEALS)
    with imports.prepare(store, LOCAL, [path]) as found:
        [file] = imports.load(store, LOCAL, found).files
    assert (file.loaded, file.quarantined, file.skipped) == (3, 0, 5)
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT customer_id, sum(amount) FROM crm.opportunity GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        customers = cursor.execute("SELECT name FROM crm.customer ORDER BY ALL").fetchall()
    assert rows == [("Alder Ltd", Decimal(201)), ("Birch GmbH", Decimal(200))]
    assert customers == [("Alder Ltd",), ("Birch GmbH",)]


def test_a_list_in_which_some_have_a_name_only_has_no_headings(store, tmp_path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("Account Name,Billing City,Phone\nAlder,,\nBirch,Leeds,\nCedar,,\n,York,123\n")
    with imports.prepare(store, LOCAL, [path]) as found:
        assert found.tables[0].plan.steps == []
