"""Checklists: the assessments and what to begin one from; one assessment and its views."""

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.services.checklists import assessments
from pages._ui import workspace
from pages._ui.checklist import frame, overview, places
from pages._ui.notices import problem_box


def show() -> None:
    """The page; which assessment it is about stands in the address."""
    key = st.query_params.get(places.ASSESSMENT)
    if key is None:
        overview.show()
        return
    try:
        found = assessments.assessment(workspace.store(), workspace.actor(), key)
    except Refused as refusal:
        problem_box(refusal.problem)
        overview.show()
        return
    frame.show(found)


show()
