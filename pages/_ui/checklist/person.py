"""A respondent: added, changed, reached by a link, taken out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from crm_core.domain.assessments import OPEN
from crm_core.domain.checklists import Checklist, Voice
from crm_core.domain.problems import Problem, Refused
from crm_core.services import settings
from crm_core.services.checklists import editions, inviting, links, respondents
from crm_core.services.checklists.answers import Filled
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.words import VOICES
from pages._ui import kept, session, workspace
from pages._ui.checklist import places, words
from pages._ui.notices import problem_box
from pages._ui.plain import plain

_ADDRESS = re.compile(r"[^\s<>,;，；()（）]+@[^\s<>,;，；()（）]+")
_COMMA = re.compile(r"[,;，；\t]")


def add_dialog(now: Assessment) -> None:
    """Let one or several people answer."""
    st.dialog(plain(session.texts().text("Add people")), width="medium")(_add)(now)


def _add(now: Assessment) -> None:
    text = session.texts().text
    store, actor = workspace.store(), workspace.actor()
    checklist = editions.kept_edition(store, actor, now.checklist, now.edition)
    with st.form("respondent-add", border=False):
        people = st.text_area(
            text("Name and e-mail address, one person a line"),
            placeholder=text("Name, name@example.com"),
            help=text("Without an address you make a link and pass it on yourself."),
            height=110,
        )
        voice = _voice(None)
        sections = _sections(checklist, ())
        if not st.form_submit_button(text("Add"), type="primary", shortcut="Ctrl+Enter"):
            return
    lines = [line for line in people.splitlines() if line.strip()]
    if not lines:
        problem_box(Problem("item_required"))
        return
    for line in lines:
        name, email = _written(line)
        try:
            respondents.add(store, actor, now.id, name, voice, email=email, sections=sections)
        except Refused as refusal:
            st.markdown(plain(line))
            problem_box(refusal.problem)
            return
    st.rerun()


def _written(line: str) -> tuple[str, str]:
    """Name and address as people write and paste them: by a comma, a tab or a blank, in angle
    brackets, the address first or last. What a comma parts off is meant as an address."""
    found = _ADDRESS.search(line)
    if found is None:
        name, _, email = _COMMA.sub(",", line).partition(",")
        return name.strip(), email.strip(" ,")
    return _COMMA.sub(" ", line.replace(found[0], " ")).strip(" <>()（）"), found[0]


def dialog(one: Filled) -> None:
    """What is kept of somebody, their link, and what can be done."""
    st.dialog(plain(one.respondent.name), width="medium")(_person)(one)


def _person(one: Filled) -> None:
    text = session.texts().text
    if one.assessment.state not in OPEN:
        st.info(text("No answers are taken here now."), icon=":material/lock:")
        return
    _reach(one)
    _form(one)
    who = one.respondent
    with st.container(horizontal=True):
        if who.submitted_at and st.button(text("Open again"), icon=":material/lock_open:"):
            _attempt(lambda: respondents.reopen(workspace.store(), workspace.actor(), who.id))
        if not one.answers and st.button(
            text("Take out"), icon=":material/delete:", type="tertiary"
        ):
            _attempt(lambda: respondents.remove(workspace.store(), workspace.actor(), who.id))


def _reach(one: Filled) -> None:
    """The link to copy, and the invitation; a new link makes earlier ones worthless."""
    text = session.texts().text
    who = one.respondent
    if one.assessment.is_unnamed and not who.link:
        st.caption(text("Once they have a link of their own, only they see their sheet."))
    with st.container(horizontal=True):
        made = st.button(text("Make a link"), icon=":material/link:", key="respondent-link")
        renewed = who.link > 0 and st.button(
            text("Replace the links"),
            key="respondent-renew",
            type="tertiary",
            help=text("The links that were given so far then open nothing any more."),
        )
        if who.email and st.button(
            text("Invite by e-mail"), icon=":material/outgoing_mail:", key="respondent-invite"
        ):
            _attempt(lambda: inviting.invite(workspace.store(), workspace.actor(), [who.id]))
    if made or renewed:
        _link(who.id, renewed=renewed)


def _link(key: str, *, renewed: bool) -> None:
    text = session.texts().text
    store, actor = workspace.store(), workspace.actor()
    try:
        if renewed:
            links.renew(store, actor, key)
        token = links.make(store, actor, key)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    here = (st.context.url or "").removesuffix(places.PAGE)
    home = str(kept.read(settings.read)["address"] or here).rstrip("/")
    st.code(f"{home}/{links.PAGE}?token={token}", language=None, wrap_lines=True)
    st.caption(text("For this person only; good for {days} days.", days=links.USUAL_DAYS))


def _form(one: Filled) -> None:
    text = session.texts().text
    who = one.respondent
    with st.form(f"respondent-{who.id}-{who.version}", border=False):
        name = st.text_input(text("Full name"), who.name)
        email = st.text_input(text("E-mail"), who.email)
        voice = _voice(who.voice)
        sections = _sections(one.checklist, who.sections)
        if not st.form_submit_button(text("Save"), type="primary", shortcut="Ctrl+Enter"):
            return
    changed = replace(who, name=name, email=email, voice=voice, sections=tuple(sections))
    _attempt(lambda: respondents.describe(workspace.store(), workspace.actor(), changed))


def _voice(now: Voice | None) -> Voice:
    codes = list(VOICES)
    chosen: Voice = st.selectbox(
        session.texts().text("Answers as"),
        codes,
        codes.index(now or "front_line"),
        format_func=words.voice,
        help=session.texts().text("Results compare how groups see the same thing."),
    )
    return chosen


def _sections(checklist: Checklist, now: Sequence[str]) -> list[str]:
    texts = session.texts()
    named = {one.id: texts.label(one.title) for one in checklist.sections}
    return st.multiselect(
        texts.text("Part"),
        list(named),
        list(now),
        format_func=lambda code: named.get(code, code),
        placeholder=texts.text("All sections"),
        select_all=False,  # none chosen means all
    )


def _attempt(act: Callable[[], object]) -> None:
    try:
        act()
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.rerun()
