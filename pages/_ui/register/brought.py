"""What a file or pasted cells would change in a register, and what their columns mean."""

from collections.abc import Callable, Sequence
from typing import Literal

import pandas as pd
import streamlit as st

from crm_core.domain.registers import FieldKind, Register
from crm_core.services.registers.exchange import Preview
from crm_core.services.registers.heads import Head, Meant
from pages._ui import session
from pages._ui.plain import plain
from pages._ui.register import words
from pages._ui.tables import ONE_LINE, TWO_LINES, Column, Kind, table, table_or_narrow

_KINDS: dict[FieldKind, Kind] = dict.fromkeys(
    (FieldKind.NUMBER, FieldKind.INTEGER, FieldKind.DATE), "written"
)
_SHOWN = 200
_ROOM, _HEIGHT = 7, 260
"""Rows that are seen at once, and the pixels that they and their heads take."""
_ON_A_LINE = 45
"""Letters of a reason that have room on one line."""
_TOLD = 5
"""Examples that are named in a sentence."""


def columns(
    register: Register, found: Preview, meaning: Meant, mean: Callable[[Meant], object]
) -> None:
    """What is left out, and what it means; `mean` is told what somebody said of heads."""
    asked = [at for at, head in enumerate(found.heads) if not head.code or head.text in meaning]
    if not asked:
        return
    text = session.texts().text
    if unknown := found.left_out:
        said = text("Left out, as this register has no such field: {heads}.", heads=list(unknown))
        st.caption(plain(said))
    # In a file of somebody else what the columns mean is the first thing to say.
    foreign = not (found.changed or found.same)
    with st.expander(text("What these columns mean"), expanded=foreign or bool(meaning)):
        grid = st.grid(3, min_column_width=180)
        for at in asked:
            with grid:
                _column(register, found.heads, at, mean)


def _column(
    register: Register, heads: Sequence[Head], at: int, mean: Callable[[Meant], object]
) -> None:
    """Every field can be chosen, taken or not: a list that changed while somebody looks at it would
    be chosen from by mistake. A field that another column has moves here."""
    head = heads[at]
    left_out = session.texts().text("left out")
    named = {None: left_out} | {one.name: words.label(one) for one in register.fields}
    key = f"register-head-{at}-{head.text}-{head.code}"

    def choose() -> None:
        field = st.session_state[key]
        freed = {one.text: None for one in heads if field and one.code == field}
        mean(freed | {head.text: field})

    options = list(named)
    st.selectbox(
        plain(head.text),
        options,
        options.index(head.code),
        format_func=lambda name: named[name],
        key=key,
        on_change=choose,
    )


def ask_alike(found: Preview, key: str) -> None:
    """Whether lines without a number are the rows that have their titles; asked once for all."""
    if not found.alike:
        return
    texts = session.texts()
    said = texts.plural(
        "{n} line has no number, but the title of exactly one row that is here: {titles}.",
        "{n} lines have no number, but each the title of exactly one row that is here: {titles}.",
        len(found.alike),
        titles=_some(found.alike),
    )
    st.info(plain(said), icon=":material/content_copy:")
    answers = {True: texts.text("They are these rows"), False: texts.text("They are new rows")}
    st.segmented_control(
        texts.text("What are these lines?"),
        list(answers),
        default=True,
        required=True,
        format_func=answers.__getitem__,
        key=key,
    )


def show(register: Register, found: Preview) -> None:
    """What would change, what cannot be taken, and what to have a second look at."""
    texts = session.texts()
    counted = [
        texts.plural("{n} new row", "{n} new rows", len(found.added)),
        texts.plural("{n} row changes", "{n} rows change", len(found.changed)),
        texts.plural("{n} row stays the same", "{n} rows stay the same", found.same),
    ]
    st.markdown(f"**{plain(' · '.join(counted))}**")
    if found.absent:
        said = texts.plural(
            "{n} row is not in the file and stays as it is.",
            "{n} rows are not in the file and stay as they are.",
            found.absent,
        )
        st.caption(plain(said))
    if found.wrong:
        _wrong(register, found)
    _second_look(found)
    _changed(register, found)
    _added(register, found)


