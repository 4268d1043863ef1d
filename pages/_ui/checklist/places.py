"""Where an assessment is looked at."""

import streamlit as st

from pages._ui import links

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


def go_to_assessment(key: str) -> None:
    """Show an assessment, from whichever page."""
    links.go_to_address(address(key))
