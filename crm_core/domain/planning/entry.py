"""What people write about initiatives: dependencies, amounts by name; and what cannot be meant."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter

from crm_core.domain.planning.calendar import Calendar
from crm_core.domain.planning.model import Bond, Dependency
from crm_core.domain.problems import Problem
from crm_core.domain.registers import FIRST_DAY, OVER, Value

_WAITS = re.compile(r"(\S+)(?:\s+(FS|SS|FF)?\s*([+-]\s*[0-9]{1,4})?)?", re.IGNORECASE)
_AMOUNT = re.compile(r"(.+?)\s*[:：]\s*([0-9]{1,12}(?:\.[0-9]{1,6})?)")


def dependency(text: str) -> Dependency | None:
    """What "IN-1", "IN-2 SS+2", "IN-3 FF" or "IN-4 +1" says; None: nothing that can be read."""
    found = _WAITS.fullmatch(text.strip())
    if not found:
        return None
    bond = Bond((found[2] or "FS").upper())
    return Dependency(found[1], bond, int((found[3] or "0").replace(" ", "")))


def amount(text: str) -> tuple[str, float] | None:
    """A name and its number: "integration: 0.5"; None: nothing that can be read."""
    found = _AMOUNT.fullmatch(text.strip())
    return (found[1].strip(), float(found[2])) if found else None


def amounts(texts: Iterable[str]) -> dict[str, float]:
    """Name -> number of all that can be read; of a name that comes twice the sum."""
    found: dict[str, float] = {}
    for one in map(amount, texts):
        if one:
            found[one[0]] = found.get(one[0], 0.0) + one[1]
    return found


def start(text: str) -> tuple[str, str] | None:
    """An initiative and the text of its period: "IN-3: 2027-04-01", "IN-3: 5"; None: nothing that
    can be read."""
    name, sign, said = text.replace("：", ":").partition(":")
    is_said = bool(sign) and bool(name.strip()) and is_period(said)
    return (name.strip(), said.strip()) if is_said else None


PERIODS = {
    "initiative": ("earliest", "deadline", "pinned"),
    "capacity": ("from_period", "to_period"),
    "phase": ("starts", "ends"),
}
"""Register -> fields that name a period."""
REGISTER, WINDOW = "initiative", "it_window"
USUAL_DURATION = 1
"""Periods that an initiative takes of which nobody said."""


def wrong_values(register: str, values: Mapping[str, Value]) -> dict[str, Problem]:
    """What the planner could not read in a row, by field."""
    found: dict[str, Problem] = {}
    for name in PERIODS.get(register, ()):
        said = values.get(name)
        if isinstance(said, str) and not is_period(said):
            found[name] = Problem("plan_period", {"value": said})
    for name, (reader, code) in READ.get(register, {}).items():
        for one in _texts(values, name):
            if reader(one) is None:
                found[name] = Problem(code, {"value": one})
    return found | (_wrong_range(values) if register == REGISTER else {})


def _wrong_range(values: Mapping[str, Value]) -> dict[str, Problem]:
    """The usual duration lies between the shortest and the longest one."""
    usual = values.get("duration", USUAL_DURATION)
    found: dict[str, Problem] = {}
    for name, code, sign in (
        ("duration_least", "plan_least", 1),
        ("duration_most", "plan_most", -1),
    ):
        said = values.get(name)
        if isinstance(said, int) and isinstance(usual, int) and sign * (said - usual) > 0:
            found[name] = Problem(code, {"value": said, "usual": usual})
    return found


def is_period(text: str) -> bool:
    """Whether a text is the number of a period, from 1, or a day."""
    return Calendar(FIRST_DAY).read(text) is not None


def covers_everything(values: Mapping[str, Value], first: date, last: date) -> bool:
    """Whether a window of IT forbids all work on every day from the first to the last."""
    starts, ends = values.get("starts"), values.get("ends")
    is_all = not (values.get("touches") or values.get("applications"))
    return (
        values.get("effect") == "forbid"
        and values.get("status") not in OVER
        and is_all
        and isinstance(starts, date)
        and isinstance(ends, date)
        and starts <= first
        and ends >= last
    )


_Readers = Mapping[str, tuple[Callable[[str], object], str]]
READ: dict[str, _Readers] = {
    REGISTER: {
        "effort": (amount, "plan_amount"),
        "together_with": (amount, "plan_amount"),
        "depends_on": (dependency, "plan_dependency"),
    },
    "scenario": {
        "budgets": (amount, "plan_amount"),
        "staff": (amount, "plan_amount"),
        "goal_weights": (amount, "plan_amount"),
        "starts": (start, "plan_start"),
    },
}
"""Register -> field of several texts -> what reads each, and the problem where it cannot."""


def _texts(values: Mapping[str, Value], name: str) -> tuple[str, ...]:
    said = values.get(name, ())
    return said if isinstance(said, tuple) else ()


def wrong_links(links: Mapping[str, Sequence[str]]) -> dict[str, Problem]:
    """What is wrong with what initiatives wait for, by id (`links`: id -> texts): what cannot be
    read, an initiative that is not there, one that waits for itself, a circle."""
    found: dict[str, Problem] = {}
    graph: dict[str, list[str]] = {}
    for key, texts in links.items():
        graph[key] = []
        for text in texts:
            one = dependency(text)
            if one is None:
                found[key] = Problem("plan_dependency", {"value": text})
            elif one.on not in links:
                found[key] = Problem("plan_unknown", {"value": one.on})
            elif one.on == key:
                found[key] = Problem("plan_itself", {"value": key})
            else:
                graph[key].append(one.on)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
        told: dict[str, object] = {"value": " → ".join(reversed(circle))}
        for key in circle:
            found.setdefault(key, Problem("plan_circle", told))
    return found
