"""Complaints that look alike, side by side: merge them, or say that they are not the same."""

from collections.abc import Callable, Sequence

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.services import pain_points, registers
from crm_core.services.pain_points import Merge
from crm_core.services.registers import Row
from pages._ui import kept, session, workspace
from pages._ui.head import section
from pages._ui.notices import empty_state, problem_box
from pages._ui.plain import plain
from pages._ui.register import form
from pages._ui.register import words as register_words

_SHOWN = 5
_MERGES = 10
_REFUSED = "_pain_refused"


def show() -> None:
    """The view."""
    texts = session.texts()
    text = texts.text
    if refused := st.session_state.pop(_REFUSED, None):
        problem_box(refused)
    found = kept.read(pain_points.repeated)
    if found:
        section(
            texts.plural(
                "{n} complaint looks made twice", "{n} complaints look made twice", len(found)
            ),
            text(
                "Title or words are nearly the same. The row that stays keeps its values, takes "
                "over lists and links, and quotes what the others said; nothing is added up."
            ),
        )
        for group in found[:_SHOWN]:
            _group(group)
        if len(found) > _SHOWN:
            st.caption(plain(text("More come when these are decided on.")))
    else:
        empty_state(
            text("No complaint looks made twice"),
            text("Rows whose title or complaint is nearly the same stand here, side by side."),
            icon=":material/join:",
        )
    _apart()
    _merges()


def _group(group: Sequence[Row]) -> None:
    text = session.texts().text
    key = "-".join(f"{row.id}.{row.version}" for row in group)
    titles = {row.id: f"{row.id} {row.values.get('title', '')}" for row in group}
    with st.container(border=True):
        grid = st.grid(min(len(group), 3), min_column_width=220, gap="small")
        for row in group:
            with grid:
                _card(row)
        chosen = list(titles)
        if len(group) > 2:
            chosen = st.multiselect(
                text("The same are"), list(titles), list(titles),
                format_func=lambda one: titles[one], key=f"same-{key}",
            )  # fmt: skip
        stays = st.selectbox(
            text("Stays"), chosen, format_func=lambda one: titles[one],
            key=f"stays-{key}", width=420,
        )  # fmt: skip
        rows = {row.id: row.version for row in group if row.id in chosen}
        with st.container(horizontal=True):
            st.button(
                text("Merge into the one that stays"), type="primary", key=f"merge-{key}",
                icon=":material/join:", on_click=_merge, args=(stays, rows),
            )  # fmt: skip
            st.button(
                text("Not the same"), key=f"apart-{key}", on_click=_hold_apart,
                args=([*rows],),
            )  # fmt: skip


def _card(row: Row) -> None:
    """What a row says, and who said it when."""
    values = row.values
    register = registers.known("pain_point")
    names = ("said_by", "team", "said_on")
    source = [
        register_words.shown(register.field(one), values[one]) for one in names if one in values
    ]
    with st.container(border=True, height="stretch", gap="xxsmall"):
        st.markdown(f"**{plain(str(values.get('title', '')))}**")
        st.caption(plain(" · ".join([row.id, *source])))
        if complaint := values.get("complaint"):
            st.markdown(plain(str(complaint)))


def _merge(stays: str | None, rows: dict[str, int]) -> None:
    def act() -> None:
        pain_points.merge(workspace.store(), workspace.actor(), stays or "", rows)
        gone = session.formats().listing([key for key in rows if key != stays])
        said = session.texts().text(
            "{gone} went into {kept}. It can be taken back below.", gone=gone, kept=stays
        )
        form.say(said)

    _attempt(act)


def _hold_apart(keys: list[str]) -> None:
    _attempt(lambda: pain_points.hold_apart(workspace.store(), workspace.actor(), keys))


def _attempt(act: Callable[[], None]) -> None:
    """Do it; the next run says what it was refused for."""
    try:
        act()
    except Refused as refusal:
        st.session_state[_REFUSED] = refusal.problem


def _apart() -> None:
    count = kept.read(pain_points.held_apart)
    if not count:
        return
    texts = session.texts()
    with st.container(horizontal=True, vertical_alignment="center"):
        said = texts.plural(
            "{n} pair was said to be not the same.",
            "{n} pairs were said to be not the same.",
            count,
        )
        st.caption(plain(said), width="content")
        st.button(texts.text("Suggest them again"), key="ask-again", type="tertiary",
                  on_click=_ask_again)  # fmt: skip


def _ask_again() -> None:
    _attempt(lambda: pain_points.ask_again(workspace.store(), workspace.actor()))


def _merges() -> None:
    found = kept.read(pain_points.merges)
    if not found:
        return
    text = session.texts().text
    with st.container(gap="small"):
        section(text("Merged"), text("Taken back, every row is what it was, its links too."))
        for one in found[:_MERGES]:
            _merged(one)


def _merged(one: Merge) -> None:
    text, formats = session.texts().text, session.formats()
    with st.container(horizontal=True, vertical_alignment="center"):
        said = text("{gone} into {kept}", gone=formats.listing(one.gone), kept=one.kept)
        by = register_words.written_by(one.by, one.at)
        st.markdown(plain(f"{said} · {by}"), width="content")
        st.button(
            text("Take back"), key=f"unmerge-{one.number}", type="tertiary",
            icon=":material/undo:", on_click=_take_back, args=(one,),
        )  # fmt: skip


def _take_back(one: Merge) -> None:
    def act() -> None:
        pain_points.take_back(workspace.store(), workspace.actor(), one.number)
        form.say(session.texts().text("Taken back: every row is what it was."))

    _attempt(act)
