"""What is read: files or a folder that the reader drops, or a folder on this computer."""

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import streamlit as st

from crm_core.domain.problems import Problem
from crm_core.services.imports import incoming, jobs
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages.data import _acting

_KIND = "import-kind"
_ROUND = "_import_round"
"""Counts the imports of a session: each has an uploader of its own, so that it begins empty."""
_PATH = "import-folder"
_QUICK = 0.8
"""Seconds in which small files are read: no progress is shown for them."""


def show() -> None:
    """The uploader and, for who sits at this computer, the path of a folder."""
    text = session.texts().text
    kinds = {"files": text("Files"), "folder": text("A folder")}
    kind = st.segmented_control(
        text("What to read"),
        list(kinds),
        format_func=lambda code: kinds.get(code, code),
        default="files",
        required=True,
        key=_KIND,
    )
    key = f"import-{kind}-{st.session_state.setdefault(_ROUND, 0)}"
    if kind == "folder":
        _folder(key)
    else:
        _files(key)
    if served_on_loopback():
        _path()


def served_on_loopback() -> bool:
    """Whether the reader sits at the computer that the app runs on, with no proxy between."""
    headers = st.context.headers
    if any(headers.get(name) for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")):
        return False
    host = (headers.get("Host") or "localhost").rsplit(":", 1)[0].strip("[]")
    return st.context.ip_address is None and (host == "localhost" or _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _files(key: str) -> None:
    text = session.texts().text
    sent = st.file_uploader(
        text("Files"),
        type=incoming.ENDINGS,
        accept_multiple_files=True,
        key=key,
        label_visibility="collapsed",
    )
    if not sent:
        said = text("Several at once, up to {limit}.", limit=incoming.MOST_FILES)
        st.caption(plain(said))
    _read(text("Read the files"), sent)


def _folder(key: str) -> None:
    """A folder with the folders in it. The browser sends all of it; only the data are read."""
    texts = session.texts()
    sent = st.file_uploader(
        texts.text("A folder"),
        accept_multiple_files="directory",
        key=key,
        label_visibility="collapsed",
    )
    data = sorted((f for f in sent if incoming.is_data(f.name)), key=lambda file: file.name)
    _left_out(len(sent), len(data))
    _read(texts.text("Read the folder"), data)


def _left_out(sent: int, data: int) -> None:
    """What is read of a folder, and how many files of it are not."""
    texts = session.texts()
    if not sent:
        said = texts.text(
            "With the folders in it: {formats}, up to {limit} files. Others are left out.",
            formats=incoming.FORMATS,
            limit=incoming.MOST_FILES,
        )
        st.caption(plain(said))
    elif not data:
        said = texts.text("No file of this folder is one of {formats}.", formats=incoming.FORMATS)
        st.info(plain(said), icon=":material/folder_off:")
    elif other := sent - data:
        said = texts.plural(
            "{n} other file of the folder is left out.",
            "{n} other files of the folder are left out.",
            other,
        )
        st.caption(plain(said))


def _read(label: str, files: Sequence[Any]) -> None:
    """The button that reads what was sent; too much of it is refused at once."""
    text = session.texts().text
    limit = incoming.MOST_FILES
    if len(files) > limit:
        problem_box(Problem("too_many_files", {"found": len(files), "limit": limit}))
    if workspace.company() == "sample":
        label = text("Read it into my own store")
    st.button(
        label,
        type="primary",
        icon=":material/fact_check:",
        disabled=not 0 < len(files) <= limit,
        key="import-read",
        on_click=_begin,
        args=(lambda: _received(files),),
    )


def _path() -> None:
    text = session.texts().text
    with st.expander(text("Or name a folder on this computer"), icon=":material/folder:"):
        st.text_input(
            text("Folder or file"),
            key=_PATH,
            placeholder="/home/me/exports",
            help=text("The folders in it are read as well; other kinds of files are left out."),
        )
        st.button(
            text("Read from there"),
            key="import-read-folder",
            on_click=_begin,
            args=(_named,),
        )


def _begin(choose: Callable[[], Sequence[Path]]) -> None:
    """Go to the reader's own store and start reading there."""
    _acting.attempt(_start, choose)


def _start(choose: Callable[[], Sequence[Path]]) -> None:
    workspace.choose("own")
    job = jobs.start(workspace.store(), workspace.actor(), choose())
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    job.wait(_QUICK)


def _received(files: Sequence[Any]) -> list[Path]:
    sent = [(file.name, file) for file in files]
    return incoming.receive(workspace.store(), workspace.actor(), sent)


def _named() -> list[Path]:
    typed = str(st.session_state.get(_PATH) or "") if served_on_loopback() else ""
    return incoming.local(workspace.store(), workspace.actor(), typed)
