"""What exports of a plan call things."""

from dataclasses import replace

from crm_core.domain.planning.usage import Usage, loads, skills
from crm_core.i18n import Texts, mark
from crm_core.services.planning.exporting.told import Span, Told

EFFECTS = {
    "forbid": mark("No work"),
    "delay": mark("Half speed"),
    "ease": mark("Double speed"),
}
"""What a window does to work on what it touches."""


def plan_name(told: Told, texts: Texts) -> str:
    """What the plan is called: the roadmap, and its scenario if it is of one."""
    scenario = told.plan.header.scenario
    if not scenario:
        return texts.text("Roadmap")
    return texts.text("Roadmap: {scenario}", scenario=told.title(scenario))


def days_of(texts: Texts, lies: Span) -> str:
    """From the first day to the last one."""
    day = texts.formats.day
    return day(lies.first) if lies.first == lies.last else f"{day(lies.first)} – {day(lies.last)}"


def used(told: Told) -> list[Usage]:
    """Skills and departments that the plan asks something of, as people named them."""
    programme, spans = told.plan.programme, told.plan.spans
    found = skills(programme, spans)
    found += [replace(one, name=told.title(one.name)) for one in loads(programme, spans)]
    return [one for one in found if any(one.used)]


def amount(texts: Texts, value: float) -> str:
    """An amount of staff or change, without digits that nobody typed."""
    return texts.formats.number(round(value, 2))
