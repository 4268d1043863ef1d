"""The model for the most value: what to do and when, all of it in literals."""

from crm_core.domain.planning.model import Bond, Dependency, Programme
from crm_core.domain.planning.worth import net_value
from crm_core.planning.build import Built, begin, excluded, limits, phases
from crm_core.planning.steps import Steps

_UNITS = 10**6
"""The largest value of an initiative becomes about so many: more digits slow the solver down."""


def build(programme: Programme) -> Built:
    """The model; its objective is the plan's worth in units of `scale`."""
    built, parts = begin(programme, is_whole=False)
    for one, must in parts:
        built.steps[one.id] = Steps(built.model, one.id, built.spans[one.id], is_sure=must)
    for one, _ in parts:
        for each in one.waits_for:
            _wait(built, one.id, each)
    for key, other in excluded(built, programme):
        built.model.add_at_most_one([built.steps[key].chosen, built.steps[other].chosen])
    for demand, levels in limits(built, programme):
        for period, level in enumerate(levels):
            used = sum(each * built.steps[key].working(period) for key, each in demand.items())
            if not isinstance(used, int):
                built.model.add(used <= level)
    phases(built, programme)
    _value(built, programme)
    return built


def _wait(built: Built, key: str, each: Dependency) -> None:
    """Started by a period means that the other one was far enough; so it is done as well."""
    mine, theirs = built.steps[key], built.steps.get(each.on)
    for start, end, literal in zip(mine.starts, mine.ends, mine.by, strict=True):
        at = (end if each.bond is Bond.FINISH_FINISH else start) - each.lag
        enough = None
        if theirs is not None:
            is_begun = each.bond is Bond.START_START
            enough = theirs.started(at) if is_begun else theirs.ended(at)
        if enough is None:
            built.model.add_bool_and(literal.negated())
        else:
            built.model.add_implication(literal, enough)


def _value(built: Built, programme: Programme) -> None:
    values = built.values = {
        key: [
            net_value(programme, programme.initiative(key), start, end)
            for start, end in zip(steps.starts, steps.ends, strict=True)
        ]
        for key, steps in built.steps.items()
    }
    together = [
        one for one in programme.synergies if one.one in built.steps and one.other in built.steps
    ]
    every = [abs(value) for each in values.values() for value in each]
    largest = max([*every, *(abs(one.value) for one in together)], default=0.0)
    built.scale = largest / _UNITS or 1.0
    terms = []
    for key, each in values.items():
        units = [round(value / built.scale) for value in each]
        for literal, now, later in zip(built.steps[key].by, units, [*units[1:], 0], strict=True):
            terms.append((now - later) * literal)
    for one in together:
        both = built.model.new_bool_var(f"{one.one} with {one.other}")
        sides = [built.steps[key].chosen for key in (one.one, one.other)]
        for side in sides:
            built.model.add_implication(both, side)
        if one.value < 0:  # together they are worth less: it holds whenever both are done
            built.model.add_bool_or([both, *(side.negated() for side in sides)])
        terms.append(round(one.value / built.scale) * both)
    built.model.maximize(sum(terms))
