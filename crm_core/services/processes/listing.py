"""A team's steps as a list that is typed or pasted: a line a step, cells parted by | or tabs."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO

from crm_core.domain.problems import Problem
from crm_core.domain.registers import Value, wrong
from crm_core.domain.variant import Step
from crm_core.reference import plain_key, word_key
from crm_core.reference.processes import heads
from crm_core.services.processes.reading import STEP, TYPED
from crm_core.services.registers import known, values

_NUMBERED = re.compile(r"\s*(?:\d{1,3}[.)]\s+|\d{1,3}[、．）]\s*|[-*•·–]\s+)(?=\S)")
_LASTING = re.compile(r"(\d+(?:\.\d+)?)\s*(min|mins|minutes?|分|分钟|h|hrs?|hours?|小时)")
_HOURS = ("h", "小时")
_NO_QUOTE = "\x1f"
"""Stands in no text that people type."""
_QUOTED = re.compile(r'[|"]')


@dataclass(frozen=True)
class Wrong:
    """A cell that cannot be taken."""

    line: int
    field: str
    value: str
    problem: Problem


@dataclass(frozen=True)
class Listed:
    """What a list says."""

    steps: tuple[dict[str, Value], ...]
    """By field, blank ones left out."""
    wrong: tuple[Wrong, ...]
    left_out: tuple[str, ...]
    """Heads that mean nothing here."""


def read(text: str) -> Listed:
    """The steps of a typed or pasted list, in its order.

    Cells stand in the order of TYPED, or below heads in either language in any order; numbers and
    dashes before every line are those of the list. Minutes may say "15 min" or "1.5 h".
    """
    lines = _lines(text)
    columns: Sequence[str | None] = TYPED
    left_out: tuple[str, ...] = ()
    if lines and (found := _heads(lines[0][1])):
        columns = found
        left_out = tuple(h for h, f in zip(lines.pop(0)[1], found, strict=True) if h and not f)
    steps, problems = list[dict[str, Value]](), list[Wrong]()
    for line, cells in lines:
        said, bad = _step(line, cells, columns)
        steps.append(said)
        problems += bad
    return Listed(tuple(steps), tuple(problems), left_out)


def written(steps: Sequence[Step]) -> str:
    """The steps as a text that `read` takes back for the same steps."""
    return "\n".join(_line([_cell(getattr(step, name)) for name in TYPED]) for step in steps)


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The lines that say something, with their numbers, cell by cell."""
    mark = "\t" if "\t" in text else "|"
    # An odd quote quotes nothing: it would swallow the lines below it.
    quote = '"' if text.count('"') % 2 == 0 else _NO_QUOTE
    reader = csv.reader(StringIO(text), delimiter=mark, quotechar=quote, skipinitialspace=True)
    found = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    filled = [(line, cells) for line, cells in found if any(cells)]
    if filled and all(_NUMBERED.match(cells[0]) for _, cells in filled):
        return [(line, [_NUMBERED.sub("", cells[0], 1), *cells[1:]]) for line, cells in filled]
    return filled


def _heads(cells: Sequence[str]) -> list[str | None] | None:
    """The field of each head; None where the line is no line of heads."""
    fields = {word: name for name, words in heads("step").items() for word in words}
    found: list[str | None] = []
    for cell in cells:
        field = fields.get(word_key(cell))
        found.append(None if field in found else field)
    told = len([field for field in found if field])
    filled = len([cell for cell in cells if cell])
    return found if "what" in found and 2 * told >= filled else None


def _step(
    line: int, cells: Sequence[str], columns: Sequence[str | None]
) -> tuple[dict[str, Value], list[Wrong]]:
    register = known(STEP)
    said, told = dict[str, Value](), dict[str, str]()
    problems = dict[str, Problem]()
    for name, cell in zip(columns, cells, strict=False):
        if name and cell:
            told[name] = cell
            value = values.read(register.field(name), _minutes(cell) if name == "minutes" else cell)
            if isinstance(value, Problem):
                problems[name] = value
            elif value is not None:
                said[name] = value
    problems = _amiss(said) | problems
    if any(cells[len(columns) :]):
        problems["what"] = Problem("step_cells", {"limit": len(columns)})
    bad = [Wrong(line, name, told.get(name, ""), one) for name, one in problems.items()]
    return said, bad


def _amiss(said: Mapping[str, Value]) -> dict[str, Problem]:
    """What no step may hold, of the fields that a list says."""
    return {name: one for name, one in wrong(known(STEP), said).items() if name in TYPED}


def _minutes(cell: str) -> str:
    """The minutes of a duration with its unit, else the cell as it is."""
    found = _LASTING.fullmatch(plain_key(cell))
    if not found:
        return cell
    return f"{Decimal(found[1]) * (60 if found[2].startswith(_HOURS) else 1):f}"


def _cell(value: Value | None) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else " ".join(str(value).split())


def _line(cells: list[str]) -> str:
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    quoted = (
        f'"{cell.replace(chr(34), chr(34) * 2)}"' if _QUOTED.search(cell) else cell
        for cell in cells
    )
    return " | ".join(quoted)
