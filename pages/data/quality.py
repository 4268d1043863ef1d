"""Data quality: how complete and how right the data are, and what to mend first."""

from functools import partial

import streamlit as st

from crm_core.services import loads
from crm_core.services.quality import report
from crm_core.services.quality.standing import Standing, history, standing
from pages._ui import filters, kept, session, workspace
from pages._ui.beginning import nothing_yet, sample_banner
from pages._ui.downloads import download_button
from pages._ui.head import page_head
from pages.data import _profile, _quality, _quality_columns, _quality_course

text = session.texts().text
_ALL = ""


def page() -> None:
    """The page, from the answer to its grounds."""
    title = text("Data quality")
    sentence = text("How complete and how right the data are, and what to mend first.")
    now = kept.read(standing)
    if not now.rows and not now.waiting:
        page_head(title, sentence)
        nothing_yet()
        return
    course = history(workspace.store(), workspace.actor())
    page_head(title, sentence, _facts(now))
    sample_banner()
    _tools()
    _quality.cards_of(now, course)
    _quality.tables(now, course)
    _quality_course.course(course)
    _quality_columns.worst(now)
    _quality_columns.every_column(now)
    _profile.show(now)


def _facts(now: Standing) -> list[str]:
    texts = session.texts()
    rows = texts.plural("{n} row", "{n} rows", sum(now.rows.values()))
    tables = texts.plural("{n} table", "{n} tables", len(now.rows))
    return [texts.text("As of now"), tables, rows]


def _tools() -> None:
    """The report to hand on: of which loads, and as what."""
    store, actor, texts = workspace.store(), workspace.actor(), session.texts()
    every = [batch for batch in kept.read(loads.batches) if not batch["undone"]]
    numbers = [str(batch["batch_id"]) for batch in every]
    options = {_ALL: text("All loads")} | {
        number: text("Load no. {batch}", batch=number) for number in numbers
    }
    with st.container(horizontal=True, vertical_alignment="bottom", key="quality-tools"):
        chosen = filters.select(text("Migration report of"), options, name="batch")
        batch = int(chosen) if chosen else None
        for name, ending in (("PDF", ".pdf"), ("Excel", ".xlsx")):
            download_button(
                name,
                text("migration report") + ending,
                partial(report.FORMATS[ending], store, actor, texts, batch),
                key=f"quality-report{ending}",
                help=text("What came, what was mended, what remains, to hand to a sponsor"),
            )


page()
