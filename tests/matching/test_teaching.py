"""What people decide bends the model, and the most telling pairs are asked first."""

import random

import numpy as np
import pytest

from crm_core import matching
from crm_core.matching import Decision
from crm_core.matching.teaching import learnt

LEVELS = np.array([[0, 0, 2], [0, 1, 2], [1, 0, 2], [2, 2, 0], [2, 2, 2], [2, -1, 2]])
ODDS = np.array([3.0, 1.0, 0.5, -0.5, -4.0, -1.0])


def shops(count: int) -> list[dict[str, object]]:
    """Shops, of which each third has a counter at the same address under quite another name.

    Whether such a counter is the same customer, no model can know: this company says it is.
    """
    pick = random.Random(3)
    words = ["amber", "basil", "coral", "dune", "ember", "fern", "grove", "heron", "indigo"]
    rows: list[dict[str, object]] = []
    for n in range(count):
        row = {
            "name": f"{pick.choice(words)} {pick.choice(words)} shop {n}",
            "street": f"{pick.randrange(1, 500)} {pick.choice(words)} street",
            "phone": f"+4420{pick.randrange(10**7, 10**8)}",
        }
        rows.append(row)
        if n % 3 == 0:
            rows.append(row | {"name": f"{pick.choice(words)} counter {10 * n}"})
        if n % 3 == 1:
            rows.append(row | {"name": f"{row['name']} ltd".upper()})
    return rows


def test_an_answer_moves_pairs_that_are_alike_and_hardly_any_others() -> None:
    lessons = learnt(LEVELS[[1, 1]], ODDS[[1, 1]], np.array([False, False]))
    shift, variance = lessons.shift(LEVELS)
    assert shift[1] < -1 and shift[1] < shift[0] < 0
    assert abs(shift[4]) < 0.6 * abs(shift[1])
    assert variance[1] == min(variance)


def test_answers_that_say_what_the_model_says_hardly_move_it() -> None:
    lessons = learnt(LEVELS[[0, 4]], np.array([6.0, -6.0]), np.array([True, False]))
    assert np.abs(lessons.shift(LEVELS)[0]).max() < 0.2


@pytest.mark.parametrize("count", [1, 30, 400])
def test_any_answers_whatever_they_say_leave_probabilities(count) -> None:
    pick = np.random.default_rng(count)
    rows = pick.integers(-1, 4, (count, 6))
    lessons = learnt(rows, pick.normal(0, 20, count), pick.random(count) < 0.5)
    shift, variance = lessons.shift(rows)
    assert np.isfinite(shift).all() and (variance >= 0).all()
    assert np.abs(shift).max() < 30


def test_a_few_decisions_on_the_most_telling_pairs_teach_the_rest(table, cursor) -> None:
    rows = shops(300)
    records = table(rows)
    same = {n for n, row in enumerate(rows, start=1) if "shop" not in str(row["name"]).lower()}
    found = matching.match(cursor, "customer", records)

    def right() -> float:
        told = cursor.execute(
            "SELECT right_row_id, probability >= 0.5 FROM scored_pairs WHERE right_row_id"
            " = left_row_id + 1"
        ).fetchall()
        counters = [told_same for right_id, told_same in told if right_id in same]
        return sum(counters) / len(same)

    before = right()
    asked = cursor.execute(
        "SELECT left_row_id, right_row_id FROM scored_pairs ORDER BY telling DESC, left_row_id"
        " LIMIT 12"
    ).fetchall()
    twins = [(a, b) for a, b in asked if b == a + 1]
    assert twins
    decisions = [Decision(a, b, (a, b) in twins) for a, b in asked]
    again = matching.match(cursor, "customer", records, model=found.model, decisions=decisions)
    assert before < 0.5 < 0.95 < right()
    assert len(again.model.answers) == len(decisions)


def test_what_was_decided_stays_decided(table, cursor) -> None:
    rows = shops(60)
    decisions = [Decision(1, 2, False), Decision(4, 3, True), Decision(4, 3, False)]
    matching.match(cursor, "customer", table(rows), decisions=decisions)
    found = cursor.execute(
        "SELECT left_row_id, right_row_id, band FROM scored_pairs WHERE why = 'decided'"
        " ORDER BY ALL"
    ).fetchall()
    assert found == [(1, 2, "leave"), (3, 4, "leave")]


def test_a_chain_does_not_undo_what_was_decided(table, cursor) -> None:
    rows = shops(60)
    rows += [dict(rows[0]), dict(rows[0])]
    first, last = len(rows) - 1, len(rows)
    matching.match(cursor, "customer", table(rows), decisions=[Decision(first, last, False)])
    merged = cursor.execute(
        "SELECT left_row_id, right_row_id FROM scored_pairs WHERE band = 'merge'"
        f" AND (left_row_id IN ({first}, {last}) OR right_row_id IN ({first}, {last}))"
    ).fetchall()
    assert merged == []
