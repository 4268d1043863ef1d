"""Loads propose what revenue is counted by; people choose it."""

from typing import Any

import pytest
from deals_and_accounts import DEALS, rows

from crm_core.domain.actor import LOCAL
from crm_core.services import imports
from crm_core.services import settings as product_settings
from crm_core.store import Store


def test_the_first_load_with_money_chooses_the_basis_for_good(load, store) -> None:
    load(deals=DEALS)
    load(orders="Order ID,Order Date,Customer Name,Product,Sales\nO1,2024-01-01,Alder,Pen,5\n")
    assert rows(store, "SELECT value FROM app.setting WHERE key = 'revenue_basis'") == [
        ('"opportunities"',)
    ]


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
