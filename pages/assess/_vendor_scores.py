"""Points for a vendor, criterion by criterion, each with what it rests on."""

from collections.abc import Callable

import streamlit as st

from crm_core.domain.choice import BEST_SCORE
from crm_core.domain.problems import Problem, Refused
from crm_core.services import vendors
from crm_core.services.vendors import Comparison, Criterion, Judgement, Key, Said
from pages._ui import filters, links, session, workspace
from pages._ui.head import page_head
from pages._ui.notices import empty_state, problem_box
from pages._ui.plain import plain
from pages.assess import _vendor_words as words

_SAVED = "_vendor-scores-saved"


def show(choose: Callable[[], object]) -> None:
    """The view; `choose` draws the way to the others."""
    text = session.texts().text
    page_head(
        text("Vendors"),
        text("Each evaluator scores each vendor alone; the means and differences show afterwards."),
    )
    choose()
    if st.session_state.pop(_SAVED, None):
        st.toast(plain(text("Saved.")), icon=":material/check:")
    found = words.comparison()
    if not found.vendors or not found.criteria:
        empty_state(
            text("Vendors and criteria come first"),
            text("Write down who is compared, and by what."),
            icon=":material/balance:",
        )
        return
    with filters.filter_row():
        who = words.evaluator()
        vendor = filters.select(text("Vendor"), words.names(found), name="vendor", width=360)
    if who:
        _form(found, who, vendor)
    else:
        st.caption(plain(text("Say who is judging: then each criterion is there to be scored.")))


def _form(found: Comparison, who: str, vendor: str) -> None:
    text = session.texts().text
    seen = words.seen(who, "score", vendor)
    with st.form(f"scores-{who}-{vendor}"):
        said, unscored = dict[Key, Judgement](), list[str]()
        for one in found.criteria:
            if one.section:
                _by_checklist(found, one, vendor)
                continue
            value, note = _score(one, who, vendor, seen)
            if value is not None:
                said[one.id, vendor] = Judgement(value, note)
            elif note.strip():
                unscored.append(one.title)
        if st.form_submit_button(text("Save the scores"), type="primary"):
            if unscored:
                problem_box(Problem("judgement_unscored", {"criteria": unscored}))
            else:
                _save(who, vendor, said)


def _by_checklist(found: Comparison, one: Criterion, vendor: str) -> None:
    text = session.texts().text
    cell = found.cells[vendor].get(one.id)
    score = words.score(cell.mean) if cell else text("no assessment yet")
    st.markdown(f"**{plain(one.title)}**")
    st.caption(plain(text("By the checklist: {score}", score=score)))
    if cell and cell.assessment:
        links.page_link(
            "pages/assess/checklists.py",
            text("Open the assessment"),
            ":material/checklist:",
            assessment=cell.assessment,
        )


def _score(one: Criterion, who: str, vendor: str, seen: Said) -> tuple[float | None, str]:
    """The points, where some were given, and what they rest on."""
    text = session.texts().text
    now = seen.get((one.id, vendor))
    key = f"{who}-{vendor}-{one.id}-{words.turn(who, 'score', vendor)}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        value = st.number_input(
            plain(one.title),
            0.0,
            BEST_SCORE,
            now.value if now else None,
            0.5,
            format="%.1f",
            placeholder=text("0 to 10"),
            width=240,
            key=f"score-{key}",
        )
        note = st.text_input(
            text("What it rests on"), now.note if now else "", key=f"score-note-{key}"
        )
    return value, note


def _save(who: str, vendor: str, said: Said) -> None:
    seen = words.seen(who, "score", vendor)
    try:
        vendors.score(workspace.store(), workspace.actor(), who, vendor, said, seen)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    words.forget(who, "score", vendor)
    st.session_state[_SAVED] = True
    st.rerun()
