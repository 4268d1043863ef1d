"""What a result becomes by one click: a red flag or a pain point, each once."""

import streamlit as st

from crm_core.domain.flags import REGISTER as RED_FLAG
from crm_core.domain.pain_points import REGISTER as PAIN_POINT
from crm_core.domain.problems import Refused
from crm_core.domain.registers import Value
from crm_core.i18n import mark
from crm_core.services import flags, registers
from pages._ui import kept, links, session, workspace
from pages._ui.plain import plain
from pages._ui.register import form, places

_ACTS = {
    RED_FLAG: (mark("Make it a red flag"), ":material/flag:"),
    PAIN_POINT: (mark("Make it a pain point"), ":material/healing:"),
}
_TOLD_IN = {RED_FLAG: "evidence", PAIN_POINT: "complaint"}


def raised(assessment: str) -> dict[str, str]:
    """The flags that rules raised from an assessment: item -> id."""
    found = kept.until((*kept.AREAS, "checklist"), flags.listed)
    return {
        str(one.facts["item"]): one.id
        for one in found
        if one.rule and one.facts.get("assessment") == assessment and "item" in one.facts
    }


def offer(
    register: str, title: str, told: str, *, severity: str, key: str, known: str | None = None
) -> None:
    """A button that adds a row with that title; a link where there is one, or to `known`."""
    there = known or _titled(register).get(title)
    label, icon = _ACTS[register]
    if there:
        name = session.texts().label(registers.known(register).label)
        links.address_link(places.address(register, there), f"{name} {there}", icon)
        return
    st.button(
        plain(session.texts().text(label)),
        icon=icon,
        key=f"{register}-{key}",
        on_click=_add,
        args=(register, title, told, severity),
    )


def _titled(register: str) -> dict[str, str]:
    """The rows of a register by their titles."""
    rows, _ = kept.read(registers.listed, register)
    return {str(row.values.get("title")): row.id for row in rows}


def _add(register: str, title: str, told: str, severity: str) -> None:
    """A second click in haste finds the row of the first."""
    texts, store, actor = session.texts(), workspace.store(), workspace.actor()
    name = texts.label(registers.known(register).label)
    if title in _titled(register):
        return
    values: dict[str, Value | None] = {"title": title, _TOLD_IN[register]: told}
    if register == RED_FLAG:
        values |= {"severity": severity, "status": "open"}
    try:
        row = registers.add(store, actor, register, values)
    except Refused as refusal:
        form.say(texts.problem(refusal.problem))
        return
    form.say(texts.text("{register} {id} was added: {title}", register=name, id=row, title=title))
