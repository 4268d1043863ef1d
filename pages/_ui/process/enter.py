"""A team's steps typed or pasted as a list: what it says is seen before it is kept."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from crm_core.domain.comparison import compare
from crm_core.domain.problems import Refused
from crm_core.domain.registers import Value
from crm_core.domain.variant import Step, Variant
from crm_core.services import processes, registers
from crm_core.services.processes import Compared, Logged, Process, Team, listing
from crm_core.services.processes.reading import STEP, TYPED
from pages._ui import dialogs, session, workspace
from pages._ui.plain import plain
from pages._ui.process import table as side_by_side
from pages._ui.process import words
from pages._ui.register import words as fields
from pages._ui.tables import Column, table, table_to_open

Said = Sequence[Mapping[str, Value]]


def dialog(one: Process, team: str | None) -> None:
    """Open the dialog on a team's steps, on an empty list without `team`."""
    dialogs.show(session.texts().text("Steps of a team"), _body, one, team)


def _body(one: Process, team: str | None) -> None:
    text = session.texts().text
    named = [it.name for it in processes.teams(workspace.store(), workspace.actor(), one)]
    name = st.selectbox(
        text("Team"),
        named,
        named.index(team) if team in named else None,
        accept_new_options=True,
        placeholder=text("Choose a team or type a new one"),
        key=f"steps-team-{one.id}",
    )
    if not name:
        return
    now = seen(one, str(name))
    key = f"steps-list-{one.id}-{name}"
    if key not in st.session_state:  # not as the widget's value: what is typed outlives a conflict
        st.session_state[key] = listing.written(now.steps)
    typed = st.text_area(
        text("One step a line, in order"),
        height=260,
        help=text(
            "Move, change or delete lines as you like; a table pasted from a spreadsheet works too."
        ),
        key=key,
    )
    st.caption(plain(_columns()))
    listed = listing.read(typed)
    _look(listed)
    save(one, now, listed.steps, blocked=bool(listed.wrong or not (listed.steps or now.rows)))


def _columns() -> str:
    """What stands on a line, in its order."""
    register = registers.known(STEP)
    heads = " | ".join(fields.label(register.field(name)) for name in TYPED)
    return session.texts().text(
        "On each line: {heads}. All but the first may be blank.", heads=heads
    )


def seen(one: Process, name: str) -> Team:
    """The list as the dialog first showed it: what is kept is a change of that state."""
    key = one.id, name
    if key not in dialogs.held():
        found = processes.teams(workspace.store(), workspace.actor(), one)
        dialogs.held()[key] = next((it for it in found if it.name == name), Team(name, ()))
    seen: Team = dialogs.held()[key]
    return seen


def _look(listed: listing.Listed) -> None:
    """What the list says: as a table, and each cell that cannot be taken."""
    texts = session.texts()
    register = registers.known(STEP)
    for one in listed.wrong:
        where = texts.text(
            "Line {line}, {field}, {value}: {why}",
            line=one.line,
            field=fields.label(register.field(one.field)),
            value=one.value,
            why=session.problem(one.problem),
        )
        st.error(plain(where), icon=":material/error:")
    if listed.left_out:
        said = texts.text(
            "Left out, as a step has no such column: {heads}.", heads=list(listed.left_out)
        )
        st.caption(plain(said))
    steps_table([processes.step(said) for said in listed.steps if "what" in said], "steps-preview")


def steps_table(
    steps: Sequence[Step], key: str, *, teams: Sequence[str] = (), select: bool = False
) -> int | None:
    """Steps as a table, of several teams with these names; with `select` the place of the one
    that was chosen."""
    if not steps:
        return None
    text, register = session.texts().text, registers.known(STEP)
    rows = pd.DataFrame(
        [
            {name: getattr(step, name) for name in TYPED}
            | {"minutes": None if step.minutes is None else float(step.minutes)}
            | {"waste": text("; ").join(step.waste)}
            for step in steps
        ]
    )
    numbers = ("minutes", "experience")
    heads = [
        Column(name, fields.label(register.field(name)), "number" if name in numbers else "text")
        for name in TYPED
    ]
    if teams:
        rows, heads = rows.assign(team=teams), [Column("team", text("Team")), *heads]
    if select:
        return table_to_open(rows, heads, key=key)
    return table(rows, heads, key=key)


def save(
    one: Process, now: Team, steps: Said, *, blocked: bool, logged: Logged | None = None
) -> None:
    """The button that keeps a list, and what somebody else made of it meanwhile."""
    text = session.texts().text
    if not st.button(
        text("Keep these steps"), type="primary", disabled=blocked, key=f"steps-keep-{now.name}"
    ):
        return
    store, actor = workspace.store(), workspace.actor()
    done = text("The steps of {team} are kept: {n}.", team=now.name, n=words.steps(len(steps)))

    def keep() -> None:
        try:
            processes.keep_steps(store, actor, one.id, now.name, steps, now.seen, logged)
        except Refused as refusal:
            if refusal.problem.code == "steps_changed":
                _conflict(one, now, steps)
            raise

    dialogs.attempt(keep, done)


def _conflict(one: Process, now: Team, steps: Said) -> None:
    """Theirs and mine side by side; mine is what stands in the list above, nothing is lost."""
    text = session.texts().text
    found = processes.teams(workspace.store(), workspace.actor(), one)
    theirs = next((it for it in found if it.name == now.name), Team(now.name, ()))
    mine = Variant(text("Yours"), tuple(map(processes.step, steps)))
    other = theirs.variant(text("Theirs"))
    seen = Compared(one, (theirs, now), compare([other, mine], other.name), (None, None), None)
    side_by_side.show(seen, text("kept now"), [other.name, mine.name])
    st.caption(plain(text("Take over into your list what you want of theirs, then keep yours.")))
    st.button(text("Go on with my list"), on_click=_go_on, args=(one, theirs), key="steps-go-on")


def _go_on(one: Process, theirs: Team) -> None:
    """The list is a change of theirs from now on; what is typed stays."""
    dialogs.held()[one.id, theirs.name] = theirs
