"""Lists without numbers: a line is taken for the one row that has its title, if nothing differs."""

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import registers as kept
from crm_core.services.registers import Write, exchange
from crm_core.store import Store

PAINS = "Title\tTeam\tOwner\nTyped twice\tSales\tBea\nSlow quotes\tSales\tBea\n"


@pytest.fixture
def pains(store: Store) -> Store:
    exchange.apply(store, LOCAL, exchange.pasted(store, LOCAL, "pain_point", PAINS))
    return store


def test_a_list_that_is_brought_twice_changes_nothing(pains: Store) -> None:
    found = exchange.pasted(pains, LOCAL, "pain_point", PAINS)
    assert (found.same, found.added, found.changed, found.twice) == (2, [], [], [])
    assert found.alike == ["Typed twice", "Slow quotes"]
    assert exchange.apply(pains, LOCAL, found) == []


def test_what_a_line_says_otherwise_is_a_change_of_that_row(pains: Store) -> None:
    found = exchange.pasted(pains, LOCAL, "pain_point", "Title\tOwner\nTYPED twice \tCem\n")
    [(one, changed)] = found.changed
    assert (one.id, one.version) == ("P-1", 1)
    assert ("owner", "Bea", "Cem") in changed


def test_whoever_says_that_they_are_new_rows_is_warned_and_obeyed(pains: Store) -> None:
    found = exchange.pasted(pains, LOCAL, "pain_point", PAINS, by_title=False)
    assert (found.same, len(found.added)) == (0, 2)
    assert found.twice == found.alike == ["Typed twice", "Slow quotes"]


@pytest.mark.parametrize(
    ("why", "cells"),
    [
        ("another team has it", "Title\tTeam\nTyped twice\tService\n"),
        ("the line has a number", "No.\tTitle\nP-77\tTyped twice\n"),
        ("the file has two of them", "Title\nTyped twice\nTyped twice\n"),
        ("a line names the row", "No.\tTitle\nP-1\tTyped twice\n\tTyped twice\n"),
        ("no row has the title", "Title\nTyped thrice\n"),
    ],
)
def test_a_line_is_new_where_something_says_otherwise(pains: Store, why: str, cells: str) -> None:
    found = exchange.pasted(pains, LOCAL, "pain_point", cells)
    assert found.added and not found.alike, why


def test_of_two_rows_with_a_title_the_one_that_differs_in_nothing_is_meant(pains: Store) -> None:
    kept.write(pains, LOCAL, "pain_point", [Write(None, {"title": "Slow quotes", "team": "Own"})])
    found = exchange.pasted(pains, LOCAL, "pain_point", "Title\tTeam\nSlow quotes\tOwn\n")
    assert (found.same, found.alike) == (1, ["Slow quotes"])
    found = exchange.pasted(pains, LOCAL, "pain_point", "Title\nSlow quotes\n")
    assert (len(found.added), found.alike) == (1, [])


def test_a_word_means_something_else_in_each_department_and_a_step_in_each_process(
    store: Store,
) -> None:
    terms = "Word\tDepartment\nCustomer\tSales\nCustomer\tService\n"
    exchange.apply(store, LOCAL, exchange.pasted(store, LOCAL, "term", terms))
    assert exchange.pasted(store, LOCAL, "term", terms).same == 2
    kept.write(store, LOCAL, "process", [Write(None, {"title": one}) for one in ("Win", "Serve")])
    steps = "Process\tTeam\tWhat\nWin\tSales\tCall\nServe\tSales\tCall\n"
    exchange.apply(store, LOCAL, exchange.pasted(store, LOCAL, "process_step", steps))
    assert exchange.pasted(store, LOCAL, "process_step", steps).same == 2


@pytest.mark.parametrize(
    ("number", "code"), [("P-2", "item_gone"), ("p-1", "item_id_taken"), ("P;9", "item_id")]
)
def test_a_number_that_a_new_row_cannot_have_is_told_before_anything_is_kept(
    pains: Store, number: str, code: str
) -> None:
    kept.remove(pains, LOCAL, "pain_point", {"P-2": 1})
    found = exchange.pasted(pains, LOCAL, "pain_point", f"No.\tTitle\n{number}\tNew\n")
    assert [(one.column, one.value, one.problem.code) for one in found.wrong] == [
        ("No.", number, code)
    ]


def test_a_field_of_two_applications_does_not_stand_twice(store: Store) -> None:
    cells = "Application\tRecord\tField\nCRM\tcustomer\tphone\nERP\tcustomer\tphone\n"
    assert exchange.pasted(store, LOCAL, "application_field", cells).twice == []
    again = cells + "crm\tCustomer\tPhone\n"
    assert exchange.pasted(store, LOCAL, "application_field", again).twice == ["Phone"]
