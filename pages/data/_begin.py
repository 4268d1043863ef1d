"""Where an import begins: files dropped here, or a folder on this computer."""

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from pathlib import Path

import streamlit as st

from crm_core.i18n import mark
from crm_core.services import stores
from crm_core.services.imports import incoming, jobs
from crm_core.services.imports.jobs import ImportJob
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages.data import _acting

ENDINGS = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls"]
_ROUND = "_import_round"
"""Counts the imports of a session: each has an uploader of its own, so that it begins empty."""
_FOLDER = "import-folder"
_QUICK = 0.8
"""Seconds in which small files are read: no progress is shown for them."""
_HINTS = (
    (
        ":material/table_view:",
        mark("Any table your CRM or ERP exports"),
        mark("Customers, leads, opportunities, orders, products, cases, activities, staff."),
    ),
    (
        ":material/translate:",
        mark("Chinese or English headers"),
        mark("UTF-8 or GB18030, title rows above the header, several sheets: all is recognised."),
    ),
    (
        ":material/undo:",
        mark("Nothing is lost"),
        mark("The same file twice changes nothing, and any load can be taken back."),
    ),
)


def show() -> None:
    """The uploader, the folder, and what may come in."""
    text = session.texts().text
    if workspace.company() == "sample":
        st.info(
            plain(
                text(
                    "This is the sample company. Your files go into your own store, which is "
                    "empty until then; the two are never mixed."
                )
            ),
            icon=":material/science:",
        )
        if jobs.under_way(stores.own_path(), workspace.actor()):
            st.button(
                text("Go to your import"),
                icon=":material/arrow_forward:",
                key="import-return",
                on_click=workspace.choose,
                args=("own",),
            )
    _files()
    if served_on_loopback():
        _folder()
    _hints()


def show_failed(job: ImportJob) -> None:
    """The files could not be taken in: why, and the uploader once more."""
    if job.problem:
        problem_box(job.problem)
    show()


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


def _files() -> None:
    text = session.texts().text
    key = f"import-files-{st.session_state.setdefault(_ROUND, 0)}"
    files = st.file_uploader(
        text("Files"),
        type=ENDINGS,
        accept_multiple_files=True,
        key=key,
        help=text("CSV, TSV, TXT, XLSX, XLSM and XLS; several at once, up to 500."),
    )
    label = (
        text("Read the files into my own store")
        if workspace.company() == "sample"
        else text("Read the files")
    )
    st.button(
        label,
        type="primary",
        icon=":material/fact_check:",
        disabled=not files,
        key="import-read",
        on_click=_begin,
        args=(lambda: _received(key),),
    )


def _folder() -> None:
    text = session.texts().text
    with st.expander(text("Or name a folder on this computer"), icon=":material/folder:"):
        st.text_input(
            text("Folder or file"),
            key=_FOLDER,
            placeholder="/home/me/exports",
            help=text("The folders in it are read as well; other kinds of files are left out."),
        )
        st.button(
            text("Read the folder"),
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


def _received(key: str) -> list[Path]:
    files = [(file.name, file) for file in st.session_state.get(key) or []]
    return incoming.receive(workspace.store(), workspace.actor(), files)


def _named() -> list[Path]:
    typed = str(st.session_state.get(_FOLDER) or "") if served_on_loopback() else ""
    return incoming.local(workspace.store(), workspace.actor(), typed)


def _hints() -> None:
    text = session.texts().text
    grid = st.grid(len(_HINTS), min_column_width=240)
    for icon, title, sentence in _HINTS:
        with grid, st.container(border=True, height="stretch"):
            st.markdown(f"**{icon} {plain(text(title))}**")
            st.caption(plain(text(sentence)))
