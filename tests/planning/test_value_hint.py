"""The plan that a search for value begins with can be carried out, and is worth something."""

import random
import threading

import pytest
from programmes import programme
from verifier import broken, value

from crm_core.domain.planning.model import Capacity, Dependency, Initiative, Programme
from crm_core.planning.build import Hint
from crm_core.planning.most_value import build
from crm_core.planning.relaxed import relaxed
from crm_core.planning.solve import solve
from crm_core.planning.value_hint import value_hint


def hinted(p: Programme, seconds: float = 20) -> tuple[Hint, dict[str, tuple[int, int]]]:
    built = build(p)
    found = value_hint(p, built, seconds, threading.Event())
    return found, {key: (start, built.spans[key][start]) for key, start in found.starts.items()}


def crowded(seed: int, count: int = 40) -> Programme:
    """More that pays than there are people for."""
    dice = random.Random(seed)
    some = tuple(
        Initiative(
            f"I{n}",
            dice.randint(1, 4),
            (Dependency(f"I{dice.randrange(n)}"),) if n and dice.random() < 0.4 else (),
            {dice.choice("ab"): dice.choice([0.5, 1.0, 2.0])},
            cost=dice.randint(1, 50),
            value=dice.randint(0, 200),
        )
        for n in range(count)
    )
    return Programme(12, some, tuple(Capacity(one, 0, 12, 3.0) for one in "ab"))


@pytest.mark.parametrize("seed", range(60))
def test_what_the_search_begins_with_breaks_nothing_that_is_in_it(seed: int) -> None:
    p = programme(seed)
    _, plan = hinted(p)
    allowed = ("is missing", "nothing")
    assert [one for one in broken(p, plan, everything=False) if not one.endswith(allowed)] == []


@pytest.mark.parametrize("seed", range(5))
def test_it_is_worth_nine_tenths_of_the_best_plan(seed: int) -> None:
    p = crowded(seed)
    found = solve(p, "value", 20)
    assert found.objective is not None
    assert value(p, hinted(p)[1]) > 0.9 * found.objective


def test_the_same_programme_has_the_same_hint() -> None:
    first, second = hinted(crowded(1)), hinted(crowded(1))
    assert first == second
    assert first[0].is_repeatable


def test_a_stop_ends_it_and_it_is_not_called_repeatable() -> None:
    p, stopping = crowded(2), threading.Event()
    stopping.set()
    assert not value_hint(p, build(p), 60, stopping).is_repeatable


def test_the_relaxation_starts_each_initiative_in_parts_that_only_grow() -> None:
    curves = relaxed(build(crowded(3)), 20)
    assert curves is not None
    for curve in curves:
        assert ((curve >= -1e-6) & (curve <= 1 + 1e-6)).all()
        assert (curve[1:] >= curve[:-1] - 1e-6).all()
    assert any(0.01 < curve[-1] < 0.99 for curve in curves)


def test_a_long_programme_is_relaxed_on_fewer_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm_core.planning.relaxed._MOST_COLUMNS", 100)
    built = build(crowded(4))
    curves = relaxed(built, 20)
    assert curves is not None
    assert all(
        len(curve) == len(each) for curve, each in zip(curves, built.spans.values(), strict=True)
    )
    assert hinted(crowded(4))[1]
