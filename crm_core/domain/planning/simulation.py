"""A plan carried out many times: each initiative takes as long as chance has it, events happen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from crm_core.domain.planning.chains import Chains, chains
from crm_core.domain.planning.draws import Draws
from crm_core.domain.planning.model import Bond, Programme, speeds
from crm_core.domain.planning.obstacles import Spans
from crm_core.domain.planning.pace import Pace, pace

Numbers = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
START, END = "start", "end"
Moment = tuple[str, str]
"""The start or the end of an initiative: its id, and which of them."""


@dataclass(frozen=True)
class Link:
    """One moment comes so many periods after another at the earliest."""

    first: Moment
    second: Moment
    lag: float = 0.0


@dataclass(frozen=True)
class Network:
    """How a plan is carried out: in which order, at which pace, nothing before it was planned."""

    programme: Programme
    spans: Spans
    links: tuple[Link, ...]
    order: tuple[Moment, ...]
    """Every moment after those that it waits for."""
    paces: Mapping[str, Pace]
    """How fast the work of each initiative goes on."""


@dataclass(frozen=True)
class Run:
    """When each moment is in each sample, in periods."""

    ready: Mapping[str, Numbers]
    """From when on an initiative could begin if no window and no lack of staff kept it."""
    at: Mapping[Moment, Numbers]
    finish: Numbers
    """When all is over."""


def network(programme: Programme, spans: Spans) -> Network:
    """The order that the plan keeps. A hand-over of staff that would close a circle is left out:
    only a dependency with a negative lag can ask for one."""
    order = chains(programme, spans)
    held = {Link((one, END), (other, START)) for one, other in order.links}
    bound = set(_dependencies(programme, spans))
    while True:
        links = bound | held
        try:
            moments = tuple(_sorted(spans, links))
        except CycleError as error:
            circle = error.args[1]
            pairs = set(pairwise(circle))
            held = {one for one in held if (one.first, one.second) not in pairs}
        else:
            paces = {key: _pace(programme, key, order) for key in spans}
            return Network(programme, spans, tuple(links), moments, paces)


def _dependencies(programme: Programme, spans: Spans) -> Iterator[Link]:
    for key in spans:
        for each in programme.initiative(key).waits_for:
            if each.on in spans:
                first = START if each.bond is Bond.START_START else END
                second = END if each.bond is Bond.FINISH_FINISH else START
                yield Link((each.on, first), (key, second), each.lag)


def _sorted(spans: Spans, links: set[Link]) -> Iterator[Moment]:
    graph: TopologicalSorter[Moment] = TopologicalSorter()
    for key in spans:
        graph.add((key, END), (key, START))
    for one in links:
        graph.add(one.second, one.first)
    return iter(list(graph.static_order()))


def run(net: Network, drawn: Draws) -> Run:
    """Carry the plan out in every sample.

    The plan's order is kept and nothing begins before it was planned to ("railway"): people,
    vendors and users are told dates, and come on them; who is early waits ("roadrunner" would begin
    at once). Work that overruns into a window that forbids it, or into a time without its staff,
    rests until that is over; in the plan no work lies there. What needs no more than was planned
    ends with the period in which the plan has its end, as the plan counts whole periods.
    """
    incoming: dict[Moment, list[Link]] = {}
    for one in net.links:
        incoming.setdefault(one.second, []).append(one)
    at, ready = dict[Moment, Numbers](), dict[str, Numbers]()
    for moment in net.order:
        key, which = moment
        links, work = incoming.get(moment, []), worked(net.programme, drawn, key)
        if which == START:
            planned = np.full(drawn.count, float(net.spans[key][0]))
            ready[key] = _latest(planned, links, at)
            at[moment] = np.where(work > 0, net.paces[key].opened(ready[key]), ready[key])
        else:
            at[moment] = _latest(_over(net, key, at[key, START], work), links, at)
    ends = [at[key, END] for key in net.spans]
    return Run(ready, at, np.max(ends, axis=0) if ends else np.zeros(drawn.count))


def worked(programme: Programme, drawn: Draws, key: str) -> Numbers:
    """How long an initiative takes, with what events add to it."""
    work = drawn.work[key]
    for event in programme.events:
        if key in event.initiatives and event.delay:
            work = work + event.delay * drawn.happens[event.id]
    return work


def _pace(programme: Programme, key: str, order: Chains) -> Pace:
    rests, known = order.rests.get(key, ()), speeds(programme, programme.initiative(key))
    return pace([0.0 if period in rests else speed for period, speed in enumerate(known)])


def _latest(planned: Numbers, links: list[Link], at: Mapping[Moment, Numbers]) -> Numbers:
    for one in links:
        planned = np.maximum(planned, at[one.first] + one.lag)
    return planned


def _over(net: Network, key: str, start: Numbers, work: Numbers) -> Numbers:
    """When its work is done; in full periods where the plan rounds up to them."""
    end = net.paces[key].ended(start, work)
    planned = float(net.spans[key][1])
    is_usual = work >= net.programme.initiative(key).duration
    return np.where(is_usual, np.maximum(end, planned), end)


def critical(net: Network, done: Run) -> dict[str, float]:
    """In which share of the samples an initiative keeps the finish from coming earlier: it is over
    last, or something that waited for it alone is critical (the criticality index: Van Slyke,
    "Monte Carlo Methods and the PERT Problem", Operations Research 11(5), 1963)."""
    is_critical: dict[Moment, Truths] = {
        (key, END): done.at[key, END] >= done.finish - _CLOSE for key in net.spans
    }
    outgoing: dict[Moment, list[Link]] = {}
    for one in net.links:
        outgoing.setdefault(one.first, []).append(one)
    for moment in reversed(net.order):
        key, which = moment
        found = is_critical.get(moment, np.zeros(len(done.finish), np.bool_))
        for link in outgoing.get(moment, []):
            found = found | (is_critical[link.second] & _binds(link, done))
        if which == START:
            found = found | is_critical[key, END]
        is_critical[moment] = found
    return {key: float(is_critical[key, END].mean()) for key in net.spans}


_CLOSE = 1e-6


def _binds(link: Link, done: Run) -> Truths:
    """Whether the second moment is not later than the first one makes it."""
    key, which = link.second
    asked = done.ready[key] if which == START else done.at[link.second]
    return np.asarray(done.at[link.first] + link.lag >= asked - _CLOSE)
