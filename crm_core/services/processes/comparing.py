"""A process compared: teams with each other, or one of them with itself on an earlier day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import fmean

from crm_core.domain.actor import Actor
from crm_core.domain.comparison import Comparison, apart, compare
from crm_core.domain.problems import Refused
from crm_core.domain.variant import Variant, timed
from crm_core.services import settings
from crm_core.services.processes.reading import (
    Process,
    Team,
    baselines,
    process,
    processes,
    teams,
    teams_of_all,
)
from crm_core.store import Store


@dataclass(frozen=True)
class Compared:
    """The teams of a process side by side."""

    process: Process
    teams: tuple[Team, ...]
    """In the order of the comparison."""
    comparison: Comparison | None
    """None while nobody has typed a step."""
    costs: tuple[Decimal | None, ...]
    """Of one run, by team."""
    currency: str | None

    @property
    def agreed(self) -> bool:
        """Whether the reference is what people agreed on, not only what is nearest to all."""
        return self.process.best_practice in [team.name for team in self.teams]


@dataclass(frozen=True)
class Overview:
    """A process in one line."""

    process: Process
    teams: int
    steps: tuple[int, int] | None
    """The fewest and the most."""
    minutes: tuple[Decimal, Decimal] | None
    """The quickest and the slowest team's, of those that say it."""
    difference: float | None
    """The mean of any two teams, 0 … 1; None where there are not two."""
    hurting: int
    """Steps that customers suffer from, or that waste work."""


def compared(store: Store, actor: Actor, key: str) -> Compared:
    """The teams as they work today; the agreed best practice is the reference.

    Refused("item_unknown").
    """
    one = process(store, actor, key)
    found = teams(store, actor, one)
    variants = [team.variant() for team in found]
    return _compared(store, actor, one, found, variants, one.best_practice)


def then_and_now(store: Store, actor: Actor, key: str, team: str, day: date) -> Compared:
    """A team today, held against how it worked on the day of a baseline.

    Refused: item_unknown; baseline_unknown.
    """
    one = process(store, actor, key)
    then = [base for base in baselines(store, actor, one) if (base.name, base.day) == (team, day)]
    if not then:
        raise Refused("baseline_unknown", team=team, day=day)
    found = [*then, *(now for now in teams(store, actor, one) if now.name == team)]
    variants = [Variant(str(base.day or ""), base.steps) for base in found]
    return _compared(store, actor, one, found, variants, str(day))


def overview(store: Store, actor: Actor) -> list[Overview]:
    """Every process in one line, in the order of the catalogue."""
    every = processes(store, actor)
    held = teams_of_all(store, actor, every)
    return [_line(one, held.get(one.id, [])) for one in every]


def _compared(
    store: Store,
    actor: Actor,
    one: Process,
    found: Sequence[Team],
    variants: Sequence[Variant],
    agreed: str,
) -> Compared:
    comparison = compare(variants, agreed) if variants else None
    costs = tuple(variant.cost(one.hour_cost) for variant in variants)
    currency = settings.read(store, actor)["home_currency"]
    return Compared(one, tuple(found), comparison, costs, currency)


def _line(one: Process, found: Sequence[Team]) -> Overview:
    variants = [team.variant() for team in found]
    counts = [len(variant.steps) for variant in variants]
    minutes = [variant.minutes for variant in timed(variants) if variant.minutes is not None]
    differing = apart(variants)
    return Overview(
        one,
        len(variants),
        (min(counts), max(counts)) if counts else None,
        (min(minutes), max(minutes)) if minutes else None,
        fmean(differing.values()) if differing else None,
        sum(step.hurts for variant in variants for step in variant.steps),
    )
