"""Loads: every batch with its counts, what became of its files and lines, and taking it back."""

from typing import Any

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.services import imports, loads
from crm_core.services.imports import FileResult, fates
from crm_core.services.imports.fates import LineFate
from pages._ui import filters, session, workspace
from pages._ui import import_words as words
from pages._ui.fates import sum_columns
from pages._ui.head import page_head, section
from pages._ui.notices import empty_state, problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _acting, _again, _result

_UNDONE = "_undone"


def show() -> None:
    """The page."""
    text = session.texts().text
    page_head(text("Loads"), text("Every import: what came in, who did it, and what became of it."))
    _acting.show_problem()
    if undone := st.session_state.pop(_UNDONE, None):
        said = text("Load no. {batch} was taken back.", batch=undone)
        st.success(plain(said), icon=":material/undo:")
    _again.finish()
    _again.show_made()
    store = workspace.store()
    batches = _batches((str(store.path), store.version("crm")), store)
    if not batches:
        _empty()
        return
    _list(batches)
    options = {str(batch["batch_id"]): _option(batch) for batch in batches}
    chosen = filters.select(text("Look at load"), options, name="batch")
    job = _again.current()
    if job and str(job.again) == chosen:
        _again.show(job)
    else:
        _details(next(batch for batch in batches if str(batch["batch_id"]) == chosen))


def _empty() -> None:
    text = session.texts().text
    empty_state(
        text("Nothing has been loaded yet"),
        text("Each import stands here with the fate of every line, and can be taken back."),
        icon=":material/history:",
        actions=lambda: st.page_link(
            "pages/data/bring_in.py", label=text("Import files"), icon=":material/upload_file:"
        ),
    )


@st.cache_data(max_entries=8, show_spinner=False)
def _batches(key: tuple[str, int], _store: Any) -> list[dict[str, Any]]:  # noqa: ARG001
    return loads.batches(_store, workspace.actor())


@st.cache_data(max_entries=16, show_spinner=False)
def _files(key: tuple[object, ...], _store: Any, batch: int) -> list[FileResult]:  # noqa: ARG001
    return fates.results(_store, workspace.actor(), batch)


def _option(batch: dict[str, Any]) -> str:
    texts = session.texts()
    number, at = batch["batch_id"], texts.formats.day(session.local(batch["loaded_at"]))
    if batch["undone"]:
        return f"{number} · {at} · {_state(batch)}"
    return f"{number} · {at}"


def _state(batch: dict[str, Any]) -> str:
    text = session.texts().text
    if batch["again"]:
        return text("Made again as no. {batch}", batch=batch["again"])
    return text("Taken back") if batch["undone"] else text("In force")


def _list(batches: list[dict[str, Any]]) -> None:
    text = session.texts().text
    rows = pd.DataFrame(batches)
    rows["state"] = [_state(row) for row in batches]
    rows["actor_name"] = rows["actor_name"].map(words.person)
    rows["loaded_at"] = rows["loaded_at"].map(session.local)
    rows["batch_id"] = rows["batch_id"].astype(str)
    heads = [
        Column("batch_id", text("Load no.")),
        Column("loaded_at", text("When"), "moment"),
        Column("actor_name", text("Who")),
        Column("files", text("Files"), "number"),
        *sum_columns(),
        Column("state", text("State")),
    ]
    table(rows, heads, key="loads", height="auto" if len(rows) < 9 else 330)


def _details(batch: dict[str, Any]) -> None:
    text = session.texts().text
    store = workspace.store()
    number = int(batch["batch_id"])
    files = _files((str(store.path), store.version("crm"), number), store, number)
    section(text("Load no. {batch}", batch=number), text("What became of the lines of each file."))
    _result.show_files(files)
    with st.container(horizontal=True):
        _result.download(number)
        if not batch["undone"]:
            _again.button(number)
            st.button(
                text("Take this load back"),
                icon=":material/undo:",
                key="undo",
                on_click=_ask,
                args=(batch,),
            )
    _mapping(files)
    _line(files)


