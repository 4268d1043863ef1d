"""Findings and changes in the reader's words."""

from datetime import date

from crm_core.domain.entities import Label
from crm_core.domain.periods import Period
from crm_core.i18n import DASH
from crm_core.services.segments import Finding, Report
from crm_core.services.segments.words import currency_name, period_name, product_name, segment_name
from pages._ui import session
from pages._ui.segment import data

_SMALL = 0.1
_TINY = 0.001


def name(segment: str | None) -> str:
    """The segment in the reader's language."""
    return segment_name(session.texts(), data.ground().names, segment)


def product(value: str | None) -> str:
    """The product or family as written, or what stands in for it."""
    return product_name(session.texts(), value)


def share(value: object) -> str:
    """A share as a sentence or card has it: 26%, 4.3% below a tenth, <0.1% for next to none."""
    if not isinstance(value, (int, float)):
        return DASH
    percent = session.formats().percent
    if 0 < value < _TINY:
        return f"<{percent(_TINY)}"
    return percent(value, 0 if abs(value) >= _SMALL or value == 0 else 1)


def signed(change: float | None) -> str:
    """A change with its sign: +18%, -3.4%; blank where there is nothing to compare with."""
    if change is None:
        return ""
    if abs(change) < _TINY / 2:
        return f"±{share(0)}"
    written = share(max(abs(change), _TINY))
    return ("+" if change > 0 else "-") + written


def sums_of_others(report: Report) -> dict[str | None, str]:
    """The other currencies, each as a link says it: "4.89M USD besides"."""
    text, formats = session.texts().text, session.formats()
    found = {}
    for currency, revenue in report.others.items():
        called = currency_name(session.texts(), currency)
        found[currency] = (
            text("{currency} in other periods", currency=called)
            if revenue is None
            else text("also {amount} {currency}", amount=formats.compact(revenue), currency=called)
        )
    return found


def unclassified_deals(report: Report) -> str:
    """How many opportunities have no segment; blank where all have one."""
    row = report.unclassified
    if row is None or not row.opportunities:
        return ""
    return session.texts().plural(
        "{n} opportunity without a segment",
        "{n} opportunities without a segment",
        row.opportunities,
    )


def change_words(change: float | None, before: Period | None) -> str:
    """A change against a period that is named: "8% more than in Nov 2024"."""
    text = session.texts().text
    if change is None or before is None:
        return ""
    than = period_name(session.texts(), before)
    if signed(change).startswith("±"):
        return text("as much as in {period}", period=than)
    if change > 0:
        return text("{change} more than in {period}", change=share(change), period=than)
    return text("{change} less than in {period}", change=share(-change), period=than)


def finding(found: Finding, report: Report | None = None) -> str:
    """A finding as a sentence."""
    text = session.texts().text
    given = found.params
    fill = {
        "segment": name(_text(given.get("segment"))),
        "product": product(_text(given.get("product"))),
        "share": share(given.get("share")),
        "usual": share(given.get("usual")),
        "change": share(given.get("change")),
        "count": str(given.get("count")),
        "months": str(given.get("months")),
        "month": month(highest) if isinstance(highest := given.get("month"), date) else "",
    }
    yearly = bool(report and report.is_year_before)
    match found.code:
        case "no_revenue":
            return text("No revenue in this period")
        case "unclassified":
            return text("{share} of revenue has no segment yet", **fill)
        case "leads":
            return text("{segment} brings {share} of revenue", **fill)
        case "leads_up" if yearly:
            return text(
                "{segment} brings {share} of revenue, {change} more than a year before", **fill
            )
        case "leads_down" if yearly:
            return text(
                "{segment} brings {share} of revenue, {change} less than a year before", **fill
            )
        case "leads_flat":
            return text("{segment} brings {share} of revenue, as much as before", **fill)
        case "leads_up":
            return text(
                "{segment} brings {share} of revenue, {change} more than in the period before",
                **fill,
            )
        case "leads_down":
            return text(
                "{segment} brings {share} of revenue, {change} less than in the period before",
                **fill,
            )
        case _:
            return _other(found.code, fill)


def _other(code: str, fill: dict[str, str]) -> str:
    """Of lines over time, and of what sells where."""
    text = session.texts().text
    match code:
        case "led":
            return text(
                "{segment} led in {count} of {months} months and was highest in {month}",
                **fill,
            )
        case "peak":
            return text("{segment} was highest in {month}", **fill)
        case "stands_out":
            return text(
                "{share} of {segment} revenue is {product}, against {usual} overall", **fill
            )
        case "sells_best":
            return text("{product} sells best: {share} of revenue", **fill)
        case "no_mix":
            return text("No product is named in this period")
        case _:
            return text("Revenue by month")


def month(value: date) -> str:
    """A month for an axis."""
    return session.formats().month(value)


def label(value: Label) -> str:
    """A bilingual label in the reader's language."""
    return session.texts().label(value)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
