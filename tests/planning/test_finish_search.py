"""The search for an early finish in programmes for which no plan can be proved to be the best."""

from dataclasses import replace

import pytest
from programmes import crowded
from verifier import broken

from crm_core.domain.planning.model import Dependency, Initiative, Programme
from crm_core.planning import earliest_finish
from crm_core.planning import solve as solving
from crm_core.planning.finish_hint import finish_hint
from crm_core.planning.solve import solve


@pytest.mark.parametrize("seed", range(3))
def test_its_stages_better_the_plan_that_it_begins_with(seed: int) -> None:
    p = crowded(seed)
    built = earliest_finish.build(p)
    first = finish_hint(p, built).starts
    found = solve(p, "finish", 5)
    assert broken(p, found.spans, everything=True) == []
    assert found.status == "feasible"
    assert found.objective is not None
    assert found.bound is not None
    assert found.bound < found.objective < max(built.spans[key][at] for key, at in first.items())


def test_what_its_work_ends_is_the_same_in_every_run(monkeypatch: pytest.MonkeyPatch) -> None:
    brief = {
        name: [[replace(one, steady=0.003) for one in stages] for stages in every]
        for name, every in solving._SEARCHES.items()
    }
    monkeypatch.setattr(solving, "_SEARCHES", brief)
    first, second = (solve(crowded(1), "finish", 60) for _ in range(2))
    assert first.status == "feasible"
    assert first.is_repeatable
    assert first == second


def test_a_chain_is_as_short_as_it_can_be_at_once() -> None:
    chain = tuple(
        Initiative(f"I{n}", 3, (Dependency(f"I{n - 1}"),) if n else ()) for n in range(20)
    )
    p = Programme(90, chain)
    assert finish_hint(p, earliest_finish.build(p)).starts == {f"I{n}": 3 * n for n in range(20)}
