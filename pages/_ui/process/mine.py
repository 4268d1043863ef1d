"""A team's steps from an event log: its columns recognised or chosen, looked at, then kept."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from crm_core.domain.plan import DateOrder
from crm_core.domain.problems import Refused
from crm_core.domain.registers import Value
from crm_core.domain.variant import Step
from crm_core.services.processes import Logged, Process, event_log
from crm_core.services.processes.event_log import Derived, Found, Log
from crm_core.services.processes.reading import TYPED, WITH_WAITING
from pages._ui import dialogs, session, uploads, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.process import enter, words

_LOG, _DERIVED = "log", "derived"
_TYPES = ["csv", "txt", "xlsx", "xls", "ods", "parquet", "zip"]


def dialog(one: Process) -> None:
    """Open the dialog."""
    dialogs.show(session.texts().text("Steps from an event log"), _body, one)


def _body(one: Process) -> None:
    text = session.texts().text
    st.markdown(
        plain(
            text(
                "A file with a line per event: case, activity and time, and if there are, team, "
                "person and tool. The path that most cases take becomes the steps."
            )
        )
    )
    file = st.file_uploader(text("Event log"), type=_TYPES, key="log-file")
    if file is None:
        return
    try:
        with st.spinner(plain(text("Reading the log"))):
            log = _held(file)
        columns, order = _columns(log)
        with st.spinner(plain(text("Finding the path that most cases take"))):
            derived = _derived(log, columns, order)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    _show(one, derived)


def _held(file: Any) -> Log:
    """The file as it was read, once."""
    held = dialogs.held().get(_LOG)
    if held is None or held[0] != file.file_id:
        store, actor = workspace.store(), workspace.actor()
        content = file.getvalue()
        log = uploads.held(file.name, content, lambda path: event_log.look(store, actor, path))
        held = dialogs.held()[_LOG] = (file.file_id, log)
    found: Log = held[1]
    return found


def _derived(log: Log, columns: dict[str, int], order: DateOrder | None) -> Derived:
    """What the log says, worked out once for each choice of columns."""
    asked = (log, columns, order)
    held = dialogs.held().get(_DERIVED)
    if held is None or held[0] != asked:
        found = event_log.derive(workspace.store(), workspace.actor(), *asked)
        held = dialogs.held()[_DERIVED] = (asked, found)
    derived: Derived = held[1]
    return derived


def _columns(log: Log) -> tuple[dict[str, int], DateOrder | None]:
    """Which column is what: as the heads say, or as the reader chooses."""
    text = session.texts().text
    names = {
        "case": text("Case"),
        "activity": text("Activity"),
        "time": text("Time"),
        "until": text("End, if time is the beginning"),
        "team": text("Team"),
        "resource": text("Person"),
        "tool": text("Tool"),
    }
    chosen: dict[str, int] = {}
    with st.expander(text("Columns"), expanded=not set(event_log.NEEDED) <= set(log.guess)):
        grid = st.grid(3, min_column_width=180)
        for field, name in names.items():
            with grid:
                place = st.selectbox(
                    name + (" \\*" if field in event_log.NEEDED else ""),
                    range(len(log.heads)),
                    log.guess.get(field),
                    format_func=lambda at: plain(log.heads[at] or f"#{at + 1}"),
                    placeholder=text("none"),
                    key=f"log-{field}",
                )
            if place is not None:
                chosen[field] = place
        with grid:
            order = _order()
    return chosen, order


def _order() -> DateOrder | None:
    text = session.texts().text
    orders: dict[DateOrder, str] = {
        "ymd": text("year, month, day"),
        "dmy": text("day, month, year"),
        "mdy": text("month, day, year"),
    }
    return st.selectbox(
        text("Order of a date"),
        list(orders),
        None,
        format_func=lambda code: orders[code],
        placeholder=text("as it reads"),
        key="log-order",
    )


def _show(one: Process, derived: Derived) -> None:
    """Each team's path, with how many cases take it; kept team by team."""
    texts = session.texts()
    if derived.left_out:
        said = texts.plural(
            "{n} line without case, activity or time is left out",
            "{n} lines without case, activity or time are left out",
            derived.left_out,
        )
        st.caption(plain(said))
    found = derived.found[0]
    if len(derived.found) > 1:
        named = {it.team: it for it in derived.found}
        team = st.selectbox(
            texts.text("Team"),
            list(named),
            format_func=lambda name: plain(_counted(named[name])),
            key="log-team",
        )
        found = named[str(team)]
    _one(one, found)


def _counted(found: Found) -> str:
    texts = session.texts()
    name = found.team or texts.text("without a team")
    cases = texts.plural("{n} case", "{n} cases", found.path.cases)
    return f"{name} ({cases})"


def _one(one: Process, found: Found) -> None:
    text = session.texts().text
    path = found.path
    logged = Logged(path.cases, path.followed, path.paths)
    st.markdown(f"**{plain(words.log(logged))}**")
    st.caption(
        plain(
            text(
                "Minutes are the median over the cases that take this path. Where the log has one "
                "time only, they run from the event before and hold work and waiting."
            )
        )
    )
    enter.steps_table(path.steps, "log-preview")
    name = st.text_input(text("Keep them as the steps of"), found.team, key=f"log-as-{found.team}")
    now = enter.seen(one, name.strip())
    if now.rows:
        said = text("{team} has steps already. These take their place.", team=now.name)
        st.warning(plain(said), icon=":material/swap_horiz:")
    steps = [_said(step) for step in path.steps]
    enter.save(one, now, steps, blocked=not now.name, logged=logged)


def _said(step: Step) -> Mapping[str, Value]:
    told = {name: getattr(step, name) for name in (*TYPED, WITH_WAITING)}
    return {name: value for name, value in told.items() if value not in (None, False, "", ())}
