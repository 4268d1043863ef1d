"""The pain points of one cell of the heat map, which the address names."""

from collections.abc import Mapping

import streamlit as st

from crm_core.domain.pain_points import REGISTER
from crm_core.services import registers
from crm_core.services.pain_points import Cell
from crm_core.services.registers import Query
from pages._ui import filters, kept, session
from pages._ui.head import section
from pages._ui.register import places
from pages._ui.tables import Column, Kind, table_to_open
from pages.assess import _pain_words as words

_TEAM, _ABOUT, _NONE = "team", "about", "-"
"""Parameters of the address, and how they say that nobody said which."""
_FIELDS: dict[str, Kind] = {
    "title": "text",
    "affected": "text",
    "cost_least": "number",
    "cost_most": "number",
    "owner": "text",
}
Place = tuple[str | None, str | None]
"""Team, and what it is about."""


def choose(team: str | None, about: str | None) -> None:
    """Open a cell."""
    filters.put(_TEAM, team or _NONE)
    filters.put(_ABOUT, about or _NONE)


def show(cells: Mapping[Place, Cell]) -> None:
    """The rows of the cell that is open; a click opens one of them."""
    team, about = (st.query_params.get(name) for name in (_TEAM, _ABOUT))
    cell = cells.get((None if team == _NONE else team, None if about == _NONE else about))
    if team is None or about is None or cell is None:
        return
    texts, register = session.texts(), registers.known(REGISTER)
    with st.container(gap="small"):
        counted = texts.plural("{n} pain point", "{n} pain points", len(cell.items))
        section(f"{words.team(cell.team)} · {words.about(cell.about)}: {counted}")
        query = Query(where={"id": cell.items})
        found = kept.read(registers.table, REGISTER, query, tuple(_FIELDS)).to_pandas()
        heads = [Column("id", texts.text("No."), pinned=True)] + [
            Column(name, texts.label(register.field(name).label), kind)
            for name, kind in _FIELDS.items()
        ]
        at = table_to_open(found, heads, key="pain-cell")
        st.button(
            texts.text("Close"), on_click=filters.clear, args=(_TEAM, _ABOUT), type="tertiary"
        )
    if at is not None:
        places.show_row(str(found["id"][at]))
