"""Quarantine: lines that were set aside, as a worklist to mend, hand out and run again."""

import zlib
from typing import Any

import pandas as pd
import streamlit as st

from crm_core.services.quarantine import worklist
from crm_core.services.quarantine.worklist import Filter
from pages._ui import filters, kept, session, workspace
from pages._ui import import_words as words
from pages._ui.head import page_head
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages._ui.tables import Column, table_of_several
from pages.data import _acting, _waiting_acts, _waiting_line

_A_PAGE = 200
_ALL, _NOBODY, _OVERDUE, _CORRECTED = "", "?", "overdue", "corrected"
_FILTER = 165
"""Pixels of a filter: all five stand in one row, two on a phone."""
_OPEN = "_worklist_open"
"""The quarantine_id of the line that is open below the list."""


def show() -> None:
    """The page."""
    texts = session.texts()
    text = texts.text
    every = kept.read(worklist.count)
    counted = texts.plural("{n} line waits", "{n} lines wait", every)
    page_head(
        text("Quarantine"),
        text("Lines that broke a rule. They are in no figure until they are corrected."),
        [counted],
    )
    _acting.show_problem()
    _waiting_acts.show_done()
    if not every:
        _empty()
        return
    wanted = _filters()
    found = kept.read(worklist.count, wanted)
    if not found:
        st.info(plain(text("No line fits these filters.")), icon=":material/filter_alt:")
        return
    rows = _page(wanted, found)
    above = st.container()  # what is done with lines depends on which are chosen below
    chosen = [rows[at] for at in _list(rows)]
    with above:
        _waiting_acts.show(wanted, found, [row["quarantine_id"] for row in chosen])
    _waiting_line.show(_open(rows, chosen))


def _empty() -> None:
    text = session.texts().text
    empty_state(
        text("Nothing is set aside"),
        text(
            "A line that cannot be understood, such as a date that is none, waits here with its "
            "file, its line and the rule it broke. It is corrected here and run again."
        ),
        icon=":material/task_alt:",
        actions=lambda: st.page_link(
            "pages/data/bring_in.py", label=text("Import files"), icon=":material/upload_file:"
        ),
    )


def _filters() -> Filter:
    text = session.texts().text
    known = kept.read(worklist.facets)
    owners = {_NOBODY: text("Nobody yet")} | {name: name for name in known["owner"]}
    states = {_OVERDUE: text("Overdue"), _CORRECTED: text("Corrected, not run again")}
    with filters.filter_row():
        file = _choice(text("File"), {code: code for code in known["source_file"]}, "file")
        rule = _choice(text("Rule"), {code: words.rule(code) for code in known["rule"]}, "rule")
        holds = {code: words.entity(code) for code in known["entity"]}
        entity = _choice(text("Holds"), holds, "entity")
        owner = _choice(text("Owner"), owners, "owner")
        state = _choice(text("State"), states, "state")
    return Filter(
        *(file or None, rule or None, entity or None),
        owner=worklist.NOBODY if owner == _NOBODY else owner or None,
        overdue=state == _OVERDUE,
        corrected=state == _CORRECTED,
    )


def _choice(label: str, options: dict[str, str], name: str) -> str:
    every = {_ALL: session.texts().text("All")}
    return filters.select(label, every | options, name=name, width=_FILTER)


def _page(wanted: Filter, found: int) -> list[dict[str, Any]]:
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


def _list(rows: list[dict[str, Any]]) -> list[int]:
    """The lines; the positions of those that were chosen."""
    text = session.texts().text
    heads = [
        Column("file", text("File")),
        Column("line", text("Line"), width="small"),
        Column("column", text("Column")),
        Column("value", text("Value")),
        Column("rule", text("Why")),
        Column("corrected", text("Corrected"), "flag", width="small"),
        Column("owner", text("Owner")),
        Column("due", text("Due"), "day"),
        Column("entity", text("Holds")),
    ]
    # A choice is of positions: other lines need a list of their own.
    ids = ",".join(str(row["quarantine_id"]) for row in rows)
    key = f"quarantine-{zlib.crc32(ids.encode())}"
    shown = pd.DataFrame([_told(row) for row in rows])
    shown["due"] = pd.to_datetime(shown["due"])
    return table_of_several(shown, heads, key=key, height="auto" if len(rows) < 9 else 370)


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "file": words.sheet_name(row["source_file"], row["sheet"]),
        "line": str(row["source_line"]),  # a place, not an amount: no thousands in it
        "column": row["column"],
        "value": row["value"],
        "rule": words.rule(row["rule"]),
        "corrected": row["corrected"],
        "owner": row["owner"],
        "due": row["due"],
        "entity": words.entity(row["entity"]),
    }


def _open(rows: list[dict[str, Any]], chosen: list[dict[str, Any]]) -> dict[str, Any]:
    """The line to open: the first chosen one, else the one that was open, else the first."""
    held = st.session_state.get(_OPEN)
    same = [row for row in rows if row["quarantine_id"] == held]
    row = (chosen or same or rows)[0]
    st.session_state[_OPEN] = row["quarantine_id"]
    return row


show()
