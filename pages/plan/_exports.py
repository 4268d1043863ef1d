"""The plan to take along: to print, to calculate with, for the calendar, as a picture."""

import streamlit as st

from crm_core.i18n import mark
from crm_core.reports.flat import XLSX
from crm_core.services.planning import Plan, exporting
from pages._ui import session, workspace
from pages._ui.plain import plain

_FORMATS = {
    ".pdf": (mark("PDF"), "application/pdf", mark("One A3 page, with the reasons")),
    ".xlsx": (mark("Excel"), XLSX, mark("Plan, staff, money and what changed, with a chart")),
    ".ics": (mark("Calendar"), "text/calendar", mark("For Outlook, Google and others; taken in "
             "again it moves what it brought before")),
    ".png": (mark("Picture"), "image/png", mark("The drawing as PNG, for slides and mails")),
    ".svg": (mark("Drawing"), "image/svg+xml", mark("The drawing as SVG, which stays sharp in any "
             "size")),
}  # fmt: skip


def show(plan: Plan) -> None:
    """Behind one button the formats; nothing where nothing lies in the plan."""
    if not plan.spans:
        return
    with st.popover(session.texts().text("Export"), icon=":material/download:"):
        for ending in _FORMATS:
            _button(plan, ending)


def _button(plan: Plan, ending: str) -> None:
    store, actor, texts = workspace.store(), workspace.actor(), session.texts()
    label, mime, help_text = _FORMATS[ending]
    st.download_button(
        plain(texts.text(label)),
        # Made when it is asked for, on a thread that knows no session.
        lambda: exporting.export(store, actor, plan.header.plan_id, ending, texts),
        file_name=_name(plan, ending),
        mime=mime,
        key=f"plan-export{ending}",
        icon=":material/download:",
        on_click="ignore",
        help=texts.text(help_text),
    )


def _name(plan: Plan, ending: str) -> str:
    text = session.texts().text
    return text("roadmap {id}", id=plan.header.plan_id) + ending