def _ask(batch: dict[str, Any]) -> None:
    """Open the confirmation; its title is in the reader's language."""
    text = session.texts().text
    title = text("Take load no. {batch} back?", batch=batch["batch_id"])
    st.dialog(title, icon=":material/undo:")(_confirm)(batch)


def _confirm(batch: dict[str, Any]) -> None:
    text = session.texts().text
    st.markdown(plain(" ".join(_what_undo_does(batch))))
    with st.container(horizontal=True):
        # The click's callback acts; the run that follows closes the dialog.
        sure = st.button(
            text("Take it back"),
            type="primary",
            key="undo-yes",
            on_click=_acting.attempt,
            args=(_take_back, int(batch["batch_id"])),
        )
        if sure or st.button(text("Cancel"), key="undo-no"):
            st.rerun()


def _what_undo_does(batch: dict[str, Any]) -> list[str]:
    """A sentence for each thing that taking the load back does to the store."""
    texts = session.texts()
    loaded, updated, aside = batch["loaded"], batch["updated"], batch["quarantined"]
    said = [
        loaded and texts.plural("{n} new row is removed.", "{n} new rows are removed.", loaded),
        updated
        and texts.plural(
            "What {n} line updated comes back as it was before.",
            "What {n} lines updated comes back as it was before.",
            updated,
        ),
        aside
        and texts.plural(
            "{n} line set aside leaves the worklist.",
            "{n} lines set aside leave the worklist.",
            aside,
        ),
        texts.text("The files' lines stay readable here."),
    ]
    return [sentence for sentence in said if sentence]


def _take_back(batch: int) -> None:
    imports.undo(workspace.store(), workspace.actor(), batch)
    st.session_state[_UNDONE] = batch


def _mapping(files: list[FileResult]) -> None:
    text = session.texts().text
    rows = [
        (words.name_of(file), header, _meaning(field, file.entity))
        for file in files
        for header, field in file.mapping.items()
    ]
    if not rows:
        return
    with st.expander(text("How the columns were understood"), icon=":material/view_column:"):
        heads = [
            Column("file", text("File")),
            Column("header", text("Column")),
            Column("field", text("Meaning")),
        ]
        table(pd.DataFrame(rows, columns=["file", "header", "field"]), heads, key="load-mapping")


def _meaning(field: str | None, entity: str | None) -> str:
    if field is None:
        return session.texts().text("Kept as an extra, unchanged")
    return words.any_field(field, entity)


def _line(files: list[FileResult]) -> None:
    """Any line's fate with its raw cells."""
    read = {str(file.file_id): words.name_of(file) for file in files if file.rows_read}
    if not read:
        return
    text = session.texts().text
    with st.expander(text("What became of a line"), icon=":material/search:", expanded=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            file = filters.select(text("File"), read, name="file")
            line = st.number_input(
                text("Line in the file"), min_value=1, value=None, step=1, key="line", width=180
            )
        if line is None:
            st.caption(plain(text("The header is line 1 where nothing stands above it.")))
            return
        try:
            found = fates.line_fate(workspace.store(), workspace.actor(), int(file), int(line))
        except Refused as refusal:
            problem_box(refusal.problem)
            return
        _show_line(found)


def _show_line(found: LineFate) -> None:
    text = session.texts().text
    parts = [words.fate(found.fate), words.rule(found.reason)]
    if found.row_id is not None:
        row = text("row {row}", row=found.row_id)
        parts.append(f"{words.entity(found.entity, plural=False)} {row}")
    st.markdown(f"**{plain(' · '.join(part for part in parts if part))}**")
    cells = pd.DataFrame(list(found.cells.items()), columns=["column", "cell"])
    heads = [Column("column", text("Column")), Column("cell", text("Cell"), width="large")]
    table(cells, heads, key="line-cells")


show()
