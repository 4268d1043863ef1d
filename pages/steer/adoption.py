"""Adoption: who works in the system, who types deals in only at closing, and who is exempt."""

import streamlit as st

from crm_core.services import adoption
from crm_core.services.adoption import Adoption
from pages._ui import filters, kept, links, session
from pages._ui.beginning import sample_banner
from pages._ui.cards import Card, cards
from pages._ui.head import page_head
from pages._ui.notices import empty_state
from pages.steer import _adoption_people, _adoption_teams

_WEEKS = ("26", "13", "52")
_DAYS = ("1", "0", "3", "7")


def show() -> None:
    """The page, from who is active to who goes around the system."""
    texts = session.texts()
    text = texts.text
    head = st.container()
    sample_banner()
    weeks, teams, days = _asked()
    found = kept.read(adoption.adoption, session.today(), weeks=weeks, wanted=teams, days=days)
    with head:
        page_head(
            text("Adoption"),
            text("Who really works in the system, and who goes around it."),
            [
                _weeks_said(found),
                texts.plural(
                    "entered at closing: at most {n} day before, or after",
                    "entered at closing: at most {n} days before, or after",
                    days,
                ),
            ],
        )
    if not found.weeks:
        empty_state(
            text("Nobody can say yet who works in the system"),
            text(
                "Import activities (calls, visits, mails, tasks) with their owner and day, and "
                "opportunities with the day they were created and closed."
            ),
            icon=":material/groups:",
            actions=_import,
        )
    else:
        _figures(found)
        _adoption_teams.show(found)
        _adoption_people.show(found)
    _adoption_people.exemptions(found)


def _weeks_said(found: Adoption) -> str:
    if not found.weeks:
        return ""
    last = adoption.sunday(found.weeks[-1])
    return session.texts().text("{first} to {last}", first=found.weeks[0], last=last)


def _asked() -> tuple[int, tuple[str, ...], int]:
    """Weeks, teams (() for all) and the days before closing, all in the address."""
    texts = session.texts()
    known = {one: one for one in kept.read(adoption.teams)}
    weeks = {n: texts.plural("{n} week", "{n} weeks", int(n)) for n in _WEEKS}
    days = {n: texts.plural("{n} day", "{n} days", int(n)) for n in _DAYS}
    with filters.filter_row():
        chosen_weeks = filters.select(texts.text("Look back"), weeks, name="weeks", width=140)
        teams = filters.select_many(
            texts.text("Team"), known, name="team", all_text=texts.text("All teams")
        )
        chosen_days = filters.select(
            texts.text("At closing means"),
            days,
            name="days",
            width=160,
            help=texts.text("Entered at most so many days before the deal was closed, or after."),
        )
    return int(chosen_weeks), tuple(teams), int(chosen_days)


def _import() -> None:
    links.page_link(links.IMPORT, session.texts().text("Import"), ":material/upload_file:")


def _figures(found: Adoption) -> None:
    text = session.texts().text
    lapsed = sum(one.has_lapsed for one in found.exemptions)
    sellers = found.sellers
    cards(
        [
            _active(found),
            _share(
                text("Entered only at closing"),
                sum(one.at_close for one in sellers),
                sum(one.dated for one in sellers),
                text("no won deal says when it was entered"),
            ),
            _share(
                text("Won without an activity before"),
                sum(one.unprepared for one in sellers),
                sum(one.known for one in sellers),
                text("no activity names a deal"),
            ),
            Card(
                text("Exemptions in force"),
                session.formats().compact(len(found.exemptions) - lapsed),
                change=text("{n} lapsed", n=lapsed) if lapsed else "",
            ),
        ]
    )


def _active(found: Adoption) -> Card:
    """The people who noted something in the last week; not known without activities."""
    text = session.texts().text
    label = text("Active in the last week")
    if found.cells is None:
        return Card(label, "–", change=text("no activities are imported"))
    last = [one for one in found.cells if one.week == found.weeks[-1]]
    active, people = sum(one.active for one in last), sum(one.people for one in last)
    return Card(label, text("{n} of {all}", n=active, all=people), text("people"))


def _share(label: str, part: int, whole: int, unknown: str) -> Card:
    """A share of the won deals; what is not known is said, not shown as 0."""
    if not whole:
        return Card(label, "–", change=unknown)
    told = session.texts().text("{n} of {all} won deals", n=part, all=whole)
    return Card(label, session.formats().percent(part / whole, 0), change=told)


show()
