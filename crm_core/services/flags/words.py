"""What a rule says of a flag, in a language: title, why it was raised, what would clear it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from crm_core.domain.described import Described, Unit
from crm_core.domain.entities import Label
from crm_core.domain.flags import FlagRule
from crm_core.domain.registers import LONGEST
from crm_core.i18n import DASH, LANGUAGES, Texts
from crm_core.reference import entities
from crm_core.reference.registers import registers


def said(texts: Texts, label: Label, rule: Described, facts: Mapping[str, Any]) -> str:
    """One of the rule's texts with the figures of a flag in it, written the reader's way."""
    return texts.sentence(label, **{name: _written(texts, rule, facts, name) for name in facts})


def both(label: Label, rule: FlagRule, facts: Mapping[str, Any], between: str) -> str:
    """The same in every language, one after the other, each as long as a cell has room for: for
    files and programs outside."""
    most = LONGEST // len(LANGUAGES) - len(between)
    return between.join(said(Texts(each), label, rule, facts)[:most] for each in LANGUAGES)


def address(place: str, facts: Mapping[str, Any]) -> str:
    """An address within the app, its holes filled with facts."""
    return place.format_map({name: quote(str(facts[name]), safe="~") for name in facts})


def figure(texts: Texts, unit: Unit | None, value: Any, currency: str | None = None) -> str:
    """A fact or a limit as its unit is written."""
    formats = texts.formats
    match unit:
        case _ if value is None:
            return DASH
        case _ if isinstance(value, dict):
            return texts.label(Label(**value))
        case _ if isinstance(value, list):
            return formats.listing([figure(texts, unit, one, currency) for one in value])
        case Unit.RATIO:
            return formats.percent(value, 0 if round(value * 100, 1) % 1 == 0 else 1)
        case Unit.MONEY:
            return formats.mark(value, currency)
        case Unit.DAY:
            return formats.day(date.fromisoformat(str(value)))
        case Unit.ENTITY if value in entities():
            return texts.label(entities()[value].plural)
        case Unit.TRAINING_KIND:
            return texts.label(registers()["training"].field("kind").options[value])
        case _:
            return value if isinstance(value, str) else formats.number(value)


def _written(texts: Texts, rule: Described, facts: Mapping[str, Any], name: str) -> str:
    limits = {one.name: one.unit for one in rule.thresholds}
    unit = rule.units.get(name) or limits.get(name)
    return figure(texts, unit, facts[name], facts.get("currency"))
