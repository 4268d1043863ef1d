"""A company's own checklists: taken from a file, shown before they are kept, and given away."""

from functools import partial

import streamlit as st

from crm_core.domain.problems import FileRefused, Refused
from crm_core.i18n import Texts
from crm_core.services.checklists import editions
from crm_core.services.checklists.exchange import files, written
from crm_core.store import Store
from pages._ui import session, uploads, workspace
from pages._ui.downloads import download_button
from pages._ui.head import section
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages.assess import _checklist_changes as changes
from pages.assess._checklist_files import LARGEST_MB

_SAID = "_checklist_own_said"
_TOLD = 20
"""Mistakes of a file that are told one by one."""


def show(texts: Texts, store: Store) -> None:
    """The part of the page where checklists come and go as files."""
    if said := st.session_state.pop(_SAID, None):
        st.toast(plain(said), icon=":material/check:")
    section(
        texts.text("Your own checklists"),
        texts.text(
            "Take one of these as a workbook, change it, give it a higher version, bring it back. "
            "Or bring a list of questions, or a library of CISO Assistant."
        ),
    )
    _give(texts, store)
    _take(texts, store)


def _give(texts: Texts, store: Store) -> None:
    offered = editions.offered(store, workspace.actor())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            texts.text("Checklist"),
            list(offered),
            format_func=lambda key: plain(texts.label(offered[key].checklist.title)),
            key="own-which",
            width=320,
        )
        one = offered[name].checklist
        workbook = partial(written.as_workbook, one, texts)
        download_button(texts.text("Excel"), f"{name}.xlsx", workbook, key="own-xlsx")
        download_button("YAML", f"{name}.yaml", partial(written.as_yaml, one), key="own-yaml")
        blank = partial(written.as_workbook, None, texts)
        download_button(texts.text("Blank template"), "checklist.xlsx", blank, key="own-blank")


def _take(texts: Texts, store: Store) -> None:
    file = st.file_uploader(
        texts.text("A checklist as Excel or YAML"),
        type=["xlsx", "yaml", "yml"],
        key="own-file",
        max_upload_size=LARGEST_MB,
    )
    if file is None:
        return
    try:
        found = uploads.held(file.name, file.getvalue(), files.of_file)
        told = files.preview(store, workspace.actor(), found)
    except FileRefused as refusal:
        _mistakes(texts, refusal)
        return
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    _shown(texts, found, told)
    is_known = told.before is not None and not told.changes
    if st.button(
        texts.text("Keep this checklist"), type="primary", disabled=is_known, key="own-keep"
    ):
        try:
            files.take(store, workspace.actor(), found)
        except Refused as refusal:
            problem_box(refusal.problem)
            return
        st.session_state[_SAID] = texts.text("The checklist is kept. Assessments can begin by it.")
        st.rerun()


def _mistakes(texts: Texts, refusal: FileRefused) -> None:
    said = texts.plural(
        "{n} thing in the file is wrong; nothing was kept.",
        "{n} things in the file are wrong; nothing was kept.",
        len(refusal.problems),
    )
    lines = [f"- {plain(session.problem(one))}" for one in refusal.problems[:_TOLD]]
    more = ["- …"] if len(refusal.problems) > _TOLD else []
    st.error("\n".join([plain(said), "", *lines, *more]), icon=":material/error:")


def _shown(texts: Texts, found: files.Brought, told: files.Preview) -> None:
    one = told.checklist
    counted = [
        texts.label(one.title),
        texts.text("version {version}", version=str(one.version)),
        texts.plural("{n} section", "{n} sections", len(one.sections)),
        texts.plural("{n} question to answer", "{n} questions to answer", len(list(one.items))),
    ]
    st.markdown(f"**{plain(' · '.join(counted))}**")
    if found.untranslated:
        said = texts.plural(
            "{n} question is in one language only; the other one says so.",
            "{n} questions are in one language only; the other one says so.",
            found.untranslated,
        )
        st.caption(plain(said))
    if told.changes:
        changes.of_checklist(texts, told.changes)
    elif told.before:
        st.caption(plain(texts.text("It is kept already; no question of it changed.")))
