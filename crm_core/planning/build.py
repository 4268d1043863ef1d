"""A programme as a CP-SAT model: one interval an initiative, everything that binds it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ortools.sat.python import cp_model

from crm_core.domain.planning.allowed import allowed_spans
from crm_core.domain.planning.model import Bond, Initiative, Programme
from crm_core.domain.planning.worth import net_value

Objective = Literal["value", "finish"]
_AMOUNTS = 100
"""Amounts of skills and loads are counted in hundredths."""
_MONEY = 10**9
"""The largest value of an initiative becomes about so much: whole numbers with nine digits."""
_MOST_TERMS = 400_000
"""Up to so many terms the capacities of single periods are told to the linear relaxation too."""


@dataclass
class Built:
    """The model and where to find each initiative in it."""

    model: cp_model.CpModel
    spans: dict[str, dict[int, int]]
    """Id -> start -> end, of the initiatives that may be in the plan."""
    start: dict[str, cp_model.IntVar] = field(default_factory=dict)
    end: dict[str, cp_model.LinearExprT] = field(default_factory=dict)
    chosen: dict[str, cp_model.IntVar | None] = field(default_factory=dict)
    """None: it is done in any case."""
    interval: dict[str, cp_model.IntervalVar] = field(default_factory=dict)
    at: dict[str, dict[int, cp_model.IntVar]] = field(default_factory=dict)
    """Id -> start -> whether it starts then, where the model needs to know."""
    scale: float = 1.0
    """What one unit of the model's objective is worth."""


def build(programme: Programme, objective: Objective) -> Built:
    """The model. An initiative that can never be done is no part of it; where it has to be, the
    model has no solution."""
    allowed = {one.id: allowed_spans(programme, one) for one in programme.initiatives}
    built = Built(cp_model.CpModel(), {})
    for one in programme.initiatives:
        must = one.is_wanted if objective == "value" else one.is_wanted is not False
        if one.is_wanted is False or (not allowed[one.id] and not must):
            continue
        if not allowed[one.id]:
            built.model.add_bool_or([])  # it has to be done and cannot be
            continue
        built.spans[one.id] = allowed[one.id]
        _place(built, programme, one, is_sure=bool(must), by_starts=objective == "value")
    _dependencies(built, programme)
    _exclusions(built, programme)
    _capacities(built, programme)
    _phases(built, programme)
    if objective == "finish":
        _finish(built, programme)
    else:
        _value(built, programme)
    return built


def _place(
    built: Built, programme: Programme, one: Initiative, *, is_sure: bool, by_starts: bool
) -> None:
    model, spans = built.model, built.spans[one.id]
    domain = cp_model.Domain.from_values(list(spans))
    start = model.new_int_var_from_domain(domain, f"start {one.id}")
    chosen = None if is_sure else model.new_bool_var(f"chosen {one.id}")
    built.start[one.id], built.chosen[one.id] = start, chosen
    sizes = {end - begin for begin, end in spans.items()}
    if by_starts or _is_booked(programme, one) or len(sizes) > 1:
        _by_starts(built, one)
    if len(sizes) == 1:
        size = sizes.pop()
        end: cp_model.LinearExprT = start + size
        built.interval[one.id] = (
            model.new_fixed_size_interval_var(start, size, f"span {one.id}")
            if chosen is None
            else model.new_optional_fixed_size_interval_var(start, size, chosen, f"span {one.id}")
        )
    else:
        end = model.new_int_var(min(spans.values()), max(spans.values()), f"end {one.id}")
        ended = sum(end_ * built.at[one.id][begin] for begin, end_ in spans.items())
        size_var = model.new_int_var(min(sizes), max(sizes), f"size {one.id}")
        if chosen is None:
            model.add(end == ended)
            built.interval[one.id] = model.new_interval_var(start, size_var, end, f"span {one.id}")
        else:
            model.add(end == ended).only_enforce_if(chosen)
            built.interval[one.id] = model.new_optional_interval_var(
                start, size_var, end, chosen, f"span {one.id}"
            )
    built.end[one.id] = end


def _is_booked(programme: Programme, one: Initiative) -> bool:
    """Whether it matters in which phase it starts or ends."""
    has_budget = any(phase.budget is not None for phase in programme.phases)
    return bool(one.cost and has_budget) or not programme.groups.isdisjoint(one.serves)


def _by_starts(built: Built, one: Initiative) -> None:
    """A literal for each start, of which one holds where the initiative is done."""
    model, chosen = built.model, built.chosen[one.id]
    at = {start: model.new_bool_var(f"{one.id} at {start}") for start in built.spans[one.id]}
    built.at[one.id] = at
    if chosen is None:
        model.add_exactly_one(at.values())
        model.add(built.start[one.id] == sum(start * lit for start, lit in at.items()))
        return
    model.add_exactly_one([*at.values(), chosen.negated()])
    told = built.start[one.id] == sum(start * lit for start, lit in at.items())
    model.add(told).only_enforce_if(chosen)


def _dependencies(built: Built, programme: Programme) -> None:
    """Who is done waits for what it depends on, which is then done as well."""
    for one in programme.initiatives:
        if one.id not in built.start:
            continue
        for each in one.waits_for:
            mine = built.chosen[one.id]
            if each.on not in built.start:  # left out, or it can never be done
                built.model.add_bool_or([] if mine is None else [mine.negated()])
                continue
            theirs = built.chosen[each.on]
            if theirs is not None:
                built.model.add_bool_or([theirs] + ([] if mine is None else [mine.negated()]))
            before = built.start if each.bond is Bond.START_START else built.end
            after = built.end if each.bond is Bond.FINISH_FINISH else built.start
            told = built.model.add(after[one.id] >= before[each.on] + each.lag)
            if mine is not None:
                told.only_enforce_if(mine)


