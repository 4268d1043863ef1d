"""What a reader noted of a sheet: a sentence for each, and the lines that it speaks of."""

import pandas as pd
import streamlit as st

from crm_core.services.imports import preview
from crm_core.services.imports.jobs import ImportJob
from crm_core.services.imports.preview import NotedLine
from crm_core.services.imports.upload import Table
from pages._ui import session
from pages._ui.plain import plain
from pages._ui.tables import Column, table

_PARTED = " │ "


def show(job: ImportJob, place: int) -> None:
    """Each note with its lines as they stand in the file and as they were read."""
    assert job.upload
    one = job.upload.tables[place]
    for number, note in enumerate(one.raw.notes):
        with st.expander(plain(session.problem(note.problem)), icon=":material/healing:"):
            key = f"{job.upload.folder.name}-{place}-{number}"
            _lines(key, _seen(key, one, number))


def _lines(key: str, found: list[NotedLine]) -> None:
    text = session.texts().text
    rows = pd.DataFrame(
        [(str(one.line), one.text, _PARTED.join(one.cells)) for one in found],
        columns=["line", "text", "cells"],
    )
    heads = [
        Column("line", text("Line")),
        Column("text", text("As it stands in the file"), width="large"),
        Column("cells", text("As it was read"), width="large"),
    ]
    table(rows, heads, key=f"import-noted-{key}", height="auto" if len(rows) < 8 else 300)


@st.cache_data(max_entries=64, show_spinner=False)
def _seen(key: str, _one: Table, _number: int) -> list[NotedLine]:  # noqa: ARG001
    return preview.noted(_one, _one.raw.notes[_number])
