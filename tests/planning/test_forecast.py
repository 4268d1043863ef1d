"""What can still be planned once work has begun, and what would be under a scenario."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_core.domain.planning.allowed import allowed_spans
from crm_core.domain.planning.forecast import Begun, Done, expected, forecast
from crm_core.domain.planning.model import Capacity, Dependency, Initiative, Phase, Programme
from crm_core.domain.planning.scenario import Scenario, under
from crm_core.domain.planning.worth import net_value
from crm_core.planning.solve import solve

ONE = Initiative("I1", 4, effort={"it": 1.0}, value=100.0, deadline=3, phase="P1")
TWO = Initiative("I2", 2, (Dependency("I1"),), effort={"it": 1.0}, value=100.0)
PROGRAMME = Programme(
    12, (ONE, TWO), (Capacity("it", 0, 12, 0.5),), (Phase("P1", 0, 6, 500.0), Phase("P2", 6, 12))
)


@given(st.integers(1, 50), st.integers(0, 60), st.floats(0, 1) | st.none())
def test_something_is_always_left_of_what_is_not_done(
    duration: int, elapsed: int, progress: float | None
) -> None:
    assert 1 <= expected(duration, elapsed, progress) <= duration


def test_what_has_begun_stays_and_takes_as_long_as_its_progress_says() -> None:
    found = forecast(PROGRAMME, 5, {"I1": Begun(2, 0.25)})
    one = found.initiative("I1")
    assert (one.pinned, one.duration) == (2, 3 + 3), "three periods are gone, three quarters left"
    assert allowed_spans(found, one) == {2: 8}, "beyond its deadline and its phase"
    assert min(allowed_spans(found, found.initiative("I2"))) == 5


def test_what_began_before_the_first_period_lies_from_it_on() -> None:
    one = forecast(PROGRAMME, 1, {"I1": Begun(-2, 0.5)}).initiative("I1")
    assert allowed_spans(replace(PROGRAMME, initiatives=(one,)), one) == {0: 3}


def test_lack_of_people_does_not_undo_that_work_has_begun() -> None:
    found = forecast(PROGRAMME, 0, {"I1": Begun(0)})
    assert found.available("it") == [1.0] * 4 + [0.5] * 8
    assert solve(found, "value", 5).spans == {"I1": (0, 4)}


def test_what_is_done_has_used_money_and_served_its_groups() -> None:
    programme = replace(PROGRAMME, groups=frozenset({"staff"}))
    found = forecast(programme, 2, {}, [Done(0, 2, 200.0, frozenset({"staff"}))])
    assert [one.budget for one in found.phases] == [300.0, None]
    assert [(group, phase.id) for group, phase in found.to_serve] == [("staff", "P2")]
    assert [phase.id for _, phase in forecast(programme, 8, {}).to_serve] == ["P2"]


def test_a_scenario_changes_what_it_names_and_nothing_else() -> None:
    goals = frozenset({"G1", "G2"})
    programme = replace(PROGRAMME, initiatives=(replace(ONE, goals=goals, risk=0.2), TWO))
    found = under(
        programme,
        Scenario(
            {"P1": 0.5}, {"it": 2.0}, {"I2": 3}, frozenset({"I1"}), frozenset({"I2"}),
            {"G1": 3.0}, risk_weight=2.0,
        ),
    )  # fmt: skip
    one, two = found.initiatives
    assert (found.phases[0].budget, found.available("it")) == (250.0, [1.0] * 12)
    assert (one.is_wanted, one.value, two.is_wanted, two.pinned) == (True, 200.0, False, 3)
    plain = net_value(replace(found, risk_weight=1.0), one, 0, 4)
    assert net_value(found, one, 0, 4) == pytest.approx(plain * 0.6 / 0.8)
    assert under(programme, Scenario()) == programme


def test_what_is_left_of_what_has_begun_may_take_as_many_times_longer_as_the_whole() -> None:
    programme = replace(PROGRAMME, initiatives=(replace(ONE, shortest=2, longest=8), TWO))
    one = forecast(programme, 5, {"I1": Begun(2, 0.25)}).initiative("I1")
    assert (one.shortest, one.duration, one.longest) == (3 + 2, 3 + 3, 3 + 6)
