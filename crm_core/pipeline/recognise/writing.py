"""How a column's cells are written: order of dates, decimal mark, magnitude, currency."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from crm_core.domain.entities import Kind
from crm_core.domain.plan import DateOrder
from crm_core.pipeline.recognise.headers import Unit
from crm_core.pipeline.recognise.match import Column
from crm_core.pipeline.recognise.profile import Profile
from crm_core.reference import currencies, plain_key

NO_UNIT = Unit()
SAFE = 0.95
"""The share of telling cells that must agree."""
NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER)
_SHARES = ("probability", "discount")
"""Fields that are kept as shares of one, though exports often write them as percent."""


@dataclass(frozen=True)
class Writing:
    """How to read a column's cells; `certain` is False where the cells leave it open."""

    date_order: DateOrder | None = None
    decimal_mark: Literal[".", ","] = "."
    scale: Decimal = Decimal(1)
    currency: str | None = None
    certain: bool = True


def writing(column: Column, field: str, kind: Kind, siblings: "Habits") -> Writing:
    """How the cells of `column`, which fills `field`, are written."""
    if kind is Kind.DATE:
        order, certain = _date_order(column, siblings)
        return Writing(date_order=order, certain=certain)
    if kind in NUMBERS:
        mark, certain = _decimal_mark(column.profile, siblings)
        if kind is not Kind.MONEY:
            return Writing(None, mark, _scale(column, field), None, certain)
        if column.header.unit == NO_UNIT and not any(map(_has_unit, column.profile.top)):
            column = replace(column, header=replace(column.header, unit=siblings.unit))
        currency = _currency(column, siblings)
        return Writing(None, mark, _scale(column, field), currency, certain)
    return Writing()


@dataclass(frozen=True)
class Habits:
    """What the columns of one sheet have in common."""

    date_order: DateOrder | None
    decimal_mark: Literal[".", ","]
    chinese: bool
    """Whether a header is Chinese: then ¥ is the yuan."""
    unit: Unit = NO_UNIT
    """What is said above the header of all amounts below."""


def habits(columns: Iterable[Column], unit: Unit = NO_UNIT) -> Habits:
    """The habits that unambiguous cells of the sheet's columns show; `unit`: see Habits."""
    every = list(columns)
    orders = {_told_order(column) for column in every if column.profile.dates >= 0.5} - {
        None,
        "ymd",
    }
    commas = sum(column.profile.counts["comma_mark"] for column in every)
    dots = sum(column.profile.counts["dot_mark"] for column in every)
    # '1.234' alone says nothing; who writes 31.12.2024 groups by points.
    pointed = any(column.profile.counts["dotted"] for column in every)
    return Habits(
        date_order=orders.pop() if len(orders) == 1 else None,
        decimal_mark="," if commas + pointed > 0 and commas >= SAFE * (commas + dots) else ".",
        chinese=are_chinese(column.header.text for column in every),
        unit=unit,
    )


def are_chinese(headers: Iterable[str]) -> bool:
    """Whether a header has a Chinese character."""
    return any("\u4e00" <= sign <= "\u9fff" for header in headers for sign in header)


def currency_of(cell: str, chinese: bool) -> str | None:
    """The ISO 4217 code that an amount's own sign names ("€ 80", "80 RMB"), if it names one.

    `chinese`: whether the sheet's headers are, so that ¥ is the yuan.
    """
    sign = plain_key("".join(letter for letter in cell if not _is_digit(letter)))
    return "CNY" if chinese and sign in ("¥", "￥") else currencies().get(sign)


def _told_order(column: Column) -> DateOrder | None:
    """The order of day and month that the header or a cell above 12 tells; None if none does."""
    counts = column.profile.counts
    if not counts["ordered"]:
        return "ymd"
    if column.header.date_order:
        return column.header.date_order
    if counts["short"]:
        year = _short_year(counts)
        if year != "last":
            return "ymd" if year == "first" and counts["short"] == counts["ordered"] else None
    days, months = counts["first_over"], counts["second_over"]
    if days and days >= SAFE * (days + months):
        return "dmy"
    if months and months >= SAFE * (days + months):
        return "mdy"
    dotted = counts["dotted"] >= SAFE * counts["ordered"] and not months
    return "dmy" if dotted else None


def _short_year(counts: Mapping[str, int]) -> Literal["first", "last"] | None:
    """Where the year of two digits stands in 24-3-5: where no number is small, as many days are.

    None: small numbers stand in both places or in neither.
    """
    if counts["small_third"] and not counts["small_first"]:
        return "first"
    return "last" if counts["small_first"] or not counts["first_over"] else None


def _date_order(column: Column, siblings: Habits) -> tuple[DateOrder | None, bool]:
    counts = column.profile.counts
    order = _told_order(column)
    if order is None and not (counts["first_over"] and counts["second_over"]):
        order = siblings.date_order
    return order, order is not None


def _decimal_mark(profile: Profile, siblings: Habits) -> tuple[Literal[".", ","], bool]:
    commas, dots = profile.counts["comma_mark"], profile.counts["dot_mark"]
    if not commas and not dots:
        return siblings.decimal_mark, True
    name = "comma" if commas > dots else "dot"
    # A few cells with the other mark are set aside, if no cell can be read with either.
    grouped = profile.counts["comma_group"] + profile.counts["dot_group"]
    few = min(commas, dots) <= (1 - SAFE) * profile.cells and not grouped
    agreed = max(commas, dots) >= SAFE * (commas + dots) or few
    # Beside 5.000,00 the sum 1,200 is likelier a thousand than one with three places.
    doubtful = profile.counts[f"{name}_group"] if not profile.counts[f"{name}_places"] else 0
    return ("," if commas > dots else "."), agreed and doubtful <= (1 - SAFE) * profile.cells


def _has_unit(top: tuple[str, int]) -> bool:
    return re.search(r"[万亿千萬億]|\d\s*[km]", top[0], re.IGNORECASE) is not None


def _scale(column: Column, field: str) -> Decimal:
    """The magnitude that the header names; a hundredth where shares are written as percent."""
    profile = column.profile
    if field in _SHARES and not profile.counts["percent"]:
        as_percent = column.header.percent or field == "probability"
        return Decimal("0.01") if as_percent and 1 < profile.largest <= 100 else Decimal(1)
    return column.header.unit.scale


def _currency(column: Column, siblings: Habits) -> str | None:
    """The currency that the header names, or the one that the cells do."""
    if column.header.unit.currency:
        return column.header.unit.currency
    named = {currency_of(value, siblings.chinese) for value, _ in column.profile.top} - {None}
    return named.pop() if len(named) == 1 else None


def _is_digit(letter: str) -> bool:
    return letter.isdigit() or letter in "+-−()., '万亿千\u00a0\u202f"
