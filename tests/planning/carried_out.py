"""Plans with open durations, and whether a sample of how one goes breaks anything: written anew,
without a line of the simulation's; it walks from one moment to the next with plain loops."""

import random
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from programmes import programme
from verifier import speed

from crm_core.domain.planning.allowed import allowed_spans
from crm_core.domain.planning.model import Event, Initiative, Programme
from crm_core.domain.planning.obstacles import Spans, obstacles

_CLOSE = 1e-6


def plan(seed: int) -> tuple[Programme, dict[str, tuple[int, int]]]:
    """A programme at random whose durations are open and to which things may happen, with a plan of
    it: each initiative, in their order, where it first fits. No dependency lets anything begin
    before what it waits for."""
    dice, plain = random.Random(seed), programme(seed)
    keys = [one.id for one in plain.initiatives]
    found = replace(
        plain,
        initiatives=tuple(_open(dice, one) for one in plain.initiatives),
        events=tuple(
            Event(f"E{n}", dice.random(), tuple(dice.sample(keys, 2)), dice.choice([0, 0.5, 2]), 30)
            for n in range(len(keys) > 2 and dice.choice([0, 1, 3]))
        ),
    )
    spans: dict[str, tuple[int, int]] = {}
    for one in found.initiatives:
        for start, end in sorted(allowed_spans(found, one).items()):
            if one.is_wanted is not False and not next(
                obstacles(found, spans, one.id, start), None
            ):
                spans[one.id] = (start, end)
                break
    return found, spans


def _open(dice: random.Random, one: Initiative) -> Initiative:
    waits = tuple(replace(each, lag=max(0, each.lag)) for each in one.waits_for)
    least = dice.choice([None, one.duration, max(0, one.duration - 1)])
    most = dice.choice([None, one.duration, one.duration + 1, one.duration + 4])
    return replace(one, waits_for=waits, shortest=least, longest=most)


def wrong(
    p: Programme,
    planned: Spans,
    times: Mapping[str, tuple[float, float]],
    work: Mapping[str, float],
    rests: Mapping[str, set[int]],
) -> list[str]:
    """What is wrong with one sample. `rests`: periods in which work on an initiative stands still.
    What takes no time in the plan needs nobody."""
    said = []
    known = {key: p.initiative(key) for key in times}
    for key, (start, end) in times.items():
        if start < planned[key][0] - _CLOSE:
            said.append(f"{key} begins before it was planned to")
        if (
            end < start - _CLOSE
            or _done(p, known[key], (start, end), rests[key]) < work[key] - 1e-5
        ):
            said.append(f"{key} ends before its work is done")
        for each in known[key].waits_for:
            if each.on in times:
                first, last = times[each.on]
                gaps = {"FS": start - last, "SS": start - first, "FF": end - last}
                if gaps[each.bond.value] < each.lag - _CLOSE:
                    said.append(f"{key} does not wait for {each.on}")
    staffed = {key: span for key, span in times.items() if planned[key][0] < planned[key][1]}
    return said + _too_much(p, known, staffed, rests)


def _done(p: Programme, one: Initiative, span: tuple[float, float], rests: set[int]) -> float:
    done, at = 0.0, span[0]
    while at < span[1] - 1e-9:
        until = min(span[1], float(int(at + 1e-9) + 1))
        period = int(at + 1e-9)
        pace = 1.0 if period >= p.horizon else speed(p, one, period)
        done += 0.0 if period in rests else pace * (until - at)
        at = until
    return done


def _too_much(
    p: Programme,
    known: Mapping[str, Initiative],
    times: Mapping[str, tuple[float, float]],
    rests: Mapping[str, set[int]],
) -> list[str]:
    """Skills and departments of which more is used at some moment than there is."""
    said = []
    moments = sorted({*range(p.horizon + 1), *(at for span in times.values() for at in span)})
    for one, other in pairwise(moments):
        middle = (one + other) / 2
        if middle >= p.horizon or other - one < _CLOSE:
            continue
        working = [
            key
            for key, (start, end) in times.items()
            if start < middle < end and int(middle) not in rests[key]
        ]
        for skill in p.skills:
            there = p.available(skill)
            used = sum(known[key].effort.get(skill, 0.0) for key in working)
            if there is not None and used > there[int(middle)] + _CLOSE:
                said.append(f"{skill} at {middle}: {used}")
        for name, most in p.loads.items():
            if sum(known[key].load.get(name, 0.0) for key in working) > most + _CLOSE:
                said.append(f"{name} at {middle}")
    return said
