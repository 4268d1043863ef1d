"""What changed between two editions of a checklist."""

from typing import Any

import pytest
from any_checklist import MANY
from any_checklist import checklists as any_checklist
from hypothesis import given

from crm_core.domain.checklist_changes import What, changes
from crm_core.domain.checklists import Checklist
from crm_core.domain.entities import Label
from crm_core.reference.checklists import checklists

OURS = checklists()["readiness"]


def with_item(key: str, **changed: Any) -> Checklist:
    """Ours with another item of that id."""
    sections = tuple(
        section.model_copy(
            update={
                "items": tuple(
                    item.model_copy(update=changed) if item.id == key else item
                    for item in section.items
                )
            }
        )
        for section in OURS.sections
    )
    return OURS.model_copy(update={"sections": sections})


def told(after: Checklist) -> list[tuple[str, tuple[What, ...]]]:
    return [(one.part.id, one.what) for one in changes(OURS, after)]


@MANY
@given(any_checklist(), any_checklist(version=2))
def test_nothing_changed_exactly_where_all_but_the_number_is_equal(
    one: Checklist, other: Checklist
) -> None:
    assert changes(one, one.model_copy(update={"version": 2})) == []
    is_equal = one == other.model_copy(update={"version": 1})
    assert (not changes(one, other)) == is_equal


@MANY
@given(any_checklist(), any_checklist())
def test_what_is_added_the_one_way_is_taken_out_the_other(one: Checklist, other: Checklist) -> None:
    added = {each.part.id for each in changes(one, other) if What.ADDED in each.what}
    gone = {each.part.id for each in changes(other, one) if What.TAKEN_OUT in each.what}
    assert added == gone


def test_each_kind_of_change_is_told_for_what_it_is() -> None:
    item = OURS.sections[0].items[0]
    assert told(with_item(item.id, text=Label(en="Other?", zh="别的？"))) == [
        (item.id, (What.REWORDED,))
    ]
    assert told(with_item(item.id, weight=item.weight + 1)) == [(item.id, (What.REWEIGHTED,))]
    assert told(with_item(item.id, options=item.options[1:])) == [(item.id, (What.LEVELS,))]
    reworded = item.options[0].model_copy(update={"label": Label(en="x", zh="y")})
    assert told(with_item(item.id, options=(reworded, *item.options[1:]))) == [
        (item.id, (What.REWORDED,))
    ]
    assert told(with_item(item.id, leads_to=())) == [(item.id, (What.CONSEQUENCES,))]
    assert told(with_item(item.id, asked_of=("it",))) == [(item.id, (What.ASKED,))]


def test_an_item_put_in_before_others_changes_nothing_about_them() -> None:
    first, *rest = OURS.sections
    new = first.items[0].model_copy(update={"id": "new"})
    after = OURS.model_copy(
        update={"sections": (first.model_copy(update={"items": (new, *first.items)}), *rest)}
    )
    assert told(after) == [("new", (What.ADDED,))]
    assert [(one.part.id, one.what) for one in changes(after, OURS)] == [("new", (What.TAKEN_OUT,))]


@pytest.mark.parametrize("field", ["title", "about"])
def test_a_change_of_the_checklist_itself_is_told(field: str) -> None:
    after = OURS.model_copy(update={field: Label(en="x", zh="y")})
    assert told(after) == [("readiness", (What.REWORDED,))]
