"""The risk of a plan: how probable its dates, budgets and value are, and what drives them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm_core.domain.planning.draws import SAMPLES, draws, is_open
from crm_core.domain.planning.drivers import Buffer, Driver, buffers, drivers
from crm_core.domain.planning.model import Programme
from crm_core.domain.planning.obstacles import Spans
from crm_core.domain.planning.odds import Brought, Money, Odds, brought, money, odds
from crm_core.domain.planning.simulation import network, run
from crm_core.domain.planning.worth import plan_value


@dataclass(frozen=True)
class Risk:
    """What was found, times in periods from 0."""

    samples: int
    finish: Odds
    money: Sequence[Money]
    """By phase; the last one is all of it."""
    value: Brought
    drivers: Sequence[Driver]
    buffers: Sequence[Buffer]
    fixed: Sequence[str]
    """Initiatives that are taken to last as long as was said: nobody gave a range."""
    events: Mapping[str, float]
    """What may happen to something in the plan, with its chance."""


def risk(programme: Programme, spans: Spans, samples: int = SAMPLES) -> Risk:
    """Carry the plan out so many times; the same plan has the same risk."""
    net, drawn = network(programme, spans), draws(programme, spans, samples)
    done = run(net, drawn)
    strongest = drivers(net, drawn, done)
    first = next((one.id for one in strongest if not one.is_event and one.gain > 0), None)
    return Risk(
        samples,
        odds(net, done),
        money(net, drawn, done),
        brought(net, drawn, done, plan_value(programme, spans)),
        strongest,
        buffers(net, done, first),
        [key for key in spans if not is_open(programme.initiative(key))],
        {
            one.id: one.chance
            for one in programme.events
            if any(key in spans for key in one.initiatives)
        },
    )
