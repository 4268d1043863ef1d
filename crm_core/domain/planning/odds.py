"""How probable dates and budgets of a plan are, from samples of how it may go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from crm_core.domain.planning.draws import Draws
from crm_core.domain.planning.model import Phase, Programme
from crm_core.domain.planning.simulation import END, START, Network, Run
from crm_core.domain.planning.worth import period_factor

Numbers = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
_POINTS = 60
_CLOSE = 1e-6


@dataclass(frozen=True)
class Odds:
    """When a plan is over."""

    planned: int
    """The period after the last one of the plan."""
    chance: float
    """Of being over by then."""
    quantiles: Mapping[int, float]
    """Percent -> the time by which it is over in so many of the samples."""
    curve: Sequence[tuple[float, float]]
    """(time, chance of being over by then), the times in order."""


@dataclass(frozen=True)
class Money:
    """What one-off costs come to, in a phase or, its name blank, in all."""

    phase: str
    budget: float | None
    planned: float
    expected: float
    likely: float
    """In nine of ten samples it is no more than this."""
    chance: float | None
    """Of staying in the budget; of all: of every phase in its own. None: there is none."""


@dataclass(frozen=True)
class Brought:
    """What the plan is worth, discounted."""

    planned: float
    expected: float
    low: float
    """In one of ten samples it is less."""
    high: float
    """In one of ten samples it is more."""


def odds(net: Network, done: Run) -> Odds:
    """The finish of the plan: chances by time, and times by chance."""
    planned = max((end for _, end in net.spans.values()), default=0)
    least, most = float(done.finish.min()), float(done.finish.max())
    times = np.unique([*np.linspace(min(least, planned), max(most, planned), _POINTS), planned])
    return Odds(
        planned,
        chance(done.finish, planned),
        {percent: quantile(done.finish, percent) for percent in (50, 80, 90)},
        [(float(time), chance(done.finish, float(time))) for time in times],
    )


def chance(values: Numbers, limit: float) -> float:
    """How often it is no more than the limit."""
    return float((values <= limit + _CLOSE).mean())


def quantile(values: Numbers, percent: int) -> float:
    """What so many percent of the samples do not exceed: one of the samples."""
    return float(np.quantile(values, percent / 100, method="inverted_cdf"))


def money(net: Network, drawn: Draws, done: Run) -> list[Money]:
    """One-off costs by phase, then in all, with what events add.

    An initiative's cost falls in the phase in which it starts, as in the plan: what slips takes its
    money along. An event's cost falls where the first of what it delays starts. Running cost does
    not hang on the date and is not in it.
    """
    programme, spans = net.programme, net.spans
    costs = [
        (done.at[key, START], np.full(drawn.count, programme.initiative(key).cost)) for key in spans
    ]
    costs += [(begun, event * cost) for begun, event, cost in _events(net, drawn, done)]
    rows = [_phase(net, each, costs, drawn.count) for each in programme.phases]
    kept = [is_kept for _, is_kept in rows if is_kept is not None]
    every = sum((cost for _, cost in costs), np.zeros(drawn.count))
    whole = Money(
        "",
        sum(row.budget for row, _ in rows if row.budget is not None) if kept else None,
        sum(programme.initiative(key).cost for key in spans),
        float(every.mean()),
        quantile(every, 90),
        float(np.all(kept, axis=0).mean()) if kept else None,
    )
    return [*(row for row, _ in rows), whole]


def _events(net: Network, drawn: Draws, done: Run) -> list[tuple[Numbers, Truths, float]]:
    """When each event's cost falls, whether it does, and how much it is."""
    found = []
    for event in net.programme.events:
        starts = [done.at[key, START] for key in event.initiatives if key in net.spans]
        if starts and event.cost:
            found.append((np.min(starts, axis=0), drawn.happens[event.id], event.cost))
    return found


def _phase(
    net: Network, phase: Phase, costs: Sequence[tuple[Numbers, Numbers]], count: int
) -> tuple[Money, Truths | None]:
    booked = np.zeros(count)
    for begun, cost in costs:
        period = np.floor(begun + _CLOSE)
        booked += np.where((phase.start <= period) & (period < phase.end), cost, 0.0)
    kept = None if phase.budget is None else booked <= phase.budget + _CLOSE
    planned = sum(
        net.programme.initiative(key).cost
        for key, (start, _) in net.spans.items()
        if phase.start <= start < phase.end
    )
    said = None if kept is None else float(kept.mean())
    expected, likely = float(booked.mean()), quantile(booked, 90)
    return Money(phase.id, phase.budget, planned, expected, likely, said), kept


def brought(net: Network, drawn: Draws, done: Run, planned: float) -> Brought:
    """What the plan is worth where things are late, events cost, and some value does not come.

    As `worth.plan_value` reckons it, but each initiative's value comes whole or not at all, with
    the chance that was said, whatever weight the plan gave to risk.
    """
    programme = net.programme
    factor = period_factor(programme)
    total = np.full(drawn.count, _together(programme, set(net.spans)))
    for key in net.spans:
        one = programme.initiative(key)
        end = done.at[key, END]
        total -= one.cost * factor ** done.at[key, START]
        yearly = one.value * drawn.comes[key] * _sum(factor, end + one.value_after, programme)
        total += (yearly - one.running_cost * _sum(factor, end, programme)) / (
            programme.periods_a_year
        )
    for begun, happens, cost in _events(net, drawn, done):
        total -= cost * happens * factor**begun
    return Brought(planned, float(total.mean()), quantile(total, 10), quantile(total, 90))


def _together(programme: Programme, placed: set[str]) -> float:
    return float(sum(one.value for one in programme.synergies if {one.one, one.other} <= placed))


def _sum(factor: float, first: Numbers, programme: Programme) -> Numbers:
    """The sum of factor to the power of t over the periods from `first` to the horizon."""
    first = np.minimum(first, programme.horizon)
    if factor == 1.0:
        return programme.horizon - first
    return np.asarray((factor**first - factor**programme.horizon) / (1 - factor))
