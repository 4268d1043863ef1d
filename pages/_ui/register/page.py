"""The page of a register: its rows to search, filter and open; new ones typed, pasted, imported."""

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from crm_core.domain.registers import FieldKind, Register, RegisterField
from crm_core.services import registers
from crm_core.services.registers import Query, workbook
from pages._ui import filters, kept, session, workspace
from pages._ui.downloads import download_button
from pages._ui.head import page_head
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages._ui.register import bring, form, places, taken_out, words
from pages._ui.tables import Column, Kind, table_to_open

_KINDS: dict[FieldKind, Kind] = {
    FieldKind.NUMBER: "measure",
    FieldKind.INTEGER: "number",
    FieldKind.DATE: "day",
}


Blank = Mapping[str, str | Mapping[str, str]]
"""Field -> what its blank cells say, or what they say by the id of their row."""


def show(
    name: str,
    choose: Callable[[], object] | None = None,
    above: form.Above | None = None,
    findings: Callable[[], object] = lambda: None,
    more: Callable[[], object] = lambda: None,
    blank: Blank | None = None,
) -> None:
    """The page; `choose` draws the way to other views of it, `above` what stands above the fields
    of a row that is open, `findings` what the rows say together, above their list, `more` what
    else can be done with them; `blank`: what the list says where a field is blank, by field."""
    register, texts = registers.known(name), session.texts()
    _, every = kept.read(registers.listed, name, Query(limit=0))
    counted = texts.plural("{n} row", "{n} rows", every)
    page_head(texts.label(register.plural), texts.label(register.about), [counted])
    if choose:
        choose()
    form.show_done()

    def others() -> None:
        more()
        if every:
            _choose_columns(register)

    actions(register, every, others)
    if not every:
        _empty()
    else:
        findings()
        _list(register, every, blank or {})
    open_wished(name, above)


def open_wished(name: str, above: form.Above | None = None) -> None:
    """Open the row that the address names."""
    if key := st.query_params.get(places.ITEM):
        form.open_row(name, key, above)


def actions(register: Register, every: int, more: Callable[[], object] = lambda: None) -> None:
    """Add a row, paste or import rows, take them away; `more` draws what else can be done."""
    text = session.texts().text
    with st.container(horizontal=True):
        if st.button(text("Add"), type="primary", icon=":material/add:", key="register-add"):
            form.open_row(register.name, None)
        if st.button(
            text("Paste or import"), icon=":material/content_paste:", key="register-bring"
        ):
            bring.dialog(register.name)
        taken_out.button(register)
        forms: tuple[tuple[str, workbook.Form, bool], ...] = (
            ("Excel", "xlsx", False),
            ("CSV", "csv", False),
            (text("Template to fill in (Excel)"), "xlsx", True),
        )
        with st.popover(text("Download"), icon=":material/download:"):
            for label, how, empty in forms:
                if every or empty:
                    _download(register, label, how, empty)
        more()


def _download(register: Register, label: str, how: workbook.Form, empty: bool) -> None:
    store, actor, texts = workspace.store(), workspace.actor(), session.texts()
    made = partial(workbook.export, store, actor, register.name, texts, how, empty=empty)
    name = f"{register.name}-template" if empty else register.name
    download_button(label, f"{name}.{how}", made, key=f"register-{how}-{empty}", icon=None)


def _empty() -> None:
    text = session.texts().text
    empty_state(
        text("Nothing is here yet"),
        text("Add the first row, paste a list from a spreadsheet, or fill in the template."),
        icon=":material/playlist_add:",
    )


def _list(register: Register, every: int, blank: Blank) -> None:
    columns = _columns(register)
    names = tuple(field.name for field in columns)
    between = session.texts().text("; ")
    found = kept.read(registers.table, register.name, _wanted(register), names, between)
    rows = found.to_pandas()
    if rows.empty:
        st.info(session.texts().text("No row fits these filters."), icon=":material/filter_alt:")
        return
    if len(rows) < every:
        said = session.texts().text("{n} of {all} rows", n=len(rows), all=every)
        st.caption(plain(said))
    filled = {
        field: one if isinstance(one, str) else rows["id"].map(one)
        for field, one in blank.items()
        if one
    }
    at = table_to_open(
        _worded(rows, columns).fillna(filled),
        [Column("id", session.texts().text("No."), pinned=True)]
        + [Column(f.name, words.label(f), _KINDS.get(f.kind, "text")) for f in columns],
        key=f"register-{register.name}",
    )
    if at is not None:
        places.show_row(str(rows["id"][at]))


def _wanted(register: Register) -> Query:
    """What the filters ask for: words, and answers to the fields that have some to choose from."""
    shown: list[str] = []
    with filters.folding_row(lambda: " · ".join(shown) or session.texts().text("Filters")):
        search = filters.search(width=240)
        where = asked(register, answers(register))
        shown += told(register, search, where)
    return Query(search=search, where={field: tuple(chosen) for field, chosen in where.items()})


def told(register: Register, search: str, where: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What was chosen, in words: for the button that a phone folds the filters into."""
    texts = session.texts()
    chosen = [
        texts.text(
            "{label}: {value}",
            label=words.label(register.field(field)),
            value=texts.formats.listing(list(answers.values())),
        )
        for field, answers in where.items()
    ]
    return [*([search] if search else []), *chosen]


def asked(
    register: Register, options: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """What the reader chooses among the answers to each field, and how it reads; fields of which
    all are wanted are left out."""
    found = {}
    for field, answers in options.items():
        label = plain(words.label(register.field(field)))
        all_text = session.texts().text("All")
        if chosen := filters.select_many(label, answers, name=field, all_text=all_text):
            found[field] = {code: answers[code] for code in chosen}
    return found


def answers(register: Register) -> dict[str, dict[str, str]]:
    """The answers to each field that the list is filtered by: choices, and what stands there."""
    texts = session.texts()
    said = kept.read(registers.answers, register.name)
    found = {}
    for field in register.fields:
        if field.kind is FieldKind.CHOICE and field.listed:
            found[field.name] = {code: texts.label(one) for code, one in field.options.items()}
        elif field.name in said:
            found[field.name] = {one: one or texts.text("none") for one in said[field.name]}
    return found


def _choose_columns(register: Register) -> None:
    text = session.texts().text
    named = {field.name: words.label(field) for field in register.fields}
    with st.popover(text("Columns"), icon=":material/view_column:"):
        st.multiselect(
            text("Columns"),
            list(named),
            [field.name for field in register.fields if field.name in _usual(register)],
            format_func=lambda name: plain(named[name]),
            key=f"register-columns-{register.name}",
        )


def _columns(register: Register) -> list[RegisterField]:
    """Those that were chosen, else the usual ones."""
    chosen = st.session_state.get(f"register-columns-{register.name}")
    return [f for f in register.fields if f.name in (chosen or _usual(register))]


def _usual(register: Register) -> set[str]:
    """A title taken from another field says nothing beside it."""
    listed = {field.name for field in register.fields if field.listed}
    return listed - {"title"} if register.titled_by else listed


def _worded(rows: pd.DataFrame, columns: list[RegisterField]) -> pd.DataFrame:
    """The rows with choices in the reader's words."""
    texts = session.texts()
    answers = {True: texts.text("yes"), False: texts.text("no")}
    for field in columns:
        if field.kind is FieldKind.CHOICE:
            said = {code: texts.label(label) for code, label in field.options.items()}
            rows[field.name] = rows[field.name].map(lambda code, said=said: said.get(code, code))
        elif field.kind is FieldKind.YES_NO:
            rows[field.name] = rows[field.name].map(answers)
    return rows
