"""The worklist of rejected records, ours and the target's, and taking the target's file in."""

import zlib
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from crm_core.services.imports import incoming
from crm_core.services.migration import rejects
from crm_core.services.migration.runs import Run
from pages._ui import session, workspace
from pages._ui.head import section
from pages._ui.plain import plain
from pages._ui.tables import Column, table_of_several
from pages.data import _acting
from pages.data import _migrate_words as words


def show(chosen: Run) -> None:
    """What waits for the run's target, with whom, and what can be done with it."""
    texts = session.texts()
    store, actor = workspace.store(), workspace.actor()
    waiting = rejects.open_count(store, actor, chosen.target)
    section(
        texts.plural("{n} record waits", "{n} records wait", waiting),
        texts.text("A reject is solved when a later run, or its reject file, has it no longer."),
    )
    left, right = st.columns([5, 1.3], gap="medium")
    with left:
        picked = _list(rejects.rejects(store, actor, chosen.target))
    with right:
        _take_in(chosen)
        _assign(picked)


def _list(found: list[dict[str, Any]]) -> list[int]:
    """The rejects; the numbers of those that were chosen."""
    text = session.texts().text
    if not found:
        st.info(plain(text("Nothing is rejected.")), icon=":material/task_alt:")
        return []
    rows = pd.DataFrame(found)
    rows["why"] = [one["message"] or words.rule(one["rule"], one["limit"]) for one in found]
    says = {"template": text("the template"), "target": text("the target")}
    rows["said_by"] = rows["said_by"].map(says)
    rows["due"] = pd.to_datetime(rows["due"])
    heads = [
        Column("table", text("Table of the target")),
        Column("new_id", text("Record")),
        Column("column", text("Column")),
        Column("value", text("Value")),
        Column("why", text("Why"), width="medium"),
        Column("suggestion", text("Suggestion")),
        Column("said_by", text("Said by"), width="small"),
        Column("owner", text("Owner")),
        Column("due", text("Due"), "day"),
    ]
    ids = ",".join(str(one["reject_id"]) for one in found)
    key = f"migrate-rejects-{zlib.crc32(ids.encode())}"
    if len(found) == rejects.MOST:
        st.caption(plain(text("The first {n} are shown.", n=rejects.MOST)))
    chosen = table_of_several(rows, heads, key=key, height="auto" if len(rows) < 9 else 400)
    return [found[at]["reject_id"] for at in chosen]


def _take_in(chosen: Run) -> None:
    text = session.texts().text
    with st.popover(text("The target's rejects"), icon=":material/upload:", width="stretch"):
        st.caption(
            plain(
                text(
                    "Its file of errors for run {run}: our rows with a column of errors, or ids "
                    "with a message.",
                    run=chosen.run,
                )
            )
        )
        file = st.file_uploader(
            text("File of rejects"), type=["csv", "xlsx"], key="migrate-reject-file"
        )
        if file is not None and st.button(
            text("Take in"), type="primary", key="migrate-take", disabled=file is None
        ):
            _acting.attempt(_received, chosen, file)
            st.rerun()


def _received(chosen: Run, file: Any) -> None:
    store, actor = workspace.store(), workspace.actor()
    paths = incoming.receive(store, actor, [(file.name, file)])
    try:
        brought = rejects.bring_back(store, actor, paths[0], chosen.run)
    finally:
        incoming.discard(store, paths)
    texts = session.texts()
    said = texts.text(
        "Rejects: {new} new, {known} known, {solved} solved.",
        new=brought.new,
        known=brought.known,
        solved=brought.solved,
    )
    if brought.unknown:
        unknown = texts.text("Not of this run: {ids}.", ids=list(brought.unknown))
        said = f"{said} {unknown}"
    words.say(said)


def _assign(picked: list[int]) -> None:
    text = session.texts().text
    with (
        st.popover(
            text("Hand out"), icon=":material/person_add:", width="stretch", disabled=not picked
        ),
        st.form("migrate-assign", border=False),
    ):
        owner = st.text_input(text("Owner"), max_chars=200)
        due = st.date_input(text("Due"), value=None)
        if st.form_submit_button(text("Save"), type="primary"):
            _acting.attempt(_hand_out, picked, owner, due)
            st.rerun()


def _hand_out(picked: list[int], owner: str, due: date | None) -> None:
    done = rejects.assign(workspace.store(), workspace.actor(), picked, owner, due)
    words.say(session.texts().plural("{n} reject handed out.", "{n} rejects handed out.", done))
