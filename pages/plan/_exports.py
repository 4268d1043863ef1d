"""The plan to take along: to print, to calculate with, for the calendar, as a picture."""

from functools import partial

import streamlit as st

from crm_core.i18n import mark
from crm_core.services.planning import Plan, exporting
from pages._ui import session, workspace
from pages._ui.downloads import download_button
from pages._ui.plain import plain

_FORMATS = {
    ".pdf": (mark("PDF"), mark("One A3 page, with the reasons")),
    ".xlsx": (mark("Excel"), mark("Plan, staff, money and what changed, with a chart")),
    ".ics": (mark("Calendar"), mark("For Outlook, Google and others; taken in again "
             "it moves what it brought before")),
    ".png": (mark("Picture"), mark("The drawing as PNG, for slides and mails")),
    ".svg": (mark("Drawing"), mark("The drawing as SVG, which stays sharp in any size")),
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
    label, help_text = _FORMATS[ending]
    number = plan.header.plan_id
    download_button(
        plain(texts.text(label)),
        texts.text("roadmap {id}", id=number) + ending,
        partial(exporting.export, store, actor, number, ending, texts),
        key=f"plan-export{ending}",
        help=texts.text(help_text),
    )
