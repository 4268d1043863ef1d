"""What answers to a checklist are worth, against cases computed by hand and by properties."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.checklists import Checklist
from crm_core.domain.scoring import (
    Answer,
    Counted,
    Light,
    Panel,
    Rules,
    Score,
    Sheet,
    asked,
    worth,
)

LEVELS = ("none", "some", "most", "all")


def label(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def scale(id_: str, **more: Any) -> dict[str, Any]:
    options = [{"code": one, "label": label(one)} for one in LEVELS]
    return {"id": id_, "text": label(id_), "options": options} | more


def checklist(*sections: tuple[str, str, list[dict[str, Any]]], **more: Any) -> Checklist:
    return Checklist.model_validate(
        {
            "id": "c",
            "version": 1,
            "provider": "us",
            "title": label("C"),
            "about": label("about"),
            "sections": [
                {"id": id_, "title": label(id_), "weight": weight, "items": items}
                for id_, weight, items in sections
            ],
        }
        | more
    )


def answers(**given: Any) -> dict[str, Answer]:
    return {name: Answer(value) for name, value in given.items()}


def score(
    items: list[dict[str, Any]], given: dict[str, Answer], rules: Rules | None = None
) -> Score:
    found = checklist(("s", "1", items))
    return Panel(found, [Sheet(given)], rules or Rules()).section(found.sections[0])


def test_a_section_is_the_mean_of_its_items_by_their_weights() -> None:
    items = [scale("a", weight="3"), scale("b"), scale("c")]
    found = score(items, answers(a="all", b="some", c="none"))
    assert found.share == Fraction(10, 3) / 5
    assert (found.light, found.coverage) == (Light.AMBER, 1)


def test_the_whole_is_the_mean_of_sections_by_their_weights_whatever_they_hold() -> None:
    found = checklist(
        ("s", "3", [scale("a"), scale("b")]), ("t", "1", [scale("c")]), ("u", "9", [scale("d")])
    )
    assert Panel(found, [Sheet(answers(a="all", b="none", c="all"))]).whole().share == Fraction(
        5, 8
    )


@pytest.mark.parametrize(
    ("rules", "share"),
    [
        (Rules(), Fraction(1)),
        (Rules(missing=Counted.AS_NOTHING), Fraction(1, 2)),
        (Rules(not_applicable=Counted.AS_ALL), Fraction(1)),
        (Rules(Counted.AS_NOTHING, Counted.AS_NOTHING), Fraction(1, 3)),
        (Rules(Counted.AS_NOTHING, Counted.AS_ALL), Fraction(2, 3)),
    ],
)
def test_missing_answers_and_what_does_not_apply_count_as_was_chosen(
    rules: Rules, share: Fraction
) -> None:
    found = score([scale("a"), scale("b"), scale("c")], answers(a="all", b=None), rules)
    assert found.share == share
    assert found.coverage == Fraction(2, 3)


def test_what_is_not_asked_counts_nowhere() -> None:
    items = [scale("a"), scale("b", ask_if=[{"item": "a", "one_of": ["none"]}], weight="50")]
    strict = Rules(Counted.AS_NOTHING, Counted.AS_NOTHING)
    found = score(items, answers(a="all", b="none"), strict)
    assert (found.share, found.coverage) == (1, 1)
    assert score(items, answers(a="none", b="all"), strict).share == Fraction(50, 51)


def test_a_condition_on_what_is_not_asked_never_holds() -> None:
    found = checklist(
        (
            "s",
            "1",
            [
                scale("a"),
                scale("b", ask_if=[{"item": "a", "below": "0.5"}]),
                scale("c", ask_if=[{"item": "b", "below": "0.5"}]),
            ],
        )
    )
    given = answers(a="all", b="none")
    assert [*asked(found, Sheet(given))] == ["a"]
    assert [*asked(found, Sheet(answers(a="some", b="none")))] == ["a", "b", "c"]


def test_a_voice_counts_as_much_as_another_however_many_people_it_has() -> None:
    found = checklist(("s", "1", [scale("a", gate="0.6"), scale("b")]))
    front = [Sheet(answers(a="none", b="all"), "front_line") for _ in range(3)]
    panel = Panel(found, [Sheet(answers(a="all"), "manager"), *front])
    assert panel.by_voice(found.sections[0].items[0]) == {"manager": 1, "front_line": 0}
    score = panel.section(found.sections[0])
    assert (score.share, score.missed_gates) == (Fraction(3, 4), ("a",))
    assert score.coverage == Fraction(7, 8)


def test_people_are_asked_of_their_own_part_alone() -> None:
    found = checklist(
        ("s", "1", [scale("a"), scale("b", asked_of=["it"])]),
        ("t", "1", [scale("c", ask_if=[{"item": "a", "one_of": ["none"]}])]),
    )
    assert [*asked(found, Sheet({}, "manager"))] == ["a"]
    assert [*asked(found, Sheet(answers(a="none"), "it"))] == ["a", "b", "c"]
    assert [*asked(found, Sheet({}, "manager", frozenset({"t"})))] == ["c"]


def test_below_a_gate_the_light_is_red_and_with_one_unanswered_not_green() -> None:
    items = [scale("a", gate="0.6"), scale("b", weight="9")]
    missed = score(items, answers(a="some", b="all"))
    assert (missed.light, missed.missed_gates) == (Light.RED, ("a",))
    unanswered = score(items, answers(b="all"))
    assert (unanswered.light, unanswered.open_gates) == (Light.AMBER, ("a",))
    assert score(items, answers(a="most", b="all")).light is Light.GREEN
    assert score(items, {}).light is Light.GREY


def test_evidence_is_counted_by_weight_where_it_is_wanted_and_something_applies() -> None:
    items = [
        scale("a", evidence=label("minutes"), weight="3"),
        scale("b", evidence=label("minutes")),
        scale("c", evidence=label("minutes")),
        scale("d"),
    ]
    given = answers(b="all", c=None, d="all") | {"a": Answer("all", has_evidence=True)}
    assert score(items, given).evidence == Fraction(3, 4)
    assert score([scale("d")], answers(d="all")).evidence == 1


def test_several_answers_add_up_to_one_at_most_and_numbers_lie_between_their_ends() -> None:
    several = {
        "id": "m",
        "kind": "several",
        "text": label("m"),
        "options": [
            {"code": "x", "label": label("x"), "worth": "0.5"},
            {"code": "y", "label": label("y"), "worth": "0.4"},
            {"code": "z", "label": label("z"), "worth": "0.3"},
        ],
    }
    falling = {
        "id": "n", "kind": "number", "text": label("n"), "zero_at": "20", "full_at": "10",
    }  # fmt: skip
    found = checklist(("s", "1", [several, falling]))
    many, number = found.items
    assert worth(many, ("x", "z")) == Fraction(4, 5)
    assert worth(many, ("x", "y", "z")) == 1
    assert worth(many, ()) == 0
    assert [worth(number, Decimal(value)) for value in (25, 20, 15, 10, -3)] == [
        0, 0, Fraction(1, 2), 1, 1,
    ]  # fmt: skip


drawn = st.dictionaries(
    st.sampled_from("abcd"), st.one_of(st.none(), st.sampled_from(LEVELS)), max_size=4
)
rules = st.builds(Rules, st.sampled_from(Counted), st.sampled_from(Counted))
weights = st.lists(st.integers(1, 100).map(str), min_size=4, max_size=4)


@given(drawn, rules, weights)
def test_a_score_lies_between_nothing_and_all_and_no_better_answer_lowers_it(
    given_: dict[str, str | None], how: Rules, weight: list[str]
) -> None:
    items = [scale(name, weight=one) for name, one in zip("abcd", weight, strict=True)]
    before = score(items, answers(**given_), how)
    assert before.share is None or 0 <= before.share <= 1
    assert 0 <= before.coverage <= 1
    for name, value in given_.items():
        if value in LEVELS[:-1]:
            better = LEVELS[LEVELS.index(value) + 1]
            after = score(items, answers(**(given_ | {name: better})), how)
            assert before.share is not None
            assert after.share is not None
            assert after.share > before.share


@given(drawn, rules, weights, st.permutations(range(4)))
def test_neither_the_order_of_items_nor_the_unit_of_weights_matters(
    given_: dict[str, str | None], how: Rules, weight: list[str], order: list[int]
) -> None:
    items = [scale(name, weight=one) for name, one in zip("abcd", weight, strict=True)]
    other = [scale("abcd"[at], weight=str(Decimal(weight[at]) / 4)) for at in order]
    first, second = (score(one, answers(**given_), how) for one in (items, other))
    assert first == second
