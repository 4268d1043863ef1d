"""A new initiative that says from the start what it is made from; the address says from what."""

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.services import initiatives
from crm_core.services.initiatives import Source
from crm_core.services.initiatives.making import REGISTER
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.register import form, places


def open_wished() -> None:
    """Open the form of a new initiative, if the address names what it is made from."""
    source, key = st.query_params.get(places.MAKE), st.query_params.get(places.OF)
    if source not in set(Source) or not key or places.ITEM in st.query_params:
        return
    store, actor, texts = workspace.store(), workspace.actor(), session.texts()
    try:
        given = initiatives.made_from(store, actor, Source(source), key, texts)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    form.open_row(REGISTER, None, given=given)
