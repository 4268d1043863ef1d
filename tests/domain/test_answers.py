"""What may be answered to an item of a checklist."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.answers import kept_as, value_of, wrong_answer
from crm_core.domain.checklists import Item
from crm_core.reference.checklists import checklists

OPTIONS = [
    {"code": one, "label": {"en": one, "zh": one}, "alone": alone}
    for one, alone in (("a", False), ("b", False), ("none", True))
]


def item(kind: str, **more: Any) -> Item:
    options = OPTIONS if kind == "several" else [one | {"alone": False} for one in OPTIONS]
    chosen = {"options": options} if kind in ("scale", "one", "several") else {}
    return Item.model_validate(
        {"id": "i", "kind": kind, "text": {"en": "?", "zh": "？"}} | chosen | more
    )


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("scale", "b", None),
        ("scale", "c", "answer_unknown"),
        ("scale", ("a",), "answer_unknown"),
        ("one", Decimal(1), "answer_unknown"),
        ("several", ("a", "b"), None),
        ("several", ("none",), None),
        ("several", ("a", "none"), "answer_alone"),
        ("several", ("a", "a"), "answer_alone"),
        ("several", (), "answer_none"),
        ("several", "a", "answer_none"),
        ("number", Decimal("1.5"), None),
        ("number", Decimal("NaN"), "item_number"),
        ("number", "1", "item_number"),
        ("date", date(2026, 3, 1), None),
        ("date", date(1200, 1, 1), "item_day"),
        ("date", "2026-03-01", "item_date"),
        ("text", "so", None),
        ("text", "  ", "item_required"),
        ("text", "x" * 10_001, "item_text"),
        ("text", None, "item_reason"),
    ],
)
def test_only_what_the_kind_of_item_asks_for_is_an_answer(
    kind: str, value: Any, code: str | None
) -> None:
    found = wrong_answer(item(kind), value, "")
    assert (found.code if found else None) == code


def test_what_always_applies_cannot_be_said_not_to() -> None:
    found = wrong_answer(item("scale", may_not_apply=False), None, "because")
    assert found is not None
    assert found.code == "answer_applies"
    assert wrong_answer(item("scale"), None, "because") is None


values = st.one_of(
    st.tuples(st.just("number"), st.decimals(allow_nan=False, allow_infinity=False, places=4)),
    st.tuples(st.just("date"), st.dates()),
    st.tuples(st.just("text"), st.text()),
    st.tuples(st.just("several"), st.lists(st.sampled_from("ab"), min_size=1).map(tuple)),
    st.tuples(st.sampled_from(("scale", "one")), st.sampled_from("ab")),
)


@given(values)
def test_an_answer_comes_back_as_it_was_given(drawn: tuple[str, Any]) -> None:
    kind, value = drawn
    assert value_of(item(kind), kept_as(value)) == value


def test_an_answer_that_excludes_others_is_marked_so_in_every_shipped_checklist() -> None:
    for checklist in checklists().values():
        for one in checklist.items:
            for option in one.options:
                if one.kind == "several" and option.label.en.startswith(("None", "Nothing")):
                    assert option.alone, (checklist.id, one.id, option.code)
