"""Rows pasted from a spreadsheet or brought as a file: what would change first, then kept."""

import tempfile
from pathlib import Path

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.domain.registers import Register
from crm_core.services import registers
from crm_core.services.registers import exchange, workbook
from crm_core.services.registers.exchange import Preview
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.register import form, words
from pages._ui.tables import Column, table

_SHOWN = 200


def dialog(name: str) -> None:
    """Open the dialog."""
    title = session.texts().text("Paste or import")
    st.dialog(title, width="large")(_body)(registers.known(name))


def _body(register: Register) -> None:
    text = session.texts().text
    pasted = st.text_area(
        text("Paste cells from a spreadsheet, their heads in the first line"),
        height=140,
        key=f"register-paste-{register.name}",
    )
    file = st.file_uploader(text("Or take a file"), type=[form[1:] for form in workbook.FORMS])
    try:
        found = _held(register.name, pasted, file)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    if found is not None:
        _show(register, found)


def _held(name: str, pasted: str, file: object) -> Preview | None:
    store, actor = workspace.store(), workspace.actor()
    if file is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(file.name).name  # type: ignore[attr-defined]
            path.write_bytes(file.getvalue())  # type: ignore[attr-defined]
            return exchange.preview(store, actor, name, path)
    return exchange.pasted(store, actor, name, pasted) if pasted.strip() else None


def _show(register: Register, found: Preview) -> None:
    """What would change; keeping it is possible when nothing is wrong."""
    texts = session.texts()
    counted = [
        texts.plural("{n} new row", "{n} new rows", len(found.added)),
        texts.plural("{n} row changes", "{n} rows change", len(found.changed)),
        texts.plural("{n} row stays the same", "{n} rows stay the same", found.same),
    ]
    st.markdown(f"**{plain(' · '.join(counted))}**")
    if found.left_out:
        said = texts.text(
            "Left out, as this register has no such field: {heads}.",
            heads=", ".join(found.left_out),
        )
        st.caption(plain(said))
    if found.wrong:
        _wrong(found)
    _changes(register, found)
    if st.button(
        texts.text("Keep this"),
        type="primary",
        disabled=bool(found.wrong) or not (found.added or found.changed),
        key="register-keep",
    ):
        try:
            done = exchange.apply(workspace.store(), workspace.actor(), found)
        except Refused as refusal:
            problem_box(refusal.problem)
            return
        form.say(texts.plural("{n} row is kept.", "{n} rows are kept.", len(done)))
        st.rerun()


def _wrong(found: Preview) -> None:
    texts = session.texts()
    rows = pd.DataFrame(
        [
            (one.line, one.column, one.value, session.problem(one.problem))
            for one in found.wrong[:_SHOWN]
        ],
        columns=["line", "column", "value", "why"],
    )
    said = texts.plural("{n} cell cannot be taken", "{n} cells cannot be taken", len(found.wrong))
    st.error(plain(said), icon=":material/error:")
    heads = [
        Column("line", texts.text("Line"), "identifier"),
        Column("column", texts.text("Column")),
        Column("value", texts.text("Value")),
        Column("why", texts.text("Why"), width="large"),
    ]
    table(rows, heads, key="register-wrong", height=220)


def _changes(register: Register, found: Preview) -> None:
    rows = [
        (str(one.id), words.label(field), words.shown(field, was), words.shown(field, became))
        for one, changed in found.changed[:_SHOWN]
        for field, was, became in ((register.field(name), a, b) for name, a, b in changed)
    ]
    rows += [
        (str(one.id or "+"), words.label(register.field("title")), "–", str(one.values["title"]))
        for one in found.added[:_SHOWN]
    ]
    text = session.texts().text
    heads = [
        Column("id", text("No.")),
        Column("field", text("Field")),
        Column("before", text("Before")),
        Column("after", text("After"), width="large"),
    ]
    if rows:
        frame = pd.DataFrame(rows, columns=["id", "field", "before", "after"])
        table(frame, heads, key="register-changes", height=260)
