"""The app's entry: served as `app:app` by an ASGI server, run as a script for every page view."""

import streamlit as st
from streamlit import runtime

from crm_core.i18n import Texts, mark
from pages._ui import links
from pages._ui.shell import asgi, errors, frame, navigation

# What people do, and the pages for it: file, title and address of each, a line per page.
# The start page must keep to its own address "/": Streamlit gives it no other.
_SECTIONS: dict[str, list[tuple[str, str, str | None]]] = {
    mark("Steer"): [
        ("steer/overview", mark("Overview"), None),
        ("steer/segments", mark("Market segments"), "segments"),
        ("steer/adoption", mark("Adoption"), "adoption"),
    ],
    mark("Assess"): [
        ("assess/processes", mark("Processes"), "processes"),
        ("assess/goals", mark("Goals"), "goals"),
        ("assess/pain_points", mark("Pain points"), "pain-points"),
        ("assess/applications", mark("Applications"), "applications"),
        ("assess/it_windows", mark("IT windows"), "it-windows"),
        ("assess/checklists", mark("Checklists"), "checklists"),
        ("assess/team", mark("Team and training"), "team"),
        ("assess/vendors", mark("Vendors"), "vendors"),
        ("assess/red_flags", mark("Red flags"), "red-flags"),
        ("assess/cross_check", mark("Cross-check"), "cross-check"),
        ("assess/glossary", mark("Glossary"), "glossary"),
        ("assess/further_lists", mark("Further lists"), "lists"),
    ],
    mark("Plan"): [
        ("plan/initiatives", mark("Initiatives"), "initiatives"),
        ("plan/roadmap", mark("Roadmap"), "roadmap"),
        ("plan/phases", mark("Phases and gates"), "phases"),
        ("plan/effect", mark("Measured effect"), "effect"),
    ],
    mark("Data"): [
        ("data/bring_in", mark("Import"), "import"),
        ("data/loads", mark("Loads"), "loads"),
        ("data/quarantine", mark("Quarantine"), "quarantine"),
        ("data/duplicates", mark("Duplicates"), "duplicates"),
        ("data/groups", mark("Groups of companies"), "groups"),
        ("data/rules", mark("Rules"), "rules"),
        ("data/feeds", mark("Feeds"), "feeds"),
        ("data/quality", mark("Data quality"), "quality"),
        ("data/migrate_out", mark("Migration out"), "migration"),
    ],
    mark("Admin"): [
        ("admin/settings", mark("Settings"), "settings"),
        ("admin/audit", mark("Audit"), "audit"),
    ],
}


def pages(texts: Texts) -> dict[str, list[st.Page]]:
    """The navigation; the page of those who come by a link of their own stands in no section."""
    known = {
        texts.text(section): [
            st.Page(
                f"pages/{file}.py",
                title=texts.text(title),
                url_path=address,
                default=address is None,
            )
            for file, title, address in listed
        ]
        for section, listed in _SECTIONS.items()
    }
    answer = st.Page(
        "pages/answer/by_link.py",
        title=texts.text("Your answers"),
        url_path="answer",
        visibility="hidden",
    )
    return known | {"": [answer]}


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
