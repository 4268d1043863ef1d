"""What is done about something: the initiatives that answer it, and the way to make one."""

import streamlit as st

from crm_core.services import initiatives, registers
from crm_core.services.initiatives import Source
from crm_core.services.initiatives.making import REGISTER
from pages._ui import kept, links, session
from pages._ui.register import places

_ICON = ":material/rocket_launch:"


def ways(source: Source, key: str, called: str | None = None, *, is_short: bool = False) -> None:
    """Links to the initiatives that answer it, and to a new one made from it. `called`: of what
    has no number, what its initiative is called; `is_short`: their numbers alone."""
    texts = session.texts()
    found = kept.read(initiatives.answering, source, called or key)
    name = texts.label(registers.known(REGISTER).label)
    for one, title in found:
        said = f"{name} {one}" if is_short else f"{name} {one}: {title}"
        links.address_link(places.address(REGISTER, one), said, _ICON)
    make = texts.text("Make another initiative") if found else texts.text("Make an initiative")
    links.address_link(places.making(source, key), make, ":material/add_task:")


def show(source: Source, key: str) -> None:
    """The same in a row of its own: above the fields of what is answered."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        ways(source, key)
