"""What is seen on the segment page, as a workbook."""

from typing import Any

from crm_core.domain.actor import Actor
from crm_core.i18n import Texts
from crm_core.reports.workbook import Column, Sheet, workbook
from crm_core.services.segments.asked import Asked
from crm_core.services.segments.figures import Figures
from crm_core.services.segments.ground import Ground, read_ground
from crm_core.services.segments.report import Report, read_report
from crm_core.services.segments.rows import Rows, read_rows
from crm_core.services.segments.words import asked_facts, segment_name
from crm_core.store import Store

MOST_ROWS = 100_000
"""So many rows go into the workbook, the latest; its head says when there are more."""


def export(store: Store, _actor: Actor, asked: Asked, texts: Texts) -> bytes:
    """An .xlsx file: the figures, with what was asked in the head, and the rows behind them."""
    with store.snapshot() as cursor:
        known = read_ground(cursor)
        answer = read_report(cursor, known, asked)
        behind = read_rows(cursor, known, asked, limit=MOST_ROWS)
    facts = asked_facts(texts, answer)
    yes_no = (texts.text("yes"), texts.text("no"))
    return workbook(
        [_figures(texts, known, answer, facts), _rows(texts, known, behind, facts)], yes_no
    )


def _figures(texts: Texts, known: Ground, answer: Report, facts: list[tuple[str, str]]) -> Sheet:
    text = texts.text
    asked = answer.asked.segment
    shown = [row for row in answer.segments if asked in (None, row.segment or "")]
    columns = [
        Column(text("Segment")),
        Column(text("Revenue"), "money"),
        Column(text("Period before"), "money"),
        Column(text("Change"), "percent"),
        Column(text("Share"), "percent"),
        Column(text("Returned"), "money"),
        Column(text("Net revenue"), "money"),
        Column(text("Deals"), "integer"),
        Column(text("Average deal"), "money"),
        Column(text("Won"), "integer"),
        Column(text("Lost"), "integer"),
        Column(text("Win rate"), "percent"),
        Column(text("Open"), "integer"),
        Column(text("Pipeline"), "money"),
        Column(text("Customers"), "integer"),
        Column(text("Leads"), "integer"),
        Column(text("Target"), "money"),
        Column(text("Target reached"), "percent"),
    ]
    lines = [_line(segment_name(texts, known.names, row.segment), row) for row in shown]
    if len(shown) > 1:
        lines.append(_line(text("Total"), answer.total))
    return Sheet(text("Segments"), text("Revenue by market segment"), facts, columns, lines)


def _line(name: str, row: Figures) -> list[Any]:
    average = None if row.average_deal is None else round(row.average_deal, 2)
    return [
        *(name, row.revenue, row.before, row.change, row.share, row.returned, row.net),
        *(row.deals, average, row.won, row.lost, row.win_rate, row.open, row.pipeline),
        *(row.customers, row.leads, row.target, row.attainment),
    ]


def _rows(texts: Texts, known: Ground, behind: Rows, facts: list[tuple[str, str]]) -> Sheet:
    text = texts.text
    if behind.count > len(behind.lines):
        facts = [
            *facts,
            (text("Rows"), text("the latest {count}; there are more", count=MOST_ROWS)),
        ]
    columns = {
        "date": Column(text("Date"), "date"),
        "id": Column(text("Number")),
        "customer": Column(text("Customer")),
        "segment": Column(text("Segment")),
        "product": Column(text("Product")),
        "family": Column(text("Product family")),
        "amount": Column(text("Amount"), "money"),
        "currency": Column(text("Currency")),
        "returned": Column(text("Returned"), "flag"),
        "region": Column(text("Region")),
        "team": Column(text("Owner's team")),
        "owner": Column(text("Owner")),
        "source_file": Column(text("File")),
        "source_line": Column(text("Line"), "identifier"),
    }
    lines = (
        [
            segment_name(texts, known.names, row["segment"]) if name == "segment" else row[name]
            for name in columns
        ]
        for row in behind.lines
    )
    return Sheet(
        text("Rows"), text("The rows behind the revenue"), facts, list(columns.values()), lines
    )
