"""The app's entry: served as `app:app` by an ASGI server, run as a script for every page view."""

import streamlit as st
from streamlit import runtime

from crm_core.i18n import Texts
from pages._ui import links
from pages._ui.shell import asgi, errors, frame, navigation


def pages(texts: Texts) -> dict[str, list[st.Page]]:
    """The navigation: sections named by what people do, a line per page.

    The start page must keep to its own address "/": Streamlit gives it no other.
    """
    text = texts.text

    def page(file: str, title: str, address: str) -> st.Page:
        return st.Page(f"pages/{file}.py", title=title, url_path=address)

    overview = st.Page("pages/steer/overview.py", title=text("Overview"), default=True)
    return {
        text("Steer"): [
            overview,
            page("steer/segments", text("Market segments"), "segments"),
            page("steer/adoption", text("Adoption"), "adoption"),
        ],
        text("Assess"): [
            page("assess/processes", text("Processes"), "processes"),
            page("assess/goals", text("Goals"), "goals"),
            page("assess/pain_points", text("Pain points"), "pain-points"),
            page("assess/applications", text("Applications"), "applications"),
            page("assess/it_windows", text("IT windows"), "it-windows"),
            page("assess/checklists", text("Checklists"), "checklists"),
            page("assess/team", text("Team and training"), "team"),
            page("assess/vendors", text("Vendors"), "vendors"),
            page("assess/red_flags", text("Red flags"), "red-flags"),
            page("assess/cross_check", text("Cross-check"), "cross-check"),
            page("assess/glossary", text("Glossary"), "glossary"),
            page("assess/further_lists", text("Further lists"), "lists"),
        ],
        text("Plan"): [
            page("plan/initiatives", text("Initiatives"), "initiatives"),
            page("plan/roadmap", text("Roadmap"), "roadmap"),
            page("plan/phases", text("Phases and gates"), "phases"),
            page("plan/effect", text("Measured effect"), "effect"),
        ],
        text("Data"): [
            page("data/bring_in", text("Import"), "import"),
            page("data/loads", text("Loads"), "loads"),
            page("data/quarantine", text("Quarantine"), "quarantine"),
            page("data/duplicates", text("Duplicates"), "duplicates"),
            page("data/groups", text("Groups of companies"), "groups"),
            page("data/rules", text("Rules"), "rules"),
            page("data/feeds", text("Feeds"), "feeds"),
            page("data/quality", text("Data quality"), "quality"),
            page("data/migrate_out", text("Migration out"), "migration"),
        ],
        text("Admin"): [
            page("admin/settings", text("Settings"), "settings"),
            page("admin/audit", text("Audit"), "audit"),
        ],
        "": [
            st.Page(
                "pages/answer/by_link.py",
                title=text("Your answers"),
                url_path="answer",
                visibility="hidden",
            )
        ],
    }


def page() -> None:
    """One run of the script: the frame around the page, then the page. Who comes by a link of their
    own sees that page and no way to others."""
    texts = frame.begin()
    known = pages(texts)
    links.remember(known)
    current = st.navigation(known, position="hidden" if links.is_guest() else "sidebar")
    frame.show(texts, current.title)
    current.run()


if runtime.exists():
    page()
else:
    navigation.claim()
    app = st.App(__file__, middleware=asgi.middleware(), on_script_error=errors.show)
