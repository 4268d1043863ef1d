"""The fields of a recipe's step: to add one that is not made from values, and to change any."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from crm_core.domain.steps import (
    Case,
    Default,
    DropLines,
    FillDown,
    FullName,
    Replace,
    Step,
    Substitute,
)
from crm_core.i18n import mark
from crm_core.services.imports import steps
from crm_core.services.imports.jobs import ImportJob
from pages._ui import session
from pages.data import _acting

KINDS = {
    "substitute": mark("Replace within cells"),
    "case": mark("Capitals and small letters"),
    "default": mark("Fill blank cells with a value"),
    "fill_down": mark("Fill blank cells from above"),
    "full_name": mark("Make a full name of two columns"),
}
_CASES = {
    "upper": mark("ALL CAPITALS"),
    "lower": mark("small letters"),
    "title": mark("A Capital For Each Word"),
}


def fields(do: str, now: Step | None, titles: Sequence[str], key: str) -> dict[str, Any]:
    """The fields of a step that does this, filled as it is `now`; what they say.

    `titles`: of all columns of the table.
    """
    match do:
        case "substitute":
            return _substitute(now if isinstance(now, Substitute) else None, key)
        case "case":
            return {"to": _case(now if isinstance(now, Case) else None, key)}
        case "default":
            value = now.value if isinstance(now, Default) else ""
            return {"value": st.text_input(session.texts().text("Value"), value, key=f"{key}-new")}
        case "full_name":
            given = now.given if isinstance(now, FullName) else None
            return {"given": _given(given, titles, key)}
        case _:
            if isinstance(now, FillDown):
                return {"within": now.within, "headings": now.headings}
            return {}


def complete(step: dict[str, Any]) -> bool:
    """Whether nothing that the step needs is left out."""
    return all(step.get(name, True) for name in ("find", "value", "values", "given"))


def _given(now: str | None, titles: Sequence[str], key: str) -> str | None:
    return st.selectbox(
        session.texts().text("Column of the given name"),
        titles,
        index=titles.index(now) if now in titles else None,
        key=f"{key}-given",
    )


def _substitute(now: Substitute | None, key: str) -> dict[str, Any]:
    text = session.texts().text
    find, by, regex = (now.find, now.by, now.regex) if now else ("", "", False)
    return {
        "find": st.text_input(text("Find"), find, key=f"{key}-find"),
        "by": st.text_input(text("Put instead"), by, key=f"{key}-by"),
        "regex": st.checkbox(
            text("It is a regular expression"),
            regex,
            key=f"{key}-regex",
            help="RE2: \\d, [A-Z]+, (…), \\1",
        ),
    }


def _case(now: Case | None, key: str) -> str:
    text = session.texts().text
    codes = list(_CASES)
    return st.radio(
        text("Letters"),
        codes,
        index=codes.index(now.to) if now else 0,
        format_func=lambda code: text(_CASES[code]),
        key=f"{key}-case",
    )


def change(job: ImportJob, place: int, number: int) -> None:
    """Open the dialog in which a step of the recipe is changed."""
    title = session.texts().text("Change the step")
    st.dialog(title, icon=":material/edit:")(_body)(job, place, number)


def _body(job: ImportJob, place: int, number: int) -> None:
    assert job.upload
    text = session.texts().text
    table = job.upload.tables[place]
    _acting.show_problem()
    if number >= len(table.plan.steps):
        st.rerun()
    now = table.plan.steps[number]
    key = f"step-change-{job.upload.folder.name}-{place}-{number}-{now.do}"
    titles = list(table.plan.titles().values())
    at = titles.index(now.column) if now.column in titles else 0
    step: dict[str, Any] = {"do": now.do, "on": now.on}
    step["column"] = st.selectbox(text("Column"), titles, index=at, key=f"{key}-column")
    match now:
        case Replace():
            step["values"] = _values(now, key)
        case DropLines():
            step["values"] = _dropped(now, key)
        case _:
            step |= fields(now.do, now, titles, key)
    # No callback: it would be given what the fields said before this run.
    if st.button(
        text("Save"),
        type="primary",
        shortcut="Ctrl+Enter",
        disabled=not complete(step),
        key=f"{key}-save",
    ):
        _acting.change(job, steps.replace, table, number, step)
        if not _acting.refused():
            st.rerun()
        _acting.show_problem()


def _values(now: Replace, key: str) -> dict[str, str | None]:
    """Each cell and what it becomes; lines can be added, emptied and taken out."""
    text = session.texts().text
    rows = pd.DataFrame(list(now.values.items()), columns=["cell", "value"], dtype="string")
    given = st.data_editor(
        rows,
        num_rows="dynamic",
        hide_index=True,
        key=f"{key}-values",
        column_config={
            "cell": st.column_config.TextColumn(text("In the file"), required=True),
            "value": st.column_config.TextColumn(text("Becomes (blank: nothing)")),
        },
    )
    return {
        str(cell): None if pd.isna(value) or not str(value).strip() else str(value)
        for cell, value in given.itertuples(index=False)
        if not pd.isna(cell) and str(cell)
    }


def _dropped(now: DropLines, key: str) -> list[str | None]:
    """The cells whose lines are left out; one more can be typed."""
    text = session.texts().text
    return st.multiselect(
        text("Lines with one of these are left out"),
        list(now.values),
        default=list(now.values),
        format_func=lambda cell: text("blank") if cell is None else cell,
        accept_new_options=True,
        key=f"{key}-dropped",
    )
