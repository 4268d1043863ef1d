"""Large programmes for value: 200 initiatives, 12 skills, five years of quarters, tight in all.

    python bench/planning_large.py [--seconds 60] [--seeds 3]

Prints the gap to the proved bound, seconds and the most memory; exits 1 where the median gap is
above the promised 5 %, or the memory above 2 GB.
"""

import argparse
import resource
import statistics
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from crm_core.domain.planning.model import (
    Bond,
    Capacity,
    Dependency,
    Initiative,
    Phase,
    Programme,
    Window,
)
from crm_core.planning.solve import solve

PROMISED_GAP, PROMISED_BYTES = 0.05, 2 << 30
COUNT, SKILLS, HORIZON = 200, 12, 20
_BONDS = (Bond.FINISH_START, Bond.START_START, Bond.FINISH_FINISH)
_DEPARTMENTS = [f"D{n}" for n in range(8)]
_GROUPS = ["g1", "g2", "g3", "g4"]


def drawn(seed: int) -> Programme:
    """A programme in which money, skills, departments and windows all bind."""
    dice = np.random.default_rng(seed)
    initiatives = tuple(_initiative(dice, number) for number in range(COUNT))
    windows = tuple(
        Window(
            f"W{n}", start := int(dice.integers(0, HORIZON)), start + 1, frozenset({f"A{n}"}),
            ("forbid", "delay", "ease")[n % 3],  # type: ignore[arg-type]
        )
        for n in range(9)
    )  # fmt: skip
    return Programme(
        HORIZON,
        initiatives,
        tuple(Capacity(f"S{n}", 0, HORIZON, float(dice.integers(2, 6))) for n in range(SKILLS)),
        tuple(Phase(f"P{n}", n * 4, n * 4 + 4, 4_000_000.0) for n in range(5)),
        windows,
        dict.fromkeys(_DEPARTMENTS, 4.0),
        frozenset(_GROUPS),
        (("I3", "I9"), ("I20", "I31")),
    )


def _initiative(dice: np.random.Generator, number: int) -> Initiative:
    before = dice.choice(number, min(number, int(dice.integers(0, 3))), replace=False)
    skills = dice.choice(SKILLS, int(dice.integers(1, 4)), replace=False)
    departments = dice.choice(_DEPARTMENTS, int(dice.integers(0, 3)), replace=False)
    return Initiative(
        f"I{number}",
        max(1, round(int(dice.integers(1, 10)) / 3)),
        tuple(
            Dependency(f"I{one}", _BONDS[int(dice.choice(3, p=[0.8, 0.1, 0.1]))])
            for one in sorted(before)
        ),
        {f"S{one}": float(dice.choice([0.25, 0.5, 1, 2])) for one in skills},
        float(dice.integers(10, 300)) * 1000,
        float(dice.integers(0, 30)) * 1000,
        float(dice.integers(0, 500)) * 1000,
        int(dice.integers(0, 3)),
        float(dice.random() / 2),
        {str(one): float(dice.integers(1, 3)) for one in departments},
        frozenset({f"A{int(dice.integers(0, 20))}"}),
        frozenset({str(dice.choice(_GROUPS))}),
    )


def main() -> int:
    """Measure, print, and say whether it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seeds", type=int, default=3)
    args = parser.parse_args()
    gaps = []
    for seed in range(1, args.seeds + 1):
        began = time.monotonic()
        found = solve(drawn(seed), "value", args.seconds)
        spent = time.monotonic() - began
        if found.objective is None or found.bound is None:
            print(f"programme {seed}: {found.status} after {spent:.1f} s", flush=True)
            gaps.append(1.0)
            continue
        gaps.append((found.bound - found.objective) / abs(found.objective))
        print(f"programme {seed}: {len(found.spans)} initiatives, gap {gaps[-1]:.1%}, {spent:.1f} s"
              f"{'' if found.is_repeatable else ', ended by the clock'}", flush=True)  # fmt: skip
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    median = statistics.median(gaps)
    print(f"median gap {median:.1%}; at most {most / 2**20:,.0f} MB")
    return int(median > PROMISED_GAP or most > PROMISED_BYTES)


if __name__ == "__main__":
    sys.exit(main())
