"""What a planted fault is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar

import numpy as np

Dice = np.random.Generator
Fate = Literal["repaired", "quarantined", "warned", "skipped", "updated", "asked"]
USUAL = 0.004
SELDOM = 0.0015


class Cell(NamedTuple):
    """A clean cell: its text, the field that it fills and the whole row, by field.

    Days and moments are ISO, numbers plain decimals; all else is as a tidy export writes it.
    """

    text: str
    field: str
    row: Mapping[str, str]


Write = Callable[[Dice, Cell], str | None]


@dataclass(frozen=True)
class Fault:
    """A way in which a cell goes wrong.

    `write` gives the dirty text, None where this cell cannot show the fault. `expected` is what
    a careful person with only the file before them would do: "repaired" to the clean value;
    "quarantined": the line cannot be used as it stands; "warned": it can, but the cell's value
    is lost or doubtful and somebody must be told.
    """

    name: str
    kinds: tuple[str, ...]
    write: Write
    expected: Fate = "repaired"
    rate: float = USUAL
    """Of the table's lines."""
    gone: bool = False
    """The dirty text stands for no value: the clean cell is blank."""
    means: Callable[[str, str], str] | None = None
    """What is meant by the dirty text, of the clean value and it; None: the clean value."""


def as_written(_clean: str, dirty: str) -> str:
    """What an odd text means that is right, or that nobody may change unasked."""
    return dirty


T = TypeVar("T")


def pick(dice: Dice, *choices: T) -> T:
    """One of the choices, each as likely as the other."""
    return choices[int(dice.integers(len(choices)))]
