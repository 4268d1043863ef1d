"""The start page: what this is and the way from an export to a figure."""

import streamlit as st

from pages._ui import session
from pages._ui.head import page_head
from pages._ui.plain import plain

text = session.texts().text

page_head(
    text("CRM Cockpit"),
    text("From messy customer exports to figures by market segment that you can trust and trace."),
)
STEPS = (
    (
        ":material/upload_file:",
        text("Bring your exports"),
        text("CSV and Excel files as your CRM writes them, in Chinese or English."),
    ),
    (
        ":material/fact_check:",
        text("See what became of every line"),
        text(
            "Loaded, updated, merged, set aside or skipped: each line has one fate, with a reason."
        ),
    ),
    (
        ":material/monitoring:",
        text("Read revenue by segment"),
        text("What is unclassified stays visible, and every figure leads back to its rows."),
    ),
)
steps = st.grid(len(STEPS), min_column_width=240)
for icon, title, sentence in STEPS:
    with steps, st.container(border=True, height="stretch"):
        st.markdown(f"##### {icon} {plain(title)}")
        st.markdown(plain(sentence))
