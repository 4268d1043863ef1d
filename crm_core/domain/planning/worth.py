"""What a plan is worth: money over time, discounted to the start."""

from collections.abc import Iterator, Mapping

from crm_core.domain.planning.model import Initiative, Programme


def net_value(programme: Programme, one: Initiative, start: int, end: int) -> float:
    """The expected present value of an initiative: what it brings until the horizon, weighed with
    the chance that it does, less what it costs once and to run.

    Each period's money is discounted by (1 + a year's rate) to the power of years gone by; cost
    falls in the first period, value and running cost in each period from the end on.
    """
    factor = period_factor(programme)
    brought, run = _each_period(programme, one)
    found = -one.cost * factor**start
    found += brought * _sum(factor, end + one.value_after, programme.horizon)
    return found - run * _sum(factor, end, programme.horizon)


def periods_value(
    programme: Programme, one: Initiative, start: int, end: int
) -> Iterator[tuple[int, float]]:
    """The same, period by period: their sum is `net_value`."""
    factor = period_factor(programme)
    brought, run = _each_period(programme, one)
    if start < programme.horizon:
        yield start, -one.cost * factor**start
    for period in range(end, programme.horizon):
        value = brought if period >= end + one.value_after else 0.0
        yield period, (value - run) * factor**period


def plan_value(programme: Programme, spans: Mapping[str, tuple[int, int]]) -> float:
    """What a plan is worth: its initiatives and their synergies (id -> start and end)."""
    each = (
        net_value(programme, programme.initiative(key), start, end)
        for key, (start, end) in spans.items()
    )
    together = (one.value for one in programme.synergies if one.one in spans and one.other in spans)
    return sum(each) + sum(together)


def period_factor(programme: Programme) -> float:
    """What money is worth a period later."""
    return float((1 + programme.discount) ** (-1 / programme.periods_a_year))


def _each_period(programme: Programme, one: Initiative) -> tuple[float, float]:
    """What it is expected to bring, and what it costs to run, in a period."""
    chance = 1 - min(1.0, one.risk * programme.risk_weight)
    return (
        one.value * chance / programme.periods_a_year,
        one.running_cost / programme.periods_a_year,
    )


def _sum(factor: float, first: int, last: int) -> float:
    """The sum of factor to the power of t for t from first to the one before last."""
    if first >= last:
        return 0.0
    if factor == 1.0:
        return float(last - first)
    return (factor**first - factor**last) / (1 - factor)
