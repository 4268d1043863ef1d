"""Quarantine: the lines that were set aside, why, and how each is mended."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.i18n.rules import RULES
from crm_core.reference import entities
from crm_core.services import loads
from crm_core.services.quarantine import worklist
from pages._ui import filters, import_files, session, workspace
from pages._ui import import_words as words
from pages._ui.head import page_head, section
from pages._ui.notices import empty_state, problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table

_A_PAGE = 200
_ALL = ""


def show() -> None:
    """The page."""
    texts = session.texts()
    text = texts.text
    store = workspace.store()
    every = worklist.count(store, workspace.actor())
    counted = texts.plural("{n} line waits", "{n} lines wait", every)
    page_head(
        text("Quarantine"),
        text("Lines that broke a rule. They are in no figure until they are corrected."),
        [counted],
    )
    if not every:
        _empty()
        return
    wanted = _filters()
    found = worklist.count(store, workspace.actor(), wanted)
    if not found:
        st.info(plain(text("No line fits these filters.")), icon=":material/filter_alt:")
        return
    rows = _page(wanted, found)
    chosen = _list(rows)
    _downloads(wanted, found)
    _one(rows[chosen or 0])


def _empty() -> None:
    text = session.texts().text
    empty_state(
        text("Nothing is set aside"),
        text(
            "A line that cannot be understood, such as a date that is none, waits here with its "
            "file, its line and the rule it broke. Correct it in the source and import it again."
        ),
        icon=":material/task_alt:",
        actions=lambda: st.page_link(
            "pages/data/bring_in.py", label=text("Import files"), icon=":material/upload_file:"
        ),
    )


def _filters() -> worklist.Filter:
    text = session.texts().text
    store = workspace.store()
    known = _facets((str(store.path), store.version("crm")), store)
    with filters.filter_row():
        file = _choice(text("File"), known["source_file"], "file", str)
        rule = _choice(text("Rule"), known["rule"], "rule", words.rule)
        entity = _choice(text("Holds"), known["entity"], "entity", words.entity)
    return worklist.Filter(file or None, rule or None, entity or None)


@st.cache_data(max_entries=8, show_spinner=False)
def _facets(key: tuple[str, int], _store: Any) -> dict[str, list[str]]:  # noqa: ARG001
    return worklist.facets(_store, workspace.actor())


def _choice(label: str, codes: list[str], name: str, said: Any) -> str:
    options = {_ALL: session.texts().text("All")} | {code: said(code) for code in codes}
    return filters.select(label, options, name=name)


def _page(wanted: worklist.Filter, found: int) -> list[dict[str, Any]]:
    """The lines of the page that is open."""
    pages = -(-found // _A_PAGE)
    number = st.pagination(pages, key="quarantine-page") if pages > 1 else 1
    return worklist.lines(
        workspace.store(),
        workspace.actor(),
        wanted,
        limit=_A_PAGE,
        offset=(number - 1) * _A_PAGE,
    )


def _list(rows: list[dict[str, Any]]) -> int | None:
    heads = [Column(name, head, kind) for name, head, kind in _heads()]
    said = _words()
    # A line's number is a place, not an amount: no thousands in it.
    shown = pd.DataFrame([_told(row, said) for row in rows]).astype({"line": "str"})
    return table(
        shown, heads, key="quarantine", select=True, height="auto" if len(rows) < 10 else 370
    )


def _heads() -> list[tuple[str, str, Any]]:
    text = session.texts().text
    return [
        ("file", text("File"), "text"),
        ("line", text("Line"), "text"),
        ("column", text("Column"), "text"),
        ("value", text("Value"), "text"),
        ("rule", text("Why"), "text"),
        ("entity", text("Holds"), "text"),
        ("batch", text("Load"), "text"),
    ]


def _words() -> dict[str, str]:
    """Every rule and entity in the reader's language."""
    return {code: words.rule(code) for code in RULES} | {
        name: words.entity(name) for name in entities()
    }


def _told(row: dict[str, Any], said: dict[str, str]) -> dict[str, Any]:
    return {
        "file": words.sheet_name(row["source_file"], row["sheet"]),
        "line": row["source_line"],
        "column": row["column"],
        "value": row["value"],
        "rule": said.get(row["rule"], row["rule"]),
        "entity": said.get(row["entity"], row["entity"]),
        "batch": str(row["batch_id"]),
    }


def _downloads(wanted: worklist.Filter, found: int) -> None:
    texts, export = session.texts(), _export(wanted)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Excel",
            data=lambda: import_files.as_xlsx(export(), "quarantine"),
            file_name="quarantine.xlsx",
            mime=import_files.XLSX,
            icon=":material/download:",
            key="quarantine-xlsx",
            on_click="ignore",
        )
        st.download_button(
            "CSV",
            data=lambda: import_files.as_csv(export()),
            file_name="quarantine.csv",
            mime="text/csv",
            icon=":material/download:",
            key="quarantine-csv",
            on_click="ignore",
        )
        if found > worklist.MOST_EXPORTED:
            limit = texts.formats.number(worklist.MOST_EXPORTED)
            st.caption(plain(texts.text("The first {limit} lines.", limit=limit)))


def _export(wanted: worklist.Filter) -> Callable[[], pd.DataFrame]:
    """What a download will hold. It is made outside the session, so it takes its words along."""
    store, actor, said = workspace.store(), workspace.actor(), _words()
    heads = {name: head for name, head, _ in _heads()}

    def rows() -> pd.DataFrame:
        found = worklist.lines(store, actor, wanted)
        return pd.DataFrame([_told(row, said) for row in found], columns=list(heads)).rename(
            columns=heads
        )

    return rows


def _one(row: dict[str, Any]) -> None:
    """The raw line beside the rule that it broke, and how it is mended."""
    text = session.texts().text
    place = words.sheet_name(row["source_file"], row["sheet"])
    section(text("Line {line} of {file}", line=row["source_line"], file=place))
    both = st.grid(2, min_column_width=300)
    with both, st.container(border=True):
        st.markdown(f"**:material/rule: {plain(words.rule(row['rule']))}**")
        if row["column"] or row["value"]:
            st.markdown(f"{plain(row['column'] or '')}: **{plain(row['value'] or '')}**")
        if advice := words.advice(row["rule"]):
            st.markdown(plain(advice))
        st.caption(
            plain(
                text(
                    "Correct the line in the source, export it again and import that file: lines "
                    "that are known already change nothing."
                )
            )
        )
        st.page_link(
            "pages/data/bring_in.py", label=text("Import files"), icon=":material/upload_file:"
        )
    with both, st.container():
        _raw(row)


def _raw(row: dict[str, Any]) -> None:
    text = session.texts().text
    try:
        found = loads.source_line(
            workspace.store(), workspace.actor(), row["file_id"], row["source_line"]
        )
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    cells = pd.DataFrame(list(found["cells"].items()), columns=["column", "cell"])
    heads = [Column("column", text("Column")), Column("cell", text("Cell"), width="large")]
    table(cells, heads, key="quarantine-cells", height="auto" if len(cells) < 10 else 370)


show()
