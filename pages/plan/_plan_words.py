"""How plans are written on pages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from crm_core.i18n import DASH
from crm_core.i18n.planning import Words
from crm_core.services import settings
from crm_core.services.planning import Header, Plan
from pages._ui import kept, session


def facts(header: Header) -> list[str]:
    """In small type: which plan is seen, for what, and whether it was agreed."""
    texts, formats = session.texts(), session.formats()
    made = texts.text(
        "Plan {id}, {day}", id=header.plan_id, day=formats.moment(session.local(header.made_at))
    )
    goal = {
        "value": texts.text("for the most value"),
        "finish": texts.text("for the earliest finish"),
    }[header.goal]
    agreed = ""
    if header.accepted_at and header.reason:
        agreed = texts.text(
            "Agreed {day}: {reason}",
            day=formats.day(session.local(header.accepted_at).date()),
            reason=header.reason,
        )
    return [made, goal, agreed]


def scenario(code: str, titles: Mapping[str, str]) -> str:
    """A scenario's title; the registers as they stand have none."""
    return titles.get(code, code) if code else session.texts().text("As it stands")


def why(plan: Plan, reason: Mapping[str, Any], *, is_placed: bool) -> str:
    """Why something lies where it lies, or is left out."""
    if reason["code"] == "gone":
        return session.texts().text("No longer in the plan.")
    return told(plan).why(reason, is_placed=is_placed)


def told(plan: Plan) -> Words:
    """Sentences about a plan."""
    return Words(session.texts(), plan.calendar, plan.titles, currency())


def money(value: float) -> str:
    """An amount in the company's own currency, in at most three significant digits."""
    return session.formats().compact(value, currency())


def currency() -> str | None:
    """The company's own currency, as it was set."""
    return str(kept.read(settings.read)["home_currency"] or "") or None


def later(days: int | None) -> str:
    """How much later or earlier something lies."""
    texts = session.texts()
    if days is None:
        return ""
    if days == 0:
        return texts.text("on time")
    if days > 0:
        return texts.plural("{n} day later", "{n} days later", days)
    return texts.plural("{n} day earlier", "{n} days earlier", -days)


def late(days: int) -> str:
    """How far behind or ahead of its agreed end something is."""
    texts = session.texts()
    if days == 0:
        return texts.text("on time")
    if days > 0:
        return texts.plural("{n} day late", "{n} days late", days)
    return texts.plural("{n} day early", "{n} days early", -days)


def span(days: tuple[date, date] | None) -> str:
    """From a day to another."""
    if days is None:
        return DASH
    return session.formats().days(*days)


def conflict(plan: Plan, one: Mapping[str, Any]) -> str:
    """What binds, and what relaxing it would bring."""
    return told(plan).conflict(one)
