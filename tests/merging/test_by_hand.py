"""Merged without being asked, and values chosen of what is merged already."""

from collections.abc import Callable

import pytest
from shown import everything, revenue

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import audit, matching, merging
from crm_core.services.merging import Decision, Pair, by_hand, search, shown
from crm_core.store import Store

Row = Callable[[str], int]


def told(company: Store, row_id: int, field: str) -> tuple[object, str]:
    _, fields = shown.record(company, LOCAL, "customer", row_id)
    return next((one.value, one.why) for one in fields if one.field == field)


def test_two_that_nobody_asked_of_are_merged_by_hand_and_taken_back(company, row: Row) -> None:
    rows, figures = everything(company), revenue(company)
    first, fourth = row("C-001"), row("C-004")
    assert by_hand.merge(company, LOCAL, "customer", first, fourth, {"city": fourth}) == 1
    assert revenue(company)["Retail"] == (1, 5100)
    assert told(company, first, "city") == ("Bonn", "chosen")
    [merged] = merging.merges(company, LOCAL, "customer")
    assert merged["made_by"] == "review"
    merging.unmerge(company, LOCAL, [merged["merge_id"]])
    assert (everything(company), revenue(company)) == (rows, figures)


def test_a_name_that_stands_in_for_a_number_is_not_shown_as_one(
    store_of: Callable[..., Store],
) -> None:
    store = store_of(
        deals="Opportunity ID,Account Name,Stage,Amount\n1,Alder,Won,5\n2,Birch,Won,6\n"
    )
    with store.read() as cursor:
        ids = [row for (row,) in cursor.execute("SELECT row_id FROM crm.customer").fetchall()]
    asked = matching.pair(store, LOCAL, "customer", *ids)
    assert {one.name: {one.left, one.right} for one in asked.fields}["name"] == {"Alder", "Birch"}
    assert "customer_id" not in [one.name for one in asked.fields]


def test_merging_by_hand_uses_no_answer_to_another_pair(company, row: Row) -> None:
    first, second, third, fourth = map(row, ("C-001", "C-002", "C-003", "C-004"))
    merging.decide(company, LOCAL, "customer", [Decision(first, second, "same")])
    assert by_hand.merge(company, LOCAL, "customer", third, fourth, {}) == 1
    assert len(merging.merges(company, LOCAL, "customer")) == 1


def test_what_is_one_already_is_not_merged_again(company, row: Row, same) -> None:
    same("C-001", "C-002")
    with pytest.raises(Refused) as refused:
        by_hand.merge(company, LOCAL, "customer", row("C-002"), row("C-001"), {})
    assert refused.value.problem.code == "pair_settled"


def test_values_are_chosen_and_left_to_the_rules_again_after_merging(company, row: Row) -> None:
    first, second, third = map(row, ("C-001", "C-002", "C-003"))
    pairs = [Pair(first, second, 0.99), Pair(first, third, 0.95)]
    merging.by_rule(company, LOCAL, "customer", pairs)
    before = told(company, first, "city")
    choice = {"city": second, "segment": third}
    by_hand.choose(company, LOCAL, "customer", third, choice)
    assert told(company, first, "city") == ("Oslo", "chosen")
    assert told(company, first, "segment") == ("Medical", "chosen")
    assert revenue(company)["Medical"] == (1, 123)
    by_hand.choose(company, LOCAL, "customer", first, {"segment": first})
    assert told(company, first, "city") == before
    assert told(company, first, "segment") == ("Retail", "chosen")
    by_hand.choose(company, LOCAL, "customer", first, {})
    assert told(company, first, "segment") == ("Retail", "first")


def test_a_value_of_another_record_cannot_be_chosen(company, row: Row, same) -> None:
    same("C-001", "C-002")
    with pytest.raises(Refused) as refused:
        by_hand.choose(company, LOCAL, "customer", row("C-001"), {"city": row("C-004")})
    assert refused.value.problem.code == "record_unknown"


@pytest.mark.parametrize(("words", "found"), [("acme", 3), ("c-004", 1), ("", 0), ("zzz", 0)])
def test_records_are_found_by_a_part_of_their_name_or_their_id(company, words, found) -> None:
    assert len(search.find(company, LOCAL, "customer", words)) == found


def test_what_is_one_is_found_once(company, same) -> None:
    same("C-001", "C-002")
    names = [one.name for one in search.find(company, LOCAL, "customer", "acme")]
    assert len(names) == 2


def test_leads_are_found_with_their_companies(company) -> None:
    found = search.find(company, LOCAL, "lead", "ann")
    assert {(one.name, one.place) for one in found} == {
        ("Ann Lee", "Acme"),
        ("Ann Lee", "Acme Ltd"),
    }


def test_the_audit_names_what_was_said_merged_chosen_and_taken_back(
    company, row: Row, same
) -> None:
    first, second = row("C-001"), row("C-002")
    merging.decide(company, LOCAL, "customer", [Decision(first, row("C-004"), "different")])
    same("C-001", "C-002")
    by_hand.choose(company, LOCAL, "customer", first, {"city": second})
    merging.unmerge(
        company, LOCAL, [one["merge_id"] for one in merging.merges(company, LOCAL, "customer")]
    )
    told = [
        (one.action, one.detail) for one in audit.trail(company, LOCAL, audit.Filter(), limit=5)
    ]
    assert told == [
        ("merge.undo", {"pairs": 1, "records": ["ACME Trading Limited → Acme Ltd"]}),
        ("customer.choose", {"values": {"city": "Oslo"}, "records": ["Acme Ltd"]}),
        (
            "customer.merge",
            {"merged": 1, "by": "review", "records": ["ACME Trading Limited → Acme Ltd"]},
        ),
        ("customer.decide", {"pairs": 1, "records": ["Acme Ltd = ACME Trading Limited"]}),
        ("customer.decide", {"pairs": 1, "records": ["Acme Ltd ≠ Bolt"]}),
    ]
