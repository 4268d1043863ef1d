"""Plans of programmes at random: nothing is broken, the worth is right, the reasons are true."""

import os
from itertools import product
from typing import Literal

import pytest
from programmes import programme
from verifier import broken, value

from crm_core.domain.planning.model import Initiative, Programme
from crm_core.planning.explain import reasons, tightened
from crm_core.planning.solve import Solved, solve

COUNT = int(os.environ.get("CRM_PLANS", "100"))
Objective = Literal["value", "finish"]


def worth(p: Programme, plan: dict[str, tuple[int, int]], objective: Objective) -> float:
    """The higher the better."""
    if objective == "value":
        return value(p, plan)
    return -float(max((end for _, end in plan.values()), default=0))


@pytest.mark.parametrize("seed", range(COUNT))
@pytest.mark.parametrize("objective", ["value", "finish"])
def test_a_plan_breaks_nothing_and_its_reasons_are_true(seed: int, objective: Objective) -> None:
    p = programme(seed)
    found = solve(p, objective, 20)
    if found.status == "infeasible":
        assert found.spans == {}
        return
    assert found.status in ("optimal", "feasible")
    everything = objective == "finish"
    plan = tightened(p, found.spans, objective)
    assert broken(p, plan, everything=everything) == []
    assert abs(worth(p, plan, objective)) == pytest.approx(abs(found.objective or 0), abs=0.01)
    for key, why in reasons(p, plan, objective).items():
        if key in plan:
            check_reason(p, plan, key, why.code, objective)
        else:
            assert why.code not in ("first", "worse", "no_sooner")


def check_reason(
    p: Programme, plan: dict[str, tuple[int, int]], key: str, code: str, objective: Objective
) -> None:
    """One period earlier breaks something, or makes the plan worth less."""
    start, _ = plan[key]
    if code == "first":
        assert start == 0
        return
    earlier = [
        plan | {key: (start - 1, end)}
        for end in range(start - 1, p.horizon + 1)
        if not broken(p, plan | {key: (start - 1, end)}, everything=objective == "finish")
    ]
    if code in ("worse", "no_sooner"):
        assert earlier
        assert worth(p, earlier[0], objective) < worth(p, plan, objective)
    else:
        assert earlier == []


@pytest.mark.parametrize("seed", range(0, COUNT, 4))
def test_a_plan_that_is_called_optimal_is_not_beaten_by_trying_everything(seed: int) -> None:
    p = programme(seed)
    small = Programme(
        min(p.horizon, 6),
        tuple(one for one in p.initiatives[:3]),
        p.capacities,
        tuple(one for one in p.phases if one.end <= 6),
        p.windows,
        p.loads,
        periods_a_year=p.periods_a_year,
        discount=p.discount,
    )
    found = solve(small, "value", 20)
    best = best_by_trying(small)
    if best is None:
        assert found.status == "infeasible"
    else:
        assert found.status == "optimal"
        assert found.objective == pytest.approx(best, abs=0.01)


def best_by_trying(p: Programme) -> float | None:
    places: list[list[tuple[int, int] | None]] = []
    for one in p.initiatives:
        spans = [
            (start, end)
            for start in range(p.horizon + 1)
            for end in range(start, p.horizon + 1)
            if not _alone_broken(p, one, start, end)
        ]
        places.append([None, *spans])
    best: float | None = None
    for choice in product(*places):
        plan = {one.id: span for one, span in zip(p.initiatives, choice, strict=True) if span}
        if not broken(p, plan, everything=False):
            worth_ = value(p, plan)
            best = worth_ if best is None else max(best, worth_)
    return best


def _alone_broken(p: Programme, one: Initiative, start: int, end: int) -> bool:
    alone = Programme(
        p.horizon,
        (Initiative(**{**vars(one), "waits_for": ()}),),
        (),
        p.phases,
        p.windows,
    )
    return bool(broken(alone, {one.id: (start, end)}, everything=False))


def test_the_same_programme_has_the_same_plan() -> None:
    first, second = (solve(programme(7), "value", 20) for _ in range(2))
    assert isinstance(first, Solved)
    assert first == second
