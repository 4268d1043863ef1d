"""Points for a vendor, criterion by criterion, each with what it rests on."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from crm_core.domain.choice import BEST_SCORE
from crm_core.domain.problems import Problem, Refused
from crm_core.services import vendors
from crm_core.services.vendors import Comparison, Criterion, Judgement
from pages._ui import filters, links, session, workspace
from pages._ui.head import page_head
from pages._ui.notices import empty_state, problem_box
from pages._ui.plain import plain
from pages.assess import _vendor_words as words

_REFUSED = "_vendor-score-refused"


def show(choose: Callable[[], object]) -> None:
    """The view; `choose` draws the way to the others."""
    text = session.texts().text
    page_head(
        text("Vendors"),
        text(
            "Each evaluator scores each vendor alone, saved at once; "
            "means and differences show after."
        ),
    )
    choose()
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
        _fields(found, who, vendor)
    else:
        st.caption(plain(text("Say who is judging: then each criterion is there to be scored.")))


def _fields(found: Comparison, who: str, vendor: str) -> None:
    if problem := st.session_state.pop(_REFUSED, None):
        problem_box(problem)
    for one in found.criteria:
        if one.section:
            _by_checklist(found, one, vendor)
        else:
            _score(one, who, vendor)


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


def _score(one: Criterion, who: str, vendor: str) -> None:
    """The points and what they rest on; both are saved as soon as they are said."""
    text = session.texts().text
    now = words.seen(who, "score", vendor).get((one.id, vendor))
    key = f"{who}-{vendor}-{one.id}-{words.turn(who, 'score', vendor)}"
    wiring: dict[str, Any] = {"on_change": _say, "args": (one, who, vendor, key)}
    # A field that starts with a value cannot be emptied in the browser, one that is set can.
    st.session_state.setdefault(_points(key), now.value if now else None)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        value = st.number_input(
            plain(one.title),
            0.0,
            BEST_SCORE,
            None,
            0.5,
            format="%.1f",
            placeholder=text("0 to 10"),
            width=240,
            key=_points(key),
            **wiring,
        )
        basis = text("What it rests on")
        note = st.text_input(basis, now.note if now else "", key=_basis(key), **wiring)
    if value is None and note.strip():
        problem_box(Problem("judgement_unscored", {"criterion": one.title}))


def _say(one: Criterion, who: str, vendor: str, key: str) -> None:
    """Save what stands in the two fields; words without points wait for them."""
    value, note = st.session_state[_points(key)], st.session_state[_basis(key)]
    if value is None and note.strip():
        return
    seen = words.seen(who, "score", vendor)
    said = {pair: each for pair, each in seen.items() if pair != (one.id, vendor)}
    if value is not None:
        said[one.id, vendor] = Judgement(value, note)
    try:
        vendors.score(workspace.store(), workspace.actor(), who, vendor, said, seen)
    except Refused as refusal:
        st.session_state[_REFUSED] = refusal.problem
        words.forget(who, "score", vendor)
    else:
        words.look_again(who, "score", vendor)


def _points(key: str) -> str:
    return f"score-{key}"


def _basis(key: str) -> str:
    return f"score-note-{key}"