def _second_look(found: Preview) -> None:
    texts = session.texts()
    if found.twice:
        said = texts.plural(
            "{n} new row has a title that is here already: {titles}. Kept, it stands twice.",
            "{n} new rows have a title that is here already: {titles}. Kept, they stand twice.",
            len(found.twice),
            titles=_some(found.twice),
        )
        st.warning(plain(said), icon=":material/content_copy:")
    if found.dead_ends:
        names = list(dict.fromkeys(found.dead_ends))
        said = texts.plural(
            "{n} link leads to no row: {names}. Bring that row first, or mend the name.",
            "{n} links lead to no row: {names}. Bring those rows first, or mend the names.",
            len(found.dead_ends),
            names=_some(names),
        )
        st.warning(plain(said), icon=":material/link_off:")


def _some(names: Sequence[str]) -> str:
    return " · ".join(names[:_TOLD]) + (" …" if len(names) > _TOLD else "")


def _wrong(register: Register, found: Preview) -> None:
    texts = session.texts()
    labels = {one.name: words.label(one) for one in register.fields}
    rows = pd.DataFrame(
        [
            (one.line, labels.get(one.column, one.column), one.value, session.problem(one.problem))
            for one in found.wrong[:_SHOWN]
        ],
        columns=["line", "column", "value", "why"],
    )
    said = texts.plural("{n} cell cannot be taken", "{n} cells cannot be taken", len(found.wrong))
    st.error(plain(said), icon=":material/error:")
    heads = [
        Column("line", texts.text("Line"), "identifier", width=70),
        Column("column", texts.text("Column")),
        Column("value", texts.text("Value")),
        Column("why", texts.text("Why"), width="large"),
    ]
    narrow = [
        Column("line", texts.text("Line"), "identifier", width=42),
        Column("value", texts.text("Value"), width=63),
        Column("why", texts.text("Why"), width=208),
        Column("column", texts.text("Column")),
    ]
    row = TWO_LINES if rows["why"].str.len().max() > _ON_A_LINE else ONE_LINE
    table_or_narrow(rows, heads, narrow, key="register-wrong", row=row)


def _changed(register: Register, found: Preview) -> None:
    rows = [
        (str(one.id), words.label(field), words.shown(field, was), words.shown(field, became))
        for one, changed in found.changed[:_SHOWN]
        for field, was, became in ((register.field(name), a, b) for name, a, b in changed)
    ]
    if not rows:
        return
    text = session.texts().text
    heads = [
        Column("id", text("No.")),
        Column("field", text("Field")),
        Column("before", text("Before")),
        Column("after", text("After"), width="large"),
    ]
    frame = pd.DataFrame(rows, columns=["id", "field", "before", "after"])
    table(frame, heads, key="register-changes", height=_height(len(rows)))


def _added(register: Register, found: Preview) -> None:
    """The new rows with every field that one of them fills, as they were read."""
    new = found.added[:_SHOWN]
    filled = [one for one in register.fields if any(one.name in row.values for row in new)]
    rows = [[words.shown(one, row.values.get(one.name)) for one in filled] for row in new]
    if not rows:
        return
    heads = [
        Column(one.name, words.label(one), _KINDS.get(one.kind, "text"), pinned=one.name == "title")
        for one in filled
    ]
    frame = pd.DataFrame(rows, columns=[one.name for one in filled])
    if any(row.id for row in new):
        frame.insert(0, "id", [row.id or "" for row in new])
        heads = [Column("id", session.texts().text("No."), pinned=True), *heads]
    table(frame, heads, key="register-new", height=_height(len(rows)))


def _height(rows: int) -> int | Literal["auto"]:
    """Few rows leave no line blank, many scroll."""
    return "auto" if rows < _ROOM else _HEIGHT
