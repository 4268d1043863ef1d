"""What a new initiative says from the start, by what it is made from. Nothing is kept here: the
reader looks at it, mends it and saves."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from crm_core.domain.ranking import worth
from crm_core.domain.registers import Value, counted
from crm_core.services.registers.values import Values

REGISTER = "initiative"


class Source(StrEnum):
    """What initiatives are made from: registers, answers of a checklist, a team."""

    GOAL = "goal"
    PAIN_POINT = "pain_point"
    RED_FLAG = "red_flag"
    WISH = "improvement"
    ANSWER = "answer"  # what an answer of an assessment leads to: assessment/item/place
    TEAM = "team"  # that hardly works in the system


FIELDS = {
    Source.GOAL: "goals",
    Source.PAIN_POINT: "pain_points",
    Source.RED_FLAG: "flags",
    Source.WISH: "wishes",
}
"""The field of an initiative that names what it answers."""
_KINDS = {"training": "training", "data": "data", "it": "technology", "people": "people",
          "sponsor": "people", "roadmap": "process"}  # fmt: skip
"""Category of a red flag -> kind of what removes it; others are for people to say."""


def from_goal(key: str, goal: Values) -> Values:
    """It serves the goal and is done by its day."""
    return _filled(
        title=goal.get("title"),
        owner=goal.get("owner"),
        goals=(key,),
        deadline=_day(goal.get("target_date")),
    )


def from_pain_point(key: str, pain: Values, processes: Sequence[str] = ()) -> Values:
    """It solves the pain point: of its kind, for its goals, with its applications; the departments
    are the team and the groups that suffer, the value is what it costs a year on average.
    `processes`: those of its steps."""
    return _filled(
        title=pain.get("title"),
        owner=pain.get("owner"),
        kind=pain.get("about"),
        pain_points=(key,),
        goals=pain.get("goals"),
        processes=tuple(processes),
        touches=pain.get("applications"),
        departments=_departments(pain),
        value_a_year=_worth(pain.get("cost_least"), pain.get("cost_most")),
    )


def from_flag(key: str, flag: Values, title: str, pains: Mapping[str, Values]) -> Values:
    """It removes the flag, called `title` in the reader's language, and solves the pain points
    behind it (`pains`: by id), for their goals."""
    goals = [goal for pain in pains.values() for goal in _list(pain, "goals")]
    return _filled(
        title=title,
        owner=flag.get("owner"),
        kind=_KINDS.get(str(flag.get("category"))),
        flags=(key,),
        pain_points=tuple(pains),
        goals=tuple(dict.fromkeys(goals)),
        touches=flag.get("applications"),
        deadline=_day(flag.get("due")),
    )


def from_wish(key: str, wish: Values) -> Values:
    """It takes up the wish."""
    return _filled(
        title=wish.get("title"), owner=wish.get("owner"), wishes=(key,), notes=wish.get("wish")
    )


def from_answer(title: str, told: str, flags: Sequence[str]) -> Values:
    """It does what an answer of a checklist leads to; `told` says which, `flags` stand for it."""
    return _filled(title=title, notes=told, flags=tuple(flags))


def from_team(title: str, team: str, goals: Sequence[str]) -> Values:
    """It brings a team to work in the system; `goals` are those that the use of it measures."""
    return _filled(title=title, kind="people", departments=(team,), goals=tuple(goals))


def _filled(**values: Value | None) -> Values:
    """What is said."""
    return {name: value for name, value in values.items() if value not in (None, "", ())}


def _departments(pain: Values) -> tuple[str, ...]:
    """Each once, without its number of people: in an initiative a number is the load."""
    team = pain.get("team")
    groups = (counted(one)[0] for one in _list(pain, "affected"))
    return tuple(dict.fromkeys([*([str(team)] if team else []), *groups]))


def _worth(least: Value | None, most: Value | None) -> Decimal | None:
    bounds = [float(one) if isinstance(one, int | Decimal) else None for one in (least, most)]
    found = worth(*bounds)
    return None if found is None else Decimal(round(found.expected))


def _day(value: Value | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else None


def _list(row: Values, name: str) -> tuple[str, ...]:
    found = row.get(name, ())
    return found if isinstance(found, tuple) else ()
