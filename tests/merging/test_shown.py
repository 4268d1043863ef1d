"""Of records that are one: which value is shown, whose and why, and what rules would change."""

from collections.abc import Callable

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import merging
from crm_core.services.merging import Decision, shown, survivorship
from crm_core.services.merging.survivorship import Survivorship
from crm_core.store import Store

Row = Callable[[str], int]


def told(company: Store, row_id: int) -> dict[str, tuple[object, int, str]]:
    _, fields = shown.record(company, LOCAL, "customer", row_id)
    return {one.field: (one.value, one.row_id, one.why) for one in fields}


def test_each_field_says_whose_value_is_shown_and_why(company, row: Row, same) -> None:
    same("C-001", "C-002", city="C-002")
    one, other = row("C-001"), row("C-002")
    members, _ = shown.record(company, LOCAL, "customer", other)
    assert {member.row_id for member in members} == {one, other}
    fields = told(company, one)
    assert fields["city"] == ("Oslo", other, "chosen")
    assert fields["segment"] == ("Retail", one, "first")
    assert fields["phone"][1:] == (other, "first")


def test_values_chosen_of_several_pairs_hold_when_the_pairs_are_merged_at_once(
    company, row: Row
) -> None:
    first, second, third = row("C-001"), row("C-002"), row("C-003")
    said = [
        Decision(first, second, "same", {"city": second}),
        Decision(second, third, "same", {"name": third}),
        Decision(first, third, "same", {"segment": third}),
    ]
    merging.decide(company, LOCAL, "customer", said)
    merging.apply(company, LOCAL, "customer")
    fields = told(company, first)
    assert [fields[name][0] for name in ("city", "name", "segment")] == ["Oslo", "Acme", "Medical"]
    assert [fields[name][2] for name in ("city", "name", "segment")] == ["chosen"] * 3


def test_of_two_choices_of_a_field_the_later_one_holds(company, row: Row, same) -> None:
    same("C-001", "C-002", name="C-001")
    same("C-002", "C-003", name="C-003")
    assert told(company, row("C-001"))["name"] == ("Acme", row("C-003"), "chosen")


def test_a_rule_is_told_as_the_reason(company, row: Row, same) -> None:
    same("C-001", "C-002")
    survivorship.choose(company, LOCAL, Survivorship({"customer": {"name": "longest"}}))
    assert told(company, row("C-001"))["name"] == ("ACME Trading Limited", row("C-002"), "longest")


def test_what_rules_would_change_is_told_and_nothing_is_changed(company, row: Row, same) -> None:
    same("C-001", "C-002")
    before, version = told(company, row("C-001")), company.version("crm")
    wanted = Survivorship({"customer": {"name": "longest", "city": "longest"}})
    (effect,) = shown.effect(company, LOCAL, "customer", wanted)
    was, will = ("Acme Ltd", "ACME Trading Limited")
    assert (effect.field, effect.records, effect.examples) == ("name", 1, [(was, will)])
    assert (told(company, row("C-001")), company.version("crm")) == (before, version)
    assert survivorship.read(company, LOCAL) == Survivorship()


def test_a_record_that_is_merged_with_none_is_refused(company, row: Row) -> None:
    with pytest.raises(Refused) as refused:
        shown.record(company, LOCAL, "customer", row("C-004"))
    assert refused.value.problem.code == "record_unknown"
