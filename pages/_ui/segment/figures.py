"""The figures read first, and the table that has them all."""

import pandas as pd
import streamlit as st

from crm_core.i18n import DASH
from crm_core.services.segments import Figures, Report
from crm_core.services.segments.words import period_name
from pages._ui import session
from pages._ui.cards import Card
from pages._ui.head import section
from pages._ui.segment import words
from pages._ui.segment.charts import listed, unit
from pages._ui.tables import Column, table


def revenue_card(report: Report) -> Card:
    """Revenue, with its change in words and its months as a line."""
    text, formats = session.texts().text, session.formats()
    change = report.total.change
    sums = [float(sum(month)) for month in zip(*report.trend.values(), strict=True)]
    return Card(
        text("Revenue"),
        formats.compact(report.total.revenue),
        unit(report) if report.total.revenue is not None else "",
        change=words.change_words(change, report.before) or _no_comparison(report),
        direction=None if not change else "up" if change > 0 else "down",
        history=sums if len(sums) > 1 else (),
        help=text("Before returns, which stand beside it: {amount}.", amount=returned(report)),
    )


def returned(report: Report) -> str:
    """What was returned; a dash where the basis does not tell."""
    return session.formats().compact(report.total.returned or None)


def unclassified_card(report: Report) -> Card:
    """How much revenue no segment can claim."""
    text = session.texts().text
    known = report.revenue_classified
    return Card(
        text("Unclassified revenue"),
        words.share(1 - known) if known is not None else DASH,
        change=listed(
            text(
                "Customers without a segment: {share}",
                share=words.share(1 - report.customers_classified),
            )
            if report.customers_classified is not None
            else "",
            words.unclassified_deals(report),
        ),
        help=text("The share of all revenue whose segment is not known."),
    )


def win_rate_card(report: Report) -> Card:
    """Won of all that were decided."""
    text = session.texts().text
    total = report.total
    return Card(
        text("Win rate"),
        words.share(total.win_rate),
        change=text("{won} won, {lost} lost", won=total.won, lost=total.lost)
        if total.win_rate is not None
        else "",
        help=text("Won opportunities out of all that were decided in the period."),
    )


def average_card(report: Report) -> Card:
    """Revenue per deal."""
    texts, formats = session.texts(), session.formats()
    deals = report.total.deals
    average = report.total.average_deal
    return Card(
        texts.text("Average deal"),
        formats.compact(average),
        unit(report) if average is not None else "",
        change=texts.plural("{n} deal", "{n} deals", deals) if deals else "",
        help=texts.text("Revenue per order.")
        if report.basis == "sales"
        else texts.text("Revenue per won opportunity."),
    )


def pipeline_card(report: Report) -> Card:
    """What is open now."""
    texts, total = session.texts(), report.total
    return Card(
        texts.text("Open pipeline"),
        session.formats().compact(total.pipeline),
        unit(report) if total.pipeline is not None else "",
        change=texts.plural("{n} open opportunity", "{n} open opportunities", total.open)
        if total.open
        else "",
        help=texts.text("The value of all open opportunities, as of now."),
    )


def all_columns(report: Report) -> None:
    """Every figure per segment, in full precision."""
    text = session.texts().text
    section(text("All figures"), listed(text("In full precision, per segment"), unit(report)))
    asked = report.asked.segment
    rows = [row for row in report.segments if asked in (None, row.segment or "")]
    columns = [
        Column("segment", text("Segment"), pinned=True),
        Column("revenue", text("Revenue"), "money"),
        Column("change", text("Change"), "percent", width=58),
        Column("share", text("Share"), "percent", width=54),
        Column("returned", text("Returned"), "money"),
        Column("net", text("Net revenue"), "money"),
        Column("deals", text("Deals"), "number", width=54),
        Column("average_deal", text("Average deal"), "money"),
        Column("win_rate", text("Win rate"), "percent", width=66),
        Column("pipeline", text("Pipeline"), "money"),
        Column("customers", text("Customers"), "number", help=text("As of now, of all currencies")),
        Column("leads", text("Leads"), "number", width=52),
    ]
    if not report.before:
        columns = [column for column in columns if column.name != "change"]
    if report.has_targets:
        columns[2:2] = [
            Column("target", text("Target"), "money"),
            Column("attainment", text("Target reached"), "percent"),
        ]
    if report.basis != "sales":
        columns = [column for column in columns if column.name not in ("returned", "net")]
    frame = pd.DataFrame(
        [{column.name: _value(row, column.name) for column in columns} for row in rows],
        columns=[column.name for column in columns],
    )
    table(frame, columns, key="segments-table")
    if report.before:
        st.caption(
            text("Change: against {period}.", period=period_name(session.texts(), report.before))
        )


def _value(row: Figures, column: str) -> object:
    """Counts of nothing are nothing: a dash. Averages keep four decimals."""
    match column:
        case "segment":
            return words.name(row.segment)
        case "deals" | "customers" | "leads" | "returned":
            return getattr(row, column) or None
        case "average_deal":
            return None if row.average_deal is None else round(row.average_deal, 2)
        case _:
            return getattr(row, column)


def _no_comparison(report: Report) -> str:
    if report.period is None or report.asked.compare == "none":
        return ""
    return session.texts().text("No data for the period before")
