"""Files that a reader takes away: made when they are asked for, not on every run."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Literal

import streamlit as st

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".ics": "text/calendar",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
    ".zip": "application/zip",
}
"""By a file's ending. Python's own list differs from one machine to another."""


def download_button(
    label: str,
    file_name: str,
    make: Callable[[], bytes | str],
    *,
    key: str,
    help: str | None = None,
    type: Literal["secondary", "tertiary"] = "secondary",
    icon: str | None = ":material/download:",
) -> None:
    """A button for a file of our own making; its ending says what kind it is.

    `make` runs on a thread that knows no session: what it needs of one, such as store, actor and
    texts, is bound to it beforehand. The click does not run the page again: nothing on it changes.
    Files that people brought do not go this way: whatever their names say, a browser is told of no
    kind that it would open.
    """
    st.download_button(
        label,
        make,
        file_name,
        MEDIA_TYPES[PurePath(file_name).suffix],
        key=key,
        help=help,
        type=type,
        icon=icon,
        on_click="ignore",
    )
