"""Checklists and what is answered, in the reader's words."""

from datetime import date
from decimal import Decimal

from crm_core.domain.assessments import State
from crm_core.domain.checklists import CHOSEN, Item, ItemKind, Scope, Voice
from crm_core.domain.pooling import Group
from crm_core.domain.scoring import Light, Score, Value
from crm_core.i18n import Texts, mark

VOICES: dict[Voice, str] = {
    "lead": mark("Programme lead"),
    "manager": mark("Manager"),
    "front_line": mark("Front line"),
    "it": mark("IT"),
    "vendor": mark("Vendor"),
}
SCOPES: dict[Scope, str] = {
    "programme": mark("Programme as a whole"),
    "department": mark("Department"),
    "vendor": mark("Vendor"),
    "phase": mark("Phase"),
}
STATES = {
    State.DRAFT: mark("Being filled in"),
    State.SUBMITTED: mark("Handed in"),
    State.RETURNED: mark("Sent back"),
    State.APPROVED: mark("Approved"),
    State.CLOSED: mark("Closed for good"),
}
KINDS = {
    ItemKind.SCALE: mark("Levels (scale)"),
    ItemKind.ONE: mark("One answer (one)"),
    ItemKind.SEVERAL: mark("Several answers (several)"),
    ItemKind.NUMBER: mark("Number (number)"),
    ItemKind.DATE: mark("Date (date)"),
    ItemKind.TEXT: mark("Text (text)"),
}
SEVERITIES = {"low": mark("Low"), "medium": mark("Medium"), "high": mark("High")}
LIGHTS = {
    Light.RED: mark("Red"),
    Light.AMBER: mark("Amber"),
    Light.GREEN: mark("Green"),
    Light.GREY: mark("No result"),
}
NOT_APPLICABLE = mark("Does not apply")


def answer(item: Item, value: Value | None, texts: Texts) -> str:
    """What was answered, several answers on a line each; None: that it does not apply."""
    if value is None:
        return texts.text(NOT_APPLICABLE)
    if item.kind in CHOSEN:
        chosen = value if isinstance(value, tuple) else (value,)
        return "\n".join(texts.label(one.label) for one in item.options if one.code in chosen)
    if isinstance(value, Decimal):
        return number(item, value, texts)
    return texts.formats.day(value) if isinstance(value, date) else str(value)


def number(item: Item, value: Decimal, texts: Texts) -> str:
    """A number with its unit, which stands apart unless it is a sign."""
    unit = texts.label(item.unit) if item.unit else ""
    gap = " " if unit.isalpha() or " " in unit else ""
    return f"{texts.formats.number(value)}{gap}{unit}"


def with_more(what: str, more: str, texts: Texts) -> str:
    """A text and what explains it, in the brackets of the reader's language."""
    return texts.text("{what} ({more})", what=what, more=more)


def group(voices: Group, texts: Texts) -> str:
    """Groups of people that are shown as one."""
    return texts.formats.listing([texts.text(VOICES[one]) for one in voices])


def came_to(score: Score, texts: Texts) -> str:
    """A score, its light, and how much was answered."""
    share = texts.formats.percent
    return " · ".join(
        (
            *([share(float(score.share), 0)] if score.share is not None else []),
            texts.text(LIGHTS[score.light]),
            texts.text("{share} answered", share=share(float(score.coverage), 0)),
        )
    )
