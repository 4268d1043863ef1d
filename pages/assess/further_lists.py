"""The smaller registers, one at a time."""

import streamlit as st

from crm_core.services import registers
from pages._ui import filters, session
from pages._ui.register import page, places

NAMES = (
    *("process_step", "process_baseline", "application_field"),
    *("wanted_field", "report", "improvement", "stakeholder_group"),
    *("person", "team"),
    *("channel", "product_line"),
    *("sponsor_action", "exemption", "incentive", "absence"),
    *("capacity", "change_load", "stakeholder_value", "risk_event", "scenario"),
)


def _choose() -> None:
    texts = session.texts()
    plurals = {name: texts.label(registers.known(name).plural) for name in NAMES}
    filters.select(texts.text("List"), plurals, name=places.LIST)


wished = st.query_params.get(places.LIST)
page.show(wished if wished in NAMES else NAMES[0], _choose)
