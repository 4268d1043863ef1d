"""One sheet of an import: what it is, its header, its columns, its rows before and after."""

import streamlit as st

from crm_core.pipeline.recognise import NO_HEADER
from crm_core.reference import entities
from crm_core.services.imports import edit
from crm_core.services.imports.jobs import ImportJob
from crm_core.services.imports.record import cautions, loadable
from crm_core.services.imports.upload import Table
from pages._ui import import_words as words
from pages._ui import session
from pages._ui.head import section
from pages._ui.plain import plain
from pages.data import _acting, _columns, _header, _notes, _preview, _sheets

LEAVE_OUT = "-"
_OPEN = ""


def show(job: ImportJob, place: int) -> None:
    """One sheet: what it is, its columns, and its first rows before and after."""
    assert job.upload
    one = job.upload.tables[place]
    section(
        words.sheet_name(one.raw.path.name, one.raw.sheet),
        _described(one),
    )
    _notes.show(job, place)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _entity(job, place)
        _keep(job, place)
    if place in job.left_out:
        st.caption(plain(session.texts().text("Nothing of this sheet is loaded.")))
        return
    _header.show(job, place)
    if one.plan.entity is None:
        said = session.texts().text(
            "It cannot be told what this sheet holds. Say it above, or nothing of it is loaded."
        )
        st.info(plain(said), icon=":material/help:")
        return
    for caution in cautions(one.plan):
        st.warning(plain(session.problem(caution)), icon=":material/warning:")
    _columns.show(job, place)
    _preview.show(job, place)


def _described(one: Table) -> str:
    counted = session.texts().plural("{n} column", "{n} columns", len(one.plan.columns))
    facts = [_sheets.certainty(one.plan), counted, (one.raw.encoding or "").upper()]
    return " · ".join(fact for fact in facts if fact)


def _entity(job: ImportJob, place: int) -> None:
    """What the sheet holds; choosing proposes its columns anew."""
    assert job.upload
    text = session.texts().text
    plan = job.upload.tables[place].plan
    now = LEAVE_OUT if place in job.left_out else plan.entity or _OPEN
    options = {name: words.entity(name) for name in entities()}
    options[LEAVE_OUT] = text("Leave out")
    if now == _OPEN:
        options = {_OPEN: text("Please choose")} | options
    key = f"import-entity-{job.upload.folder.name}-{place}-{session.texts().language}"
    if st.session_state.get(key) != now:
        st.session_state[key] = now
    st.selectbox(
        text("This sheet holds"),
        list(options),
        format_func=lambda code: options.get(code, code),
        key=key,
        width=280,
        on_change=lambda: _acting.change(job, _name, job, place, st.session_state[key]),
    )
    if now == plan.entity and not loadable(plan):
        st.button(
            text("Yes, these are {entity}", entity=words.entity(plan.entity).lower()),
            icon=":material/check:",
            key=f"import-entity-yes-{place}",
            on_click=_acting.change,
            args=(job, _name, job, place, plan.entity),
        )


def _name(job: ImportJob, place: int, said: str) -> None:
    assert job.upload
    if said == LEAVE_OUT:
        job.left_out.add(place)
    elif said != _OPEN:
        edit.name_sheet(job.store, job.actor, job.upload.tables[place], said)
        job.left_out.discard(place)


def _keep(job: ImportJob, place: int) -> None:
    """Whether the mapping is kept for the next file with the same headers, if there are any."""
    assert job.upload
    text = session.texts().text
    plan = job.upload.tables[place].plan
    if place in job.left_out or plan.entity is None or plan.header_line == NO_HEADER:
        return
    asked = bool(_sheets.questions(plan))
    key = f"import-keep-{job.upload.folder.name}-{place}"
    st.session_state[key] = place not in job.not_kept and not asked
    st.checkbox(
        text("Keep this mapping"),
        key=key,
        disabled=asked,
        help=text("Answer the questions first: a mapping is kept when none is open.")
        if asked
        else text("The next file with the same headers is read the same way."),
        on_change=lambda: _mind(job, place, bool(st.session_state[key])),
    )


def _mind(job: ImportJob, place: int, wanted: bool) -> None:
    (job.not_kept.discard if wanted else job.not_kept.add)(place)
