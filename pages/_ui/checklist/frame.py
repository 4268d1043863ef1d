"""One assessment: what it is, how far it is, what can be done next, and its views."""

from collections.abc import Callable, Sequence

import streamlit as st

from crm_core.domain.assessments import MOVES, State
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts, mark
from crm_core.services.checklists import editions, progress, states
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.progress import Progress
from crm_core.store import Store
from pages._ui import filters, kept, session, workspace
from pages._ui.checklist import begin, fill, finish, people, places, words
from pages._ui.head import page_head
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register.places import ITEM
from pages.assess import _checklist_files, _result_page

View = Callable[[Texts, Store, Assessment], None]
_VIEWS: dict[str, tuple[str, View]] = {
    "fill": (mark("Fill in"), fill.show),
    "people": (mark("Respondents"), people.show),
    "results": (mark("Results"), _result_page.show),
    "files": (mark("Files"), _checklist_files.show),
}
_ACTS = {
    State.SUBMITTED: (mark("Hand in"), ":material/send:"),
    State.RETURNED: (mark("Return"), ":material/reply:"),
    State.APPROVED: (mark("Approve"), ":material/verified:"),
    State.CLOSED: (mark("Close"), ":material/lock:"),
}


def show(now: Assessment) -> None:
    """The page of an assessment; which of its views stands in the address."""
    texts, store = session.texts(), workspace.store()
    checklist = editions.kept_edition(store, workspace.actor(), now.checklist, now.edition)
    done = kept.until(("checklist",), progress.by_assessment).get(now.id, Progress(0, 0, 0))
    page_head(texts.label(checklist.title), texts.label(checklist.about), _facts(now, done))
    _acts(now, done)
    finish.returned(now)
    named = {name: texts.text(label) for name, (label, _) in _VIEWS.items()}
    # The question that was filled in last would open over the results.
    view = filters.choice(texts.text("View"), named, name=places.VIEW, leaves=[ITEM])
    _VIEWS[view][1](texts, store, now)


def _facts(now: Assessment, done: Progress) -> Sequence[str]:
    texts = session.texts()
    text = texts.text
    return [
        now.id,
        words.subject(now),
        text("as of {day}", day=now.day),
        words.state(now.state),
        text("{n} of {all} handed in", n=done.done, all=done.people),
        text("due {day}", day=now.due) if now.due else "",
        text("looked after by {owner}", owner=now.owner) if now.owner else "",
        text("names hidden") if now.is_unnamed else "",
        text("edition {n}", n=now.edition),
    ]


def _acts(now: Assessment, done: Progress) -> None:
    text = session.texts().text
    with st.container(horizontal=True, key="assessment-acts"):
        if st.button(text("All assessments"), icon=":material/arrow_back:", type="tertiary"):
            st.query_params.pop(places.ASSESSMENT, None)
            filters.clear(places.VIEW)
            st.rerun()
        if now.state is not State.CLOSED and st.button(
            text("Change details"), icon=":material/edit:"
        ):
            begin.change_dialog(now)
        for to in MOVES[now.state]:
            label, icon = _ACTS[to]
            if st.button(
                text(label),
                icon=icon,
                type="secondary" if to is State.RETURNED else "primary",
                key=f"move-{to}",
            ):
                st.dialog(plain(text(label)))(_move)(now, to, done)


def _move(now: Assessment, to: State, done: Progress) -> None:
    """What it means, a reason where one is asked for, and the act itself."""
    texts = session.texts()
    text = texts.text
    waiting = done.people - done.done
    if to is State.SUBMITTED and waiting:
        told = texts.plural(
            "{n} person has not handed in yet; their answers so far count.",
            "{n} people have not handed in yet; their answers so far count.",
            waiting,
        )
        st.warning(plain(told), icon=":material/hourglass_empty:")
    st.markdown(plain(text(_MEANS[to])))
    with st.form(f"move-{now.id}-{now.version}", border=False):
        reason = st.text_area(text("Reason"), height=90) if to is State.RETURNED else ""
        label, icon = _ACTS[to]
        if not st.form_submit_button(text(label), type="primary", icon=icon):
            return
    try:
        states.move(workspace.store(), workspace.actor(), now.id, now.version, to, reason)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.rerun()


_MEANS = {
    State.SUBMITTED: mark("No answers are taken any more until it is returned."),
    State.RETURNED: mark("Everybody can answer again; what was answered stays."),
    State.APPROVED: mark("The answers hold. It can still be returned."),
    State.CLOSED: mark("It becomes a record of its day; nothing in it changes any more."),
}
