"""Applications: what is to become of each, and which of them keeps which customer data."""

import streamlit as st

from pages._ui import filters, session
from pages._ui.register import page
from pages.assess import _customer_data, _verdicts

_CATALOGUE, _DATA = "catalogue", "data"


def show() -> None:
    """The page; which of its two views stands in the address."""
    if st.query_params.get("view") == _DATA:
        _customer_data.show(_choose)
    else:
        page.show("application", _choose, findings=_verdicts.show)


def _choose() -> None:
    text = session.texts().text
    names = {_CATALOGUE: text("Catalogue"), _DATA: text("Customer data")}
    filters.choice(text("View"), names, name="view")


show()
