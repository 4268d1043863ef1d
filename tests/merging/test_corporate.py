"""Groups of companies: suggested with their reasons, confirmed by people, never in a circle."""

from collections.abc import Callable

import pytest

from crm_core import metrics
from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import corporate, merging
from crm_core.services.corporate import Link
from crm_core.services.merging import Pair
from crm_core.store import Store

CUSTOMERS = """Customer ID,Customer Name,Parent ID,Street,City,Email
C1,华为技术有限公司,,,深圳,
C2,华为技术有限公司上海分公司,,,上海,
C3,上海华为技术有限公司,,,上海,
C4,Acme Ltd,,1 Oak St,Rome,info@acme.com
C5,Acme Italia S.p.A.,,1 Oak St,Rome,rome@acme.com
C6,Zeta Holding,,2 Elm St,Bonn,a@zeta.org
C7,Bolt Motors,C6,9 Ash St,Bonn,b@zeta.org
C8,Acmeria,,1 Oak St,Rome,acmeria@gmail.com
C9,Bolzano Bakery,,3 Elm St,Bonn,bakery@gmail.com
C10,上海银行,,,上海,
"""


@pytest.fixture
def companies(store_of: Callable[..., Store]) -> Store:
    return store_of(customers=CUSTOMERS)


def told(store: Store) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Customer id -> that of its suggested parent, and the reasons."""
    with store.read() as cursor:
        ids = dict(cursor.execute("SELECT row_id, customer_id FROM crm.customer").fetchall())
    found = corporate.suggested(store, LOCAL)
    return {ids[one.child]: (ids[one.parent], one.reasons) for one in found}


def link(store: Store, child: str, parent: str) -> Link:
    with store.read() as cursor:
        ids = dict(cursor.execute("SELECT customer_id, row_id FROM crm.customer").fetchall())
    return Link(ids[child], None, ids[parent], None, ())


def test_branches_are_suggested_by_name_domain_address_and_field(companies) -> None:
    assert told(companies) == {
        "C2": ("C1", ("name",)),
        "C3": ("C1", ("name",)),
        "C5": ("C4", ("address", "domain", "name")),
        "C7": ("C6", ("domain", "field")),
    }


def test_what_was_decided_is_not_suggested_again_until_it_is_taken_back(companies) -> None:
    corporate.decide(companies, LOCAL, [link(companies, "C5", "C4")], "confirmed")
    corporate.decide(companies, LOCAL, [link(companies, "C7", "C6")], "refused")
    assert set(told(companies)) == {"C2", "C3"}
    assert [one.child_name for one in corporate.confirmed(companies, LOCAL)] == [
        "Acme Italia S.p.A."
    ]
    corporate.withdraw(companies, LOCAL, link(companies, "C7", "C6"))
    assert set(told(companies)) == {"C2", "C3", "C7"}


def test_a_company_is_never_above_itself(companies) -> None:
    corporate.decide(companies, LOCAL, [link(companies, "C2", "C1")], "confirmed")
    corporate.decide(companies, LOCAL, [link(companies, "C3", "C2")], "confirmed")
    with pytest.raises(Refused) as refused:
        corporate.decide(companies, LOCAL, [link(companies, "C1", "C3")], "confirmed")
    assert refused.value.problem.code == "parent_is_child"
    assert len(corporate.confirmed(companies, LOCAL)) == 2


def test_a_company_has_one_parent_and_another_one_takes_its_place(companies) -> None:
    corporate.decide(companies, LOCAL, [link(companies, "C3", "C2")], "confirmed")
    corporate.decide(companies, LOCAL, [link(companies, "C3", "C1")], "confirmed")
    assert [one.parent_name for one in corporate.confirmed(companies, LOCAL)] == [
        "华为技术有限公司"
    ]


def test_merging_a_branch_with_its_head_leaves_figures_that_end(companies) -> None:
    corporate.decide(companies, LOCAL, [link(companies, "C2", "C1")], "confirmed")
    corporate.decide(companies, LOCAL, [link(companies, "C3", "C2")], "confirmed")
    one = link(companies, "C3", "C1")
    merging.by_rule(companies, LOCAL, "customer", [Pair(one.child, one.parent)])
    with companies.read() as cursor:
        (group,) = metrics.run(cursor, "group_overview", {}).to_pylist()
    assert group["customers"] == 2
    corporate.decide(companies, LOCAL, [link(companies, "C5", "C4")], "confirmed")


def test_what_was_refused_is_not_confirmed_by_an_answer_that_came_too_late(companies) -> None:
    suggested = corporate.suggested(companies, LOCAL)
    assert corporate.answer(companies, LOCAL, suggested[:2], "refused") == 2
    assert corporate.answer(companies, LOCAL, suggested[:2], "confirmed") == 0
    assert corporate.confirmed(companies, LOCAL) == []
    assert corporate.answer(companies, LOCAL, suggested, "confirmed") == len(suggested) - 2


def groups(store: Store) -> dict[str, int]:
    """Head of each group -> how many customers it has."""
    with store.read() as cursor:
        rows = metrics.run(cursor, "group_overview", {}).to_pylist()
    return {row["group"]: row["customers"] for row in rows}


@pytest.fixture
def merged(companies: Store) -> Store:
    """Two branches, each confirmed to belong to one head, that are one customer since."""
    links = [link(companies, "C2", "C1"), link(companies, "C3", "C1")]
    corporate.decide(companies, LOCAL, links, "confirmed")
    one = link(companies, "C2", "C3")
    merging.by_rule(companies, LOCAL, "customer", [Pair(one.child, one.parent)])
    return companies


def test_records_that_are_one_stand_once_in_their_group(merged) -> None:
    assert groups(merged) == {"华为技术有限公司": 2}
    assert len(corporate.confirmed(merged, LOCAL)) == 1


def test_a_merged_customer_that_moves_leaves_its_group_with_all_its_records(merged) -> None:
    corporate.decide(merged, LOCAL, [link(merged, "C3", "C6")], "confirmed")
    assert groups(merged) == {"Zeta Holding": 2}
    assert [one.parent_name for one in corporate.confirmed(merged, LOCAL)] == ["Zeta Holding"]


def test_a_merged_customer_is_taken_out_of_its_group_with_all_its_records(merged) -> None:
    [one] = corporate.confirmed(merged, LOCAL)
    corporate.withdraw(merged, LOCAL, one)
    assert groups(merged) == {}
    assert corporate.confirmed(merged, LOCAL) == []


def test_of_records_with_two_parents_that_of_the_one_merged_into_counts(companies) -> None:
    links = [link(companies, "C5", "C4"), link(companies, "C7", "C6")]
    corporate.decide(companies, LOCAL, links, "confirmed")
    one = link(companies, "C5", "C7")
    merging.by_rule(companies, LOCAL, "customer", [Pair(one.child, one.parent)])
    [merge] = merging.merges(companies, LOCAL, "customer")
    head = "Acme Ltd" if merge["into_name"].startswith("Acme") else "Zeta Holding"
    assert groups(companies) == {head: 2}
    assert [one.parent_name for one in corporate.confirmed(companies, LOCAL)] == [head]
    merging.unmerge(companies, LOCAL, [merge["merge_id"]])
    assert groups(companies) == {"Acme Ltd": 2, "Zeta Holding": 2}


def test_what_was_decided_of_one_record_is_not_suggested_of_another_that_is_one_with_it(
    companies,
) -> None:
    one = link(companies, "C2", "C3")
    merging.by_rule(companies, LOCAL, "customer", [Pair(one.child, one.parent)])
    assert len([child for child in told(companies) if child in ("C2", "C3")]) == 1
    corporate.decide(companies, LOCAL, [link(companies, "C2", "C1")], "refused")
    assert not {"C2", "C3"} & set(told(companies))


def test_a_customer_is_never_above_itself_by_way_of_another_of_its_records(companies) -> None:
    one = link(companies, "C2", "C3")
    merging.by_rule(companies, LOCAL, "customer", [Pair(one.child, one.parent)])
    corporate.decide(companies, LOCAL, [link(companies, "C2", "C4")], "confirmed")
    with pytest.raises(Refused) as refused:
        corporate.decide(companies, LOCAL, [link(companies, "C4", "C3")], "confirmed")
    assert refused.value.problem.code == "parent_is_child"
