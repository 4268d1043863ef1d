"""From a row to the line of the file it came from."""

from typing import Any

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.i18n import DASH
from crm_core.services import segments
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.segment import words
from pages._ui.tables import Column, table


def source_line(row: dict[str, Any]) -> None:
    """The raw line beside what became of it."""
    text = session.texts().text
    try:
        traced = segments.trace(
            workspace.store(), workspace.actor(), row["entity"], int(row["row_id"])
        )
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    where = [
        traced.source_file,
        text("sheet {sheet}", sheet=traced.sheet) if traced.sheet else "",
        text("line {line}", line=str(traced.line)),
    ]
    st.markdown(f"**{plain(' · '.join(part for part in where if part))}**")
    frame = pd.DataFrame(
        [
            {
                "header": cell.header,
                "raw": cell.raw or None,
                "field": words.label(cell.field) if cell.field else text("kept as it is"),
                "clean": _written(cell.clean),
            }
            for cell in traced.cells
        ]
    )
    table(
        frame,
        [
            Column("header", text("Column in the file")),
            Column("raw", text("As it stands in the file")),
            Column("field", text("Read as")),
            Column("clean", text("Cleaned")),
        ],
        key=f"line-{row['row_id']}",
    )


def _written(value: Any) -> str | None:
    """A cleaned value in full precision."""
    formats = session.formats()
    if value is None:
        return None
    if isinstance(value, str):
        return value
    if hasattr(value, "year"):
        return formats.day(value)
    if isinstance(value, bool):
        return session.texts().text("yes") if value else session.texts().text("no")
    return formats.number(value.normalize() if hasattr(value, "normalize") else value) or DASH
