"""Migration out: clean records for another system, what it rejects, and totals that are signed."""

import streamlit as st

from crm_core.services.migration import readiness, runs
from crm_core.services.migration.runs import Run
from pages._ui import filters, session, workspace
from pages._ui.head import page_head
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages.data import (
    _acting,
    _migrate_plan,
    _migrate_rejects,
    _migrate_runs,
    _migrate_totals,
)
from pages.data import _migrate_words as words


def show() -> None:
    """The page, from how far the migration is to what is to be done."""
    text = session.texts().text
    every = runs.runs(workspace.store(), workspace.actor())
    now = readiness.readiness(workspace.store(), workspace.actor())
    page_head(
        text("Migration out"),
        text("Clean records for another system, in load order, with every total accounted for."),
        [words.moment(now.made_at)] if now.made_at else [],
    )
    _acting.show_problem()
    words.show_said()
    words.line(now)
    part = filters.choice(
        text("Step"),
        {
            "plan": text("Prepare"),
            "runs": text("Runs"),
            "rejects": text("Rejects"),
            "totals": text("Totals and signature"),
        },
        name="step",
    )
    if part == "plan":
        _migrate_plan.show()
    elif not every:
        _empty()
    else:
        _of_a_run(part, every)


def _empty() -> None:
    text = session.texts().text
    empty_state(
        text("No run yet"),
        text(
            "A rehearsal writes the files for the other system. What that rejects and what it "
            "counts is taken in here, until both sides are equal and the data owner signs."
        ),
        icon=":material/output:",
        actions=lambda: st.button(
            plain(text("Prepare a rehearsal")),
            type="primary",
            key="migrate-begin",
            on_click=filters.clear,
            args=("step",),
        ),
    )


def _of_a_run(part: str, every: list[Run]) -> None:
    options = {str(one.run): words.run_name(one) for one in every}
    with filters.filter_row():
        label = session.texts().text("Run")
        number = int(filters.select(label, options, name="run", width=words.RUN_WIDTH))
    chosen = next(one for one in every if one.run == number)
    if part == "runs":
        _migrate_runs.show(chosen, every)
    elif part == "rejects":
        _migrate_rejects.show(chosen)
    else:
        _migrate_totals.show(chosen)


show()
