"""The vendor room: comparison, criteria and weights, scores, costs, documents, decisions."""

import streamlit as st

from pages._ui import filters, session
from pages._ui.register import page
from pages.assess import (
    _vendor_costs,
    _vendor_decisions,
    _vendor_documents,
    _vendor_ranking,
    _vendor_scores,
    _vendor_weights,
)

_FIRST = "compare"


def show() -> None:
    """The page; which of its views stands in the address."""
    match st.query_params.get("view", _FIRST):
        case "weights":
            page.show("criterion", _choose, findings=_vendor_weights.show)
        case "scores":
            _vendor_scores.show(_choose)
        case "costs":
            page.show("vendor_cost", _choose, findings=_vendor_costs.show)
        case "documents":
            page.show("vendor_document", _choose, findings=_vendor_documents.show)
        case "decisions":
            page.show("decision", _choose, findings=_vendor_decisions.show)
        case _:
            page.show("vendor", _choose, findings=_vendor_ranking.show)


def _choose() -> None:
    text = session.texts().text
    names = {
        _FIRST: text("Comparison"),
        "weights": text("Criteria and weights"),
        "scores": text("Scores"),
        "costs": text("Costs"),
        "documents": text("Documents"),
        "decisions": text("Decisions"),
    }
    filters.choice(text("View"), names, name="view")


show()
