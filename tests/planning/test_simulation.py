"""How a plan may go: as planned where nothing is open, later where more may take longer, and never
with anything broken that holds."""

from dataclasses import replace

import numpy as np
import pytest
from carried_out import plan, wrong
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_core.domain.planning.draws import draws, taken
from crm_core.domain.planning.model import (
    Capacity,
    Dependency,
    Event,
    Initiative,
    Phase,
    Programme,
    Window,
)
from crm_core.domain.planning.odds import money, odds
from crm_core.domain.planning.risk import risk
from crm_core.domain.planning.simulation import END, START, critical, network, run, worked
from crm_core.domain.planning.worth import plan_value

SEEDS = st.integers(0, 2_000)


def closed(p: Programme) -> Programme:
    """The programme in which nothing is open and nothing can happen."""
    fixed = tuple(replace(one, shortest=None, longest=None) for one in p.initiatives)
    return replace(p, initiatives=fixed, events=())


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_where_nothing_is_open_every_sample_is_the_plan_itself(seed: int) -> None:
    opened, spans = plan(seed)
    p = closed(opened)
    net = network(p, spans)
    done = run(net, draws(p, spans, 7))
    for key, (start, end) in spans.items():
        assert (done.at[key, START] == start).all()
        assert (done.at[key, END] == end).all()
    spent = money(net, draws(p, spans, 7), done)
    assert {one.chance for one in spent} <= {1.0, None}
    assert [one.planned for one in spent] == [one.expected for one in spent]
    if spans:
        assert odds(net, done).chance == 1.0
        assert set(critical(net, done).values()) <= {0.0, 1.0}


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_dependencies_staff_and_freezes_hold_in_every_sample(seed: int) -> None:
    p, spans = plan(seed)
    net, drawn = network(p, spans), draws(p, spans, 12)
    done = run(net, drawn)
    rests = {
        key: {period for period, one in enumerate(net.paces[key].speeds) if one == 0}
        for key in spans
    }
    for sample in range(12):
        times = {
            key: (float(done.at[key, START][sample]), float(done.at[key, END][sample]))
            for key in spans
        }
        work = {key: float(worked(p, drawn, key)[sample]) for key in spans}
        assert wrong(p, spans, times, work, rests) == []


def test_without_its_hand_overs_a_plan_does_use_more_staff_than_there_is() -> None:
    """The check above would see it."""
    p = Programme(
        9,
        tuple(Initiative(key, 2, effort={"it": 1.0}, longest=5) for key in ("A", "B")),
        (Capacity("it", 0, 9, 1.0),),
    )
    times = {"A": (0.0, 3.5), "B": (2.0, 4.0)}
    spans = {"A": (0, 2), "B": (2, 4)}
    said = wrong(p, spans, times, {"A": 2.0, "B": 2.0}, {"A": set(), "B": set()})
    assert {one.split(" at ")[0] for one in said} == {"it"}


