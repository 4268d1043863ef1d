"""Where each register is looked at."""

from urllib.parse import urlencode

import streamlit as st

from crm_core.domain.flags import REGISTER
from crm_core.services import flags, registers
from crm_core.services.registers.links import Reference
from pages._ui import kept, links, session
from pages._ui.plain import plain
from pages._ui.register import words

_PAGES = {
    "process": "processes",
    "goal": "goals",
    "pain_point": "pain-points",
    "application": "applications",
    "it_window": "it-windows",
    "red_flag": "red-flags",
    "term": "glossary",
    "phase": "phases",
    "duty": "team?view=duties",
    "training": "team?view=training",
    "problem_report": "team?view=problems",
    "vendor": "vendors",
    "criterion": "vendors?view=weights",
    "vendor_cost": "vendors?view=costs",
    "vendor_document": "vendors?view=documents",
    "decision": "vendors?view=decisions",
    "initiative": "initiatives",
}
"""Addresses of the registers that have a page of their own, or a view of one."""
ITEM = "item"
"""The parameter of the address that says which row is open."""
LIST = "list"
"""The parameter of the address that says which of the further lists is shown."""
MAKE, OF = "make", "of"
"""The parameters that say what a new initiative is made from: which kind of thing, and which."""
DO = "do"
"""The parameter that says which other dialog is open."""
OPENED = (ITEM, MAKE, OF, DO)
"""Those that go when a row is closed."""


def address(register: str, key: str) -> str:
    """The address, within the app, that shows a row."""
    page = home(register)
    return f"{page}{'&' if '?' in page else '?'}{urlencode({ITEM: key})}"


def home(register: str) -> str:
    """The address, within the app, of a register: its own page, or among the further lists."""
    return _PAGES.get(register) or f"lists?{urlencode({LIST: register})}"


def making(source: str, key: str, **kept: str) -> str:
    """The address that opens a new initiative made from something; `kept`: of the address there."""
    return f"initiatives?{urlencode({**kept, MAKE: source, OF: key})}"


def show_row(key: str) -> None:
    """Open a row of the page's register: from the next run on the address names it."""
    st.query_params[ITEM] = key
    st.rerun()


def reference(found: Reference) -> None:
    """A link to the row at the other end; that there is none is said."""
    said = f"{session.texts().label(registers.known(found.register).label)} {found.id}"
    if found.title is None:
        gone = session.texts().text("{row}: there is no such row", row=said)
        st.markdown(f":material/link_off: {plain(gone)}")
    else:
        title = titled(found.register, found.id, found.title)
        links.address_link(address(found.register, found.id), f"{said}: {title}")


def titled(register: str, key: str, title: str) -> str:
    """What a row is called. The title of a flag that a rule raised is in both languages, for files
    and programs outside; a reader gets their own."""
    if register != REGISTER:
        return title
    return kept.read(flags.flag, key).title(session.texts())


def field_label(register: str, field: str) -> str:
    """How a field is called, with the register that it is of."""
    found = registers.known(register)
    return f"{session.texts().label(found.label)} · {words.label(found.field(field))}"
