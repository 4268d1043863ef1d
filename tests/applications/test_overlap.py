"""What two applications hold in common, measured in files that they exported."""

from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import applications, imports, registers
from crm_core.services.applications import FieldOverlap
from crm_core.services.registers import Write
from crm_core.store import Store

ERP = (
    "Customer Number,Customer Name,Phone,Email,City\n"
    "K1,Alder Ltd,+44 20 7946 0001,info@alder.example,London\n"
    "K2,Birch GmbH,+49 30 901820,info@birch.example,Berlin\n"
    "K3,Cedar Inc,,info@cedar.example,Boston\n"
)
SERVICE = (
    "Customer Name,Email,City,Phone\n"
    "ALDER LTD,info@alder.example,Leeds,0044 (0)20 79460001\n"
    "Birch GmbH,,Berlin,+49 30 901820\n"
    "Dogwood SA,info@dogwood.example,Lyon,\n"
)


@pytest.fixture
def loaded(store: Store, tmp_path: Path) -> Store:
    for name, text in (("erp_customers", ERP), ("Service customers", SERVICE), ("customers", ERP)):
        path = tmp_path / f"{name}.csv"
        path.write_text(text)
        with imports.prepare(store, LOCAL, [path]) as upload:
            assert imports.load(store, LOCAL, upload).batch
    rows = [
        {"title": "ERP", "extracts": ("erp_*.csv",)},
        {"title": "Service list", "extracts": ("SERVICE customers.csv", "service.xlsx")},
        {"title": "Notes"},
    ]
    registers.write(store, LOCAL, "application", [Write(None, row) for row in rows])
    return store


def measured(store: Store) -> applications.Overlap:
    [found] = applications.overlaps(store, LOCAL, applications.extracts(store, LOCAL))
    return found


def test_extracts_are_the_loads_whose_names_an_application_claims(loaded: Store) -> None:
    found = applications.extracts(loaded, LOCAL)
    assert [(one.title, one.rows) for one in found] == [("ERP", 3), ("Service list", 3)]


def test_customers_and_values_in_both_are_counted_field_by_field(loaded: Store) -> None:
    found = measured(loaded)
    assert (found.applications, found.customers, found.both) == (("A-1", "A-2"), (3, 3), 2)
    assert {one.field: one for one in found.fields} == {
        "name": FieldOverlap("name", (3, 3), common=2, both=2, same=2),
        "phone": FieldOverlap("phone", (2, 2), common=2, both=2, same=2),
        "email": FieldOverlap("email", (3, 2), common=1, both=1, same=1),
        "city": FieldOverlap("city", (3, 3), common=1, both=2, same=1),
    }
    assert [one.share for one in found.fields] == [1, 2 / 3, 0.5, 1 / 3]


def test_a_load_that_was_taken_back_is_no_extract_any_more(loaded: Store) -> None:
    for batch in (3, 1):
        imports.undo(loaded, LOCAL, batch)
    given = applications.extracts(loaded, LOCAL)
    assert [one.title for one in given] == ["Service list"]
    assert applications.overlaps(loaded, LOCAL, given) == ()
