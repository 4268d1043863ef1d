"""The training matrix: a row for each role, a column for each kind, a cell says how far it is."""

from collections.abc import Iterator, Sequence
from html import escape

import streamlit as st

from crm_core.domain.training import Course, State
from crm_core.i18n import DASH
from crm_core.services import registers, team
from crm_core.services.team import Plan
from pages._ui import kept, links, session
from pages._ui.cards import Card, cards
from pages._ui.head import section
from pages._ui.register import places
from pages.assess._matrix_table import MOST, draw, gap, left_out, row

_SIGNS = {
    State.MISSED: "✕",
    State.UNPROVED: "?",
    State.FOLLOW_UP: "↻",
    State.PLANNED: "○",
    State.PROVED: "✓",
}


def show() -> None:
    """Figures, and the matrix under its finding with what its signs mean."""
    text = session.texts().text
    found = kept.read(team.plan, session.today())
    if not found.roles:
        return
    _figures(found)
    said = text("Of several courses in a cell the one with most to do is shown; a click opens it.")
    with st.container(gap="small"):
        section(_finding(found), left_out(said, len(found.roles)))
        draw(
            (
                f'<span><b class="{state}">{sign}</b> {escape(_word(state))}</span>'
                for state, sign in _SIGNS.items()
            ),
            text("Role"),
            _heads(found),
            (_row(found, role) for role in list(found.roles)[:MOST]),
        )


def _figures(found: Plan) -> None:
    text, today = session.texts().text, session.today()
    states = [one.state(today) for one in found.courses]
    held = [one for one in states if one not in (State.MISSED, State.PLANNED)]
    proved = [one for one in held if one is not State.UNPROVED]

    def of(part: int, whole: int) -> str:
        return text("{n} of {all}", n=part, all=whole) if whole else DASH

    cards(
        [
            Card(text("Roles trained"), of(len(found.trained(today)), len(found.roles))),
            Card(text("Courses held"), of(len(held), len(states))),
            Card(text("Held with proof"), of(len(proved), len(held))),
            Card(text("Follow-ups overdue"), str(states.count(State.FOLLOW_UP))),
        ]
    )


def _finding(found: Plan) -> str:
    texts = session.texts()
    if found.untrained:
        return texts.plural(
            "{n} role works in the system and was never trained: {names}",
            "{n} roles work in the system and were never trained: {names}",
            len(found.untrained),
            names=texts.formats.listing(
                [found.roles[one] for one in found.roles if one in found.untrained]
            ),
        )
    if found.kinds_untrained:
        return texts.text(
            "Somebody must be trained in it, and nobody is: {names}",
            names=texts.formats.listing(
                [_kinds()[one] for one in _kinds() if one in found.kinds_untrained]
            ),
        )
    if not found.trained(session.today()):
        return texts.text("No course was held yet")
    return texts.text("Every role that works in the system has been trained")


def _kinds() -> dict[str, str]:
    """Code of a kind -> its label."""
    options = registers.known("training").field("kind").options
    return {code: session.texts().label(label) for code, label in options.items()}


def _heads(found: Plan) -> Iterator[str]:
    nobody = gap(session.texts().text("Nobody is trained"))
    for code, label in _kinds().items():
        yield escape(label) + (nobody if code in found.kinds_untrained else "")


def _row(found: Plan, role: str) -> str:
    never = gap(session.texts().text("Never trained")) if role in found.untrained else ""
    cells = (_cell(found.cells.get((role, kind), ())) for kind in _kinds())
    return row(escape(found.roles[role]) + never, cells)


def _cell(courses: Sequence[Course]) -> str:
    """The first course of a cell; how many more there are."""
    if not courses:
        return ""
    one, texts, today = courses[0], session.texts(), session.today()
    state, day = one.state(today), one.day(today)
    when = session.formats().day(day) if day else texts.text("no day yet")
    more = f" +{len(courses) - 1}" if len(courses) > 1 else ""
    address = escape(links.whole(places.address("training", one.id)))
    said = escape(f"{_word(state)}: {one.title}")
    return (
        f'<a class="{state}" href="{address}" target="_self" title="{said}">'
        f"{_SIGNS[state]} <span>{escape(_word(state))}</span>{more}"
        f"<small>{escape(when)}</small></a>"
    )


def _word(state: State) -> str:
    text = session.texts().text
    return {
        State.MISSED: text("Not held"),
        State.UNPROVED: text("No proof"),
        State.FOLLOW_UP: text("Follow-up overdue"),
        State.PLANNED: text("Planned"),
        State.PROVED: text("Proved"),
    }[state]
