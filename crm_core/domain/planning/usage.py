"""What a plan uses of people and change period by period, and what it brings over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from crm_core.domain.planning.model import Programme
from crm_core.domain.planning.obstacles import Spans
from crm_core.domain.planning.worth import periods_value


@dataclass(frozen=True)
class Usage:
    """How much of something is used in each period."""

    name: str
    used: Sequence[float]
    available: Sequence[float] | None
    """None: nobody said how much there is."""

    @property
    def peak(self) -> float | None:
        """The largest share of what there is that is used in a period; None where none is known."""
        if self.available is None:
            return None
        pairs = zip(self.used, self.available, strict=True)
        return max((used / most for used, most in pairs if most > 0), default=None)


def skills(programme: Programme, spans: Spans) -> list[Usage]:
    """Each skill that the plan uses."""
    return [
        Usage(one, _used(programme, spans, "effort", one), programme.available(one))
        for one in programme.skills
    ]


def loads(programme: Programme, spans: Spans) -> list[Usage]:
    """The change that each department has to take in."""
    names = dict.fromkeys(name for one in programme.initiatives for name in one.load)
    return [
        Usage(
            one,
            _used(programme, spans, "load", one),
            [programme.loads[one]] * programme.horizon if one in programme.loads else None,
        )
        for one in names
    ]


def value_over_time(programme: Programme, spans: Spans) -> list[float]:
    """What the plan has brought by the end of each period, costs taken off, discounted; what
    initiatives are worth together is in it from the end of the later one on."""
    found = [0.0] * programme.horizon
    for key, (start, end) in spans.items():
        for period, value in periods_value(programme, programme.initiative(key), start, end):
            found[period] += value
    for one in programme.synergies:
        if one.one in spans and one.other in spans:
            found[max(1, spans[one.one][1], spans[one.other][1]) - 1] += one.value
    return list(accumulate(found))


def _used(programme: Programme, spans: Spans, kind: str, name: str) -> list[float]:
    found = [0.0] * programme.horizon
    for key, (start, end) in spans.items():
        amounts: Mapping[str, float] = getattr(programme.initiative(key), kind)
        for period in range(start, end) if name in amounts else ():
            found[period] += amounts[name]
    return found
