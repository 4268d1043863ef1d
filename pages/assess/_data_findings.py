"""What is wrong with how customer data are kept, the costliest first, with the way to the rows."""

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from crm_core.domain.applications import Fault, KeptField
from crm_core.services.applications import CustomerData
from pages._ui import links, session
from pages._ui.head import section
from pages._ui.plain import plain
from pages._ui.register import places
from pages._ui.tables import Column, row_for, table_to_open
from pages.assess import _data_words as words

_WHERE = 330
"""Pixels of the column of applications."""
_FIELD = "field"
"""The parameter of the address that says of which field the rows are shown."""


def show(found: CustomerData) -> None:
    """The list; a click on a finding shows the rows behind it."""
    texts = session.texts()
    faults = _ranked(found.fields)
    with st.container(gap="small"):
        section(
            texts.plural("{n} finding", "{n} findings", len(faults)),
            texts.text("What costs most time first. Choose one to see what to do, and its rows."),
        )
        if faults:
            _list(found, faults)
        else:
            st.success(
                texts.text("Every field has one master, and nothing is typed again."),
                icon=":material/check:",
            )
    known = {one.key: one for one in found.fields}
    if one := known.get(st.query_params.get(_FIELD, "")):
        st.dialog(plain(words.field(one)), on_dismiss=_closed)(_rows)(found, one)


def _ranked(fields: Sequence[KeptField]) -> list[tuple[KeptField, Fault]]:
    """By the minutes, what nobody measured after them; then by fault and places."""
    order = list(Fault)
    pairs = [(one, fault) for one in fields for fault in one.faults]

    def rank(pair: tuple[KeptField, Fault]) -> tuple[Decimal, int, int]:
        one, fault = pair
        minutes = one.minutes_again if fault is Fault.TYPED_AGAIN else None
        return -(minutes or Decimal(0)), order.index(fault), -sum(one.roles.values())

    return sorted(pairs, key=rank)


def _list(found: CustomerData, faults: Sequence[tuple[KeptField, Fault]]) -> None:
    text = session.texts().text
    cost = text("Cost a month ({unit})", unit=session.formats().unit(found.currency) or "–")
    heads = [
        Column("field", text("Field"), width=180),
        Column("fault", text("Finding"), width=175),
        Column("minutes", text("Minutes a month"), "number", width=135),
        *([Column("cost", cost, "money", width=150)] if found.hour_cost is not None else []),
        Column("where", text("Kept in"), width=_WHERE),
    ]
    rows = pd.DataFrame([_row(found, *one) for one in faults])
    row = row_for(list(rows["where"]), _WHERE)
    at = table_to_open(rows, heads, key="data-findings", row=row, saved_as="customer-data")
    if at is not None:
        st.query_params[_FIELD] = faults[at][0].key
        st.rerun()


def _row(found: CustomerData, one: KeptField, fault: Fault) -> dict[str, object]:
    minutes = one.minutes_again if fault is Fault.TYPED_AGAIN else None
    cost = found.cost(minutes)
    places_ = [title for key, title in found.applications.items() if (one.key, key) in found.cells]
    return {
        "field": words.field(one),
        "fault": words.fault(fault),
        "minutes": None if minutes is None else float(minutes),
        "cost": None if cost is None else round(float(cost), 2),
        "where": session.formats().listing(places_),
    }


def _rows(found: CustomerData, one: KeptField) -> None:
    """What to do about the field, and a link to each of its rows."""
    for fault in one.faults:
        st.markdown(f"**{plain(words.fault(fault))}.** {plain(words.advice(fault))}")
    for key, title in found.applications.items():
        cell = found.cells.get((one.key, key))
        if cell is None:
            continue
        said = session.formats().listing([words.role(role) for role in cell.roles])
        for item in cell.items:
            links.page_link(
                "pages/assess/further_lists.py",
                f"{title}: {said} ({item})",
                **{places.LIST: "application_field", places.ITEM: item},
            )


def _closed() -> None:
    st.query_params.pop(_FIELD, None)