@given(SEEDS, st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_more_to_do_never_ends_earlier(seed: int, more: int) -> None:
    p, spans = plan(seed)
    later = replace(
        p,
        initiatives=tuple(
            replace(one, longest=max(one.longest or 0, one.duration) + more, shortest=None)
            for one in p.initiatives
        ),
    )
    sooner = replace(p, initiatives=tuple(replace(one, shortest=None) for one in p.initiatives))
    first, second = (
        run(network(each, spans), draws(each, spans, 200)).finish for each in (sooner, later)
    )
    assert (second >= first - 1e-9).all(), "the same chances, so sample by sample"


@given(SEEDS, st.integers(1, 6))
@settings(max_examples=25, deadline=None)
def test_a_longer_range_never_makes_the_late_end_earlier(seed: int, more: int) -> None:
    p, spans = plan(seed)
    wider = replace(
        p,
        initiatives=tuple(
            replace(one, longest=max(one.longest or 0, one.duration) + more)
            for one in p.initiatives
        ),
    )
    first, second = (
        np.quantile(run(network(each, spans), draws(each, spans, 2_000)).finish, 0.9)
        for each in (p, wider)
    )
    assert second >= first - 1e-9


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
@settings(max_examples=60, deadline=None)
def test_what_something_takes_is_in_its_range_and_has_the_mean_of_pert(
    least: int, more: int, most: int
) -> None:
    one = Initiative("A", least + more, shortest=least, longest=least + more + most)
    times = taken(one, (np.arange(2_000) + 0.5) / 2_000)
    assert least <= times.min() and times.max() <= least + more + most
    assert (np.diff(times) >= 0).all()
    assert times.mean() == pytest.approx((6 * least + 5 * more + most) / 6, abs=0.02)


SERIES = Programme(
    24,
    (
        Initiative("A", 3, effort={"it": 1.0}, cost=100.0, longest=9, value=1_000.0, risk=0.25),
        Initiative("B", 3, (Dependency("A"),), {"it": 1.0}, 100.0, longest=4, value=500.0),
        Initiative("C", 1, cost=50.0, longest=12),
    ),
    (Capacity("it", 0, 24, 1.0),),
    (Phase("P", 0, 4, 260.0), Phase("Q", 4, 24, 60.0)),
    events=(Event("E", 0.5, ("B",), 2.0, 40.0),),
)
PLAN = {"A": (0, 3), "B": (3, 6), "C": (0, 1)}


def test_chances_rise_with_time_and_each_quantile_keeps_its_word() -> None:
    found = risk(SERIES, PLAN).finish
    chances = [chance for _, chance in found.curve]
    assert chances == sorted(chances) and chances[-1] == 1.0
    assert [time for time, _ in found.curve] == sorted(time for time, _ in found.curve)
    for percent, time in found.quantiles.items():
        below = [chance for at, chance in found.curve if at <= time]
        assert not below or max(below) <= percent / 100 + 0.001
        assert min(chance for at, chance in found.curve if at >= time) >= percent / 100
    assert dict(found.curve)[6.0] == found.chance


def test_what_drives_the_end_is_told_first_and_what_does_not_matter_is_not() -> None:
    found = risk(SERIES, PLAN)
    gains = [one.gain for one in found.drivers]
    assert gains == sorted(gains, reverse=True)
    assert {one.id for one in found.drivers if one.gain > 0.5} == {"A", "E"}
    shares = {one.id: one.critical for one in found.drivers}
    assert shares["E"] is None and shares["A"] == shares["B"]
    assert found.events == {"E": 0.5}


def test_a_buffer_buys_a_chance_that_rises_with_it() -> None:
    found = risk(SERIES, PLAN)
    ends = [one.at_end for one in found.buffers]
    assert ends == sorted(ends) and ends[0] == found.finish.chance and ends[-1] >= 0.999
    before = [one.before for one in found.buffers]
    assert before == [1.0] * len(before), "A is the first of all: nothing can delay its start"


def test_a_slip_takes_its_money_into_the_next_phase_and_an_event_costs() -> None:
    """B starts in P as planned, in Q where A took long: Q's money is for half of it."""
    rows = {one.phase: one for one in risk(SERIES, PLAN).money}
    assert rows["P"].planned == 250.0 and rows["Q"].planned == 0.0
    assert rows["Q"].chance == pytest.approx(risk_of_slip(), abs=0.02)
    assert rows[""].planned == 250.0
    assert rows[""].expected == pytest.approx(250 + 0.5 * 40, abs=0.5)
    assert rows[""].chance is not None and rows[""].chance <= (rows["Q"].chance or 0)


def risk_of_slip() -> float:
    """How often A is over before the fifth period begins, so that B starts in the first phase."""
    one = SERIES.initiative("A")
    return float((taken(one, (np.arange(5_000) + 0.5) / 5_000) < 4).mean())


def test_the_value_that_can_be_expected_is_what_the_plan_says_less_what_goes_wrong() -> None:
    sure = closed(SERIES)
    value = risk(sure, PLAN).value
    assert value.planned == pytest.approx(plan_value(sure, PLAN))
    assert value.expected == pytest.approx(value.planned, rel=0.01)
    assert value.low < value.planned < value.high, "A's value may not come"
    assert risk(SERIES, PLAN).value.expected < value.expected


def test_work_that_overruns_into_a_freeze_rests_until_it_is_over() -> None:
    p = Programme(
        20,
        (Initiative("A", 2, longest=3), Initiative("B", 1, (Dependency("A"),))),
        windows=(Window("W", 2, 6, frozenset(), "forbid"),),
    )
    spans = {"A": (0, 2), "B": (6, 7)}
    done = run(network(p, spans), draws(p, spans, 500))
    ends = done.at["A", END]
    assert ((ends == 2) | (ends > 6)).all() and (ends > 6).any()
    assert (done.at["B", START] >= 6).all()


def test_the_same_plan_has_the_same_risk() -> None:
    assert risk(SERIES, PLAN) == risk(SERIES, PLAN)
