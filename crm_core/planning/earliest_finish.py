"""The model for the earliest end: everything is done, as intervals with cumulative capacities."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from crm_core.domain.planning.model import Bond, Initiative, Programme
from crm_core.planning.build import Built, begin, excluded, limits, phases
from crm_core.planning.steps import Steps

_Ends = dict[str, cp_model.LinearExprT]
_Intervals = dict[str, cp_model.IntervalVar]


def build(programme: Programme) -> Built:
    """The model; its objective is the period by which all is done."""
    built, parts = begin(programme, is_whole=True)
    ends: _Ends = {}
    intervals: _Intervals = {}
    for one, _ in parts:
        _place(built, programme, one, ends, intervals)
    for one, _ in parts:
        _wait(built, one, ends)
    for _ in excluded(built, programme):
        built.model.add_bool_or([])  # both have to be done and cannot be
    for demand, levels in limits(built, programme):
        _limit(built.model, [intervals[key] for key in demand], list(demand.values()), levels)
    phases(built, programme)
    last = built.model.new_int_var(0, programme.horizon, "finish")
    for end in ends.values():
        built.model.add(last >= end)
    built.model.minimize(last)
    return built


def _place(
    built: Built, programme: Programme, one: Initiative, ends: _Ends, intervals: _Intervals
) -> None:
    model, spans = built.model, built.spans[one.id]
    start = model.new_int_var_from_domain(cp_model.Domain.from_values(list(spans)), one.id)
    built.start[one.id] = start
    sizes = {end - begin for begin, end in spans.items()}
    if len(sizes) > 1 or _is_booked(programme, one):
        _with_steps(built, one.id)
    if len(sizes) == 1:
        size = sizes.pop()
        ends[one.id] = start + size
        intervals[one.id] = model.new_fixed_size_interval_var(start, size, one.id)
        return
    steps = built.steps[one.id]
    end = model.new_int_var(min(steps.ends), max(steps.ends), f"end of {one.id}")
    gaps = [later - now for now, later in zip(steps.ends, steps.ends[1:], strict=False)]
    model.add(end == steps.ends[-1] - sum(g * by for g, by in zip(gaps, steps.by, strict=False)))
    length = model.new_int_var(min(sizes), max(sizes), f"length of {one.id}")
    ends[one.id] = end
    intervals[one.id] = model.new_interval_var(start, length, end, one.id)


def _is_booked(programme: Programme, one: Initiative) -> bool:
    """Whether it matters in which phase it starts or ends."""
    has_budget = any(phase.budget is not None for phase in programme.phases)
    return bool(one.cost and has_budget) or not programme.groups.isdisjoint(one.serves)


def _with_steps(built: Built, key: str) -> None:
    """Literals besides the start, which say the same."""
    steps = Steps(built.model, key, built.spans[key], is_sure=True)
    built.steps[key] = steps
    for start, literal in zip(steps.starts, steps.by, strict=True):
        built.model.add(built.start[key] <= start).only_enforce_if(literal)
        built.model.add(built.start[key] > start).only_enforce_if(literal.negated())


def _wait(built: Built, one: Initiative, ends: _Ends) -> None:
    for each in one.waits_for:
        if each.on not in built.start:  # left out, or it can never be done
            built.model.add_bool_or([])
            continue
        before = built.start if each.bond is Bond.START_START else ends
        after = ends if each.bond is Bond.FINISH_FINISH else built.start
        built.model.add(after[one.id] >= before[each.on] + each.lag)


def _limit(
    model: cp_model.CpModel,
    intervals: list[cp_model.IntervalVar],
    demands: list[int],
    levels: Sequence[int],
) -> None:
    """What is used in each period is no more than there is; a dip is something that is used."""
    most = max(levels)
    for first, last, level in _runs(levels):
        if level < most:
            intervals.append(model.new_fixed_size_interval_var(first, last - first, "less"))
            demands.append(most - level)
    model.add_cumulative(intervals, demands, most)


def _runs(levels: Sequence[int]) -> list[tuple[int, int, int]]:
    """Stretches of the same level: first period, the one after the last, level."""
    found: list[tuple[int, int, int]] = []
    for period, level in enumerate(levels):
        if found and found[-1][2] == level:
            found[-1] = (found[-1][0], period + 1, level)
        else:
            found.append((period, period + 1, level))
    return found
