"""Variants of a process compared: what the score promises, and what each mark means."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_core.domain.alignment import ALIKE, likeness, matches
from crm_core.domain.comparison import Comparison, Mark, compare, difference
from crm_core.domain.variant import Step, Variant, timed

NAMES = st.sampled_from(
    ["Take the call", "Note the call", "Check the customer", "Send a quote", "录入客户信息", "?"]
)
STEPS = st.builds(
    Step,
    what=NAMES | st.text("ab ", max_size=4),
    tool=st.sampled_from(["", "Excel", "CRM"]),
    minutes=st.none() | st.decimals(0, 60, places=1),
)
VARIANTS = st.lists(STEPS, max_size=6).map(lambda steps: Variant("a", tuple(steps)))


def variant(name: str, *steps: str | Step) -> Variant:
    return Variant(name, tuple(one if isinstance(one, Step) else Step(one) for one in steps))


def marks(found: Comparison, column: int) -> list[tuple[str, tuple[Mark, ...]]]:
    return [(row.name, row.cells[column].marks) for row in found.rows]


@given(VARIANTS, VARIANTS)
def test_the_difference_is_symmetric_and_lies_between_0_and_1(
    left: Variant, right: Variant
) -> None:
    assert 0 <= difference(left, right) <= 1
    assert difference(left, right) == difference(right, left)


@given(VARIANTS)
def test_a_variant_does_not_differ_from_itself(one: Variant) -> None:
    assert difference(one, one) == 0
    if one.steps:
        assert {
            mark for row in compare([one, one]).rows for c in row.cells for mark in c.marks
        } == {Mark.SAME}


@given(NAMES | st.text(max_size=8), NAMES | st.text(max_size=8))
def test_likeness_is_symmetric_and_1_for_the_same_name(left: str, right: str) -> None:
    assert likeness(left, right) == likeness(right, left)
    assert 0 <= likeness(left, right) <= 1
    assert likeness(left, left) == 1


@given(st.lists(NAMES, max_size=7), st.lists(NAMES, max_size=7))
def test_a_place_is_matched_once_and_what_has_not_moved_keeps_its_order(left, right) -> None:
    found = matches(left, right)
    assert len({one.left for one in found}) == len({one.right for one in found}) == len(found)
    places = [one.right for one in found if not one.moved]
    assert places == sorted(places)
    assert all(likeness(left[one.left], right[one.right]) >= ALIKE for one in found)


@settings(max_examples=60)
@given(st.lists(VARIANTS, min_size=1, max_size=4), st.integers(0, 3))
def test_every_step_of_every_variant_stands_in_one_row(
    variants: list[Variant], agreed: int
) -> None:
    named = [Variant(str(place), one.steps) for place, one in enumerate(variants)]
    found = compare(named, str(agreed))
    for column, one in enumerate(named):
        held = [row.cells[column] for row in found.rows if row.cells[column].step]
        assert sorted(cell.place for cell in held) == list(range(1, len(one.steps) + 1))
        assert all(cell.step == one.steps[cell.place - 1] for cell in held)
    in_reference = [row.cells[found.reference].place for row in found.rows]
    assert [place for place in in_reference if place] == sorted(filter(None, in_reference))


@settings(max_examples=100)
@given(st.lists(VARIANTS, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_teams_changes_neither_marks_nor_who_is_the_reference(
    variants: list[Variant], random: Random
) -> None:
    named = [Variant(str(place), one.steps) for place, one in enumerate(variants)]
    one, other = (compare(each) for each in (named, random.sample(named, len(named))))
    assert one.variants[one.reference].name == other.variants[other.reference].name
    for column, variant_ in enumerate(one.variants):
        there = [each.name for each in other.variants].index(variant_.name)
        assert _marked(one, column) == _marked(other, there)
        assert one.differences[one.reference][column] == pytest.approx(
            other.differences[other.reference][there]
        )


def _marked(found: Comparison, column: int) -> list[tuple[int, tuple[Mark, ...]]]:
    cells = (row.cells[column] for row in found.rows)
    return sorted((cell.place or 0, cell.marks) for cell in cells if cell.marks)


@given(VARIANTS, VARIANTS)
def test_only_teams_that_are_alike_in_every_mark_differ_by_nothing(
    left: Variant, right: Variant
) -> None:
    named = [Variant("a", left.steps), Variant("b", right.steps)]
    told = {mark for row in compare(named, "a").rows for mark in row.cells[1].marks}
    assert (difference(*named) == 0) == (told <= {Mark.SAME})


def test_each_way_to_differ_has_its_mark() -> None:
    agreed = variant(
        "Sales",
        Step("Take the call", tool="Phone", minutes=Decimal(5)),
        Step("Look the customer up", tool="CRM", minutes=Decimal(3)),
        Step("Write the quote", tool="CRM", minutes=Decimal(10)),
        Step("Approve the discount", minutes=Decimal(15)),
        Step("Send the quote", tool="Mail", minutes=Decimal(2)),
    )
    other = variant(
        "Service",
        Step("Take the call", tool="phone ", minutes=Decimal(6)),
        Step("Send the quote", tool="Mail", minutes=Decimal(2)),
        Step("Write the quote", tool="Excel", minutes=Decimal(30)),
        Step("Type it into Access", minutes=Decimal(9)),
        Step("Discount approval", minutes=Decimal(15)),
    )
    found = compare([other, agreed], "Sales")
    assert found.reference == 1
    assert marks(found, 0) == [
        ("Take the call", (Mark.SAME,)),
        ("Look the customer up", (Mark.MISSING,)),
        ("Write the quote", (Mark.OTHER_TOOL, Mark.OTHER_DURATION)),
        ("Type it into Access", (Mark.EXTRA,)),
        ("Approve the discount", (Mark.SAME,)),
        ("Send the quote", (Mark.MOVED,)),
    ]
    assert difference(other, agreed) == 1 - 2 * (1 + 0.5 + 1 + 0.75) / (5 + 5)


def test_steps_that_only_others_do_share_a_row_where_they_are_alike() -> None:
    found = compare(
        [
            variant("A", "Open", "Close"),
            variant("B", "Open", "Print the form", "Close"),
            variant("C", "Open", "Print form", "File it", "Close"),
        ],
        "A",
    )
    assert [row.name for row in found.rows] == ["Open", "Print the form", "File it", "Close"]
    assert [cell.marks for cell in found.rows[1].cells] == [(), (Mark.EXTRA,), (Mark.EXTRA,)]


def test_without_an_agreed_way_the_others_are_held_against_the_one_nearest_to_all() -> None:
    near = variant("B", "Open", "Check", "Close")
    found = compare([variant("A", "Sing"), near, variant("C", "Open", "Check")], "nobody")
    assert found.reference == 1
    assert compare([near]).spread == 0


def test_nothing_in_common_is_all_different_and_two_empty_ones_are_the_same() -> None:
    assert difference(variant("A", "Open"), variant("B", "Sing")) == 1
    assert difference(variant("A"), variant("B")) == 0


def test_time_and_cost_count_the_steps_that_say_it() -> None:
    one = variant("A", Step("Open", minutes=Decimal(30)), Step("Close"))
    assert (one.minutes, one.untimed, one.cost(Decimal(80))) == (30, 1, 40)
    assert variant("B", "Open").minutes is None
    assert variant("B", "Open").cost(Decimal(80)) is None


def test_time_that_holds_waiting_costs_nothing_and_is_not_held_against_work() -> None:
    waits = variant("Log", Step("Open", minutes=Decimal(8000), with_waiting=True))
    works = variant("Sales", Step("Open", minutes=Decimal(30)))
    assert (waits.minutes, waits.cost(Decimal(80))) == (8000, None)
    assert difference(waits, works) == 0
    assert timed([waits, works]) == [works]
    assert timed([waits, variant("B", "Open")]) == [waits]
