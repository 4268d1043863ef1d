"""The start page: the few figures an executive wants first, and the ways onward."""

import streamlit as st

from crm_core.i18n import DASH
from crm_core.services.segments import Asked, Ground, Report, top
from pages._ui import links, session
from pages._ui.beginning import nothing_yet, sample_banner
from pages._ui.cards import Card, cards
from pages._ui.head import page_head
from pages._ui.segment import basis, charts, data, figures, words
from pages._ui.segment.news import news

text = session.texts().text
SHOWN = 3


def page() -> None:
    """Figures, the leading segments, and where to look next."""
    title = text("Overview")
    sentence = text("Where revenue stands, what is open, and how far the data can be trusted.")
    ground = data.ground()
    if ground.is_empty:
        page_head(title, sentence)
        nothing_yet()
        return
    report = data.report(Asked())
    page_head(title, sentence, basis.facts(report))
    sample_banner()
    news(report)
    cards(
        [
            figures.revenue_card(report),
            figures.pipeline_card(report),
            figures.win_rate_card(report),
            _coverage_card(report),
            _health_card(report.ground),
        ]
    )
    unclassified = [row for row in report.segments if row.segment is None]
    charts.revenue_bars(report, [*top(report.segments, SHOWN), *unclassified], key="top")
    _ways()


def _coverage_card(report: Report) -> Card:
    known = report.customers_classified
    return Card(
        text("Revenue classified"),
        words.share(report.revenue_classified),
        change=charts.listed(
            text("{share} of customers", share=words.share(known)) if known is not None else "",
            words.unclassified_deals(report),
        ),
        help=text("How much of the revenue has a segment; the rest is unclassified."),
    )


def _health_card(ground: Ground) -> Card:
    loaded = ground.loaded_at
    return Card(
        text("Lines in quarantine"),
        session.formats().number(ground.waiting) if ground.waiting else DASH,
        change=text("last load {day}", day=session.formats().day(loaded)) if loaded else "",
        help=text("Source lines that could not be loaded and wait for a decision."),
    )


def _ways() -> None:
    with st.container(horizontal=True, key="overview-ways"):
        links.page_link(links.SEGMENTS, text("All segments"), icon=":material/stacked_bar_chart:")
        links.page_link(links.IMPORT, text("Import data"), icon=":material/upload_file:")


page()
