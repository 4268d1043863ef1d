"""A respondent's sheet: question by question or a section at a time, and handed in at the end."""

from collections.abc import Mapping

import streamlit as st

from crm_core.domain.checklists import Item, Section
from crm_core.domain.problems import Refused
from crm_core.services.checklists import answers
from crm_core.services.checklists.answers import Filled
from pages._ui import filters, session
from pages._ui.checklist import answering, finish, item, section_table
from pages._ui.checklist.answering import Desk
from pages._ui.notices import problem_box
from pages._ui.plain import plain

ITEM = "item"
"""The parameter of the address that says at which question the reader is."""
END = "_end"
"""Where the sheet is handed in."""
_ONE, _TABLE = "one", "table"


@st.fragment
def show(desk: Desk, *, may_reopen: bool) -> None:
    """The sheet; `may_reopen`: whether one that was handed in can be opened here again."""
    try:
        filled = answers.filled(desk.store, desk.actor, desk.respondent)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    answering.take_in(desk, filled)
    locked = finish.is_over(filled)
    place = _place(filled)
    with st.container(key="checklist-sheet"):
        if locked and place != END:
            finish.over(filled)
        mode = _head(filled, place)
        if place == END:
            finish.show(desk, filled, _go, may_reopen=may_reopen)
        elif mode == _TABLE:
            section_table.show(desk, filled, _section(filled, place), locked=locked)
        else:
            _one(desk, filled, place, locked=locked)
        _ways(filled, place, mode, locked=locked)


def _place(filled: Filled) -> str:
    """The item that the address names, else the first one that is open. It is put into the
    address, so that an answer does not move the reader on."""
    wished = st.query_params.get(ITEM, "")
    if wished in filled.asked or wished == END:
        return wished
    found = next(iter(filled.open or filled.asked), END)
    filters.put(ITEM, found)
    return found


def _go(to: str) -> None:
    filters.put(ITEM, to)


def _sections(filled: Filled) -> Mapping[str, list[Item]]:
    """The items that are asked by their section, sections without any left out."""
    found = {
        one.id: [each for each in one.items if each.id in filled.asked]
        for one in filled.checklist.sections
    }
    return {name: items for name, items in found.items() if items}


def _section(filled: Filled, place: str) -> Section:
    return next(
        one for one in filled.checklist.sections if any(each.id == place for each in one.items)
    )


def _head(filled: Filled, place: str) -> str:
    """How far the sheet is, the section to be in, and how it is shown."""
    texts = session.texts()
    every, done = len(filled.asked), len(filled.asked) - len(filled.open)
    said = texts.text("{n} of {all} questions answered", n=done, all=every)
    st.progress(done / every if every else 1.0, plain(said))
    with st.container(horizontal=True, vertical_alignment="bottom", key="checklist-head"):
        _choose_section(filled, place)
        return filters.choice(
            texts.text("Show"),
            {_ONE: texts.text("Question by question"), _TABLE: texts.text("As a table")},
            name="as",
        )


def _choose_section(filled: Filled, place: str) -> None:
    texts = session.texts()
    sections = _sections(filled)
    named = {one.id: texts.label(one.title) for one in filled.checklist.sections}
    told = {
        name: f"{named[name]} · {sum(one.id in filled.answers for one in items)}/{len(items)}"
        for name, items in sections.items()
    } | {END: texts.text("Hand in")}
    now = END if place == END else _section(filled, place).id
    # A field that stays would go on showing how far the section was.
    key = f"checklist-section-{texts.language}-{now}-{len(filled.open)}"
    st.selectbox(
        texts.text("Section"),
        list(told),
        list(told).index(now),
        format_func=lambda name: told.get(name, name),
        key=key,
        width=360,
        on_change=lambda: _go(_first(filled, st.session_state[key])),
    )


def _first(filled: Filled, section: str) -> str:
    """Where a section goes on: its first open item, else its first."""
    items = [one.id for one in _sections(filled).get(section, [])]
    return next((one for one in items if one not in filled.answers), items[0] if items else END)


def _one(desk: Desk, filled: Filled, place: str, *, locked: bool) -> None:
    texts = session.texts()
    section = _section(filled, place)
    items = [one.id for one in _sections(filled)[section.id]]
    at = texts.text("Question {n} of {all}", n=items.index(place) + 1, all=len(items))
    with st.container(gap="xxsmall"):
        st.caption(plain(f"{texts.label(section.title)} · {at}"))
        if section.about and place == items[0]:
            st.caption(plain(texts.label(section.about)))
    item.show(desk, filled, filled.asked[place], locked=locked)


def _ways(filled: Filled, place: str, mode: str, *, locked: bool) -> None:
    """Back, on, and to what is still open; the arrow keys go the same ways."""
    text = session.texts().text
    back, on = _neighbours(filled, place, mode)
    later = [one for one in filled.open if one != place]
    to_back, to_next = text("Back"), text("Next")
    if mode == _TABLE:
        to_back, to_next = text("Previous section"), text("Next section")
    with st.container(horizontal=True, key="checklist-acts", vertical_alignment="center"):
        st.button(
            to_back, key=f"back-{place}", icon=":material/arrow_back:", shortcut="Left",
            disabled=back is None, on_click=_go, args=(back,),
        )  # fmt: skip
        if place != END:
            st.button(
                to_next, key=f"next-{place}", type="primary", icon=":material/arrow_forward:",
                icon_position="right", shortcut="Right", on_click=_go, args=(on,),
            )  # fmt: skip
        if later and place in filled.asked and not locked:
            st.button(
                text("Next open question"), key=f"open-{place}", type="tertiary", shortcut="N",
                on_click=_go, args=(_next_open(filled, place),),
            )  # fmt: skip
        if place in filled.answers and mode == _ONE:
            st.caption(f":material/check: {plain(item.saved(filled, place))}")


def _neighbours(filled: Filled, place: str, mode: str) -> tuple[str | None, str]:
    """The places before and after: of a table whole sections."""
    sections = _sections(filled)
    places = [one.id for items in sections.values() for one in items]
    now = place
    if mode == _TABLE and place != END:
        now = sections[_section(filled, place).id][0].id
        places = [items[0].id for items in sections.values()]
    places.append(END)
    at = places.index(now) if now in places else len(places) - 1
    return places[at - 1] if at else None, places[min(at + 1, len(places) - 1)]


def _next_open(filled: Filled, place: str) -> str:
    """The first open item after this one, from the beginning again where there is none."""
    order = list(filled.asked)
    at = order.index(place)
    return next(one for one in order[at + 1 :] + order[:at] if one not in filled.answers)
