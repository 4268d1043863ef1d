"""Preparing a run: the template, what would be written and rejected, and writing it."""

from typing import Any

import pandas as pd
import streamlit as st

from crm_core.domain.problems import FileRefused, Refused
from crm_core.i18n.migration import KINDS
from crm_core.services.migration import preview, run, template
from crm_core.services.migration.compute import Counted
from crm_core.services.migration.preview import Preview, Reason
from crm_core.services.migration.template import Template
from pages._ui import filters, import_words, session, workspace
from pages._ui.downloads import download_button
from pages._ui.head import section
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _acting
from pages.data import _migrate_words as words

_UPLOADED = "_migrate_template"
_WRONG = "_migrate_wrong"


def show() -> None:
    """Template, preview, and the button that writes."""
    text = session.texts().text
    chosen = _chosen()
    about = chosen.target.about
    section(words.title(chosen), session.texts().label(about) if about else "")
    with st.spinner(plain(text("Computing what would be written"))):
        found = _preview(chosen)
    _tables(found.tables)
    _reasons(
        text("Would be rejected"),
        text("The target would refuse these records: they are listed, not written."),
        found.rejected,
        "migrate-bad",
    )
    _reasons(
        text("Would be altered"),
        text("Cells that the template allows to cut or to replace; each is listed."),
        found.altered,
        "migrate-altered",
    )
    _write(chosen)


def _chosen() -> Template:
    """The template of the address, or the uploaded one."""
    text = session.texts().text
    known = preview.known(workspace.store(), workspace.actor())
    if uploaded := st.session_state.get(_UPLOADED):
        known = {uploaded.target.name: uploaded} | {
            name: one for name, one in known.items() if name != uploaded.target.name
        }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        options = {name: words.title(one) for name, one in known.items()}
        name = filters.select(text("Template of the target"), options, name="target", width=360)
        with st.popover(text("Upload a template"), icon=":material/upload_file:"):
            st.caption(plain(text("A YAML file: tables, columns, lengths, picklists.")))
            st.file_uploader(
                text("Template"), type=["yaml", "yml"], key="migrate-upload", on_change=_uploaded
            )
        label, chosen = text("Take this template"), known[name]
        download_button(label, "target.yaml", lambda: chosen.text, key="migrate-template")
    for problem in st.session_state.get(_WRONG, ()):
        problem_box(problem)
    return chosen


def _uploaded() -> None:
    """Read the template; its mistakes are shown all at once."""
    file = st.session_state.get("migrate-upload")
    st.session_state.pop(_WRONG, None)
    if file is None:
        return
    try:
        read = template.read(file.getvalue(), file.name)
    except FileRefused as refusal:
        st.session_state[_WRONG] = refusal.problems
    except Refused as refusal:
        st.session_state[_WRONG] = [refusal.problem]
    else:
        st.session_state[_UPLOADED] = read
        filters.put("target", read.target.name)


def _preview(chosen: Template) -> Preview:
    store = workspace.store()
    versions = (store.version("crm"), store.version("settings"), store.version(run.AREA))
    answer: Preview = _kept((str(store.path), *versions, chosen.digest), store, chosen)
    return answer


@st.cache_resource(max_entries=4, show_spinner=False)
def _kept(key: tuple[object, ...], _store: Any, _chosen: Template) -> Preview:  # noqa: ARG001
    return preview.preview(_store, workspace.actor(), _chosen)


def _tables(tables: list[Counted]) -> None:
    text = session.texts().text
    rows = pd.DataFrame(
        [
            {
                **preview.figures(one),
                "place": str(one.number + 1),
                "entity": import_words.entity(one.table.entity),
            }
            for one in tables
        ]
    )
    heads = [
        Column("place", text("Order"), width="small"),
        Column("table", text("Table of the target")),
        Column("entity", text("From")),
        Column("accepted", text("To be written"), "number"),
        Column("rejected", text("Rejected"), "number"),
        Column("left_out", text("Left out by filters"), "number"),
        Column("altered", text("Cells altered"), "number"),
        Column("formulas", text("Look like formulas"), "number"),
    ]
    table(rows, heads, key="migrate-tables")
    if rows["formulas"].sum():
        st.caption(
            plain(
                text(
                    "Values that look like formulas are written as they are: load the files with "
                    "the target's importer, do not save them from a spreadsheet."
                )
            )
        )


def _reasons(title: str, sentence: str, reasons: list[Reason], key: str) -> None:
    if not reasons:
        return
    text = session.texts().text
    section(title, sentence)
    rows = pd.DataFrame(
        {
            "table": one.table,
            "column": one.column,
            "why": words.rule(one.rule, one.limit),
            "records": one.records,
            "value": one.value,
            "suggestion": one.suggestion,
        }
        for one in reasons
    )
    heads = [
        Column("table", text("Table of the target")),
        Column("column", text("Column")),
        Column("why", text("Why"), width="large"),
        Column("records", text("Records"), "number"),
        Column("value", text("For example")),
        Column("suggestion", text("Suggestion")),
    ]
    table(rows, heads, key=key, height="auto" if len(rows) < 9 else 330)


def _write(chosen: Template) -> None:
    text = session.texts().text
    section(text("Write the files"), text("A run is kept with its files, ids and totals."))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            text("Kind of run"),
            list(KINDS),
            default="rehearsal",
            required=True,
            format_func=words.kind,
            key="migrate-kind",
            help=text(
                "A delta has only what is new or changed since the last run. Ids are the same in "
                "every run."
            ),
        )
        if st.button(text("Write"), type="primary", icon=":material/output:", key="migrate-write"):
            with st.spinner(plain(text("Writing the files"))):
                _acting.attempt(_run, chosen, kind or "rehearsal")
            st.rerun()


def _run(chosen: Template, kind: Any) -> None:
    store, actor = workspace.store(), workspace.actor()
    done = run.run(store, actor, chosen, preview.place_for(store), kind=kind)
    texts = session.texts()
    rows = sum(one["rows"] for one in done.tables)
    written = texts.plural("{n} record written", "{n} records written", rows)
    words.say(texts.text("Run {run} is done: {written}.", run=done.run, written=written))
    filters.put("step", "runs")
    filters.clear("run")
