"""Who answers an assessment: how far each is, and the way to all of them."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crm_core.domain.assessments import OPEN
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts
from crm_core.services.checklists import answers, inviting, respondents
from crm_core.services.checklists.answers import Filled
from crm_core.services.checklists.assessments import Assessment
from crm_core.store import Store
from pages._ui import kept, links, session, workspace
from pages._ui.checklist import person, words
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register.words import moment
from pages._ui.tables import Column, row_for, table_to_open_or_narrow

_DONE = "_people_done"
_MOST = 5
"""People who were not reached that are named."""
_NAME, _PART = 155, 300
"""Pixels of two columns whose texts may need a further line."""


def show(texts: Texts, store: Store, now: Assessment) -> None:
    """The people, those who are not done first among what is told of them."""
    sheets = kept.until(("checklist",), answers.all_filled, now.id)
    if said := st.session_state.pop(_DONE, None):
        st.success(plain(said), icon=":material/check:")
    _acts(store, now, sheets)
    _not_reached(now, sheets)
    if not sheets:
        return
    heads = [
        Column("name", texts.text("Full name"), width=_NAME, pinned=True),
        Column("voice", texts.text("Answers as"), width=135),
        Column("state", texts.text("State"), width=230),
        Column("answered", texts.text("Answered"), "written", width=90),
        Column("part", texts.text("Part"), width=_PART),
        Column("email", texts.text("E-mail"), width=170),
        Column("invited", texts.text("Invited"), width=150),
        Column("reminded", texts.text("Reminded"), width=150),
    ]
    _open_to_read(texts, now, sheets)
    if now.state in OPEN:
        st.caption(texts.text("Choose a person to change what is kept of them or to make a link."))
    narrow = [
        Column("who", texts.text("Full name"), width=130),
        Column("state", texts.text("State"), width=125),
        Column("answered", texts.text("Answered"), "written", width=75),
    ]
    rows = pd.DataFrame(map(_row, sheets))
    row = max(row_for(list(rows["name"]), _NAME), row_for(list(rows["part"]), _PART))
    at = table_to_open_or_narrow(rows, heads, narrow, key="respondents", row=row)
    if at is not None:
        person.dialog(sheets[at])


def _not_reached(now: Assessment, sheets: Sequence[Filled]) -> None:
    """Whom the newest message has not reached: they know of nothing, however long one waits."""
    found = kept.until(("checklist", "outbox"), inviting.unreached, now.id)
    people = [one.respondent for one in sheets if one.respondent.id in found]
    if not people:
        return
    texts = session.texts()
    lines = [
        texts.plural(
            "{n} person was not reached by e-mail.", "{n} people were not reached by e-mail.",
            len(people),
        ),
        *(
            texts.text("{name}: {reason}", name=one.name, reason=session.problem(found[one.id]))
            for one in people[:_MOST]
        ),
    ]  # fmt: skip
    with st.container(key="people-not-reached", gap="xsmall"):
        st.warning("\n\n".join(map(plain, lines)), icon=":material/unsubscribe:")
        links.page_link(
            "pages/data/feeds.py", texts.text("Mail server and messages"), ":material/mail:"
        )


def _open_to_read(texts: Texts, now: Assessment, sheets: Sequence[Filled]) -> None:
    """Where names are hidden, whose sheets can be read here: they hide nobody among them."""
    read = [one for one in sheets if not respondents.is_private(now, one.respondent)]
    if not now.is_unnamed or not read:
        return
    told = texts.plural(
        "{n} person has no link of their own: whoever fills in their sheet knows it, so it hides "
        "nobody else.",
        "{n} people have no link of their own: whoever fills in their sheets knows them, so they "
        "hide nobody else.",
        len(read),
    )
    st.info(plain(told), icon=":material/visibility:")


def _row(one: Filled) -> dict[str, object]:
    who = one.respondent
    return {
        "name": who.name,
        "who": f"{who.name} · {words.voice(who.voice)}",
        "voice": words.voice(who.voice),
        "state": _state(one),
        "answered": f"{len(one.asked) - len(one.open)}/{len(one.asked)}",
        "part": words.parts(one.checklist, who.sections),
        "email": who.email or None,
        "invited": moment(who.invited_at) if who.invited_at else None,
        "reminded": moment(who.reminded_at) if who.reminded_at else None,
    }


def _state(one: Filled) -> str:
    """Whether somebody is done, and since when; else when they last answered."""
    text = session.texts().text
    if one.respondent.submitted_at:
        return "✓ " + text("handed in {at}", at=moment(one.respondent.submitted_at))
    if not one.answers:
        return text("not begun")
    return text("last answer {at}", at=moment(max(each.at for each in one.answers.values())))


def _acts(store: Store, now: Assessment, sheets: Sequence[Filled]) -> None:
    texts = session.texts()
    is_open = now.state in OPEN
    waiting = [
        one.respondent.id
        for one in sheets
        if one.respondent.email and not one.respondent.invited_at
    ]
    with st.container(horizontal=True):
        if st.button(
            texts.text("Add people"), type="primary", icon=":material/person_add:",
            key="people-add", disabled=not is_open,
        ):  # fmt: skip
            person.add_dialog(now)
        if waiting and is_open:
            label = texts.plural(
                "Invite {n} person by e-mail", "Invite {n} people by e-mail", len(waiting)
            )
            if st.button(label, icon=":material/outgoing_mail:", key="people-invite"):
                _invite(store, waiting)


def _invite(store: Store, keys: Sequence[str]) -> None:
    try:
        told = inviting.invite(store, workspace.actor(), keys)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    say(session.texts().plural("{n} invitation goes out.", "{n} invitations go out.", len(told)))
    st.rerun()


def say(sentence: str) -> None:
    """Let the next run of the page say what was done."""
    st.session_state[_DONE] = sentence
