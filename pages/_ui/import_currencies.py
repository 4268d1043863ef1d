"""Currencies to choose from: those in use today, the ones met most often first."""

from functools import cache

from babel.core import get_global
from babel.numbers import get_currency_name

from pages._ui import session

_USUAL = ("CNY", "USD", "EUR", "HKD", "TWD", "JPY", "GBP", "SGD")


@cache
def codes() -> tuple[str, ...]:
    """ISO 4217 codes."""
    tender = {
        code
        for held in get_global("territory_currencies").values()
        for code, _, until, is_tender in held
        if until is None and is_tender
    }
    return (*_USUAL, *sorted(tender - set(_USUAL)))


def name(code: str) -> str:
    """The code with its name: USD · US Dollar."""
    return f"{code} · {get_currency_name(code, locale=session.formats().locale)}"
