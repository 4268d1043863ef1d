"""What no initiative answers yet, the weightiest first, each with the way to make one."""

from collections.abc import Sequence

import streamlit as st

from crm_core.i18n import mark
from crm_core.services import initiatives, registers
from crm_core.services.initiatives import Open, Source, Unanswered
from crm_core.services.initiatives.making import REGISTER
from crm_core.services.registers import Query
from pages._ui import filters, kept, links, session
from pages._ui.head import section
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages._ui.register import places
from pages.assess import _flag_words

_MOST = 10
_KINDS = {
    Source.PAIN_POINT: mark("Pain point"),
    Source.RED_FLAG: mark("Red flag"),
    Source.GOAL: mark("Goal"),
    Source.WISH: mark("Improvement wish"),
    Source.TEAM: mark("Adoption"),
}


def show() -> None:
    """The list, or why there is none."""
    found = _found()
    if found.found:
        _list(found)
    else:
        _nothing()


def begin() -> None:
    """The list where there is no initiative yet: a company that already runs a CRM starts here."""
    found = _found()
    if found.found:
        _list(found)


def _found() -> Open:
    today, language = session.today(), session.texts().language
    return kept.until((*kept.AREAS, "checklist"), initiatives.unanswered, today, language)


def _nothing() -> None:
    text = session.texts().text
    _, every = kept.read(registers.listed, REGISTER, Query(limit=0))
    told = text(
        "Pain points, red flags, goals, wishes and teams that hardly work in the system stand here "
        "until an initiative answers them."
    )
    if every:
        title = text("Everything that was found is answered")
        empty_state(title, told, icon=":material/task_alt:")
    else:
        empty_state(text("Nothing was found yet"), told, icon=":material/search:", actions=_ways)


def _ways() -> None:
    texts = session.texts()
    for name in (Source.PAIN_POINT, Source.GOAL):
        links.address_link(places.home(name), texts.label(registers.known(name).plural))


def _list(found: Open) -> None:
    text = session.texts().text
    kinds = {one.value: text(label) for one, label in _KINDS.items() if _has(found, one)}
    wanted = filters.select_many(text("Kind"), kinds, name="source", all_text=text("All"))
    rows = [one for one in found.found if not wanted or one.source in wanted]
    with st.container(gap="small"):
        section(_finding(rows), _counted())
        _rows(found, rows)


def _has(found: Open, source: Source) -> bool:
    return any(one.source is source for one in found.found)


def _finding(rows: Sequence[Unanswered]) -> str:
    return session.texts().plural(
        "{n} thing has no initiative yet; the weightiest is “{title}”",
        "{n} things have no initiative yet; the weightiest is “{title}”",
        len(rows),
        title=rows[0].title,
    )


def _counted() -> str:
    return session.texts().text(
        "Each weighed against the weightiest of its kind: what a pain point costs a year, how "
        "grave a red flag is, how much a goal counts, whether a wish was taken up, how many of a "
        "team stay away."
    )


def _rows(found: Open, rows: Sequence[Unanswered]) -> None:
    text = session.texts().text
    shown = rows
    if len(rows) > _MOST and not st.toggle(text("Show all {n}", n=len(rows)), key="all-unanswered"):
        shown = rows[:_MOST]
    with st.container(gap="xsmall"):
        for one in shown:
            _row(found, one)


def _row(found: Open, one: Unanswered) -> None:
    texts = session.texts()
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap="xxsmall", width="stretch"):
            st.markdown(f"**{plain(one.title)}**")
            st.caption(plain(" · ".join(_facts(found, one))))
        links.address_link(_place(one), texts.text("Look at it"), ":material/search:")
        links.address_link(
            places.making(one.source, one.id, view=st.query_params.get("view", "list")),
            texts.text("Make an initiative"),
            ":material/add_task:",
        )


def _place(one: Unanswered) -> str:
    return "adoption" if one.source is Source.TEAM else places.address(one.source, one.id)


def _facts(found: Open, one: Unanswered) -> list[str]:
    """What it is, how weighty, and whose."""
    texts = session.texts()
    kind = texts.text(_KINDS[one.source])
    named = kind if one.source is Source.TEAM else f"{kind} {one.id}"
    return [
        named,
        _weight(found, one),
        *([texts.text("owner: {owner}", owner=one.owner)] if one.owner else []),
    ]


def _weight(found: Open, one: Unanswered) -> str:
    texts = session.texts()
    text, formats = texts.text, texts.formats
    match one.source:
        case Source.PAIN_POINT if one.amount is None:
            return text("nobody said what it costs")
        case Source.PAIN_POINT:
            return text("costs {cost} a year", cost=formats.mark(one.amount, found.currency))
        case Source.GOAL if one.amount is None:
            return text("no weight yet")
        case Source.GOAL:
            return text("weight {weight}", weight=round(one.amount or 0, 1))
        case Source.RED_FLAG:
            return _flag_words.severity(one.code)
        case Source.WISH:
            return text("taken up") if one.code else text("no decision yet")
        case _:
            share = formats.percent(one.amount, 0)
            return text("{share} work in the system in a usual week", share=share)
