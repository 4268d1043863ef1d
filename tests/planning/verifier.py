"""Whether a plan keeps everything that it must: written anew, without a line of the planner's.

It walks through the plan period by period with plain loops. From the product it takes the data
classes alone.
"""

from collections.abc import Mapping
from typing import Any

from crm_core.domain.planning.model import Initiative, Programme

Spans = Mapping[str, tuple[int, int]]


def broken(p: Programme, plan: Spans, *, everything: bool) -> list[str]:
    """Each rule that the plan breaks, in words; [] for a right one. `everything`: all that is not
    left out by hand has to be in it."""
    said: list[str] = []
    known = {one.id: one for one in p.initiatives}
    for key, one in known.items():
        must = one.is_wanted or (everything and one.is_wanted is None)
        if must and key not in plan:
            said.append(f"{key} is missing")
        if one.is_wanted is False and key in plan:
            said.append(f"{key} was to be left out")
    for key, (start, end) in plan.items():
        said += [f"{key}: {what}" for what in _alone(p, known[key], start, end)]
        said += [f"{key}: {what}" for what in _with_others(known[key], plan)]
    said += _amounts(p, known, plan)
    said += _phases(p, known, plan)
    for one_key, other in p.exclusive:
        if one_key in plan and other in plan:
            said.append(f"{one_key} and {other} exclude each other")
    return said


def _phases(p: Programme, known: Mapping[str, Initiative], plan: Spans) -> list[str]:
    said = []
    for phase in p.phases:
        spent = sum(known[k].cost for k, (s, _) in plan.items() if phase.start <= s < phase.end)
        if phase.budget is not None and spent > phase.budget + 1e-6:
            said.append(f"{phase.id} spends {spent}")
        for group in p.groups:
            ends = [e for k, (_, e) in plan.items() if group in known[k].serves]
            if not [e for e in ends if phase.start < e <= phase.end]:
                said.append(f"{phase.id} gives {group} nothing")
    return said


def _alone(p: Programme, one: Initiative, start: int, end: int) -> list[str]:
    said = []
    if start < 0 or end > p.horizon or start < one.earliest:
        said.append("too early or beyond the horizon")
    if one.deadline is not None and end > one.deadline:
        said.append("too late")
    if one.pinned is not None and start != one.pinned:
        said.append("not where it is pinned")
    for phase in p.phases:
        if phase.id == one.phase and (start < phase.start or end > phase.end):
            said.append("outside its phase")
    left = float(one.duration)
    for period in range(start, end):
        if left <= 0:
            said.append("longer than its work")
        left -= speed(p, one, period)
        if speed(p, one, period) == 0:
            said.append(f"forbidden in {period}")
    if left > 1e-9:
        said.append("too short for its work")
    return said


def speed(p: Programme, one: Initiative, period: int) -> float:
    """How much of a period's work is done in it."""
    effects = {
        w.effect
        for w in p.windows
        if w.start <= period < w.end and (not w.touches or w.touches & one.touches)
    }
    if "forbid" in effects:
        return 0.0
    if "delay" in effects:
        return 0.5
    return 2.0 if "ease" in effects else 1.0


def _with_others(one: Initiative, plan: Spans) -> list[str]:
    said = []
    start, end = plan[one.id]
    for each in one.waits_for:
        if each.on not in plan:
            said.append(f"waits for {each.on}, which is not done")
            continue
        other_start, other_end = plan[each.on]
        gap = {
            "FS": start - other_end,
            "SS": start - other_start,
            "FF": end - other_end,
        }[each.bond.value]
        if gap < each.lag:
            said.append(f"does not wait for {each.on}")
    return said


def _amounts(p: Programme, known: Mapping[str, Initiative], plan: Spans) -> list[str]:
    said = []
    for period in range(p.horizon):
        used: dict[Any, float] = {}
        for key, (start, end) in plan.items():
            if start <= period < end:
                for skill, amount in known[key].effort.items():
                    used["skill", skill] = used.get(("skill", skill), 0) + amount
                for department, amount in known[key].load.items():
                    used["load", department] = used.get(("load", department), 0) + amount
        for (kind, name), amount in used.items():
            if kind == "skill":
                rows = [c for c in p.capacities if c.skill == name]
                most = sum(c.amount for c in rows if c.start <= period < c.end)
                is_bound = bool(rows)
            else:
                most, is_bound = p.loads.get(name, 0.0), name in p.loads
            if is_bound and amount > most + 1e-6:
                said.append(f"{name} in {period}: {amount} of {most}")
    return said


def value(p: Programme, plan: Spans) -> float:
    """What a plan is worth, summed period by period."""
    total = 0.0
    for one in p.initiatives:
        if one.id not in plan:
            continue
        start, end = plan[one.id]
        total -= one.cost / (1 + p.discount) ** (start / p.periods_a_year)
        for period in range(end, p.horizon):
            worth = -one.running_cost
            if period >= end + one.value_after:
                worth += one.value * (1 - one.risk)
            total += worth / p.periods_a_year / (1 + p.discount) ** (period / p.periods_a_year)
    return total + sum(s.value for s in p.synergies if s.one in plan and s.other in plan)
