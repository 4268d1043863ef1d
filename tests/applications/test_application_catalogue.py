"""The catalogue of applications: what is to become of each, and who keeps which customer data."""

from datetime import date
from decimal import Decimal

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.applications import Fault, Role, Verdict
from crm_core.services import applications, registers
from crm_core.services.registers import ItemRefused, Write
from crm_core.store import Store

TODAY = date(2026, 3, 1)


@pytest.fixture
def kept(store: Store) -> Store:
    """Three applications that keep a customer's phone, e-mail and name."""
    names = ("CRM", "ERP", "Birthday list")
    write(store, "application", [{"title": name} for name in names])
    rows = [
        ("A-1", "customer", "phone", "typed", 60),
        ("A-2", "Customer", " Phone", "typed", 40),
        ("A-3", "customer", "phone", "copy", None),
        ("A-1", "customer", "e-mail", "master", None),
        ("A-2", "customer", "e-mail", "copy", None),
        ("A-3", "customer", "e-mail", "typed", Decimal("30.5")),
        ("A-1", "customer", "name", "master", None),
        ("A-2", "customer", "name", "master", None),
        ("A-2", "customer", "name", "typed", 10),
        ("A-9", "customer", "name", "typed", 500),
        ("A-3", "customer", "birthday", None, None),
    ]
    heads = ("application", "entity", "field", "role", "minutes_a_month")
    said = [dict(zip(heads, ((row[0],), *row[1:]), strict=True)) for row in rows]
    write(store, "application_field", said)
    return store


def write(store: Store, name: str, rows: list[dict[str, object]]) -> None:
    registers.write(store, LOCAL, name, [Write(None, row) for row in rows])


def test_a_field_tells_what_is_wrong_with_it_and_what_is_typed_again(kept: Store) -> None:
    found = {one.field: one for one in applications.customer_data(kept, LOCAL, TODAY).fields}
    assert {name: one.faults for name, one in found.items()} == {
        "Phone": (Fault.TYPED_AGAIN, Fault.COPIES_ONLY),
        "e-mail": (Fault.TYPED_AGAIN,),
        "name": (Fault.SEVERAL_MASTERS,),
        "birthday": (Fault.NO_MASTER,),
    }
    assert {name: one.minutes_again for name, one in found.items()} == {
        "Phone": 40,
        "e-mail": Decimal("30.5"),
        "name": 0,
        "birthday": 0,
    }, "of a field without a master the longest typing is the one that is needed"


def test_what_nobody_measured_is_not_said_to_take_no_time(store: Store) -> None:
    write(store, "application", [{"title": "CRM"}, {"title": "ERP"}])
    row = {"application": ("A-1", "A-2"), "entity": "customer", "field": "phone", "role": "typed"}
    write(store, "application_field", [row])
    [phone] = applications.customer_data(store, LOCAL, TODAY).fields
    assert phone.is_typed_again and phone.minutes_again is None
    measured = row | {"application": ("A-1",), "minutes_a_month": 30}
    write(store, "application_field", [measured])
    [phone] = applications.customer_data(store, LOCAL, TODAY).fields
    assert phone.minutes_again is None, "the other may take less or more"


def test_the_matrix_has_a_cell_for_each_field_in_each_application_that_there_is(kept) -> None:
    found = applications.customer_data(kept, LOCAL, TODAY)
    assert list(found.applications.values()) == ["Birthday list", "CRM", "ERP"]
    assert found.cells["customer name", "A-2"].roles == (Role.MASTER, Role.TYPED)
    assert found.cells["customer name", "A-2"].items == ("AF-8", "AF-9")
    assert found.cells["customer birthday", "A-3"].roles == (Role.UNKNOWN,)
    assert ("customer name", "A-9") not in found.cells


def test_an_application_that_has_ended_keeps_no_customer_data_any_more(kept: Store) -> None:
    registers.change(kept, LOCAL, "application", "A-1", {"title": "CRM", "until": TODAY}, 1)
    then = applications.customer_data(kept, LOCAL, date(2026, 3, 2))
    assert set(then.applications) == {"A-2", "A-3"}
    faults = {one.field: one.faults for one in then.fields}
    assert faults["e-mail"] == (Fault.COPIES_ONLY,)
    assert "A-1" in applications.customer_data(kept, LOCAL, TODAY).applications, "its last day"


def test_data_flow_from_the_master_to_those_that_copy_or_type_them(kept: Store) -> None:
    flows = applications.customer_data(kept, LOCAL, TODAY).flows
    assert {(one.source, one.target, one.copied, one.typed) for one in flows} == {
        ("A-1", "A-2", 1, 0),
        ("A-1", "A-3", 0, 1),
    }


def test_a_verdict_follows_from_the_fits_unless_a_person_gave_another_with_a_reason(store) -> None:
    good, bad = {"functional_fit": "good"}, {"technical_fit": "unfit"}
    own = {"verdict": "eliminate", "verdict_reason": "The vendor is gone"}
    ended = {"until": date(2026, 2, 28)}
    write(
        store,
        "application",
        [
            {"title": "ERP"} | good | bad | {"cost_a_year": Decimal(900), "currency": " cny"},
            {"title": "CRM"} | good | bad | own,
            {"title": "Old"} | good | bad | ended,
            {"title": "List"} | good,
        ],
    )
    found = applications.portfolio(store, LOCAL, TODAY)
    assert [(one.title, one.verdict, one.reason) for one in found] == [
        ("CRM", Verdict.ELIMINATE, "The vendor is gone"),
        ("ERP", Verdict.MIGRATE, None),
        ("List", None, None),
    ]
    assert (found[1].cost, found[1].currency) == (900, "CNY")


def test_a_verdict_of_ones_own_without_a_reason_is_refused_at_the_reason(store: Store) -> None:
    with pytest.raises(ItemRefused) as refused:
        registers.add(store, LOCAL, "application", {"title": "CRM", "verdict": "invest"})
    assert {name: one.code for name, one in refused.value.problems.items()} == {
        "verdict_reason": "item_reason"
    }
