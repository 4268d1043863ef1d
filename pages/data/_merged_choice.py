"""Which values are shown of a merged record, chosen by hand after the merge."""

from collections.abc import Sequence

import streamlit as st

from crm_core.services.merging import by_hand
from crm_core.services.merging.shown import Member, Shown
from pages._ui import import_words as words
from pages._ui import session, workspace
from pages._ui.plain import plain
from pages.data import _acting
from pages.data._review_words import place, written


def show(members: Sequence[Member], fields: Sequence[Shown], entity: str) -> None:
    """A choice for each field in which the records differ."""
    text = session.texts().text
    rows = {one.field: _rows(members, one.field) for one in fields}
    open_ones = [one for one in fields if len(rows[one.field]) > 1]
    if not open_ones:
        return
    label, icon = text("Choose values by hand"), ":material/check_circle:"
    with st.expander(label, icon=icon, key="values-by-hand", on_change="rerun"):
        said = text("What is chosen holds before any rule, and as long as the records are one.")
        st.caption(plain(said))
        chosen = [one for one in open_ones if one.why == "chosen"]
        now = {one.field: rows[one.field][written(one.value)] for one in chosen}
        grid = st.grid(3, min_column_width=240, gap="small")
        wanted = {}
        for one in open_ones:
            with grid:
                row = _choice(one.field, rows[one.field], now.get(one.field), entity, members)
            if row is not None:
                wanted[one.field] = row
        st.button(
            text("Show these values"),
            key="values-save",
            type="primary",
            icon=":material/check:",
            disabled=wanted == now,
            on_click=_acting.attempt,
            args=(
                *(by_hand.choose, workspace.store(), workspace.actor()),
                *(entity, members[0].row_id, wanted),
            ),
        )


def _rows(members: Sequence[Member], field: str) -> dict[str, int]:
    """What the records say -> the first row that says it."""
    found: dict[str, int] = {}
    for member in members:
        if member.values[field] is not None:
            found.setdefault(written(member.values[field]), member.row_id)
    return found


def _choice(
    field: str, rows: dict[str, int], now: int | None, entity: str, members: Sequence[Member]
) -> int | None:
    """The row whose value is to be shown; None where the rules decide."""
    text = session.texts().text
    places = {one.row_id: place(one.source_file, one.source_line) for one in members}
    names = {row: f"{said} ({places[row]})" if places[row] else said for said, row in rows.items()}
    options: list[int | None] = [None, *names]
    return st.selectbox(
        plain(words.field(field, entity)),
        options,
        index=options.index(now),
        format_func=lambda row: text("The rules decide") if row is None else names[row],
        key=f"value-{members[0].row_id}-{field}-{now}-{session.texts().language}",
    )
