"""What each offer comes to over the years, as a range."""

from decimal import Decimal

import streamlit as st

from crm_core.domain.choice import Total
from crm_core.services.vendors import Comparison
from pages._ui import filters, session
from pages._ui.charts import Range, range_chart, show_chart
from pages._ui.plain import plain
from pages.assess import _vendor_words as words

_YEARS = (5, 3, 7, 10)


def show() -> None:
    """A chart for each currency: amounts of two are never compared without a rate."""
    texts = session.texts()
    named = {str(one): texts.plural("{n} year", "{n} years", one) for one in _YEARS}
    years = int(filters.choice(texts.text("Over"), named, name="years"))
    found = words.comparison(years)
    currencies = dict.fromkeys(one for costs in found.costs.values() for one in costs)
    for currency in currencies:
        _chart(found, currency, years)
    priced = {name for name, costs in found.costs.items() if costs}
    missing = [one.title for one in found.vendors if one.id not in priced]
    if missing:
        listed = texts.formats.listing(missing)
        st.caption(plain(texts.text("Nobody said what these cost: {names}", names=listed)))


def _chart(found: Comparison, currency: str | None, years: int) -> None:
    text, formats = session.texts().text, session.formats()
    each = [
        (one.id, one.title, found.costs[one.id][currency])
        for one in found.vendors
        if currency in found.costs.get(one.id, {})
    ]
    if not each:
        return
    each.sort(key=lambda one: one[2].expected)
    rows = [
        Range(
            key,
            title,
            total.low,
            total.expected,
            total.high,
            formats.mark(total.expected, currency),
            _told(title, total, currency),
        )
        for key, title, total in each
    ]
    show_chart(
        range_chart(rows, lambda value: formats.mark(value, currency)),
        key=f"vendor-costs-{currency}",
        finding=_finding(each, currency, years),
        counted=text(
            "Dot: expected. Line: 8 of 10 cases. Each item is drawn between its least and most, "
            "likeliest at the middle estimate; nothing is discounted."
        ),
    )


def _finding(each: list[tuple[str, str, Total]], currency: str | None, years: int) -> str:
    text = session.texts().text
    _, first, total = each[0]
    cost = session.formats().mark(total.expected, currency)
    if len(each) == 1:
        return text("{vendor} costs {cost} over {n} years", vendor=first, cost=cost, n=years)
    _, second, other = each[1]
    if total.high >= other.low:
        return text(
            "{first} is expected to cost least ({cost}), but {second} may cost less",
            first=first,
            cost=cost,
            second=second,
        )
    return text("{first} costs least over {n} years: {cost}", first=first, n=years, cost=cost)


def _told(title: str, total: Total, currency: str | None) -> str:
    text, formats = session.texts().text, session.formats()

    def money(value: float) -> str:
        return formats.money(Decimal(round(value)), currency)

    return "\n".join(
        [
            title,
            text("{cost} expected", cost=money(total.expected)),
            text("8 of 10 cases: {low} to {high}", low=money(total.low), high=money(total.high)),
            *(
                text("Year {year}: {cost}", year=at, cost=money(cost))
                for at, cost in enumerate(total.by_year, 1)
            ),
        ]
    )
