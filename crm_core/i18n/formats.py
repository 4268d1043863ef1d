"""Numbers, money and dates the way the reader writes them; a dash for what is not there."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_name,
    is_currency,
)

Number = int | float | Decimal | None

DASH, MINUS = "–", "−"
SIGNIFICANT = 3
_CHINESE_UNITS = {"CNY": "元"}
_SCALED = re.compile(r"(\d+)(?:\.(\d+))?(?=[KMBT万亿])")
_UNGROUPED = re.compile(r"(?<!\d)(\d)(\d{3})(?![\d.万亿])")
"""Thousands as the library leaves them in a short figure."""
_HAN = "\u4e00-\u9fff"
_BORDER = re.compile(f"(?<=[A-Za-z0-9])(?=[{_HAN}])|(?<=[{_HAN}])(?=[A-Za-z0-9])")
"""Between Chinese and Latin, where a thin gap belongs."""
_LOCALES = {"en": "en_US", "zh": "zh_Hans_CN"}


class Formats:
    """How one language writes values. `None` and NaN are a dash everywhere, never 0."""

    def __init__(self, language: str) -> None:
        self.locale = Locale.parse(_LOCALES[language])
        # Up to so many digits a number stands without K or 万, and would look exact if it were not.
        self._written_out = 4 if self.locale.language == "zh" else 3

    def number(self, value: Number, digits: int | None = None) -> str:
        """All digits, grouped; `digits` fixes how many stand after the point."""
        exact = _exact(value)
        if exact is None:
            return DASH
        if digits is None:
            written = format_decimal(exact, locale=self.locale, decimal_quantization=False)
        else:
            written = format_decimal(exact, format=_fixed("#,##0", digits), locale=self.locale)
        return _signed(written)

    def compact(self, value: Number, currency: str | None = None) -> str:
        """For cards and labels: three significant digits with K/M/B or 万/亿, as 4.00亿 beside
        1.45亿; numbers below those in all their whole digits."""
        return _SCALED.sub(_three_digits, self.mark(value, currency))

    def mark(self, value: Number, currency: str | None = None) -> str:
        """For the marks of an axis: as `compact`, without zeros at the end: 4亿."""
        exact = _exact(value)
        if exact is None:
            return DASH
        short = _significant(exact, self._written_out)
        digits = max(2, SIGNIFICANT - 1 - short.adjusted()) if short else 0
        if currency and is_currency(currency):
            written = format_compact_currency(
                short, currency, locale=self.locale, fraction_digits=digits
            )
        else:
            written = format_compact_decimal(short, locale=self.locale, fraction_digits=digits)
        return _signed(_UNGROUPED.sub(r"\1,\2", written))

    def money(self, value: Number, currency: str | None = None) -> str:
        """The whole amount with the source's decimals, in a currency at least 2 if there are any;
        a currency we do not know is left out."""
        exact = _exact(value)
        if exact is None:
            return DASH
        digits = _decimals(exact) if isinstance(value, Decimal) else 2
        if currency and is_currency(currency):
            pattern = _fixed("¤#,##0", max(2, digits) if digits else 0)
            written = format_currency(
                exact, currency, format=pattern, locale=self.locale, currency_digits=False
            )
        else:
            written = format_decimal(exact, format=_fixed("#,##0", digits), locale=self.locale)
        return _signed(written)

    def unit(self, currency: str | None) -> str:
        """The currency as a card's unit: CNY or 元; nothing for one we do not know."""
        if not currency or not is_currency(currency):
            return ""
        if self.locale.language == "zh":
            return _CHINESE_UNITS.get(currency) or get_currency_name(currency, locale=self.locale)
        return currency

    def percent(self, share: Number, digits: int = 1) -> str:
        """A share of 1 as a percentage: 0.243 is 24.3%."""
        exact = _exact(share)
        if exact is None:
            return DASH
        pattern = _fixed("#,##0", digits) + "%"
        return _signed(format_percent(exact, format=pattern, locale=self.locale))

    def day(self, value: date | None) -> str:
        """A day: Nov 3, 2025 or 2025年11月3日."""
        return DASH if _missing(value) else format_date(value, "medium", locale=self.locale)

    def days(self, first: date, last: date) -> str:
        """From a day to another, what both share once: Oct 1 – 31, 2026 or 2026年10月1日至31日."""
        return format_interval(first, last, "yMMMd", locale=self.locale)

    def day_and_year(self, value: date) -> tuple[str, str]:
        """A day in two parts, a card's value and unit: Nov 3, 2025, or 11月3日, 2025年."""
        short, year = (format_skeleton(one, value, locale=self.locale) for one in ("MMMd", "y"))
        return short, year

    def month(self, value: date | None) -> str:
        """A month: Nov 2025 or 2025年11月."""
        return DASH if _missing(value) else format_skeleton("yMMM", value, locale=self.locale)

    def moment(self, value: datetime | None) -> str:
        """A moment to the minute, in the clock it is given in."""
        if value is None or _missing(value):
            return DASH
        return f"{self.day(value)} {self.clock(value)}"

    def clock(self, value: datetime) -> str:
        """The time of the day to the minute: 14:05."""
        return format_time(value, "HH:mm", locale=self.locale)

    def listing(self, items: Sequence[str]) -> str:
        """Items as the language enumerates them: a, b, and c or a、b和c."""
        listed = format_list(list(items), locale=self.locale) if items else DASH
        return _BORDER.sub(" ", listed)


def _signed(written: str) -> str:
    """With a true minus sign, as wide as a plus, in place of a hyphen."""
    return MINUS + written[1:] if written.startswith("-") else written


def _missing(value: object) -> bool:
    return value is None or value != value


def _exact(value: Number) -> Decimal | None:
    """The value as a Decimal; None for what is missing, NaN or infinite."""
    if value is None or _missing(value):
        return None
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact if exact.is_finite() else None


def _significant(value: Decimal, written_out: int) -> Decimal:
    if not value:
        return Decimal(0)
    exponent = value.adjusted() - SIGNIFICANT + 1
    if value.adjusted() < written_out:
        exponent = min(exponent, 0)
    step = Decimal(1).scaleb(exponent)
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _three_digits(match: re.Match[str]) -> str:
    whole, part = match[1], match[2] or ""
    digits = max(0, SIGNIFICANT - len(whole))
    return f"{whole}.{part.ljust(digits, '0')}" if digits else whole


def _decimals(value: Decimal) -> int:
    """How many digits stand after the point; zeros at the end tell nothing."""
    return len(f"{value:f}".partition(".")[2].rstrip("0"))


def _fixed(whole: str, digits: int) -> str:
    return f"{whole}.{'0' * digits}" if digits else whole
