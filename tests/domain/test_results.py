"""Results against cases computed by hand, and what must hold whatever people answer."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_scoring import LEVELS, answers, checklist, scale

from crm_core.domain.assessments import FEWEST_UNNAMED, State, fewest_together
from crm_core.domain.checklists import Checklist, Voice
from crm_core.domain.pooling import pooled
from crm_core.domain.results import Reason, Result, Told, confidence, gains, result
from crm_core.domain.scoring import Answer, Counted, Light, Panel, Rules, Sheet

VOICES: Sequence[Voice] = get_args(Voice)


def leading(id_: str, **more: object) -> dict[str, object]:
    """An item that leads to something below 0.6."""
    what = {"when": {"below": "0.6"}, "recommendation": {"en": "Mend", "zh": "补"}}
    return scale(id_, leads_to=[what], **more)


def panel(found: Checklist, *sheets: Sheet, fewest: int = 1) -> Panel:
    return Panel(found, sheets, Rules(), fewest)


def test_what_to_do_next_is_ordered_by_gates_and_then_by_what_it_adds() -> None:
    """Section s weighs 3 of 4: a 3/4 x 1/4 x 2/3 = 1/8, b 3/4 x 3/4 x 2/3 = 3/8; t weighs 1 of 4:
    g 1/4 x 1/2 x 2/3 = 1/12, d is all there; u does not count, since nobody answered."""
    found = checklist(
        ("s", "3", [leading("a"), leading("b", weight="3")]),
        ("t", "1", [leading("g", gate="0.5"), leading("d")]),
        ("u", "9", [leading("e")]),
    )
    sheet = Sheet(answers(a="some", b="some", g="some", d="all"))
    told = {(item, 0): Told(1, 1) for item in ("a", "b", "g")}
    come = result(panel(found, sheet), told)
    assert [(one.item, one.gain, one.is_gate) for one in come.steps] == [
        ("g", Fraction(1, 12), True),
        ("b", Fraction(3, 8), False),
        ("a", Fraction(1, 8), False),
    ]
    assert come.whole.share == Fraction(3, 4) * Fraction(1, 3) + Fraction(1, 4) * Fraction(2, 3)


def test_a_light_says_why_it_is_not_green() -> None:
    found = checklist(
        ("s", "1", [scale("a", gate="0.5"), scale("b", gate="0.5"), scale("c")]),
        ("t", "1", [scale("d")]),
        ("u", "1", [scale("e")]),
        ("v", "1", [scale("f")]),
    )
    come = result(panel(found, Sheet(answers(a="some", c="all", d="most", e="all"))), {})
    green, amber = Decimal("0.75"), Decimal("0.5")
    assert [one.reasons for one in come.sections] == [
        (Reason("missed_gate", ("a",)), Reason("below", limit=green), Reason("open_gate", ("b",))),
        (Reason("below", limit=green),),
        (),
        (Reason("nothing"),),
    ]
    assert [one.score.light for one in come.sections] == [
        Light.RED,
        Light.AMBER,
        Light.GREEN,
        Light.GREY,
    ]
    low = result(panel(found, Sheet(answers(d="some"))), {}).sections[1]
    assert low.reasons == (Reason("below", limit=amber),)


def test_the_voices_that_see_an_item_most_differently_stand_first() -> None:
    found = checklist(("s", "1", [scale("a"), scale("b"), scale("c")]))
    come = result(
        panel(
            found,
            Sheet(answers(a="most", b="all", c="some"), "manager"),
            Sheet(answers(a="some", b="none", c="some"), "front_line"),
            Sheet(answers(a="some", b="some", c="some"), "front_line"),
        ),
        {},
    )
    assert [(one.item, one.low, one.high, one.distance) for one in come.gaps] == [
        ("b", ("front_line",), ("manager",), Fraction(5, 6)),
        ("a", ("front_line",), ("manager",), Fraction(1, 3)),
    ]
    b = come.items[1]
    assert (b.lowest, b.highest, b.counted, b.share) == (0, 1, 3, Fraction(7, 12))


def test_confidence_counts_what_was_answered_and_half_of_it_only_where_it_is_shown() -> None:
    proof = {"en": "Paper", "zh": "文件"}
    found = checklist(("s", "1", [scale("a", evidence=proof), scale("b", evidence=proof)]))
    both = {"a": Answer("all", has_evidence=True), "b": Answer("all")}
    for given_, expected in (
        ({}, 0),
        (answers(a="all"), Fraction(1, 4)),
        (answers(a="all", b="all"), Fraction(1, 2)),
        (both, Fraction(3, 4)),
        ({name: Answer("none", has_evidence=True) for name in "ab"}, 1),
    ):
        assert confidence(panel(found, Sheet(given_)).whole()) == expected


WHOLE = checklist(
    ("s", "2", [leading("a", gate="0.5"), leading("b", weight="3"), scale("c")]),
    ("t", "1", [scale("d"), leading("e", ask_if=[{"item": "d", "below": "0.9"}])]),
)
given_answers = st.dictionaries(
    st.sampled_from("abcde"), st.sampled_from([*LEVELS, None]).map(Answer), max_size=5
)
sheets = st.lists(st.builds(Sheet, given_answers, st.sampled_from(VOICES)), max_size=14)
rules = st.builds(Rules, st.sampled_from(Counted), st.sampled_from(Counted))


@settings(deadline=None)
@given(st.lists(st.builds(Sheet, given_answers), min_size=1, max_size=1), rules)
def test_mending_an_item_adds_exactly_what_was_foretold(told: list[Sheet], how: Rules) -> None:
    """Of items on which no other depends."""
    before = Panel(WHOLE, told, how)
    for item, gain in gains(before).items():
        if item != "d":
            mended = {**told[0].answers, item: Answer("all")}
            after = Panel(WHOLE, [replace(told[0], answers=mended)], how)
            was, now = before.whole().share, after.whole().share
            assert was is not None and now is not None
            if told[0].answers.get(item, Answer(None)).value is not None or how == Rules(
                Counted.AS_NOTHING, Counted.AS_NOTHING
            ):
                assert now - was == gain


@settings(deadline=None)
@given(sheets, rules)
def test_figures_stay_within_their_bounds(told: list[Sheet], how: Rules) -> None:
    come = result(Panel(WHOLE, told, how), {("a", 0): Told(1, 1)})
    assert 0 <= come.confidence <= come.whole.coverage <= 1
    for one in come.items:
        assert one.counted <= one.answered <= one.asked
        if one.lowest is not None and how == Rules():
            assert one.lowest <= (one.share or 0) <= (one.highest or 0)
    assert all(0 < one.distance <= 1 for one in come.gaps)
    missing = 1 - (come.whole.share or 0)
    assert sum(gains(Panel(WHOLE, told, how)).values()) == (missing if come.whole.share else 1) or (
        come.whole.share is None
    )


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(VOICES), st.integers(0, 9)), st.integers(2, 6))
def test_no_group_is_smaller_than_it_may_be_and_each_voice_is_in_one(
    told: dict[Voice, int], fewest: int
) -> None:
    groups = pooled(told, fewest)
    if groups is None:
        assert sum(told.values()) < fewest
    else:
        assert sorted(voice for group in groups for voice in group) == sorted(told)
        assert all(sum(told[voice] for voice in group) >= fewest for group in groups)
        assert all(len(group) == 1 for group in pooled(told, 1) or ())


def shown(told: Sequence[Sheet], how: Rules) -> Result:
    """What readers see without names."""
    return result(Panel(FLAT, told, how, FEWEST_UNNAMED), {})


FLAT = checklist(("s", "2", [scale("a", gate="0.5"), scale("b")]), ("t", "1", [scale("c")]))
flat_answers = st.dictionaries(
    st.sampled_from("abc"), st.sampled_from([*LEVELS, None]).map(Answer), max_size=3
)


@settings(deadline=None)
@given(
    st.lists(st.builds(Sheet, flat_answers, st.sampled_from(VOICES[:3])), min_size=2, max_size=20),
    rules,
    st.data(),
)
def test_without_names_no_figure_tells_whose_answer_is_whose(
    told: list[Sheet], how: Rules, data: st.DataObject
) -> None:
    """Two people of a group that is shown together swap answers that count to an item: nothing that
    anybody sees changes, not the whole, no section, no voice, no difference between them."""
    item = data.draw(st.sampled_from([*FLAT.items]))
    groups = Panel(FLAT, told, how, FEWEST_UNNAMED).groups(item)
    valued = [
        at
        for at, one in enumerate(told)
        if (answer := one.answers.get(item.id)) and answer.value is not None
    ]
    pairs = [
        (one, other)
        for one in valued
        for other in valued
        if one < other
        and (
            groups is None
            or any({told[one].voice, told[other].voice} <= set(group) for group in groups)
        )
    ]
    if not pairs:
        return
    one, other = data.draw(st.sampled_from(pairs))
    swapped = list(told)
    for here, there in ((one, other), (other, one)):
        answer = told[there].answers[item.id]
        swapped[here] = replace(told[here], answers={**told[here].answers, item.id: answer})
    assert shown(swapped, how) == shown(told, how)


@settings(deadline=None)
@given(st.lists(st.builds(Sheet, flat_answers, st.sampled_from(VOICES)), max_size=12), rules)
def test_of_too_few_nothing_is_seen_whatever_they_answer(told: list[Sheet], how: Rules) -> None:
    come = shown(told, how)
    for one in come.items:
        if one.counted and one.counted < FEWEST_UNNAMED:
            assert one.is_withheld
            assert (one.share, one.lowest, one.highest, one.by_group) == (None, None, None, {})
            others = [
                replace(sheet, answers={k: v for k, v in sheet.answers.items() if k != one.item})
                if sheet.answers.get(one.item, Answer(None)).value is not None
                else sheet
                for sheet in told
            ]
            if how == Rules():
                assert shown(others, how).whole.share == come.whole.share


@pytest.mark.parametrize(("told", "groups"), [
    ({"lead": 1, "manager": 6, "front_line": 9}, (("front_line",), ("lead", "manager"))),
    ({"manager": 6, "front_line": 9}, (("manager",), ("front_line",))),
    ({"lead": 2, "it": 3, "front_line": 9}, (("front_line",), ("lead", "it"))),
    ({"lead": 0, "front_line": 5}, (("lead", "front_line"),)),
    ({"lead": 4}, None),
])  # fmt: skip
def test_small_voices_are_shown_with_others_only(
    told: dict[Voice, int], groups: tuple[tuple[Voice, ...], ...] | None
) -> None:
    assert pooled(told, FEWEST_UNNAMED) == groups


def test_a_gate_that_too_few_answered_to_be_shown_keeps_the_light_from_green() -> None:
    found = checklist(("s", "1", [scale("a", gate="0.5"), scale("b", weight="9")]))
    sheets = [Sheet(answers(b="all"), "lead") for _ in range(6)]
    sheets[0] = Sheet(answers(a="none", b="all"), "lead")
    come = Panel(found, sheets, Rules(), FEWEST_UNNAMED).whole()
    assert (come.share, come.light) == (1, Light.AMBER)
    assert (come.missed_gates, come.open_gates) == ((), ("a",))


def test_without_names_nothing_is_shown_while_answers_are_taken() -> None:
    assert fewest_together(State.APPROVED, is_unnamed=True) == FEWEST_UNNAMED
    assert fewest_together(State.DRAFT, is_unnamed=False) == 1
    found = [Sheet(answers(a="all"), "lead") for _ in range(40)]
    fewest = fewest_together(State.RETURNED, is_unnamed=True)
    come = result(Panel(FLAT, found, Rules(), fewest), {})
    assert (come.whole.share, come.whole.light, come.items[0].answered) == (None, Light.GREY, 40)
