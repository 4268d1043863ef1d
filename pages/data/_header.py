"""Where a sheet's header stands: its first lines as they are, and a choice of another one."""

from typing import Literal

import pandas as pd
import streamlit as st

from crm_core.pipeline.recognise import NO_HEADER, Line
from crm_core.services.imports import edit
from crm_core.services.imports.jobs import ImportJob
from crm_core.services.imports.record import loadable
from pages._ui import session
from pages._ui.tables import Column, table
from pages.data import _acting

_CELLS_NAMED = 4
_CELL = 18
"""Letters of a cell in the choice."""
_MOST_COLUMNS = 40
_SCROLLS, _HEIGHT = 8, 290
"""So many lines scroll, in a table of so many pixels."""


def show(job: ImportJob, place: int) -> None:
    """The line taken for the header; opened where that is most likely wrong."""
    assert job.upload
    plan = job.upload.tables[place].plan
    lines = _lines((job.upload.folder.name, place), job, place)
    doubtful = not loadable(plan) or plan.header_line == NO_HEADER
    with st.expander(described(plan.header_line), icon=":material/toolbar:", expanded=doubtful):
        _choice(job, place, lines)
        _as_they_are(lines, plan.header_line)


def described(header_line: int) -> str:
    """Where the header stands, in words."""
    text = session.texts().text
    if header_line == NO_HEADER:
        return text("No header: every line is data")
    return text("Header in line {line}", line=header_line)


@st.cache_data(max_entries=64, show_spinner=False)
def _lines(key: tuple[str, int], _job: ImportJob, place: int) -> list[Line]:  # noqa: ARG001
    assert _job.upload
    return edit.header_lines(_job.store, _job.actor, _job.upload.tables[place])


def _choice(job: ImportJob, place: int, lines: list[Line]) -> None:
    assert job.upload
    one = job.upload.tables[place]
    options = {line.number: _named(line) for line in lines}
    options[NO_HEADER] = described(NO_HEADER)
    key = f"import-header-{job.upload.folder.name}-{place}-{session.texts().language}"
    if st.session_state.get(key) != one.plan.header_line:
        st.session_state[key] = one.plan.header_line
    st.selectbox(
        session.texts().text("The header stands in"),
        list(options),
        format_func=lambda number: options.get(number, str(number)),
        key=key,
        help=session.texts().text("The columns are recognised anew from the line you choose."),
        on_change=lambda: _acting.change(
            job, edit.set_header, job.store, job.actor, one, st.session_state[key]
        ),
    )


def _named(line: Line) -> str:
    """A line by its number and its first cells."""
    cells = [cell if len(cell) <= _CELL else f"{cell[:_CELL]}…" for cell in line.filled]
    more = " …" if len(cells) > _CELLS_NAMED else ""
    shown = " · ".join(cells[:_CELLS_NAMED]) + more
    return session.texts().text("Line {line}: {cells}", line=line.number, cells=shown)


def _as_they_are(lines: list[Line], header_line: int) -> None:
    """The first lines, the header marked."""
    width = min(_MOST_COLUMNS, max((len(line.cells) for line in lines), default=0))
    names = ["line", *(f"c{index}" for index in range(width))]
    rows = [
        (
            f"▸ {line.number}" if line.number == header_line else str(line.number),
            *line.cells[:width],
        )
        for line in lines
    ]
    heads = [Column("line", session.texts().text("Line"), width="small", pinned=True)]
    heads += [Column(name, str(number)) for number, name in enumerate(names[1:], start=1)]
    table(
        pd.DataFrame(rows, columns=names),
        heads,
        key="import-header-lines",
        height=_height(len(rows)),
    )


def _height(rows: int) -> int | Literal["auto"]:
    return "auto" if rows < _SCROLLS else _HEIGHT
