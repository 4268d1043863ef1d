"""Where an assessment is looked at."""

import streamlit as st

PAGE = "checklists"
ASSESSMENT, VIEW = "assessment", "view"
"""Parameters of the address: which assessment, and what of it."""


def address(key: str, view: str = "") -> str:
    """The address, within the app, of an assessment."""
    return f"{PAGE}?{ASSESSMENT}={key}" + (f"&{VIEW}={view}" if view else "")


def open_assessment(key: str) -> None:
    """Show an assessment of this page: from the next run on the address names it."""
    st.query_params[ASSESSMENT] = key
    st.rerun()
