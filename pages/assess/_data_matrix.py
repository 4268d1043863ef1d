"""The matrix of customer data: a row for each field, a column for each application."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from crm_core.domain.applications import KeptField, Role
from crm_core.services.applications import Cell, CustomerData
from pages._ui import session
from pages._ui.head import section
from pages.assess import _data_words as words

_MOST_FIELDS, _MOST_APPLICATIONS = 100, 60


def show(found: CustomerData) -> None:
    """The table under its finding, and what its letters mean."""
    fields, columns = found.fields[:_MOST_FIELDS], list(found.applications)[:_MOST_APPLICATIONS]
    with st.container(gap="small"):
        section(_finding(found.fields), _left_out(found))
        st.html(_legend())
        st.html(
            '<div class="crm-kept" tabindex="0"><table>'
            f"<thead>{_head(found, columns)}</thead>"
            f"<tbody>{''.join(_row(found, one, columns) for one in fields)}</tbody></table></div>"
        )


def _finding(fields: Sequence[KeptField]) -> str:
    texts = session.texts()
    most = max(fields, key=lambda one: one.typed_anew)
    if most.typed_anew > 1:
        return texts.text(
            "{field} is typed into {n} applications", field=words.field(most), n=most.typed_anew
        )
    without = sum(one.roles[Role.MASTER] == 0 for one in fields)
    if without:
        return texts.plural(
            "{n} of {all} fields has no master",
            "{n} of {all} fields have no master",
            without,
            all=len(fields),
        )
    return texts.text("Every field has a master")


def _left_out(found: CustomerData) -> str:
    """What the table has no room for."""
    text = session.texts().text
    if len(found.fields) <= _MOST_FIELDS and len(found.applications) <= _MOST_APPLICATIONS:
        return ""
    return text(
        "Shown are the {fields} fields and {applications} applications with most entries.",
        fields=min(_MOST_FIELDS, len(found.fields)),
        applications=min(_MOST_APPLICATIONS, len(found.applications)),
    )


def _legend() -> str:
    said = " ".join(f"<span>{_sign(role)} {escape(words.role(role))}</span>" for role in Role)
    return f'<div class="crm-kept-legend">{said}</div>'


def _head(found: CustomerData, columns: Sequence[str]) -> str:
    text = session.texts().text
    named = "".join(f'<th scope="col">{escape(found.applications[key])}</th>' for key in columns)
    field, minutes = escape(text("Field")), escape(text("Typed again (min/month)"))
    return (
        f'<tr><th scope="col">{field}</th><th scope="col" class="figure">{minutes}</th>{named}</tr>'
    )


def _row(found: CustomerData, one: KeptField, columns: Sequence[str]) -> str:
    cells = "".join(f"<td>{_cell(found.cells.get((one.key, key)))}</td>" for key in columns)
    minutes = session.formats().number(one.minutes_again) if one.is_typed_again else ""
    field = f"<small>{escape(words.record(one))}</small> {escape(words.name(one))}"
    return f'<tr><th scope="row">{field}</th><td class="figure">{escape(minutes)}</td>{cells}</tr>'


def _cell(cell: Cell | None) -> str:
    return "".join(_sign(role) for role in Role if cell and role in cell.roles)


def _sign(role: Role) -> str:
    """The letter on its colour; read aloud and pointed at, it is the word."""
    said = escape(words.role(role))
    return f'<abbr class="{role}" title="{said}">{escape(words.sign(role))}</abbr>'