def _exclusions(built: Built, programme: Programme) -> None:
    for pair in programme.exclusive:
        if all(key in built.start for key in pair):
            literals = [built.chosen[key] for key in pair]
            sure = [one for one in literals if one is None]
            others = [one for one in literals if one is not None]
            if len(sure) > 1:
                built.model.add_bool_or([])
            elif sure:
                built.model.add(others[0] == 0)
            else:
                built.model.add_at_most_one(others)


def _capacities(built: Built, programme: Programme) -> None:
    for skill in programme.skills:
        amounts = programme.available(skill)
        if amounts is not None:
            used = {
                one.id: one.effort[skill]
                for one in programme.initiatives
                if one.effort.get(skill) and one.id in built.start
            }
            _limit(built, used, amounts)
    for department, most in programme.loads.items():
        used = {
            one.id: one.load[department]
            for one in programme.initiatives
            if one.load.get(department) and one.id in built.start
        }
        _limit(built, used, [most] * programme.horizon)


def _limit(built: Built, used: Mapping[str, float], amounts: Sequence[float]) -> None:
    """What is used in each period is no more than there is."""
    if not used:
        return
    whole = all(value == int(value) for value in (*used.values(), *amounts))
    factor = 1 if whole else _AMOUNTS
    demand = {key: math.ceil(value * factor - 1e-9) for key, value in used.items()}
    levels = [math.floor(value * factor + 1e-9) for value in amounts]
    most = max(levels)
    intervals = [built.interval[key] for key in demand]
    demands = list(demand.values())
    for first, last, level in _runs(levels):
        if level < most:
            intervals.append(built.model.new_fixed_size_interval_var(first, last - first, "less"))
            demands.append(most - level)
    built.model.add_cumulative(intervals, demands, most)
    _relaxed(built, demand, levels)


def _relaxed(built: Built, demand: Mapping[str, int], levels: Sequence[int]) -> None:
    """The same, period by period, where starts are literals: the linear relaxation sees it."""
    if not all(key in built.at for key in demand):
        return
    terms = sum(
        end - start for key in demand for start, end in built.spans[key].items() if end > start
    )
    if terms > _MOST_TERMS:
        return
    for period, level in enumerate(levels):
        inside = [
            demand[key] * literal
            for key in demand
            for start, literal in built.at[key].items()
            if start <= period < built.spans[key][start]
        ]
        if inside:
            built.model.add(sum(inside) <= level)


def _runs(levels: Sequence[int]) -> list[tuple[int, int, int]]:
    """Stretches of the same level: first period, the one after the last, level."""
    found: list[tuple[int, int, int]] = []
    for period, level in enumerate(levels):
        if found and found[-1][2] == level:
            found[-1] = (found[-1][0], period + 1, level)
        else:
            found.append((period, period + 1, level))
    return found


def _phases(built: Built, programme: Programme) -> None:
    """Money of each phase, and something for every group in it."""
    for phase in programme.phases:
        if phase.budget is not None:
            booked = [
                round(one.cost * _AMOUNTS) * literal
                for one in programme.initiatives
                if one.cost
                for start, literal in built.at.get(one.id, {}).items()
                if phase.start <= start < phase.end
            ]
            if booked:
                built.model.add(sum(booked) <= math.floor(phase.budget * _AMOUNTS + 1e-6))
    for group, phase in programme.to_serve:
        built.model.add_bool_or(
            [
                literal
                for one in programme.initiatives
                if group in one.serves
                for start, literal in built.at.get(one.id, {}).items()
                if phase.start < built.spans[one.id][start] <= phase.end
            ]
        )


def _finish(built: Built, programme: Programme) -> None:
    last = built.model.new_int_var(0, programme.horizon, "finish")
    for key, end in built.end.items():
        chosen = built.chosen[key]
        told = built.model.add(last >= end)
        if chosen is not None:
            told.only_enforce_if(chosen)
    built.model.minimize(last)


def _value(built: Built, programme: Programme) -> None:
    values = {
        (key, start): net_value(programme, programme.initiative(key), start, end)
        for key, spans in built.spans.items()
        for start, end in spans.items()
    }
    together = [
        one for one in programme.synergies if one.one in built.start and one.other in built.start
    ]
    largest = max([*map(abs, values.values()), *(abs(one.value) for one in together)], default=0.0)
    built.scale = largest / _MONEY or 1.0
    terms: list[cp_model.LinearExprT] = [
        round(value / built.scale) * built.at[key][start] for (key, start), value in values.items()
    ]
    for one in together:
        both = built.model.new_bool_var(f"{one.one} with {one.other}")
        for key in (one.one, one.other):
            chosen = built.chosen[key]
            if chosen is not None:
                built.model.add_implication(both, chosen)
        if one.value < 0:  # together they are worth less: it holds whenever both are done
            sure = [built.chosen[key] for key in (one.one, one.other)]
            built.model.add_bool_or([both, *(lit.negated() for lit in sure if lit is not None)])
        terms.append(round(one.value / built.scale) * both)
    built.model.maximize(sum(terms))
