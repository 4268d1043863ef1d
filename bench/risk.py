"""How long the risk of a large plan takes.

    python bench/risk.py [--initiatives 200] [--times 3]

A programme at random, each initiative placed where it first fits, over 12 skills, with ten risk
events and every duration open. Prints medians of processor seconds; exits 1 where the promise is
missed: 1.5 s for the risk in 5,000 samples.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from crm_core.domain.planning.draws import SAMPLES
from crm_core.domain.planning.model import (
    Capacity,
    Dependency,
    Event,
    Initiative,
    Phase,
    Programme,
    Window,
)
from crm_core.domain.planning.risk import risk

PROMISED = 1.5
SKILLS, STAFF = [f"S{n}" for n in range(12)], 3.0
Spans = dict[str, tuple[int, int]]


def planned(count: int) -> tuple[Programme, Spans]:
    """A programme with a plan of it."""
    dice, found, spans = random.Random(1), list[Initiative](), Spans()
    used: dict[tuple[str, int], float] = {}
    for n in range(count):
        one = initiative(dice, n)
        start = max((spans[each.on][1] for each in one.waits_for), default=0)
        while any(
            used.get(place, 0) + one.effort[place[0]] > STAFF for place in places(one, start)
        ):
            start += 1
        for skill, period in places(one, start):
            used[skill, period] = used.get((skill, period), 0) + one.effort[skill]
        spans[one.id] = (start, start + one.duration)
        found.append(one)
    horizon = max(end for _, end in spans.values()) + 10
    half = horizon // 2
    return Programme(
        horizon,
        tuple(found),
        tuple(Capacity(skill, 0, horizon, STAFF) for skill in SKILLS),
        (Phase("P1", 0, half, 1_500.0), Phase("P2", half, horizon, 1_500.0)),
        (Window("W", horizon, horizon + 2, frozenset(), "forbid"),),
        events=tuple(Event(f"E{n}", 0.2, (f"I{n}", f"I{n + 9}"), 2.0, 90.0) for n in range(10)),
    ), spans


def initiative(dice: random.Random, number: int) -> Initiative:
    """One of any length that waits for some before it."""
    before = dice.sample(range(number), min(number, dice.choice([0, 1, 1, 2])))
    duration = dice.randint(1, 6)
    return Initiative(
        f"I{number}",
        duration,
        tuple(Dependency(f"I{n}") for n in before),
        {skill: dice.choice([0.5, 1.0, 1.5]) for skill in dice.sample(SKILLS, 2)},
        10.0,
        value=50.0,
        risk=0.2,
        shortest=max(1, duration - 1),
        longest=duration + 3,
    )


def places(one: Initiative, start: int) -> list[tuple[str, int]]:
    """Skills and periods that it takes from a start on."""
    return [(skill, start + n) for skill in one.effort for n in range(one.duration)]


def seconds(what: Callable[[], object], times: int) -> float:
    """Of the processor: others on the machine do not count."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        what()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--initiatives", type=int, default=200)
    asked.add_argument("--times", type=int, default=3)
    args = asked.parse_args()
    programme, spans = planned(args.initiatives)
    taken = seconds(lambda: risk(programme, spans), args.times)
    print(f"{args.initiatives} initiatives, {SAMPLES} samples: {taken:.2f} s")
    return 0 if taken <= PROMISED else 1


if __name__ == "__main__":
    sys.exit(main())
