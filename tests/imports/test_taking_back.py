"""A load taken back, or only rehearsed, leaves the store as it was."""

import pytest
from deals_and_accounts import ACCOUNTS, DEALS, everything

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import imports


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
