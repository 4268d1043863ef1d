"""The segment instrument: who brings the revenue, what sells where, and what it rests on."""

import streamlit as st

from crm_core.domain.actor import Actor
from crm_core.i18n import Texts
from crm_core.services import segments
from crm_core.services.segments import Asked, Report
from crm_core.services.segments.mix import By
from crm_core.store import Store
from pages._ui import filters, session, workspace
from pages._ui.beginning import nothing_yet, sample_banner
from pages._ui.cards import cards
from pages._ui.head import page_head, section
from pages._ui.segment import basis, charts, data, figures
from pages._ui.segment.coverage import coverage
from pages._ui.segment.filters import ask, chip, choose_segment
from pages._ui.segment.news import news
from pages._ui.segment.rows import open_rows

text = session.texts().text


def page() -> None:
    """The page, from the answer to its grounds."""
    title = text("Market segments")
    sentence = text("Revenue, pipeline and product mix by market segment.")
    ground = data.ground()
    if ground.is_empty:
        page_head(title, sentence)
        nothing_yet()
        return
    head = st.container()
    sample_banner()
    filter_row = st.container()
    tools = st.container(key="segment-tools", horizontal=True, vertical_alignment="center")
    with filter_row:
        asked = ask(ground, tools)
    report = data.report(asked)
    with head:
        page_head(title, sentence, basis.facts(report))
    with tools:
        _tools(report)
    news(report)
    cards(
        [
            figures.revenue_card(report),
            figures.unclassified_card(report),
            figures.win_rate_card(report),
            figures.average_card(report),
            figures.pipeline_card(report),
        ]
    )
    _main_chart(report)
    charts.trend_lines(report)
    _mix(report)
    section(text("All figures"), text("In full precision, per segment."))
    figures.all_columns(report)
    coverage(report)


def _tools(report: Report) -> None:
    """What can be done with what is shown; the segment it is narrowed to."""
    chip(report.asked)
    if st.button(text("What this rests on"), key="basis", icon=":material/foundation:"):
        basis.open_basis(report)
    if st.button(text("Rows"), key="rows", icon=":material/table_rows:"):
        open_rows(report)
    _download(workspace.store(), workspace.actor(), report.asked, session.texts())


def _download(store: Store, actor: Actor, asked: Asked, texts: Texts) -> None:
    """Made when it is asked for, not on every run; on a thread that knows no session."""
    st.download_button(
        text("Excel"),
        lambda: segments.export(store, actor, asked, texts),
        file_name=f"{text('segments')}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="download",
        icon=":material/download:",
        on_click="ignore",
        help=text("What is shown, and the rows behind it"),
    )


def _main_chart(report: Report) -> None:
    """A click on a bar narrows everything to its segment; the chart is a new one then."""
    places = ["", *data.ground().names]
    asked = report.asked.segment
    key = "segments" if asked is None else f"segments-{places.index(asked)}"
    chosen = charts.revenue_bars(report, report.segments, key=key, select=True)
    if chosen:
        choose_segment(chosen.key)
        st.rerun()


def _mix(report: Report) -> None:
    by: By | None = None
    options = {"family": text("By product family"), "product": text("By product")}
    if data.mix(report.asked, None).has_families:
        wished = filters.choice(text("Product mix"), options, name="mix")
        by = "product" if wished == "product" else "family"
    charts.mix_matrix(report, data.mix(report.asked, by))


page()
