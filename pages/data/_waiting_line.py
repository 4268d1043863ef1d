"""One line that waits: its cells in a form, the broken one first, beside what the file has."""

import zlib
from typing import Any

import streamlit as st

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.services.quarantine import correct, worklist
from crm_core.services.quarantine.correct import Cell, Line
from crm_core.services.quarantine.worklist import Filter
from crm_core.store import Store
from pages._ui import import_words as words
from pages._ui import session, workspace
from pages._ui.head import section
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages.data import _acting, _waiting_acts

_LONGEST = 400
"""Letters of a raw cell that are shown beside its field."""


def show(row: dict[str, Any]) -> None:
    """The line, why it waits, what it probably should be, and the form to mend it."""
    text = session.texts().text
    place = words.sheet_name(row["source_file"], row["sheet"])
    section(text("Line {line} of {file}", line=row["source_line"], file=place))
    try:
        one = correct.line(workspace.store(), workspace.actor(), row["quarantine_id"])
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.markdown(f":material/rule: **{plain(words.rule(row['rule']))}**")
    if advice := words.advice(row["rule"]):
        st.caption(plain(advice))
    _suggestion(one)
    _same_elsewhere(row, one)
    _form(one)


def _suggestion(one: Line) -> None:
    """What the line probably should be, as one click."""
    differing = {
        one.cells[at].title: cell
        for at, cell in one.suggestion.items()
        if cell != one.cells[at].value
    }
    if not differing:
        return
    blank = session.texts().text("blank")
    said = " · ".join(f"{title}: {cell or blank}" for title, cell in differing.items())
    with st.container(horizontal=True, vertical_alignment="center", key="waiting-suggestion"):
        st.markdown(f":material/lightbulb: {plain(said)}")
        st.button(
            session.texts().text("Take the suggestion"),
            icon=":material/auto_fix_high:",
            key=f"take-{one.quarantine_id}",
            on_click=_acting.attempt,
            args=(_typed, one.quarantine_id, one.suggestion),
        )


def _typed(quarantine_id: int, cells: dict[int, str | None]) -> None:
    correct.correct(workspace.store(), workspace.actor(), {quarantine_id: cells})
    _waiting_acts.done(
        session.texts().text("The correction is kept. Run the line again to load it.")
    )


def _same_elsewhere(row: dict[str, Any], one: Line) -> None:
    """The same mistake on other lines is mended with one value."""
    if one.broken is None or row["value"] is None:
        return
    texts = session.texts()
    wanted = Filter(rule=row["rule"], entity=row["entity"])
    given = (workspace.store(), workspace.actor(), wanted, row["column"], row["value"])
    alike = len(worklist.same_value(*given))
    if alike < 2:
        return
    with (
        st.form(f"same-{one.quarantine_id}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        instead = st.text_input(
            plain(
                texts.text(
                    "“{value}” stands in {column} on {n} lines. Make all of them",
                    value=row["value"],
                    column=row["column"],
                    n=alike,
                )
            ),
            value=one.suggestion.get(one.broken) or "",
            placeholder=texts.text("blank"),
            key=f"same-value-{one.quarantine_id}",
        )
        if st.form_submit_button(
            texts.text("Correct {n} lines", n=alike), key=f"same-yes-{one.quarantine_id}"
        ):
            _acting.attempt(_correct_all, given, instead)
            st.rerun()


def _correct_all(given: tuple[Store, Actor, Filter, str, str], instead: str) -> None:
    lines = correct.correct_all(*given, instead)
    _waiting_acts.done(
        session.texts().plural(
            "{n} line was corrected. Run it again to load it.",
            "{n} lines were corrected. Run them again to load them.",
            lines,
        )
    )


def _form(one: Line) -> None:
    text = session.texts().text
    order = sorted(range(len(one.cells)), key=lambda at: at != one.broken)
    with st.form(f"waiting-{one.quarantine_id}"):
        given = {at: _field(one, at, one.cells[at]) for at in order}
        with st.container(horizontal=True):
            saved = st.form_submit_button(
                text("Save"), shortcut="Ctrl+Enter", key=f"save-{one.quarantine_id}"
            )
            run = st.form_submit_button(
                text("Save and run again"),
                type="primary",
                icon=":material/replay:",
                key=f"save-run-{one.quarantine_id}",
            )
    if saved or run:
        _save(one, given, run=run)


def _field(one: Line, at: int, cell: Cell) -> str:
    """What the file has, and the field for what it should be; a new value is a new field."""
    text = session.texts().text
    raw = cell.raw or ""
    shown = raw[:_LONGEST] + ("…" if len(raw) > _LONGEST else "")
    left, right = st.columns([2, 3], vertical_alignment="center")
    with left, st.container(gap=None):
        mark = ":red[:material/error:] " if at == one.broken else ""
        st.markdown(f"{mark}**{plain(cell.title)}**")
        said = text("in the file: {raw}", raw=shown) if raw else text("blank in the file")
        st.caption(plain(said))
    value = cell.value or ""
    with right:
        return st.text_input(
            plain(cell.title),
            value=value,
            label_visibility="collapsed",
            icon=":material/edit:" if cell.corrected else None,
            key=f"cell-{one.quarantine_id}-{at}-{zlib.crc32(value.encode())}",
        )


def _save(one: Line, given: dict[int, str], *, run: bool) -> None:
    changed: dict[int, str | None] = {
        at: value for at, value in given.items() if value != (one.cells[at].value or "")
    }
    text = session.texts().text
    if changed:
        _acting.attempt(_typed, one.quarantine_id, changed)
    elif not run:
        _waiting_acts.done(text("Nothing is different; nothing was saved."))
    if run and not _acting.refused():
        _waiting_acts.run_again([one.quarantine_id])
    st.rerun()
