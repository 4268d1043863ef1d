"""An assessment as files: taken away to read or to fill in, brought back, a newer checklist."""

from functools import partial

import streamlit as st

from crm_core.domain.assessments import OPEN
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts
from crm_core.services.checklists import carrying, respondents
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.exchange import answers_in, answers_out
from crm_core.store import Store
from pages._ui import uploads, workspace
from pages._ui.downloads import download_button
from pages._ui.head import section
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages.assess import _checklist_changes as changes

_FORMS: dict[answers_out.Form, tuple[str, str]] = {
    "docx": ("Word", ":material/description:"),
    "pdf": ("PDF", ":material/picture_as_pdf:"),
    "xlsx": ("Excel", ":material/table:"),
}
LARGEST_MB = 20
"""Megabytes of a file that is brought."""
_SAID = "_checklist_files_said"
_ALL = ""


def show(texts: Texts, store: Store, assessment: Assessment) -> None:
    """The view of an assessment's files."""
    if said := st.session_state.pop(_SAID, None):
        st.toast(plain(said), icon=":material/check:")
    _newer(texts, store, assessment)
    _take_away(texts, store, assessment)
    if assessment.state in OPEN:
        _bring_back(texts, store, assessment)
    _aside(texts, store, assessment)


def _take_away(texts: Texts, store: Store, assessment: Assessment) -> None:
    section(
        texts.text("Take it away"),
        texts.text(
            "Every question with answers, notes and evidence, in your language. Of a file that is "
            "evidence its name and SHA-256 go along; the file itself stays here."
        ),
    )
    people = {
        one.id: one.name
        for one in respondents.listed(store, workspace.actor(), assessment.id)
        if not respondents.is_private(assessment, one)
    }
    named = {_ALL: texts.text("All who answer"), **people}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = st.selectbox(
            texts.text("Whose answers"),
            list(named),
            format_func=lambda key: plain(named[key]),
            key=f"files-who-{assessment.id}",
            width=280,
        )
        actor = workspace.actor()
        for form, (name, icon) in _FORMS.items():
            download_button(
                name,
                f"{assessment.id}-{assessment.checklist}.{form}",
                partial(answers_out.export, store, actor, assessment.id, texts, form, who or None),
                key=f"files-{form}",
                icon=icon,
            )
    if assessment.is_unnamed:
        told = texts.text("Names are hidden: the files of all show groups of five or more only.")
        st.caption(plain(told))


def _bring_back(texts: Texts, store: Store, assessment: Assessment) -> None:
    section(
        texts.text("Bring a filled-in workbook back"),
        texts.text("First it is shown what would change; nothing is kept before you say so."),
    )
    file = st.file_uploader(
        texts.text("The Excel workbook"),
        type=["xlsx"],
        key=f"files-in-{assessment.id}",
        max_upload_size=LARGEST_MB,
    )
    if file is None:
        return
    try:
        actor, key = workspace.actor(), assessment.id
        found = uploads.held(
            file.name, file.getvalue(), lambda path: answers_in.preview(store, actor, key, path)
        )
        changes.of_answers(texts, store, found, is_unnamed=assessment.is_unnamed)
        is_nothing = not (found.writes or found.links)
        if st.button(
            texts.text("Keep these answers"),
            type="primary",
            disabled=bool(found.wrong) or is_nothing,
            key="files-keep",
        ):
            answers_in.apply(store, workspace.actor(), found)
            count = len(found.writes) + len(found.links)
            st.session_state[_SAID] = texts.plural(
                "{n} change is kept.", "{n} changes are kept.", count
            )
            st.rerun()
    except Refused as refusal:
        problem_box(refusal.problem)


def _newer(texts: Texts, store: Store, assessment: Assessment) -> None:
    found = carrying.newer(store, workspace.actor(), assessment.id)
    if found is None:
        return
    section(
        texts.text(
            "The checklist has a newer version, {version}", version=str(found.after.version)
        ),
        texts.text(
            "{carried} answers go along, {aside} no longer fit and are set aside.",
            carried=found.carried,
            aside=len(found.aside),
        ),
    )
    changes.of_checklist(texts, found.changes)
    changes.of_aside(texts, store, assessment, found.aside, key="files-going-aside")
    if assessment.state not in OPEN:
        st.caption(plain(texts.text("Return the assessment first; then it can be carried over.")))
    elif st.button(texts.text("Carry the answers over"), type="primary", key="files-carry"):
        try:
            carrying.carry_over(store, workspace.actor(), assessment.id, assessment.version)
        except Refused as refusal:
            problem_box(refusal.problem)
            return
        st.session_state[_SAID] = texts.text("The assessment has the newer version now.")
        st.rerun()


def _aside(texts: Texts, store: Store, assessment: Assessment) -> None:
    found = carrying.set_aside(store, workspace.actor(), assessment.id)
    if found:
        section(
            texts.text("Answers set aside"),
            texts.text("A newer version of the checklist had no place for them."),
        )
        changes.of_aside(texts, store, assessment, found, key="files-aside")
