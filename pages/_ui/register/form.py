"""A row of a register in a dialog: its fields, what it was, and what two people made of it."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from crm_core.domain.problems import Problem, Refused
from crm_core.domain.registers import Register, Value
from crm_core.services import registers
from crm_core.services.registers import ItemRefused, Row
from crm_core.services.registers.values import Values
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register import beside, conflict, fields, gone, places, words

Above = Callable[[Row], None]
_DONE = "_register_done"
_OPENED, _PROBLEMS, _MINE = "_register_row", "_register_problems", "_register_mine"
_REFUSED, _LEFT = "_register_refused", "_register_left"
_ADDED = "_register_added"
"""How many rows were added one after the other: the next form is another one, and blank."""


def show_done() -> None:
    """What was done last, once."""
    if said := st.session_state.pop(_DONE, None):
        st.success(plain(said), icon=":material/check:")


def say(sentence: str) -> None:
    """Let the next run of the page say what was done."""
    st.session_state[_DONE] = sentence


def open_row(
    name: str,
    key: str | None,
    above: Above | None = None,
    given: Mapping[str, Value] | None = None,
) -> None:
    """Open the dialog for a row, for a new one without key; `above` draws what stands first,
    `given` is what a new row says before anybody wrote."""
    register = registers.known(name)
    label = session.texts().label(register.label)
    title = session.texts().text("New: {label}", label=label) if key is None else f"{label} {key}"
    st.session_state.pop(_LEFT, None)
    st.dialog(plain(title), width="large", on_dismiss=_closed)(_body)(register, key, above, given)


def _closed() -> None:
    for name in places.OPENED:
        st.query_params.pop(name, None)
    _forget()


def _forget() -> None:
    for key in (_OPENED, _PROBLEMS, _MINE):
        st.session_state.pop(key, None)


def _leave(sentence: str) -> None:
    """Close the dialog with its next run, and let the page say what was done."""
    _closed()
    say(sentence)
    st.session_state[_LEFT] = True


def _back(key: str) -> None:
    _leave(session.texts().text("{id} is back.", id=key))
    st.rerun()


def _body(
    register: Register, key: str | None, above: Above | None, given: Mapping[str, Value] | None
) -> None:
    if st.session_state.pop(_LEFT, False):
        st.rerun()
    text = session.texts().text
    try:
        now = _opened(register, key) if key else None
    except Refused as refusal:
        gone.show(register, str(key), refusal, lambda: _back(str(key)))
        return
    if now is not None and (mine := st.session_state.get(_MINE)):
        _two_wrote(register, now, *mine)
        return
    if now is None:
        show_done()
        with st.container(key="crm-blank"):
            _form(register, None, given)
        return
    if above:
        above(now)
    views: dict[str, Callable[[Register, Row], None]] = {
        text("Row"): _form,
        text("Comments"): beside.comments,
        text("Links"): beside.links,
        text("History"): _history,
    }
    chosen = st.segmented_control(
        text("View"),
        list(views),
        default=text("Row"),
        label_visibility="collapsed",
        key=f"item-view-{key}",
    )
    views.get(str(chosen), _form)(register, now)


def _opened(register: Register, key: str) -> Row:
    """The row as it was when the dialog was opened: what is typed is a change of that version.

    Another store has another row of that number; nothing of the one before is carried over to it.
    """
    store = workspace.store()
    opened: tuple[object, Row | None] = st.session_state.get(_OPENED, (None, None))
    place, row = opened
    if row is None or place != (store.path, key):
        row = registers.row(store, workspace.actor(), register.name, key)
        _forget()
        st.session_state[_OPENED] = (store.path, key), row
    return row


def _form(register: Register, now: Row | None, given: Mapping[str, Value] | None = None) -> None:
    text = session.texts().text
    problems: dict[str, Problem] = st.session_state.get(_PROBLEMS, {})
    made = f"-{hash(tuple(given.items()))}" if given else ""
    key = f"{now.id}-{now.version}" if now else f"new-{st.session_state.get(_ADDED, 0)}{made}"
    name = f"item-{workspace.store().path.stem}-{register.name}-{key}"
    shown = now.values if now else given or {}

    def submit(
        label: str, act: Callable[[Register, Row | None, fields.Said], None], **k: Any
    ) -> None:
        """What was typed is acted upon before anything is drawn: the form is drawn once."""
        how = (register, now, shown, name)
        st.form_submit_button(label, on_click=_submitted, args=(act, *how), **k)

    with st.form(name, border=False):
        fields.show(register, shown, problems, name)
        fields.to_mend(register, problems)
        with st.container(horizontal=True):
            submit(text("Save"), _save, type="primary", shortcut="Ctrl+Enter")
            if now is None and not given:
                submit(text("Save and add another"), _save_and_go_on, shortcut="Alt+N")
            if now is not None:
                out = text("Take out")
                submit(out, _take_out, icon=":material/delete:", type="tertiary")
    if now:
        st.caption(plain(words.written_by(now.by, now.at)))
    if refused := st.session_state.pop(_REFUSED, None):
        problem_box(refused)


def _submitted(
    act: Callable[[Register, Row | None, fields.Said], None],
    register: Register,
    now: Row | None,
    shown: Mapping[str, Value],
    name: str,
) -> None:
    """Act before the form is drawn, which then says at its fields what was refused, or below."""
    try:
        act(register, now, fields.said(register, shown, name))
    except ItemRefused as refused:
        st.session_state[_PROBLEMS] = refused.problems
    except Refused as refusal:
        st.session_state[_REFUSED] = refusal.problem


def _attempt(act: Any) -> None:
    """Do it; what it was refused for is shown at the fields, or above them."""
    try:
        act()
    except ItemRefused as refused:
        st.session_state[_PROBLEMS] = refused.problems
        st.rerun(scope="fragment")
    except Refused as refusal:
        problem_box(refusal.problem)
    else:
        st.rerun()


def _checked(register: Register, said: fields.Said) -> Values:
    wrong = {name: one for name, one in said.items() if isinstance(one, Problem)}
    given = {name: one for name, one in said.items() if not isinstance(one, Problem)}
    return registers.checked(register, given, wrong)


def _added(register: Register, said: fields.Said) -> str:
    """Keep a new row; that it is kept."""
    values = _checked(register, said)
    key = registers.add(workspace.store(), workspace.actor(), register.name, values)
    return session.texts().text("{id} is kept.", id=key)


def _save_and_go_on(register: Register, _now: Row | None, said: fields.Said) -> None:
    """Keep a new row and ask for the next one; the list behind is drawn when the dialog closes."""
    say(_added(register, said))
    _forget()
    st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1


def _save(register: Register, now: Row | None, said: fields.Said) -> None:
    if now is None:
        _leave(_added(register, said))
    else:
        _keep(register, now.id, _checked(register, said), now.version)


def _keep(register: Register, key: str, values: Values, version: int) -> None:
    """Keep a change of that version; what somebody else made of the row meanwhile is shown."""
    try:
        registers.change(workspace.store(), workspace.actor(), register.name, key, values, version)
    except Refused as refusal:
        if refusal.problem.code not in ("item_changed", "item_unknown"):
            raise
        st.session_state[_MINE] = version, values
        return
    _leave(session.texts().text("{id} is kept.", id=key))


def _take_out(register: Register, now: Row | None, _said: fields.Said) -> None:
    if now is not None:
        store, actor = workspace.store(), workspace.actor()
        registers.remove(store, actor, register.name, {now.id: now.version})
        _leave(session.texts().text("{id} was taken out; its history stays.", id=now.id))


def _two_wrote(register: Register, now: Row, base: int, mine: Values) -> None:
    """Somebody saved first, or took the row out: nothing that was written is lost."""
    store, actor = workspace.store(), workspace.actor()
    try:
        found = registers.conflict(store, actor, register.name, now.id, base, mine)
    except Refused as refusal:
        gone.show_written(register, now, mine, refusal, lambda: _back(now.id))
        return
    merged = conflict.show(register, found, mine, st.session_state.get(_PROBLEMS, {}).values())
    if st.button(session.texts().text("Save both"), type="primary", key="item-merge"):
        values = {name: value for name, value in merged.items() if value is not None}
        _attempt(lambda: _keep(register, now.id, values, found.theirs.version))


def _history(register: Register, now: Row) -> None:
    """Every version, the newest first, with a way back to the earlier ones."""
    text = session.texts().text
    store, actor = workspace.store(), workspace.actor()
    for one in registers.history(store, actor, register.name, now.id):
        with st.container(border=True):
            by = words.written_by(one.by, one.at)
            head = text("Version {version}: {by}", version=one.version, by=by)
            st.markdown(f"**{plain(head)}**")
            for name, was, became in one.changed:
                field = register.field(name)
                changed = f"{words.shown(field, was)} → {words.shown(field, became)}"
                said = text("{label}: {value}", label=words.label(field), value=changed)
                st.markdown(plain(said))
            if one.version != now.version and st.button(
                text("Back to this version"),
                key=f"item-back-{one.version}",
                icon=":material/history:",
            ):
                _attempt(lambda version=one.version: _restore(register, now, version))


def _restore(register: Register, now: Row, version: int) -> None:
    store, actor = workspace.store(), workspace.actor()
    registers.restore(store, actor, register.name, now.id, version, now.version)
    said = session.texts().text("{id} is as version {version} was.", id=now.id, version=version)
    _leave(said)
