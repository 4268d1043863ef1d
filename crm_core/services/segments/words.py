"""The words of the segment figures, shared by the page and the workbook."""

from collections.abc import Mapping, Sequence

from crm_core.domain.entities import Label
from crm_core.domain.periods import Choice, Compare, Period
from crm_core.i18n import Texts
from crm_core.services.segments.mix import OTHER
from crm_core.services.segments.report import Report


def segment_name(texts: Texts, names: Mapping[str, Label], segment: str | None) -> str:
    """The segment in the reader's language where the shipped list knows it, else as written."""
    if not segment:
        return texts.text("Unclassified")
    return texts.label(names[segment]) if segment in names else segment


def basis_name(texts: Texts, basis: str) -> str:
    """What revenue is read from."""
    if basis == "sales":
        return texts.text("order lines")
    return texts.text("won opportunities")


def currency_name(texts: Texts, currency: str | None) -> str:
    """The currency's code; rows without one are said to have none."""
    return currency or texts.text("no currency given")


def product_name(texts: Texts, product: str | None) -> str:
    """A product or family; what has none, and the rest, are said to be so."""
    if product == OTHER:
        return texts.text("Others")
    return product or texts.text("Not given")


def choices(texts: Texts) -> dict[str, str]:
    """Every period by its code."""
    text = texts.text
    return {
        Choice.TWELVE_MONTHS.value: text("Last 12 full months"),
        Choice.YEAR_TO_DATE.value: text("This fiscal year to date"),
        Choice.LAST_YEAR.value: text("Last fiscal year"),
        Choice.QUARTER.value: text("This quarter"),
        Choice.LAST_QUARTER.value: text("Last quarter"),
        Choice.MONTH.value: text("Last full month"),
        Choice.ALL.value: text("All time"),
    }


def compares(texts: Texts) -> dict[str, str]:
    """What a period can be compared with, by code."""
    text = texts.text
    return {
        Compare.BEFORE.value: text("Period before"),
        Compare.YEAR_BEFORE.value: text("Same months a year before"),
        Compare.NOTHING.value: text("Nothing"),
    }


def period_name(texts: Texts, period: Period | None) -> str:
    """The months: Nov 2024 – Oct 2025; one month by itself; None is all time."""
    if period is None:
        return texts.text("All time")
    month = texts.formats.month
    if period.first == period.last:
        return month(period.first)
    return f"{month(period.first)} – {month(period.last)}"


def places(texts: Texts, chosen: Sequence[str]) -> str:
    """The regions or teams that were chosen: one of them, several listed, or all."""
    if not chosen:
        return texts.text("All")
    return texts.formats.listing([name or texts.text("Not given") for name in chosen])


def asked_facts(texts: Texts, report: Report) -> list[tuple[str, str]]:
    """What a table shows, a line each: period, filters, basis, as-of date, what is classified."""
    text, formats = texts.text, texts.formats
    asked, ground = report.asked, report.ground
    every = text("All")
    segment = every if asked.segment is None else segment_name(texts, ground.names, asked.segment)
    return [
        (text("Period"), period_name(texts, report.period)),
        (text("Compared with"), period_name(texts, report.before) if report.before else "–"),
        (text("Segment"), segment),
        (text("Region"), places(texts, asked.regions)),
        (text("Owner's team"), places(texts, asked.teams)),
        (text("Currency"), currency_name(texts, report.currency)),
        (text("Revenue is read from"), basis_name(texts, report.basis)),
        (text("As of"), formats.day(report.as_of)),
        (text("Last load (UTC)"), formats.moment(ground.loaded_at)),
        (text("Revenue classified"), formats.percent(report.revenue_classified)),
        (text("Customers classified"), formats.percent(report.customers_classified)),
    ]
