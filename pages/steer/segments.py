"""The segment instrument: who brings the revenue, what sells where, and what it rests on."""

from functools import partial
from typing import cast

import streamlit as st

from crm_core.services import segments
from crm_core.services.segments import By, Seen
from pages._ui import filters, session, workspace
from pages._ui.beginning import nothing_yet, sample_banner
from pages._ui.cards import cards
from pages._ui.charts import Chosen
from pages._ui.downloads import download_button
from pages._ui.head import page_head
from pages._ui.segment import basis, charts, data, figures
from pages._ui.segment.coverage import coverage
from pages._ui.segment.filters import (
    ask,
    chip,
    choose_segment,
    elsewhere,
    other_currencies,
)
from pages._ui.segment.news import news
from pages._ui.segment.rows import RowsCell, open_rows

text = session.texts().text
_CELL = "_mix_cell"


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
    seen = data.seen(asked)
    report = seen.report
    with head:
        page_head(title, sentence, basis.facts(report))
    with tools:
        _tools(seen)
    news(report)
    elsewhere(report)
    cards(
        [
            figures.revenue_card(report),
            figures.unclassified_card(report),
            figures.win_rate_card(report),
            figures.average_card(report),
            figures.pipeline_card(report),
        ]
    )
    other_currencies(report)
    charts.revenue_bars(report, report.segments, key="segments", on_click=_choose)
    charts.trend_lines(report)
    _mix(seen)
    figures.all_columns(report)
    coverage(seen.places, report.as_of)


def _choose(chosen: Chosen) -> None:
    """A click on a bar narrows everything to its segment."""
    choose_segment(chosen.key)


def _tools(seen: Seen) -> None:
    """What can be done with what is shown; the segment it is narrowed to."""
    report = seen.report
    chip(report.asked)
    if st.button(text("What this rests on"), key="basis", icon=":material/foundation:"):
        basis.open_basis(report)
    if st.button(text("Rows"), key="rows", icon=":material/table_rows:"):
        open_rows(report, seen.mixes)
    store, actor, texts = workspace.store(), workspace.actor(), session.texts()
    download_button(
        text("Excel"),
        text("segments") + ".xlsx",
        partial(segments.export, store, actor, report.asked, texts),
        key="download",
        help=text("What is shown, and the rows behind it"),
    )


def _mix(seen: Seen) -> None:
    """What sells where; a click on a cell opens its rows."""
    names = {"family": text("By product family"), "product": text("By product")}
    options: dict[str, str] = {by: names[by] for by in seen.mixes}
    wished = next(iter(seen.mixes))
    if len(options) > 1:
        wished = cast(By, filters.choice(text("Product mix"), options, name="mix"))
    mix = seen.mixes[wished]

    def keep(segment: str, column: str | None) -> None:
        st.session_state[_CELL] = RowsCell(segment, column, mix.by, mix.part(column))

    charts.mix_matrix(seen.report, mix, keep)
    if cell := st.session_state.pop(_CELL, None):
        open_rows(seen.report, seen.mixes, cell)


page()
