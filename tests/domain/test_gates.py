"""Gates: what opens them, what keeps them closed, and which questions are theirs."""

from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.gates import End, Filled, Lack, Opening, Way, lacks, part, verdict
from crm_core.domain.scoring import Light, Score
from crm_core.reference.checklists import checklists

SHARES = st.none() | st.fractions(0, 1, max_denominator=20)
ITEMS = st.lists(st.sampled_from("ab"), max_size=2, unique=True).map(tuple)
HAND = Opening("Ann", datetime(2026, 1, 5), "the room is free now only")


def scored(
    share: Fraction | None, missed: tuple[str, ...] = (), waiting: tuple[str, ...] = ()
) -> Score:
    return Score(share, Fraction(1), Fraction(1), Light.GREY, missed, waiting)


FILLED = st.builds(Filled, st.just("A-1"), st.builds(scored, SHARES, ITEMS, ITEMS), st.booleans())
SHEETS = st.lists(FILLED, max_size=4)
LEAST = st.fractions(0, 1, max_denominator=20)


@given(LEAST, SHEETS, st.none() | st.just(HAND))
def test_a_gate_is_open_by_score_by_hand_or_says_what_is_missing(
    least: Fraction, filled: list[Filled], opening: Opening | None
) -> None:
    found = verdict(least, filled, opening)
    held = next((one for one in filled if one.is_handed_in), None)
    reaches = held is not None and not lacks(held, least)
    assert (found.way is Way.BY_SCORE) == reaches
    assert bool(found.missing) != reaches
    if not reaches:
        assert (found.way is Way.BY_HAND) == (opening is not None)
        assert found.told_by == next(iter(filled), None)


@given(LEAST, FILLED, FILLED)
def test_beginning_the_next_assessment_closes_no_gate(
    least: Fraction, one: Filled, newer: Filled
) -> None:
    draft = Filled("A-2", newer.score, is_handed_in=False)
    if verdict(least, [one]).way is Way.BY_SCORE:
        assert verdict(least, [draft, one]).way is Way.BY_SCORE


@given(SHEETS, LEAST, LEAST)
def test_who_asks_for_less_keeps_no_gate_closed_that_was_open(
    filled: list[Filled], one: Fraction, other: Fraction
) -> None:
    if verdict(max(one, other), filled).way is Way.BY_SCORE:
        assert verdict(min(one, other), filled).way is Way.BY_SCORE


def test_what_is_missing_is_told_with_the_questions() -> None:
    one = Filled("A-1", scored(Fraction(1, 2), ("a",), ("b",)), is_handed_in=False)
    told = [(each.code, each.items) for each in lacks(one, Fraction(3, 4))]
    assert told == [
        (Lack.BELOW, ()), (Lack.MISSED, ("a",)), (Lack.UNANSWERED, ("b",)),
        (Lack.NOT_HANDED_IN, ()),
    ]  # fmt: skip
    assert verdict(None, [one]).missing[0].code is Lack.NO_CHECKLIST
    assert verdict(Fraction(1), []).missing[0].code is Lack.NOT_BEGUN


@pytest.mark.parametrize("end", list(End))
def test_every_kind_of_phase_has_questions_at_either_end(end: End) -> None:
    gates = checklists()["phase-gates"]
    for section in gates.sections:
        found = part(gates, section.id, end)
        assert [one.id for one in found.sections] == [section.id]
        assert all(f"-{end}-" in item.id for item in found.items)
    assert len(part(gates, None, end).sections) == len(gates.sections)


def test_of_another_checklist_all_questions_count() -> None:
    readiness = checklists()["readiness"]
    assert part(readiness, "pilot", End.ENTRY) == readiness
