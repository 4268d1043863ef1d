"""Where an import begins: which store it goes into, what is read, and what may come in."""

import streamlit as st

from crm_core.i18n import mark
from crm_core.services import stores
from crm_core.services.imports import jobs
from crm_core.services.imports.jobs import ImportJob
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages.data import _choose

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
    _choose.show()
    _hints()


def show_failed(job: ImportJob) -> None:
    """The files could not be taken in: why, and the uploader once more."""
    if job.problem:
        problem_box(job.problem)
    show()


def _hints() -> None:
    text = session.texts().text
    grid = st.grid(len(_HINTS), min_column_width=240)
    for icon, title, sentence in _HINTS:
        with grid, st.container(border=True, height="stretch"):
            st.markdown(f"**{icon} {plain(text(title))}**")
            st.caption(plain(text(sentence)))
