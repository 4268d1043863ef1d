"""The risk of a plan: how probable its end, its budgets and its value are, and what drives it."""

from datetime import date

from crm_core.domain.planning.risk import Risk
from crm_core.services import planning
from crm_core.services.planning import Plan
from pages._ui import kept, links, session
from pages._ui.cards import Card, cards
from pages._ui.charts import Chance, Mark, chance_chart, show_chart
from pages._ui.head import section
from pages._ui.notices import empty_state
from pages.plan import _risk_drivers, _risk_money
from pages.plan import _risk_words as words

_APART = 0.06
"""Chances that lie closer than this have no room for a label each."""
_LISTS = "pages/assess/further_lists.py"


def show(plan: Plan) -> None:
    """The answer, then why, then what would help."""
    if not plan.spans:
        _nothing()
        return
    found = kept.until(("plan",), planning.risk, plan.header.plan_id)
    if len(found.fixed) == len(plan.spans) and not found.events:
        _unknown()
        return
    _cards(plan, found)
    _curve(plan, found)
    _risk_drivers.show(plan, found)
    _risk_money.show(plan, found)


def _nothing() -> None:
    text = session.texts().text
    empty_state(
        text("No plan, no risk"),
        text("Nothing lies in this plan. What is in conflict stands in the plan itself."),
        icon=":material/casino:",
    )


def _unknown() -> None:
    text = session.texts().text

    def actions() -> None:
        links.page_link(_LISTS, text("Give initiatives a range"), list="initiative")
        links.page_link(_LISTS, text("Add a risk event"), list="risk_event")

    empty_state(
        text("Nobody said what could go otherwise"),
        text(
            "Say of initiatives how long they take at least and at most, and add what may happen "
            "on the way. Then the chance of every date and budget is worked out here."
        ),
        icon=":material/casino:",
        actions=actions,
    )


def _cards(plan: Plan, found: Risk) -> None:
    text, day = session.texts().text, session.formats().day
    planned = day(words.done_by(plan, found.finish.planned))
    chance = words.chance(found.finish.chance)
    help_text = text("Planned: done by {day}", day=planned)
    row = [Card(text("On-time chance"), chance, help=help_text)]
    for percent in (50, 80):
        label = text("Done by ({chance} sure)", chance=words.chance(percent / 100))
        by, year = session.formats().day_and_year(_by(plan, found, percent))
        row.append(Card(label, by, unit=year))
    whole = found.money[-1]
    if whole.chance is not None:
        row.append(Card(text("Chance that every budget holds"), words.chance(whole.chance)))
    cards(row)


def _by(plan: Plan, found: Risk, percent: int) -> date:
    return words.done_by(plan, found.finish.quantiles[percent])


def _curve(plan: Plan, found: Risk) -> None:
    text, day = session.texts().text, session.formats().day
    planned, share = found.finish.planned, words.chance(found.finish.chance)
    finding = text(
        "{chance} chance of being done by {day}",
        day=day(words.done_by(plan, planned)),
        chance=share,
    )
    if found.finish.curve[0][0] == found.finish.curve[-1][0]:
        section(finding, _basis(plan, found))
        return
    points = [
        Chance(words.moment(plan, at), chance, day(words.done_by(plan, at)))
        for at, chance in found.finish.curve
    ]
    told = text("planned · {chance}", chance=share)
    at = words.moment(plan, planned)
    marks = [*_marks(plan, found), Mark(at, found.finish.chance, told, is_planned=True)]
    made = chance_chart(points, marks, words.chance)
    show_chart(made, key="risk-curve", finding=finding, counted=_basis(plan, found))


def _marks(plan: Plan, found: Risk) -> list[Mark]:
    """The quantiles that are not too close to the planned end to be named beside it."""
    return [
        Mark(
            words.moment(plan, at),
            percent / 100,
            f"{words.chance(percent / 100)} · {session.formats().day(words.done_by(plan, at))}",
        )
        for percent, at in found.finish.quantiles.items()
        if abs(percent / 100 - found.finish.chance) > _APART
    ]


def _basis(plan: Plan, found: Risk) -> str:
    """What the chances rest on."""
    texts = session.texts()
    said = texts.plural(
        "{n} initiative has a range", "{n} initiatives have a range",
        len(plan.spans) - len(found.fixed),
    )  # fmt: skip
    parts = [texts.text("The plan simulated {n} times", n=found.samples), said]
    if found.fixed:
        parts.append(
            texts.plural("{n} has a fixed duration", "{n} have a fixed duration",
                         len(found.fixed))
        )  # fmt: skip
    parts.append(texts.plural("{n} risk event", "{n} risk events", len(found.events)))
    parts.append(texts.text("nothing starts before it was planned to"))
    return " · ".join(parts)
