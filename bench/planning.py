"""The planner against a bare CP-SAT model of the same programme, given the same seconds.

Bare: an interval an initiative, a cumulative a skill, the dependencies, the solver's own settings.

    python bench/planning.py [--psplib FOLDER --most 10] [--seconds 20]

FOLDER holds instances of PSPLIB (*.sm: Kolisch & Sprecher, EJOR 96, 1997); without it programmes of
the same kind are drawn. Prints, an instance a line, status, end and seconds of both; exits 1 where
a plan ends later than the bare model's, or where proving takes more than the promised 1.5 times.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from ortools.sat.python import cp_model

sys.path.insert(0, str(Path(__file__).parents[1]))

from crm_core.domain.planning.model import Capacity, Dependency, Initiative, Programme
from crm_core.planning.wire import Request, answered

PROMISED_RATIO = 1.5
_STATUS = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible"}


def read(path: Path) -> Programme:
    """An instance of PSPLIB as initiatives with skills."""
    lines = path.read_text().splitlines()
    after = _numbers(lines, "PRECEDENCE RELATIONS:", 2)
    work = _numbers(lines, "REQUESTS/DURATIONS:", 3)
    [levels] = _numbers(lines, "RESOURCEAVAILABILITIES:", 2)
    before: dict[int, list[int]] = {}
    for row in after:
        for job in row[3:]:
            before.setdefault(job, []).append(row[0])
    initiatives = tuple(
        Initiative(
            f"I{job}",
            duration,
            tuple(Dependency(f"I{one}") for one in before.get(job, ())),
            {f"R{n}": float(amount) for n, amount in enumerate(needs, 1) if amount},
        )
        for job, _, duration, *needs in work
    )
    return _programme(initiatives, levels)


def drawn(seed: int, count: int = 60, skills: int = 4) -> Programme:
    """A programme of the same kind."""
    dice = np.random.default_rng(seed)
    initiatives = []
    for job in range(count):
        waits = dice.choice(job, min(job, int(dice.integers(0, 3))), replace=False)
        initiatives.append(
            Initiative(
                f"I{job}",
                int(dice.integers(1, 11)),
                tuple(Dependency(f"I{one}") for one in sorted(waits)),
                {
                    f"R{n}": float(dice.integers(1, 11))
                    for n in range(1, skills + 1)
                    if dice.random() < 0.5
                },
            )
        )
    return _programme(tuple(initiatives), [14] * skills)


def _programme(initiatives: tuple[Initiative, ...], levels: list[int]) -> Programme:
    horizon = sum(one.duration for one in initiatives)
    amounts = tuple(Capacity(f"R{n}", 0, horizon, level) for n, level in enumerate(levels, 1))
    return Programme(horizon, initiatives, amounts)


def _numbers(lines: list[str], head: str, skip: int) -> list[list[int]]:
    """The rows of numbers under a head, up to the line of stars."""
    first = lines.index(next(line for line in lines if line.startswith(head))) + skip
    rows = []
    for line in lines[first:]:
        if line.startswith("*"):
            break
        rows.append([int(one) for one in line.split()])
    return rows


def bare(programme: Programme, seconds: float) -> tuple[str, int | None, float]:
    """Status, end and seconds of the model that anybody would write first."""
    began = time.monotonic()
    model, horizon = cp_model.CpModel(), programme.horizon
    start = {one.id: model.new_int_var(0, horizon, one.id) for one in programme.initiatives}
    span = {
        one.id: model.new_fixed_size_interval_var(start[one.id], one.duration, one.id)
        for one in programme.initiatives
    }
    last = model.new_int_var(0, horizon, "last")
    for one in programme.initiatives:
        model.add(last >= start[one.id] + one.duration)
        for each in one.waits_for:
            other = programme.initiative(each.on)
            model.add(start[one.id] >= start[other.id] + other.duration)
    for row in programme.capacities:
        users = [one for one in programme.initiatives if one.effort.get(row.skill)]
        model.add_cumulative(
            [span[one.id] for one in users],
            [int(one.effort[row.skill]) for one in users],
            int(row.amount),
        )
    model.minimize(last)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    status = _STATUS.get(solver.solve(model), "none")
    end = None if status == "none" else int(solver.objective_value)
    return status, end, time.monotonic() - began


def planned(programme: Programme, seconds: float) -> tuple[str, int | None, float]:
    """The same of the planner, reasons for every placement included."""
    began = time.monotonic()
    answer = answered(Request(programme, "finish", seconds), lambda _: None)
    return answer["status"], answer["finish"], time.monotonic() - began


def instances(args: argparse.Namespace) -> Iterator[tuple[str, Programme]]:
    if args.psplib is None:
        for seed in range(args.most):
            yield f"drawn {seed}", drawn(seed)
        return
    paths = sorted(Path(args.psplib).glob("*.sm"))
    for path in paths[:: max(1, len(paths) // args.most)][: args.most]:
        yield path.stem, read(path)


def main() -> int:
    """Measure, print, and say whether it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--psplib", metavar="FOLDER")
    parser.add_argument("--most", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=20)
    args = parser.parse_args()
    later, times = 0, [0.0, 0.0]
    for name, programme in instances(args):
        one, other = bare(programme, args.seconds), planned(programme, args.seconds)
        print(f"{name:12} bare {one[0]:9} {one[1]!s:>5} {one[2]:6.2f} s"
              f"   planner {other[0]:9} {other[1]!s:>5} {other[2]:6.2f} s", flush=True)  # fmt: skip
        later += other[1] is None or (one[1] is not None and other[1] > one[1])
        times[0] += one[2]
        times[1] += other[2]
    ratio = times[1] / times[0]
    print(f"later than the bare model: {later}; time {ratio:.2f} of its time")
    return int(later > 0 or ratio > PROMISED_RATIO)


if __name__ == "__main__":
    sys.exit(main())
