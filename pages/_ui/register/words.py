"""Registers in the reader's words."""

from datetime import date, datetime
from decimal import Decimal

from crm_core.domain.registers import RegisterField, Value
from crm_core.i18n import DASH
from crm_core.services.registers import values
from pages._ui import import_words, session


def label(field: RegisterField) -> str:
    """How a field is called."""
    return session.texts().label(field.label)


def shown(field: RegisterField, value: Value | None) -> str:
    """A value as it is read, a dash for none."""
    texts = session.texts()
    if isinstance(value, tuple):
        return texts.text("; ").join(value) or DASH
    if isinstance(value, date):
        return texts.formats.day(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return texts.formats.number(value)
    return values.written(field, value, texts) or DASH


def written_by(name: str, at: datetime) -> str:
    """Who wrote something, and when."""
    text = session.texts().text
    return text("{by}, {at}", by=import_words.person(name), at=moment(at))


def moment(at: datetime) -> str:
    """When something was done, on the reader's clock."""
    local, formats = session.local(at), session.formats()
    return f"{formats.day(local)} {local:%H:%M}"
