"""Who speaks for each department, the working groups, and what the project manager can do."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from crm_core.services import registers, team
from crm_core.services.registers import Row
from crm_core.services.team import Department
from pages._ui import kept, links, session
from pages._ui.head import page_head, section
from pages._ui.notices import empty_state
from pages._ui.register import form, page, places, words
from pages._ui.tables import Column, table, table_to_open
from pages.assess import _team_starter

_ROWS = "pages/assess/further_lists.py"
_GROUP, _PERSON, _DEPARTMENTS = "team", "person", "stakeholder_group"
_COMPETENCES = ("competence_personal", "competence_management", "competence_technical")


def show(choose: Callable[[], object]) -> None:
    """The view; `choose` draws the way to the others."""
    texts = session.texts()
    found = kept.read(team.departments, session.today())
    people, _ = kept.read(registers.listed, _PERSON)
    groups, _ = kept.read(registers.listed, _GROUP)
    page_head(
        texts.text("Team and training"),
        texts.text("Who speaks for each department, who does what, and who has been trained."),
        [
            texts.plural("{n} person", "{n} people", len(people)),
            texts.plural("{n} working group", "{n} working groups", len(groups)),
        ],
    )
    choose()
    form.show_done()
    _actions()
    _departments(found)
    _groups(groups)
    _competence([one for one in people if any(name in one.values for name in _COMPETENCES)])
    page.open_wished(_DEPARTMENTS)


def _actions() -> None:
    label = session.texts().label
    with st.container(horizontal=True, vertical_alignment="center"):
        for name in (_DEPARTMENTS, _PERSON, _GROUP):
            said = label(registers.known(name).plural)
            links.page_link(_ROWS, said, ":material/edit:", **{places.LIST: name})
        _team_starter.offer()


def _departments(found: Sequence[Department]) -> None:
    """Each with its representative, gaps first; a click opens the department's row."""
    texts = session.texts()
    if not found:
        empty_state(
            texts.text("No department is on record"),
            texts.text("Add the departments that will use the system to the stakeholder groups."),
            icon=":material/groups:",
        )
        return
    rows = pd.DataFrame(
        {
            "state": _state(one),
            "title": one.title,
            "representative": one.representative,
            "email": one.email,
            "people": one.people,
        }
        for one in found
    )
    with st.container(gap="small"):
        section(_finding(found), texts.text("Choose a department to name its representative."))
        at = table_to_open(
            rows,
            [
                Column("title", texts.text("Department"), pinned=True),
                Column("state", texts.text("State")),
                Column("representative", texts.text("Representative")),
                Column("email", texts.text("E-mail")),
                Column("people", texts.text("Staff"), "number"),
            ],
            key="team-departments",
        )
    if at is not None:
        places.show_row(found[at].id)


def _finding(found: Sequence[Department]) -> str:
    texts = session.texts()
    without = [one.title for one in found if not one.has_voice]
    if not without:
        return texts.text("Every department has somebody who speaks for it")
    return texts.plural(
        "{n} of {all} departments has nobody who speaks for it: {names}",
        "{n} of {all} departments have nobody who speaks for them: {names}",
        len(without),
        all=len(found),
        names=texts.formats.listing(without),
    )


def _state(one: Department) -> str:
    text = session.texts().text
    if not one.has_voice:
        return "✕ " + (text("Has left") if one.representative else text("Nobody"))
    return "✓ " + text("Named") if one.person else "? " + text("In no list of people")


def _groups(rows: Sequence[Row]) -> None:
    texts, label = session.texts(), session.texts().label
    register = registers.known(_GROUP)
    fields = [register.field(name) for name in ("title", "purpose", "lead", "members")]
    with st.container(gap="small"):
        led = sum("lead" in one.values for one in rows)
        if not rows:
            section(texts.text("There is no working group yet"))
        elif led == len(rows):
            section(texts.text("Every working group has a lead"))
        else:
            some = texts.text("{n} of {all} working groups have a lead", n=led, all=len(rows))
            section(some)
        if rows:
            shown = {
                f.name: [words.shown(f, one.values.get(f.name)) for one in rows] for f in fields
            }
            heads = [Column(f.name, words.label(f)) for f in fields[1:]]
            title = Column("title", label(register.label), pinned=True)
            table(pd.DataFrame(shown), [title, *heads], key="team-groups")


def _competence(rows: Sequence[Row]) -> None:
    """Of those of whom it is told: usually the project manager."""
    if not rows:
        return
    texts, register = session.texts(), registers.known(_PERSON)
    fields = [register.field(name) for name in ("title", "roles", *_COMPETENCES)]
    shown = {f.name: [words.shown(f, one.values.get(f.name)) for one in rows] for f in fields}
    with st.container(gap="small"):
        section(texts.text("Competence of the project manager"))
        table(
            pd.DataFrame(shown),
            [Column(f.name, words.label(f)) for f in fields],
            key="team-competence",
        )
