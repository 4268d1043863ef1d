"""A gate: how it stands and why, its checklist, opening it by hand and taking that back."""

import streamlit as st

from crm_core.domain.checklists import Checklist
from crm_core.domain.gates import End, Way
from crm_core.services import gates, registers
from crm_core.services.checklists import editions
from crm_core.services.gates import Gate, Phase
from pages._ui import dialogs, kept, links, session, workspace
from pages._ui.checklist import begin, places
from pages._ui.plain import plain
from pages.plan import _phase_words as words

_OPEN, _BACK = "open", "back"


def show(phase: Phase, gate: Gate) -> None:
    """The gate in a box of its own."""
    label, icon, colour = words.way(gate)
    with st.container(border=True, height="stretch", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(words.end(gate.end))}**", width="content")
            st.badge(label, icon=icon, color=colour)  # type: ignore[arg-type]
        for line in (words.checklist(gate), words.score(gate)):
            if line:
                st.caption(plain(line))
        if gate.opening:
            _by_hand(gate)
        for one in gate.verdict.missing:
            st.markdown(f"- {plain(words.lack(gate, one))}")
        _acts(phase, gate)


def _by_hand(gate: Gate) -> None:
    assert gate.opening
    told = session.texts().text(
        "Opened by {by} on {day}: {reason}",
        by=gate.opening.by,
        day=session.local(gate.opening.at).date(),
        reason=gate.opening.reason,
    )
    st.markdown(plain(told))


def _acts(phase: Phase, gate: Gate) -> None:
    text, name = session.texts().text, f"{phase.id}-{gate.end}"
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        told = gate.verdict.told_by
        if told and told.score.share is None and told.is_handed_in:
            told = None  # it is about other gates
        if told:
            view = "results" if told.is_handed_in else ""
            label = text("Look at the answers") if told.is_handed_in else text("Fill it in")
            links.address_link(places.address(told.assessment, view), label, ":material/checklist:")
        if gate.checklist and (told is None or (told.is_handed_in and not words.is_open(gate))):
            label = text("Assess anew") if told else text("Fill it in")
            if st.button(label, key=f"fill-{name}", type="tertiary", icon=":material/checklist:"):
                begin.dialog(_whole(gate), phase.title)
        if gate.verdict.way is Way.CLOSED:
            dialogs.offer(
                text("Open by hand"), f"{_OPEN}~{phase.id}~{gate.end}", icon=":material/lock_open:"
            )
        elif gate.verdict.way is Way.BY_HAND:
            dialogs.offer(
                text("Take back"),
                f"{_BACK}~{phase.id}~{gate.end}",
                icon=":material/undo:",
                type="tertiary",
            )


def _whole(gate: Gate) -> Checklist:
    """The checklist with all its questions, not only the gate's."""
    assert gate.checklist
    offered = kept.until(("checklist",), editions.offered)
    return offered[gate.checklist.id].checklist


def dialog(found: list[Phase]) -> None:
    """The dialog that the address names, if it names one of a gate that there is."""
    act, _, rest = (dialogs.opened() or "").partition("~")
    key, _, end = rest.rpartition("~")
    for phase in found:
        for gate in phase.gates:
            if (phase.id, gate.end) == (key, end):
                _dialog(act, phase, gate.end)


def _dialog(act: str, phase: Phase, end: End) -> None:
    text = session.texts().text
    title = text("{phase}: {gate}", phase=phase.title, gate=words.end(end))
    dialogs.show(plain(title), _opening if act == _OPEN else _taking_back, phase, end)


def _opening(phase: Phase, end: End) -> None:
    text = session.texts().text
    st.markdown(plain(text("It is then open whatever its checklist says, until it is taken back.")))
    people, _ = kept.read(registers.listed, "person")
    with st.form(f"gate-{phase.id}-{end}", border=False):
        by = st.selectbox(
            text("Decided by"),
            [str(one.values["title"]) for one in people if one.values.get("status") != "dropped"],
            None,
            accept_new_options=True,
            placeholder=text("Choose, or type and press Enter"),
            key=f"gate-by-{phase.id}-{end}",
        )
        reason = st.text_area(text("Reason"), height=90, key=f"gate-why-{phase.id}-{end}")
        sent = st.form_submit_button(
            text("Open the gate"), type="primary", icon=":material/lock_open:",
            shortcut="Ctrl+Enter",
        )  # fmt: skip
    if sent:
        store, actor = workspace.store(), workspace.actor()
        done = text("{phase}: {gate} is open.", phase=phase.title, gate=words.end(end))
        dialogs.attempt(
            lambda: gates.open_by_hand(store, actor, phase.id, end, by or "", reason), done
        )


def _taking_back(phase: Phase, end: End) -> None:
    text = session.texts().text
    st.markdown(plain(text("Its checklist decides again. The opening stays in the history.")))
    if st.button(text("Take back"), type="primary", icon=":material/undo:", key="gate-back"):
        store, actor = workspace.store(), workspace.actor()
        done = text("{phase}: {gate} follows its checklist again.", phase=phase.title,
                    gate=words.end(end))  # fmt: skip
        dialogs.attempt(lambda: gates.take_back(store, actor, phase.id, end), done)
