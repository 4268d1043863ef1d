"""Programmes at random: easy ones, tight and impossible ones, and some with next to nothing."""

import random

from crm_core.domain.planning.model import (
    Bond,
    Capacity,
    Dependency,
    Initiative,
    Phase,
    Programme,
    Synergy,
    Window,
)

SKILLS, PLACES = ("analysis", "integration", "training"), ("erp", "web", "crm")
DEPARTMENTS, GROUPS = ("sales", "service"), ("sellers", "managers")


def programme(seed: int) -> Programme:
    """The programme of that number."""
    dice = random.Random(seed)
    horizon = dice.choice([1, 6, 12, 20])
    count = dice.choice([0, 1, 3, 6, 10, 14])
    tight = dice.random()
    phases = _phases(dice, horizon, tight)
    keys = [f"I{n}" for n in range(1, count + 1)]
    return Programme(
        horizon,
        tuple(_initiative(dice, key, keys[:at], horizon, phases) for at, key in enumerate(keys)),
        tuple(
            Capacity(skill, start, end, dice.choice([0.5, 1, 2, 3]))
            for skill in SKILLS
            for start, end in ((0, horizon // 2), (horizon // 2, horizon))
            if dice.random() < 0.7
        ),
        phases,
        tuple(_window(dice, n, horizon) for n in range(dice.choice([0, 0, 1, 3]))),
        {one: dice.choice([1.0, 2.0, 3.0]) for one in DEPARTMENTS if dice.random() < 0.5},
        frozenset(one for one in GROUPS if phases and dice.random() < 0.15),
        tuple(tuple(dice.sample(keys, 2)) for _ in range(count > 3 and dice.choice([0, 1]))),  # type: ignore[misc]
        tuple(
            Synergy(*dice.sample(keys, 2), float(dice.choice([-50, 30, 200])))
            for _ in range(count > 3 and dice.choice([0, 1, 2]))
        ),
        dice.choice([4.0, 12.0]),
        dice.choice([0.0, 0.08]),
    )


def _phases(dice: random.Random, horizon: int, tight: float) -> tuple[Phase, ...]:
    if horizon < 6 or dice.random() < 0.4:
        return ()
    half = horizon // 2
    budget = [None, 200.0, 600.0][dice.randrange(3)] if tight < 0.7 else 100.0
    return (Phase("P1", 0, half, budget), Phase("P2", half, horizon, budget))


def _initiative(
    dice: random.Random,
    key: str,
    earlier: list[str],
    horizon: int,
    phases: tuple[Phase, ...],
) -> Initiative:
    duration = dice.choice([0, 1, 1, 2, 3, 4])
    return Initiative(
        key,
        duration,
        tuple(
            Dependency(on, dice.choice(list(Bond)), dice.choice([0, 0, 0, 1, 2, -1]))
            for on in dice.sample(earlier, min(len(earlier), dice.choice([0, 0, 1, 2])))
        ),
        {one: dice.choice([0.5, 1, 1, 2]) for one in SKILLS if dice.random() < 0.4},
        float(dice.choice([0, 40, 100, 180])),
        float(dice.choice([0, 0, 20])),
        float(dice.choice([0, 60, 200, 500])),
        dice.choice([0, 0, 1]),
        dice.choice([0, 0, 0.2, 1]),
        {one: 1.0 for one in DEPARTMENTS if dice.random() < 0.4},
        frozenset(one for one in PLACES if dice.random() < 0.3),
        frozenset(one for one in GROUPS if dice.random() < 0.5),
        dice.choice([0, 0, 0, 2]),
        dice.choice([None, None, None, max(1, horizon - 2)]),
        dice.choice([None, None, None, "P1", "P2"]) if phases else None,
        dice.choice([None] * 8 + [1]),
        dice.choice([None, None, None, None, True, False]),
    )


def _window(dice: random.Random, number: int, horizon: int) -> Window:
    start = dice.randrange(horizon)
    return Window(
        f"W{number}",
        start,
        min(horizon, start + dice.choice([1, 2, horizon])),
        frozenset(dice.sample(PLACES, dice.choice([0, 1, 2]))),
        dice.choice(["forbid", "delay", "ease"]),
    )


def crowded(seed: int, count: int = 90) -> Programme:
    """Four skills of which there is little."""
    dice = random.Random(seed)
    skills = ["it", "data", "sales", "training"]
    some = tuple(
        Initiative(
            f"I{n}",
            dice.randint(1, 9),
            tuple(Dependency(f"I{one}") for one in dice.sample(range(n), min(n, 2))),
            {one: dice.randint(1, 9) for one in dice.sample(skills, 3)},
        )
        for n in range(count)
    )
    return Programme(count * 9, some, tuple(Capacity(one, 0, count * 9, 13.0) for one in skills))
