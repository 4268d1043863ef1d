"""The words of data quality, shared by the page and the report."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from crm_core.domain.actor import LOCAL
from crm_core.domain.feeds import SCHEDULE
from crm_core.i18n import DASH, Texts
from crm_core.reference import entities
from crm_core.reports.workbook import Kind


def table_name(texts: Texts, entity: str | None) -> str:
    """A table by what its rows are; one that is not known as it is called inside."""
    spec = entities().get(entity or "")
    return texts.label(spec.plural) if spec else (entity or DASH)


def field_name(texts: Texts, entity: str | None, field: str) -> str:
    """A field of a table; a derived table's stands as table.field."""
    other, _, bare = field.rpartition(".")
    spec = entities().get(other or entity or "")
    known = {one.name: one.label for one in spec.fields} if spec else {}
    return texts.label(known[bare]) if bare in known else field


def person(texts: Texts, name: str) -> str:
    """A person's name; the one local person of an installation without sign-in; the schedule."""
    if name == SCHEDULE.name:
        return texts.text("The schedule")
    return texts.text("local user") if name == LOCAL.name else name


def share(texts: Texts, part: float | None) -> str:
    """A share of 1 as a percentage; never "100%" where something is missing, nor "0%" for some."""
    if part is None:
        return DASH
    for digits in (1, 2, 3):
        if 0 < part < 1 and round(part, digits + 2) in (0, 1):
            continue
        return texts.formats.percent(part, digits if part not in (0, 1) else 0)
    return texts.formats.percent(min(max(part, 0.00001), 0.99999), 3)


def write(texts: Texts, kind: Kind, value: Any) -> str:
    """A cell as a document shows it."""
    formats = texts.formats
    match kind, value:
        case _, None:
            return DASH
        case "percent", _:
            return share(texts, float(value))
        case "money", _:
            return formats.number(round(Decimal(value), 2), 2)
        case (("integer" | "number"), _):
            return formats.number(value)
        case "date", datetime():
            return formats.moment(value)
        case "flag", _:
            return texts.text("yes") if value else texts.text("no")
        case _:
            return str(value)
