"""Two records merged because a person knows that they are one, though nothing suggests it."""

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.services import matching
from crm_core.services.merging import by_hand
from pages._ui import kept, session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages.data import _acting, _find, _review_pair
from pages.data._review_words import place

_CHOSEN, _DONE = "_by_hand_chosen", "_by_hand_done"


def show(entity: str) -> None:
    """Find two records, look at both, choose values, merge."""
    text = session.texts().text
    if st.session_state.pop(_DONE, None):
        said = text("The two records are one. The merge stands first in the list above.")
        st.success(plain(said), icon=":material/check_circle:")
    label = text("Merge two records by hand")
    # Its state is kept: what stands above comes and goes, and would close it.
    with st.expander(label, icon=":material/join:", key="by-hand", on_change="rerun"):
        said = text(
            "For two records that you know to be one although nothing suggests it. Like every "
            "merge it can be taken back."
        )
        st.caption(plain(said))
        left, right = st.columns(2)
        with left:
            one = _record(text("Record"), entity, "one")
        with right:
            other = _record(text("is one with"), entity, "other")
        if one is not None and other is not None:
            _pair(entity, one, other)


def _record(label: str, entity: str, name: str) -> int | None:
    """A record, found by a part of its name."""
    text = session.texts().text
    return _find.record(
        label,
        entity,
        f"by-hand-{entity}-{name}",
        hint=text("Part of its name, or its ID"),
        nobody=text("No record is called so."),
        told=lambda one: (one.name, one.place, place(one.source_file, one.source_line)),
    )


def _pair(entity: str, one: int, other: int) -> None:
    text = session.texts().text
    if one == other:
        st.caption(plain(text("This is one and the same record.")))
        return
    try:
        asked = kept.read(matching.pair, entity, one, other)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    if asked.state == "different":
        said = text("Somebody said that these two are different.")
        st.warning(plain(said), icon=":material/call_split:")
    chosen = _chosen(entity, one, other)
    _review_pair.show(asked, entity, chosen, lambda *held: _hold(chosen, *held))
    st.button(
        text("Merge these two"),
        key="by-hand-merge",
        type="primary",
        icon=":material/join:",
        on_click=_acting.attempt,
        args=(_merge, entity, one, other, chosen),
    )


def _chosen(*pair: str | int) -> dict[str, int]:
    """The values chosen of the two on screen: field -> row. Of two others none are."""
    held: dict[tuple[str | int, ...], dict[str, int]] = st.session_state.get(_CHOSEN, {})
    if pair not in held:
        held = st.session_state[_CHOSEN] = {pair: {}}
    return held[pair]


def _hold(chosen: dict[str, int], name: str, row_id: int) -> None:
    if chosen.get(name) == row_id:
        del chosen[name]
    else:
        chosen[name] = row_id


def _merge(entity: str, one: int, other: int, chosen: dict[str, int]) -> None:
    by_hand.merge(workspace.store(), workspace.actor(), entity, one, other, chosen)
    for name in ("one", "other"):
        st.session_state[f"by-hand-{entity}-{name}"] = ""
    st.session_state[_DONE] = True
