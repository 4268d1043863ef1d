"""What two people made of one row: what both changed is chosen, what only one changed is kept."""

from collections.abc import Iterable

import streamlit as st

from crm_core.domain.problems import Problem
from crm_core.domain.registers import Register, Value
from crm_core.services.registers import Conflict
from crm_core.services.registers.history import differences
from crm_core.services.registers.values import Values
from pages._ui import session
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register import words


def show(
    register: Register, found: Conflict, mine: Values, problems: Iterable[Problem]
) -> dict[str, Value | None]:
    """The choice; the row as it would be kept. `problems`: why it was refused so."""
    text = session.texts().text
    by = session.texts().somebody(found.theirs.by)
    told = text(
        "{by} saved this row while you wrote. Nothing is lost: choose where you both changed it.",
        by=by,
    )
    st.warning(plain(told), icon=":material/compare_arrows:")
    for problem in problems:
        problem_box(problem)
    alone = [words.label(register.field(name)) for name, *_ in differences(mine, found.merged)]
    if alone:
        said = text(
            "{by} alone changed what follows, and it is kept: {fields}.", by=by, fields=alone
        )
        st.caption(plain(said))
    return dict(found.merged) | _chosen(register, found)


def _chosen(register: Register, found: Conflict) -> dict[str, Value | None]:
    text = session.texts().text
    by = session.texts().somebody(found.theirs.by)
    chosen: dict[str, Value | None] = {}
    for name, was, theirs, mine in found.both:
        field = register.field(name)
        options = {
            "mine": plain(text("Yours: {value}", value=words.shown(field, mine))),
            "theirs": plain(text("{by}: {value}", by=by, value=words.shown(field, theirs))),
        }
        picked = st.radio(
            plain(words.label(field)),
            list(options),
            format_func=options.__getitem__,
            captions=["", plain(text("before: {value}", value=words.shown(field, was)))],
            key=f"item-conflict-{name}",
        )
        chosen[name] = theirs if picked == "theirs" else mine
    return chosen
